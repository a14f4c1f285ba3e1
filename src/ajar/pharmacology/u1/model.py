"""U1 as a whole: from a regimen and a body to every curve."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.course import Course, Curve, SessionOutcome
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.molecules import Enantiomer
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen, Route
from ajar.pharmacology.u1 import acute, covariates, slow
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.individual import Individual
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.pharmacology.u1.pk import Concentrations, concentrations
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.pharmacology.u1.weeks import weeks

NOTES: Final = (
    "Research and teaching; not dosing advice.",
    "The chain from receptor to symptoms is hypothetical; no link in it is proven in people, and what is "
    "labelled unproven is illustrative.",
    "Not modelled: psychotherapy, other medicines, bladder toxicity, misuse.",
)

SUBCUTANEOUS_NOTE: Final = (
    "Subcutaneous absorption is not sourced; the intramuscular share and rate stand in, with their spread."
)

PLACEBO_NOTE: Final = (
    "What goes without the drug stays gone here; the source lets it drift back once treatment stops, over "
    "weeks, and prints no rate."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What else is known or asked: nausea before, an antiemetic, symptoms, and options off unless named."""

    nausea_before: bool = False
    antiemetic: bool = False
    symptoms: Symptoms | None = None
    options: AbstractSet[Option] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Both enantiomers at the same times, and the potent concentration they make together."""

    times_h: FloatArray
    s: Concentrations
    r: Concentrations

    def at(self, rows: NDArray[np.intp]) -> Self:
        """The same at some of the times."""
        return type(self)(times_h=self.times_h[rows], s=self.s.at(rows), r=self.r.at(rows))

    @property
    def potent_ng_ml(self) -> FloatArray:
        """What counts for acute effects."""
        return acute.potent_ng_ml(self.s.effect_site_ng_ml, self.r.effect_site_ng_ml)

    @property
    def block(self) -> FloatArray:
        """Share of NMDA receptors blocked."""
        return acute.occupancy(self.s.effect_site_ng_ml, self.r.effect_site_ng_ml)


def exposure(regimen: Regimen, individual: Individual, *, times_h: FloatArray) -> Exposure:
    """The concentrations of both enantiomers. Neither changes the other."""
    return Exposure(
        times_h=times_h,
        s=concentrations(regimen, individual, Enantiomer.S, times_h=times_h),
        r=concentrations(regimen, individual, Enantiomer.R, times_h=times_h),
    )


def course_of(
    regimen: Regimen, individual: Individual, *, times_h: FloatArray, circumstances: Circumstances
) -> Course:
    """Every output of U1 for one body, at every time asked.

    The chain steps more finely than most grids; peaks of a session are read on its steps.
    """
    steps_h = slow.step_times(times_h, _kinks_h(regimen))
    fine = exposure(regimen, individual, times_h=slow.with_midpoints(steps_h))
    given = circumstances.symptoms
    stress = given.stress if given else 0.0
    chain = slow.run_chain(steps_h, block=fine.block, potent_ng_ml=fine.potent_ng_ml, stress=stress)
    asked = np.searchsorted(steps_h, times_h)
    seen = fine.at(2 * asked)
    sessions = _sessions(regimen, individual, fine, circumstances)
    curves = _plasma(seen) | _in_the_room(seen, individual, sessions, circumstances.options)
    curves |= weeks(
        times_h - sessions[0].start_h, seen.potent_ng_ml, {n: v[asked] for n, v in chain.items()}, given
    )
    return Course(
        model_id=MODEL_ID,
        model_version=VERSION,
        person=individual.person,
        regimen=regimen,
        times_h=times_h,
        curves=curves,
        sessions=sessions,
        notes=notes_of(regimen, individual.person, circumstances),
    )


def notes_of(regimen: Regimen, person: Person, circumstances: Circumstances) -> tuple[str, ...]:
    """What to know about this course: what U1 is, what stood in, what was and was not adjusted."""
    skin = any(event.route is Route.SUBCUTANEOUS for event in regimen.events)
    options = tuple(f"Option on: {option}." for option in sorted(circumstances.options))
    placebo = circumstances.symptoms is not None and circumstances.symptoms.placebo_share > 0
    stand_ins = ((SUBCUTANEOUS_NOTE,) if skin else ()) + ((PLACEBO_NOTE,) if placebo else ())
    return NOTES + stand_ins + covariates.notes(person) + options


def _kinks_h(regimen: Regimen) -> list[float]:
    return sorted({at_h for e in regimen.events for at_h in (e.start_h, e.start_h + e.duration_h)})


def _sessions(
    regimen: Regimen, individual: Individual, fine: Exposure, circumstances: Circumstances
) -> tuple[SessionOutcome, ...]:
    """The sessions that begin before the last time asked."""
    last_h = fine.times_h[-1] - slow.SAME_MOMENT_H
    starts_h = [session.start_h for session in regimen.sessions if session.start_h < last_h]
    body = individual.sensitivity
    logit = acute.nausea_logit(
        body, nausea_before=circumstances.nausea_before, antiemetic=circumstances.antiemetic
    )
    edges_h = [*starts_h, np.inf]
    outcomes = []
    for row, earlier in enumerate(acute.earlier_sessions(starts_h)):
        inside = (fine.times_h >= edges_h[row]) & (fine.times_h < edges_h[row + 1])
        peak = fine.potent_ng_ml[inside].max(keepdims=True, initial=0.0)
        left = acute.attenuation(earlier, body)
        outcome = SessionOutcome(
            number=row + 1,
            start_h=starts_h[row],
            attenuation=left,
            cadss_peak=float(acute.cadss(peak, body, attenuated=np.full(1, left))[0]),
            nausea_probability=float(acute.nausea_probability(peak, logit=logit)[0]),
        )
        outcomes.append(outcome)
    return tuple(outcomes)


def _plasma(seen: Exposure) -> dict[str, Curve]:
    s, r = seen.s, seen.r
    known, exploratory = Status.ESTABLISHED, Status.UNPROVEN
    parts = [
        ("ketamine_arterial", "Ketamine, arterial", known, s.arterial_ng_ml, r.arterial_ng_ml),
        ("ketamine_venous", "Ketamine, venous", known, s.venous_ng_ml, r.venous_ng_ml),
        ("norketamine", "Norketamine", known, s.norketamine_ng_ml, r.norketamine_ng_ml),
        (
            "hydroxynorketamine",
            "Hydroxynorketamine",
            exploratory,
            s.hydroxynorketamine_ng_ml,
            r.hydroxynorketamine_ng_ml,
        ),
        ("effect_site", "Ketamine, effect site", known, s.effect_site_ng_ml, r.effect_site_ng_ml),
    ]
    curves: dict[str, Curve] = {}
    for name, label, status, of_s, of_r in parts:
        for stem, words, values in (
            (name, label, of_s + of_r),
            (f"s_{name}", f"{label}, S", of_s),
            (f"r_{name}", f"{label}, R", of_r),
        ):
            curves[f"{stem}_ng_ml"] = Curve(label=words, unit="ng/mL", status=status, values=values)
    return curves


def _in_the_room(
    seen: Exposure,
    individual: Individual,
    sessions: tuple[SessionOutcome, ...],
    options: AbstractSet[Option],
) -> dict[str, Curve]:
    c, body = seen.potent_ng_ml, individual.sensitivity
    opposing = seen.s.norketamine_ng_ml * (Option.NORKETAMINE_OPPOSES_PRESSURE in options)
    today = _in_each(seen.times_h, sessions, [individual.pressure_in(s.number - 1) for s in sessions])
    systolic, diastolic = (
        today * acute.pressure_rise_mmhg(c, maximum_mmhg=maximum, opposing_norketamine_ng_ml=opposing)
        for maximum in (body.systolic_maximum_mmhg, body.diastolic_maximum_mmhg)
    )
    left = _in_each(seen.times_h, sessions, [session.attenuation for session in sessions])
    dissociation = acute.cadss(c, body, attenuated=left)
    pulse = acute.heart_rate_rise_per_min(c, body)
    known, unproven = Status.ESTABLISHED, Status.UNPROVEN
    return {
        "cadss": Curve(label="Dissociation, CADSS", unit="{score}", status=known, values=dissociation),
        "sbp_rise_mmhg": Curve(label="Systolic rise", unit="mm[Hg]", status=known, values=systolic),
        "dbp_rise_mmhg": Curve(label="Diastolic rise", unit="mm[Hg]", status=known, values=diastolic),
        "heart_rate_rise_per_min": Curve(label="Pulse rise", unit="/min", status=known, values=pulse),
        "nmda_block": Curve(label="NMDA block, upper bound", unit="1", status=unproven, values=seen.block),
        **_sedation(c, body),
    }


def _sedation(c_ng_ml: FloatArray, body: Sensitivity) -> dict[str, Curve]:
    """Its course is measured; the probabilities are chosen to fit it (4.2)."""
    probabilities = {
        "sedation_probability": ("MOAA/S 4 or less", acute.sedation_probability(c_ng_ml, body)),
        "deeper_sedation_probability": (
            "MOAA/S 3 or less",
            acute.deeper_sedation_probability(c_ng_ml, body),
        ),
    }
    return {
        name: Curve(label=label, unit="1", status=Status.PLAUSIBLE, values=values)
        for name, (label, values) in probabilities.items()
    }


def _in_each(
    times_h: FloatArray, sessions: tuple[SessionOutcome, ...], values: Sequence[float]
) -> FloatArray:
    """A number that each session has, at each time: that of the session under way or just past."""
    starts = np.asarray([session.start_h for session in sessions])
    return np.asarray(values)[np.maximum(np.searchsorted(starts, times_h, side="right") - 1, 0)]
