"""Today's questions, each judged with its reason. Unknown is never a pass."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from ajar.pathway.consent.validity import Standing as ConsentStanding
from ajar.pathway.consent.validity import StandingKind
from ajar.pathway.dosing.day import LozengesSoFar
from ajar.pathway.dosing.entries import AtHome
from ajar.pathway.dosing.policy import READINESS_POLICY, Driving, Stimulant
from ajar.pathway.dosing.readiness import (
    DAY_RULES,
    DayOfDose,
    cancels,
    in_the_way,
    judge_readiness,
    produced_by,
)
from ajar.pathway.evaluation.candidate import Fact
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.findings import Finding, Strength, Verdict
from ajar.pathway.evaluation.products import Jurisdiction, Product, Setting
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import Person, Sex
from tests.pathway.dosing.history import READINESS, START

WELL = replace(
    READINESS,
    nasal_product_within_1_h=False,
    stimulant_today=False,
    could_be_pregnant=False,
    will_drive=False,
    prescriber_on_site="Imran Vale, MD",
    home=AtHome(
        chaperone_name="Jonas",
        chaperone_phone="1",
        chaperone_is_adult=True,
        chaperone_present=True,
        seen_by_video=True,
        place="12 Quay Road",
    ),
)
ONCE_HERE = LozengesSoFar(doses_at_clinic=1, doses_at_home=0, doses_dispensed=1)
CALM = VitalsMeasured(systolic_mmhg=124.0, diastolic_mmhg=78.0, heart_rate_bpm=72.0, spo2_percent=98.0)


def fact(payload: Any, at: datetime = START) -> Fact[Any]:
    return Fact(payload=payload, happened_at=at, recorded_at=at, entry_id=None, recorded_by="Dana Rowe, RN")


def a_day(*, sex: Sex = Sex.FEMALE, **changes: Any) -> DayOfDose:
    """A day on which everything is well."""
    day = DayOfDose(
        person=Person(patient_id=UUID(int=1), birth_date=date(1985, 6, 1), sex=sex),
        answered=WELL,
        answered_at=START,
        vitals=(fact(CALM),),
        consent=ConsentStanding(kind=StandingKind.VALID, because="Signed by both."),
        lozenges=ONCE_HERE,
    )
    return replace(day, **changes)


def setting(product: Product = Product.KETAMINE_IV) -> Setting:
    return Setting(product=product, jurisdiction=Jurisdiction.US, now=START)


def finding(day: DayOfDose, rule_id: str, product: Product = Product.KETAMINE_IV) -> Finding:
    return next(f for f in judge_readiness(day, setting(product)) if f.rule_id == rule_id)


@pytest.mark.parametrize("product", Product)
def test_nothing_stands_in_the_way_of_a_good_day(product: Product) -> None:
    findings = judge_readiness(a_day(), setting(product))
    assert in_the_way(findings) == []
    assert {f.rulebook_version for f in findings} == {produced_by(READINESS_POLICY)}
    assert all(f.source for f in findings)


@pytest.mark.hazard("HAZ-02")
@pytest.mark.parametrize("product", Product)
def test_nothing_that_was_not_asked_passes(product: Product) -> None:
    blank = replace(
        WELL,
        last_solids_at=None,
        last_liquids_at=None,
        escort_name="",
        intoxication_signs=None,
        new_medicines=None,
        new_symptoms=None,
        suicidal_thoughts_since_last_visit=None,
        nasal_product_within_1_h=None,
        stimulant_today=None,
        could_be_pregnant=None,
        will_drive=None,
        prescriber_on_site="",
        home=None,
    )
    for answered in (blank, None):
        day = a_day(answered=answered, vitals=(), lozenges=None)
        findings = judge_readiness(day, setting(product))
        passed = [f.rule_id for f in findings if f.verdict is Verdict.PASS]
        assert passed == ["FSM-3"]  # consent is not a question of the day
        cautions = [f.rule_id for f in findings if f.verdict is Verdict.PRECAUTION]
        assert cautions == (["FSM-2"] if product is Product.KETAMINE_SL_HOME else [])  # no oximeter at home
        assert len(in_the_way(findings)) == len(findings) - 1 - len(cautions)


@pytest.mark.parametrize(
    ("product", "field", "minutes_ago", "verdict"),
    [
        (Product.ESKETAMINE_IN, "last_solids_at", 120, Verdict.PASS),
        (Product.ESKETAMINE_IN, "last_solids_at", 119, Verdict.STOP),
        (Product.ESKETAMINE_IN, "last_liquids_at", 30, Verdict.PASS),
        (Product.ESKETAMINE_IN, "last_liquids_at", 29, Verdict.STOP),
        (Product.KETAMINE_IM, "last_solids_at", 359, Verdict.STOP),
        (Product.KETAMINE_SC, "last_solids_at", 360, Verdict.PASS),
        (Product.KETAMINE_PO, "last_solids_at", 240, Verdict.PASS),
        (Product.KETAMINE_SL_CLINIC, "last_solids_at", 239, Verdict.STOP),
        (Product.KETAMINE_SL_HOME, "last_liquids_at", 119, Verdict.STOP),
        (Product.KETAMINE_IV, "last_solids_at", 360, Verdict.PASS),
        (Product.KETAMINE_IV, "last_solids_at", 359, Verdict.STOP),
        (Product.KETAMINE_IV, "last_liquids_at", 120, Verdict.PASS),
        (Product.KETAMINE_IV, "last_liquids_at", 119, Verdict.STOP),
    ],
)
def test_fasting_is_counted_to_the_minute(
    product: Product, field: str, minutes_ago: int, verdict: Verdict
) -> None:
    answered = replace(WELL, **{field: START - timedelta(minutes=minutes_ago)})
    rule_id = "DAY-1" if "solids" in field else "DAY-2"
    found = finding(a_day(answered=answered), rule_id, product)
    assert found.verdict is verdict
    if verdict is Verdict.STOP:
        assert found.ruling.until == "Enough time has passed in 1 min."
        assert found.strength is (
            Strength.HARD_STOP if product is Product.ESKETAMINE_IN else Strength.SOFT_STOP
        )


@pytest.mark.parametrize(
    ("rule_id", "field", "strength"),
    [
        ("DAY-5", "intoxication_signs", Strength.HARD_STOP),
        ("DAY-6a", "new_medicines", Strength.SOFT_STOP),
        ("DAY-6b", "new_symptoms", Strength.SOFT_STOP),
        ("DAY-4", "will_drive", Strength.HARD_STOP),
        ("DAY-6d", "could_be_pregnant", Strength.SOFT_STOP),
        ("DDI-25", "nasal_product_within_1_h", Strength.HARD_STOP),
    ],
)
def test_a_yes_stops_the_day(rule_id: str, field: str, strength: Strength) -> None:
    day = a_day(answered=replace(WELL, **{field: True}))
    found = finding(day, rule_id, Product.ESKETAMINE_IN)
    assert (found.verdict, found.strength) == (Verdict.STOP, strength)
    assert found in in_the_way(judge_readiness(day, setting(Product.ESKETAMINE_IN)))
    assert found.acceptable == (strength is Strength.SOFT_STOP)


def test_a_stimulant_is_a_caution_that_stops_nothing() -> None:
    day = a_day(answered=replace(WELL, stimulant_today=True))
    assert finding(day, "DAY-7").verdict is Verdict.PRECAUTION
    assert in_the_way(judge_readiness(day, setting())) == []


@pytest.mark.parametrize(("name", "phone"), [("", ""), ("Jonas", ""), ("", "+1 212"), (" ", " ")])
def test_nobody_is_dosed_without_a_way_home(name: str, phone: str) -> None:
    day = a_day(answered=replace(WELL, escort_name=name, escort_phone=phone))
    found = finding(day, "DAY-3")
    assert found.verdict is Verdict.NEEDS_INFORMATION
    assert not found.acceptable


def test_a_man_is_not_asked_about_pregnancy_and_an_infusion_not_about_the_nose() -> None:
    asked = {f.rule_id for f in judge_readiness(a_day(sex=Sex.MALE), setting())}
    assert not asked & {"DAY-6d", "DDI-25", "SITE-2", "SL-06"}
    assert "DAY-6d" in {f.rule_id for f in judge_readiness(a_day(sex=Sex.OTHER), setting())}


@pytest.mark.parametrize(
    ("vitals", "verdict"),
    [((), Verdict.NEEDS_INFORMATION), ((94.0,), Verdict.PASS), ((98.0, 93.0), Verdict.STOP)],
)
def test_the_newest_oxygen_saturation_of_the_day_counts(vitals: tuple[float, ...], verdict: Verdict) -> None:
    taken = tuple(fact(VitalsMeasured(spo2_percent=value)) for value in vitals)
    assert finding(a_day(vitals=taken), "FSM-2").verdict is verdict


@pytest.mark.parametrize(
    ("pressure", "rule_id", "verdict"),
    [
        ((140, 90), "ELG-BP1", Verdict.PASS),
        ((141, 90), "ELG-BP1", Verdict.NEEDS_INFORMATION),
        ((160, 99), "ELG-BP3", Verdict.STOP),
        ((180, 90), "ELG-BP4", Verdict.STOP),
        ((89, 60), "ELG-BP6", Verdict.STOP),
    ],
)
def test_the_gate_on_blood_pressure_stands_on_todays_reading(
    pressure: tuple[int, int], rule_id: str, verdict: Verdict
) -> None:
    high, low = pressure
    taken = fact(VitalsMeasured(systolic_mmhg=float(high), diastolic_mmhg=float(low)))
    found = finding(a_day(vitals=(taken,)), rule_id, Product.ESKETAMINE_IN)
    assert found.verdict is verdict
    missing = finding(a_day(vitals=()), rule_id, Product.ESKETAMINE_IN)
    assert missing.verdict is Verdict.NEEDS_INFORMATION


@pytest.mark.hazard("HAZ-05")
@pytest.mark.parametrize("kind", [kind for kind in StandingKind if kind is not StandingKind.VALID])
def test_without_consent_there_is_no_dose(kind: StandingKind) -> None:
    found = finding(a_day(consent=ConsentStanding(kind=kind, because="It expired.")), "FSM-3")
    assert (found.verdict, found.strength) == (Verdict.STOP, Strength.HARD_STOP)


def accepted(found: Finding, **changes: str) -> Fact[FindingAccepted]:
    told = {
        "rule_id": found.rule_id,
        "rulebook_version": produced_by(READINESS_POLICY),
        "because": "Spoke with her; a cold.",
        "datum": found.datum_key,
    }
    return fact(FindingAccepted(**(told | changes)))


def test_an_acceptance_counts_on_the_answer_it_was_given_on() -> None:
    day = a_day(answered=replace(WELL, new_symptoms=True))
    found = finding(day, "DAY-6b")
    agreed = replace(day, acceptances=(accepted(found), accepted(found, rule_id="DAY-6a")))
    standing = finding(agreed, "DAY-6b")
    assert standing.accepted_by == "Dana Rowe, RN"
    assert in_the_way(judge_readiness(agreed, setting())) == []
    asked_again = replace(agreed, answered_at=START + timedelta(minutes=3))
    assert finding(asked_again, "DAY-6b").stands


def test_an_acceptance_of_an_older_rule_book_does_not_count() -> None:
    day = a_day(answered=replace(WELL, new_symptoms=True))
    old = accepted(finding(day, "DAY-6b"), rulebook_version="readiness 2025.1")
    assert finding(replace(day, acceptances=(old,)), "DAY-6b").stands


@pytest.mark.hazard("HAZ-01")
def test_a_hard_stop_cannot_be_accepted() -> None:
    day = a_day(answered=replace(WELL, intoxication_signs=True))
    agreed = replace(day, acceptances=(accepted(finding(day, "DAY-5")),))
    assert finding(agreed, "DAY-5").stands


def test_an_accepted_fast_stays_accepted_while_the_clock_runs() -> None:
    day = a_day(answered=replace(WELL, last_solids_at=START - timedelta(hours=5)))
    agreed = replace(day, acceptances=(accepted(finding(day, "DAY-1")),))
    later = Setting(
        product=Product.KETAMINE_IV, jurisdiction=Jurisdiction.US, now=START + timedelta(minutes=10)
    )
    found = next(f for f in judge_readiness(agreed, later) if f.rule_id == "DAY-1")
    assert found.accepted is not None


def test_every_rule_has_its_own_id() -> None:
    ids = [rule.id for rule in DAY_RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("product", "item", "strength"),
    [
        (Product.KETAMINE_IV, 1, Strength.SOFT_STOP),
        (Product.ESKETAMINE_IN, 5, Strength.SOFT_STOP),
        (Product.KETAMINE_SL_HOME, 2, Strength.SOFT_STOP),
        (Product.KETAMINE_SL_HOME, 3, Strength.HARD_STOP),
        (Product.KETAMINE_SL_HOME, 6, Strength.HARD_STOP),
    ],
)
def test_the_highest_cssrs_item_stops_the_day_and_closes_the_home_from_orange_on(
    product: Product, item: int, strength: Strength
) -> None:
    told = replace(WELL, suicidal_thoughts_since_last_visit=True, cssrs_highest_item=item)
    found = finding(a_day(answered=told), "DAY-6c", product)
    assert (found.verdict, found.strength) == (Verdict.STOP, strength)
    assert f"item {item}" in found.ruling.because


def test_an_item_answered_yes_counts_though_the_question_before_it_says_no() -> None:
    told = replace(WELL, suicidal_thoughts_since_last_visit=False, cssrs_highest_item=4)
    assert finding(a_day(answered=told), "DAY-6c").verdict is Verdict.STOP


@pytest.mark.hazard("HAZ-02")
def test_suicidal_thoughts_without_the_cssrs_need_it() -> None:
    found = finding(a_day(answered=replace(WELL, suicidal_thoughts_since_last_visit=True)), "DAY-6c")
    assert found.verdict is Verdict.NEEDS_INFORMATION
    assert not found.acceptable


def test_a_clinic_may_hold_the_stimulant_and_ask_for_24_hours() -> None:
    strict = replace(READINESS_POLICY, stimulant=Stimulant.HOLD, driving=Driving.AFTER_24_H)
    told = a_day(answered=replace(WELL, stimulant_today=True, will_drive=True))
    findings = {f.rule_id: f for f in judge_readiness(told, setting(), strict)}
    assert (findings["DAY-7"].verdict, findings["DAY-7"].strength) == (Verdict.STOP, Strength.SOFT_STOP)
    assert "24 hours" in findings["DAY-4"].ruling.because
    assert findings["DAY-4"].strength is Strength.SOFT_STOP


def test_intoxication_cancels_and_nothing_else_does() -> None:
    assert cancels(judge_readiness(a_day(), setting())) == ""
    drunk = a_day(answered=replace(WELL, intoxication_signs=True))
    assert cancels(judge_readiness(drunk, setting())) == "Signs of intoxication (DAY-5)."


def test_a_saturation_measured_at_home_is_judged_as_anywhere() -> None:
    low = a_day(vitals=(fact(replace(CALM, spo2_percent=93.0)),))
    assert finding(low, "FSM-2", Product.KETAMINE_SL_HOME).verdict is Verdict.STOP
