"""The lozenge at home and what must be so first: SL-06, SL-07, SL-08, IND-7.

Nobody monitors on site, and the FDA has warned of it (SL-09), so these are asked beside everything else.
"""

from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import FIRST_DOSE_ON_SITE, HOME_CHAPERONE, HOME_MONITOR
from ajar.pathway.evaluation.findings import Ruling, Standing, Strength
from ajar.pathway.evaluation.products import AT_HOME, Setting
from ajar.pathway.evaluation.rules.blood_pressure import Pressure, pressure_of
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes
from ajar.pathway.evaluation.rules.wanted import Wanted, ruling_on_wanted
from ajar.pathway.evaluation.scores import Score, latest_score

SUPERVISED: Final = Wanted(
    concept=FIRST_DOSE_ON_SITE,
    about="first dose",
    yes="A first dose was taken on site.",
    no="The first dose is never taken at home.",
    until="Until a first dose was taken on site, with pressure, pulse and SpO2 before and 30 min after.",
    strength=Strength.HARD_STOP,
)
AT_HAND: Final = (
    Wanted(
        concept=HOME_CHAPERONE,
        about="adult at home",
        yes="An adult is there before each dose.",
        no="No adult will be there: nobody is dosed at home alone.",
        until="Until an adult is there before each dose and until it is over.",
        strength=Strength.HARD_STOP,
    ),
    Wanted(
        concept=HOME_MONITOR,
        about="blood-pressure monitor and video",
        yes="The blood pressure is measured at home, with a check-in by video.",
        no="Without a monitor and a video link nobody knows the pressure before the dose.",
        until="Until there is a blood-pressure monitor and a video link.",
    ),
)


def _first_dose(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    return (ruling_on_wanted(SUPERVISED, candidate, setting),)


def _guard_rails(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    at_hand = (ruling_on_wanted(wanted, candidate, setting) for wanted in AT_HAND)
    return (*at_hand, _pressure(candidate, setting))


def _pressure(candidate: Candidate, setting: Setting) -> Ruling:
    home = setting.home
    limit = Pressure(systolic_mmhg=home.systolic_at_most_mmhg, diastolic_mmhg=home.diastolic_at_most_mmhg)
    readings = candidate.pressures()
    if not readings:
        return asks("No blood pressure is recorded.", "Measure it.", "BP: none", fill_in="vitals")
    latest = readings[-1]
    pressure = pressure_of(latest)
    datum = f"BP {pressure} mmHg"
    if pressure.above(limit):
        until = f"Until a blood pressure at or below {limit} mmHg."
        return defers(f"Above {limit} mmHg: no dose at home.", datum, until, latest)
    if setting.now - latest.happened_at > timedelta(days=setting.policy.vitals_hold_days):
        return asks("The blood pressure is too old to rely on.", "Measure it.", datum, latest, "vitals")
    return passes(f"Not above {limit} mmHg.", datum, latest)


INCLUSION: Final = (("phq-9", "PHQ-9"), ("gad-7", "GAD-7"))


def _included(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    cut = setting.home.symptoms_from
    scored = [(name, score) for name, score in _scores(candidate) if _is_recent(score, setting)]
    for name, score in scored:
        if (score.total or 0.0) >= cut:
            return (passes(f"{name} of {cut:g} or more.", f"{name} {score.words}", score.seen),)
    if len(scored) < len(INCLUSION):
        because = f"A PHQ-9 or GAD-7 of {cut:g} or more is asked for; they are not both recorded lately."
        datum = ", ".join(f"{name} {score.words}" for name, score in scored) or "PHQ-9, GAD-7: none"
        return (asks(because, "Have the PHQ-9 and the GAD-7 filled in.", datum),)
    datum = ", ".join(f"{name} {score.words}" for name, score in scored)
    because = f"Neither PHQ-9 nor GAD-7 reaches {cut:g}."
    return (defers(because, datum, f"Until one of them is {cut:g} or more.", scored[-1][1].seen),)


def _scores(candidate: Candidate) -> list[tuple[str, Score]]:
    found = ((name, latest_score(candidate, instrument)) for instrument, name in INCLUSION)
    return [(name, score) for name, score in found if score is not None and score.total is not None]


def _is_recent(score: Score, setting: Setting) -> bool:
    return setting.now - score.seen.happened_at <= timedelta(days=setting.policy.score_holds_days)


C_SSRS: Final = "c-ssrs"
PRESSING: Final = frozenset({"red", "orange"})
CALM: Final = frozenset({"none", "yellow"})


def _suicidality(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    score = latest_score(candidate, C_SSRS)
    until = "Ask the C-SSRS screener."
    if score is None:
        return (asks("No C-SSRS is recorded.", until, "C-SSRS: none"),)
    datum = f"C-SSRS {score.words}"
    if score.level in PRESSING:
        because = f"C-SSRS {score.level}: no dose at home. See the patient, and look at the safety plan."
        ends = "Until a new C-SSRS is neither red nor orange."
        return (defers(because, datum, ends, score.seen, Strength.HARD_STOP),)
    if score.level not in CALM:
        return (asks("The C-SSRS has no colour.", until, datum, score.seen),)
    if not _is_recent(score, setting):
        return (
            asks(
                f"The C-SSRS is older than {setting.policy.score_holds_days} days.", until, datum, score.seen
            ),
        )
    return (passes("Neither red nor orange.", datum, score.seen),)


ASKED: Final = frozenset({"answers"})
SCORED: Final = frozenset({"questionnaires", "scores"})

RULES: Final = (
    Rule(
        id="SL-06",
        title="First dose on site",
        source="[KETNZ]; guard rail SL-07 (design default)",
        reads=ASKED,
        judge=_first_dose,
        standing=Standing.DESIGN_DEFAULT,
        products=AT_HOME,
    ),
    Rule(
        id="SL-07",
        title="Guard rails at home",
        source="design default, supported by [HULL22] and [FDA23-A]",
        reads=ASKED | {"vitals"},
        judge=_guard_rails,
        standing=Standing.DESIGN_DEFAULT,
        products=AT_HOME,
    ),
    Rule(
        id="SL-08",
        title="Symptoms that a home programme is for",
        source="[HULL-PA]",
        reads=SCORED,
        judge=_included,
        products=AT_HOME,
    ),
    Rule(
        id="IND-7",
        title="No dose at home at a red or orange C-SSRS",
        source="clinical.md 7 row 2",
        reads=SCORED,
        judge=_suicidality,
        standing=Standing.POLICY,
        products=AT_HOME,
    ),
)
