"""What is known once a question has been simulated, and the same as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import ajar
from ajar.exchange.results.simulated import Simulated
from ajar.pharmacology.course import Course
from ajar.pharmacology.ensemble import U1_SOURCE, Ensemble
from ajar.pharmacology.models import MODELS, PRESENTATIONS
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.card import PublishedModel
from ajar.pharmacology.published.domain import OutsideDomain
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.simulate import simulate
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.parameters import MODEL_ID
from ajar.workbench.comparing import compare_json, compared
from ajar.workbench.crowds import Crowd, Told, crowd
from ajar.workbench.keys import EXTREMES, PURPOSE, QUANTILE_KEYS, SHAPE
from ajar.workbench.question import Question
from ajar.workbench.summaries import concentrations, summary_of

UNADJUSTED: Final = {
    "sex": (Option.SEX_ON_CLEARANCE, "The sex changes nothing unless --adjust sex."),
    "cyp2b6": (Option.CYP2B6_ON_CLEARANCE, "The CYP2B6 genotype changes nothing unless --adjust cyp2b6."),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """`course` is None where a published model answered; `crowd` and `models` where they were not asked."""

    question: Question
    simulated: Simulated
    source: str
    summary: Mapping[str, Any]
    notes: tuple[str, ...]
    course: Course | None = None
    crowd: Crowd | None = None
    models: Ensemble | None = None


def answered(question: Question, *, compare: bool, workers: int, told: Told) -> Answer:
    """Simulate what was asked.

    Raises:
        ValueError: the model has no ground to answer (`OutsideDomain` is one), or times that make no sense.
    """
    if question.model != MODEL_ID:
        return _published(question)
    seen = simulate(
        question.regimen, question.person, times_h=question.times_h, circumstances=question.circumstances
    )
    return Answer(
        question=question,
        simulated=Simulated.course(seen, identity="typical"),
        source=U1_SOURCE,
        summary=summary_of(question, seen),
        notes=(*seen.notes, *_unadjusted(question)),
        course=seen,
        crowd=crowd(question, seen, workers=workers, told=told) if question.people else None,
        models=compared(question) if compare else None,
    )


def _published(question: Question) -> Answer:
    model = MODELS[question.model]
    _refuse_stranger(model, question)
    first = Regimen(sessions=question.regimen.sessions[:1])
    values = model.concentrations(question.person, first, question.session_h)
    seen = Simulated.published(model, values, question.session_h, identity="typical")
    cautions = (
        *model.domain.cautions(question.person, model.domain.setting),
        *model.dose_cautions(question.person, first),
    )
    return Answer(
        question=question,
        simulated=seen,
        source=f"{model.source.citation}; doi:{model.source.doi}",
        summary=concentrations(seen.times_h, seen.curves),
        notes=(*(f"Known problem: {each}." for each in model.known_problems), *_sentences(cautions)),
    )


def _refuse_stranger(model: PublishedModel, question: Question) -> None:
    made = PRESENTATIONS[question.offered.product]
    because = model.admission_refusals(
        question.person, question.offered.route, made.drug, made.form, model.domain.setting
    )
    if because:
        raise OutsideDomain(f"{model.name} does not apply: {'; '.join(because)}.")


def _sentences(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{each[0].upper()}{each[1:]}." for each in words)


def _unadjusted(question: Question) -> list[str]:
    return [
        words
        for name, (option, words) in UNADJUSTED.items()
        if getattr(question.person, name) is not None and option not in question.options
    ]


def answer_json(answer: Answer) -> dict[str, Any]:
    """Everything, by the keys that docs/reference/simulate.md explains."""
    question, simulated = answer.question, answer.simulated
    found: dict[str, Any] = {
        "ajar": "simulate",
        "shape": SHAPE,
        "ajar_version": ajar.__version__,
        "purpose": PURPOSE,
        "model": {"id": simulated.model, "version": simulated.model_version, "source": answer.source},
        "asked": asked_json(question),
        "person": person_json(question.person),
        **answer.summary,
        "status": _status(answer),
        "notes": list(answer.notes),
    }
    if answer.crowd:
        found["population"] = _population_json(answer.crowd)
    if answer.models:
        found["compare"] = compare_json(answer.models)
    return found


def _status(answer: Answer) -> dict[str, str]:
    curves = {name: curve.status.value for name, curve in answer.simulated.curves.items()}
    peaks = {key: curves[each.curve] for key, each in EXTREMES.items() if each.curve in curves}
    return curves | peaks


def asked_json(question: Question) -> dict[str, Any]:
    """What was asked, with what was taken where nothing was said."""
    session = question.regimen.sessions[0]
    return {
        "product": question.offered.name,
        "drug": question.offered.drug.value,
        "route": question.offered.route.value,
        "dose": str(question.dose),
        "session_base_mg": sum(event.amount_mg for event in session.events),
        "duration_h": session.events[0].duration_h,
        "after_hold": session.events[0].after_hold.value,
        "session_days": [each.start_h / 24.0 for each in question.regimen.sessions],
        "madrs_baseline": question.symptoms.madrs_baseline,
        "placebo_share": question.symptoms.placebo_share,
        "adjusted_for": sorted(question.options),
        "days": question.days,
    }


def person_json(person: Person) -> dict[str, Any]:
    """Who; null: not known."""
    medicines = person.interacting_medicines
    return {
        "weight_kg": person.weight_kg,
        "age_years": person.age_years,
        "sex": person.sex,
        "ancestry": person.ancestry,
        "hypertension": person.hypertension,
        "cyp2b6": person.cyp2b6,
        "child_pugh": person.child_pugh,
        "interacting_medicines": None if medicines is None else sorted(medicines),
    }


def _population_json(seen: Crowd) -> dict[str, Any]:
    return {
        "people": seen.session.people,
        "seed": seen.session.seed,
        "quantiles": {key: share for share, key in QUANTILE_KEYS.items()},
        "relative_error": seen.relative_error,
        **seen.quantiles,
        **seen.shares,
    }
