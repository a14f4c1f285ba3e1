"""What each question of the day says, word for word, as a clinician has read and approved it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.consent.validity import StandingKind
from ajar.pathway.dosing.day import DayOfDose, LozengesSoFar
from ajar.pathway.dosing.home import refuse_dispense
from ajar.pathway.dosing.policy import READINESS_POLICY, Driving, ReadinessPolicy, Stimulant
from ajar.pathway.dosing.readiness import judge_readiness
from ajar.pathway.evaluation.findings import Finding
from ajar.pathway.evaluation.home_rules import DEFAULT_HOME
from ajar.pathway.evaluation.products import Product
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.pathway.dosing.history import START
from tests.pathway.dosing.test_readiness import CALM, WELL, a_day, accepted, fact, setting
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
SPRAY, IV, PO, HOME = (
    Product.ESKETAMINE_IN,
    Product.KETAMINE_IV,
    Product.KETAMINE_PO,
    Product.KETAMINE_SL_HOME,
)
ANSWERED_AT: Final = START - timedelta(minutes=8)
STRICT: Final = replace(READINESS_POLICY, stimulant=Stimulant.HOLD, driving=Driving.AFTER_24_H)


def measured(**values: float) -> dict[str, Any]:
    """Vital signs of today: calm ones, then these, taken 10 minutes ago and entered a minute later."""
    taken = fact(VitalsMeasured(**values), START - timedelta(minutes=10))
    return {"vitals": (fact(CALM), replace(taken, recorded_at=START - timedelta(minutes=9)))}


def answers(**changes: Any) -> dict[str, Any]:
    return {"answered": replace(WELL, **changes)}


def ago(field: str, **ago_: float) -> dict[str, Any]:
    return answers(**{field: START - timedelta(**ago_)})


def at_home(**changes: Any) -> dict[str, Any]:
    assert WELL.home is not None
    return answers(home=replace(WELL.home, **changes))


def counted(clinic: int, home: int, dispensed: int) -> dict[str, Any]:
    return {"lozenges": LozengesSoFar(doses_at_clinic=clinic, doses_at_home=home, doses_dispensed=dispensed)}


def no_consent(kind: StandingKind, because: str) -> dict[str, Any]:
    return {"consent": ConsentStanding(kind=kind, because=because)}


NOTHING: Final[dict[str, Any]] = {"answered": None}
UNWELL: Final = {"suicidal_thoughts_since_last_visit": True}

ASKED: Final[tuple[tuple[str, str, Product, dict[str, Any]], ...]] = (
    ("not asked", "DAY-1", IV, NOTHING),
    ("6.15 h ago", "DAY-1", IV, ago("last_solids_at", minutes=369)),
    ("6 h ago to the minute", "DAY-1", IV, ago("last_solids_at", hours=6)),
    ("20 s less than 6 h ago", "DAY-1", IV, ago("last_solids_at", seconds=6 * 3600 - 20)),
    ("61 s less than 2 h before a spray", "DAY-1", SPRAY, ago("last_solids_at", seconds=7200 - 61)),
    ("not asked", "DAY-2", SPRAY, NOTHING),
    ("29 min before a spray", "DAY-2", SPRAY, ago("last_liquids_at", minutes=29)),
    ("29 min 45 s before a spray", "DAY-2", SPRAY, ago("last_liquids_at", seconds=1785)),
    ("30 min before a spray", "DAY-2", SPRAY, ago("last_liquids_at", minutes=30)),
    ("not asked", "DAY-3", IV, NOTHING),
    ("no telephone, infusion", "DAY-3", IV, answers(escort_phone=" ")),
    ("no name, spray", "DAY-3", SPRAY, answers(escort_name="")),
    ("no name, by mouth", "DAY-3", PO, answers(escort_name="")),
    ("named, infusion", "DAY-3", IV, {}),
    ("named, spray", "DAY-3", SPRAY, answers(escort_name=" Jonas ", escort_phone=" 1 ")),
    ("named, by mouth", "DAY-3", PO, {}),
    ("not asked", "DAY-4", SPRAY, NOTHING),
    ("will drive", "DAY-4", SPRAY, answers(will_drive=True)),
    ("will drive after an infusion", "DAY-4", IV, answers(will_drive=True)),
    ("will not drive", "DAY-4", SPRAY, {}),
    ("not asked", "DAY-5", SPRAY, NOTHING),
    ("yes", "DAY-5", IV, answers(intoxication_signs=True)),
    ("no", "DAY-5", IV, {}),
    ("yes", "DAY-6a", IV, answers(new_medicines=True)),
    ("no", "DAY-6a", IV, {}),
    ("yes", "DAY-6b", IV, answers(new_symptoms=True)),
    ("no", "DAY-6b", IV, {}),
    ("not asked", "DAY-6c", IV, NOTHING),
    ("no answer", "DAY-6c", IV, answers(suicidal_thoughts_since_last_visit=None)),
    ("no", "DAY-6c", IV, {}),
    ("yes, without the C-SSRS", "DAY-6c", IV, answers(**UNWELL)),
    *(
        (f"item {item}", "DAY-6c", IV, answers(**UNWELL, cssrs_highest_item=item))
        for item in (1, 2, 3, 4, 5, 6)
    ),
    ("item 2 at home", "DAY-6c", HOME, answers(**UNWELL, cssrs_highest_item=2)),
    ("item 3 at home", "DAY-6c", HOME, answers(**UNWELL, cssrs_highest_item=3)),
    ("yes", "DAY-6d", IV, answers(could_be_pregnant=True)),
    ("no", "DAY-6d", IV, {}),
    ("not asked", "DAY-7", IV, NOTHING),
    ("yes", "DAY-7", IV, answers(stimulant_today=True)),
    ("no", "DAY-7", IV, {}),
    ("yes", "DDI-25", SPRAY, answers(nasal_product_within_1_h=True)),
    ("no", "DDI-25", SPRAY, {}),
    ("not asked", "SITE-2", SPRAY, NOTHING),
    ("nobody", "SITE-2", SPRAY, answers(prescriber_on_site=" ")),
    ("named", "SITE-2", SPRAY, answers(prescriber_on_site=" Imran Vale, MD ")),
    ("not measured", "FSM-2", IV, {"vitals": ()}),
    ("not measured at home", "FSM-2", HOME, {"vitals": ()}),
    ("94 %", "FSM-2", IV, measured(spo2_percent=94)),
    ("93.9 %", "FSM-2", IV, measured(spo2_percent=93.9)),
    ("98 % before a pressure alone", "FSM-2", IV, measured(systolic_mmhg=120, diastolic_mmhg=80)),
    ("expired", "FSM-3", IV, no_consent(StandingKind.EXPIRED, "It expired on 2026-03-01.")),
    ("valid", "FSM-3", IV, {}),
    ("not counted", "SL-06", HOME, {"lozenges": None}),
    ("none at the clinic", "SL-06", HOME, counted(0, 0, 0)),
    ("one at the clinic", "SL-06", HOME, counted(1, 0, 1)),
    ("not asked", "SL-07a", HOME, NOTHING),
    ("not an adult", "SL-07a", HOME, at_home(chaperone_is_adult=False)),
    ("not there, not named", "SL-07a", HOME, at_home(chaperone_present=False, chaperone_name=" ")),
    ("no telephone", "SL-07a", HOME, at_home(chaperone_phone="")),
    ("no name", "SL-07a", HOME, at_home(chaperone_name="")),
    ("age not asked", "SL-07a", HOME, at_home(chaperone_is_adult=None)),
    ("presence not asked", "SL-07a", HOME, at_home(chaperone_present=None)),
    ("there", "SL-07a", HOME, at_home(chaperone_name=" Jonas ", chaperone_phone=" 1 ")),
    ("not measured", "SL-07b", HOME, {"vitals": ()}),
    ("a saturation alone", "SL-07b", HOME, {"vitals": measured(spo2_percent=97)["vitals"][1:]}),
    ("140/90", "SL-07b", HOME, measured(systolic_mmhg=140, diastolic_mmhg=90)),
    ("140.5/60", "SL-07b", HOME, measured(systolic_mmhg=140.5, diastolic_mmhg=60)),
    ("110/90.5", "SL-07b", HOME, measured(systolic_mmhg=110, diastolic_mmhg=90.5)),
    ("not asked", "SL-07c", HOME, NOTHING),
    ("no", "SL-07c", HOME, at_home(seen_by_video=False)),
    ("no answer", "SL-07c", HOME, at_home(seen_by_video=None)),
    ("yes", "SL-07c", HOME, {}),
    ("not counted", "SL-07d", HOME, {"lozenges": None}),
    ("none handed out", "SL-07d", HOME, counted(1, 0, 0)),
    ("one too many", "SL-07d", HOME, counted(1, 0, 2)),
    ("one", "SL-07d", HOME, counted(1, 3, 4)),
    ("four, stable", "SL-07d", HOME, counted(1, 4, 8)),
    ("more taken than handed out", "SL-07d", HOME, counted(1, 3, 2)),
    ("not asked", "SL-07e", HOME, NOTHING),
    ("blank", "SL-07e", HOME, at_home(place=" ")),
    ("said", "SL-07e", HOME, at_home(place=" 12 Quay Road ")),
    ("150/95 before a spray", "ELG-BP1", SPRAY, measured(systolic_mmhg=150, diastolic_mmhg=95)),
)
OF_A_STRICT_CLINIC: Final[tuple[tuple[str, str, Product, dict[str, Any]], ...]] = (
    ("not asked, held", "DAY-7", IV, NOTHING),
    ("yes, held", "DAY-7", IV, answers(stimulant_today=True)),
    ("no, held", "DAY-7", IV, {}),
    ("will drive, 24 h", "DAY-4", SPRAY, answers(will_drive=True)),
    ("will not drive, 24 h", "DAY-4", SPRAY, {}),
)


def found(day: DayOfDose, rule_id: str, product: Product, policy: ReadinessPolicy) -> Finding:
    return next(one for one in judge_readiness(day, setting(product), policy) if one.rule_id == rule_id)


def line(finding: Finding) -> str:
    """A ruling in one line: what it does; why; the datum; since when; until when."""
    ruling = finding.ruling
    times = " and ".join(f"{at:%H:%M}" for at in (ruling.happened_at, ruling.recorded_at) if at is not None)
    does = f"{ruling.verdict}, {ruling.strength}, {ruling.effect}"
    return f"{does} | {ruling.because} | {ruling.datum} | {times} | {ruling.until}"


def test_each_answer_of_the_day_is_judged_in_approved_words() -> None:
    said = {}
    for policy, cases in ((READINESS_POLICY, ASKED), (STRICT, OF_A_STRICT_CLINIC)):
        for words, rule_id, product, changes in cases:
            day = replace(a_day(answered_at=ANSWERED_AT), **changes)
            said[f"{rule_id} {words} ({product})"] = line(found(day, rule_id, product, policy))
    assert_approved(APPROVED / "day.json", said)


def test_a_finding_of_the_day_carries_its_rule_and_its_acceptance() -> None:
    day = a_day(answered=replace(WELL, new_symptoms=True, stimulant_today=True))
    symptoms = found(day, "DAY-6b", IV, READINESS_POLICY)
    agreed = replace(
        day,
        acceptances=(
            replace(accepted(symptoms), recorded_at=START + timedelta(minutes=1)),
            replace(accepted(symptoms), recorded_by="Imran Vale, MD", recorded_at=START),
            accepted(symptoms, datum="yes|"),
        ),
    )
    said = {
        words: found(agreed, rule_id, product, READINESS_POLICY)
        for words, rule_id, product in (
            ("accepted twice, the newer counts", "DAY-6b", IV),
            ("from general knowledge", "DAY-7", IV),
            ("a label's", "DDI-25", SPRAY),
            ("of the evaluation", "ELG-BP1", SPRAY),
        )
    }
    assert_approved(APPROVED / "day_findings.json", said)


@pytest.mark.parametrize(("so_far", "doses"), [((1, 0, 0), 1), ((1, 4, 4), 4), ((1, 4, 7), 1)])
def test_as_many_doses_as_the_policy_allows_are_handed_out(so_far: tuple[int, int, int], doses: int) -> None:
    refuse_dispense(doses, counted(*so_far)["lozenges"], DEFAULT_HOME)
