"""An answer to read at a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ajar.exchange.results.simulated import AS_PUBLISHED
from ajar.workbench.answer import Answer
from ajar.workbench.comparing import compare_lines
from ajar.workbench.crowds import Crowd
from ajar.workbench.keys import DRUG, PURPOSE, RECALLED, TOTAL, day_key
from ajar.workbench.question import DAY_H, Question

SHOWN_DAYS: Final = (1, 3, 7, 14, 28, 42, 56, 84, 112, 168, 224)

LEVELS: Final = {
    "ketamine_venous_ng_ml": "Ketamine, venous",
    "ketamine_arterial_ng_ml": "Ketamine, arterial",
    "norketamine_ng_ml": "Norketamine",
}

EFFECTS: Final = {
    "s_effect_site_peak_ng_ml": ("S-ketamine, effect site, peak", "ng/mL"),
    "cadss_peak": ("Dissociation (CADSS), peak", "points"),
    "sbp_rise_peak_mmhg": ("Systolic rise, peak", "mmHg"),
    "dbp_rise_peak_mmhg": ("Diastolic rise, peak", "mmHg"),
    "heart_rate_rise_peak_per_min": ("Pulse rise, peak", "/min"),
    "sedation_probability_peak": ("Chance of MOAA/S 4 or less, peak", ""),
    "nmda_block_peak_share": ("NMDA block, upper bound, peak", ""),
}

PARTS: Final = {"cmax": ("Cmax", "ng/mL"), "tmax_h": ("Tmax", "h"), "auc_0_24": ("AUC 0-24 h", "ng.h/mL")}

WIDE: Final = 44

Row = tuple[str, str, str, str]
"""Words, unit, key (with its part after a dot), status."""


def lines_of(answer: Answer) -> Iterator[str]:
    """The whole page: what was asked, the table, what to know."""
    yield f"{title_of(answer.question)}. {course_of(answer.question)}"
    simulated = answer.simulated
    version = "" if simulated.model_version == AS_PUBLISHED else f" {simulated.model_version}"
    yield f"Model {simulated.model}{version}. {answer.source}."
    yield f"{PURPOSE.capitalize()}."
    yield ""
    yield from _table(answer)
    yield ""
    if answer.models:
        yield from compare_lines(answer.models)
        yield ""
    yield from answer.notes


def title_of(question: Question) -> str:
    """What one session is."""
    events = question.regimen.sessions[0].events
    total = sum(event.amount_mg for event in events)
    how = {
        "intravenous": f" over {events[0].duration_h * 60:g} min",
        "sublingual": f", held {events[0].duration_h * 60:g} min, then {events[0].after_hold}",
        "nasal": f" in {len(events)} devices" if len(events) > 1 else " in one device",
    }.get(question.offered.route.value, "")
    name = question.offered.product.value
    return f"{name[0].upper()}{name[1:]}, {question.offered.route}: {total:.4g} mg of base{how}"


def course_of(question: Question) -> str:
    """On which days, and in a person of which weight."""
    sessions = len(question.regimen.sessions)
    course = f"{sessions} sessions on days {_days(question)}" if sessions > 1 else "One session"
    return f"{course}; {question.person.weight_kg:g} kg{'' if question.weight_said else ' (not said)'}."


def _days(question: Question) -> str:
    return ", ".join(f"{session.start_h / 24:g}" for session in question.regimen.sessions)


def _table(answer: Answer) -> Iterator[str]:
    quantiles = answer.crowd.quantiles if answer.crowd else {}
    head = f"{'':{WIDE}}{'typical':>10}"
    if answer.crowd:
        head += f"{'median':>10}   90 % of {answer.crowd.session.people} people"
    yield head
    for words, unit, key, status in _rows(answer):
        line = f"{words:{WIDE}}{_number(_at(answer.summary, key)):>10}"
        if answer.crowd:
            spread = _at(quantiles, key)
            between = f"{_number(spread['q05'])} to {_number(spread['q95'])}" if spread else ""
            line += f"{_number(spread['q50'] if spread else None):>10}   {between:22}"
        yield f"{line}  {unit:8} {status}".rstrip()
    if answer.crowd:
        yield from _share_lines(answer.question, answer.crowd)


def _rows(answer: Answer) -> Iterator[Row]:
    curves = answer.simulated.curves
    named = LEVELS if answer.course else {name: curve.label for name, curve in curves.items()}
    for name, words in named.items():
        for part, (short, unit) in PARTS.items():
            yield f"{words}, {short}", unit, f"{name}.{part}", curves[name].status.value
    if answer.course is None:
        return
    for key, (words, unit) in EFFECTS.items():
        yield words, unit, key, curves[_curve(key)].status.value
    yield "Chance of nausea, first session", "", "nausea_probability_session_1", "plausible"
    last = len(answer.course.sessions)
    if last > 1:
        yield f"Dissociation, peak of session {last}", "points", f"cadss_peak_session_{last}", "established"
    shown = [day for day in SHOWN_DAYS if day in answer.question.read_days]
    for stem, words in ((DRUG, "MADRS by the drug"), (TOTAL, "MADRS with placebo"), (RECALLED, "PHQ-9")):
        status = curves["phq9" if stem == RECALLED else "madrs_change"].status.value
        for day in shown:
            yield f"{words}, day {day}", "points", day_key(stem, day), status


def _curve(key: str) -> str:
    return {"nmda_block_peak_share": "nmda_block"}.get(key, key.replace("_peak", ""))


def _share_lines(question: Question, seen: Crowd) -> Iterator[str]:
    last = question.regimen.sessions[-1].start_h / DAY_H
    day = next(each for each in question.read_days if each > last)
    for name, words in (("response", "Response"), ("remission_madrs_10", "MADRS 10 or less")):
        share = seen.shares[day_key(f"{name}_share", day)]
        yield f"{words}, day {day}: {share:.0%} of people (with placebo)"


def _at(found: Mapping[str, Any], key: str) -> Any:
    name, _, part = key.partition(".")
    value = found.get(name)
    return value[part] if part and value is not None else value


def _number(value: float | None) -> str:
    if value is None:
        return ""
    value = round(value, 2) + 0.0  # no minus before a zero
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
