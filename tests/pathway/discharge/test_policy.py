"""How long each product asks a patient to stay, under which law, and what a clinic may not change."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ajar.pathway.discharge.criteria import Criterion, Verdict
from ajar.pathway.discharge.gates import circulation_points
from ajar.pathway.discharge.guard import standing
from ajar.pathway.discharge.policy import (
    DEFAULT_POLICY,
    AldreteUnit,
    Circumstances,
    DischargePolicy,
    circumstances_of,
    stay_of,
)
from ajar.pathway.discharge.series import Pressure
from ajar.pathway.discharge.stay import SprayClock
from ajar.pathway.dosing.session import fold
from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.evaluation.from_entries import candidate_of, draft
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import CodeSystem, Coding, ConditionRecorded, ConditionStatus, Person, Sex
from tests.pathway.discharge.story import PATIENT, US, Story, assessed, at

EU = replace(US, jurisdiction=Jurisdiction.EU)
LIVER = replace(US, liver_impaired=True)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def judged(
    story: Story,
    minute: float,
    criterion_id: str,
    *,
    around: Circumstances = US,
    policy: DischargePolicy = DEFAULT_POLICY,
) -> Criterion:
    judgement = standing(story.entries, around, now=at(minute), policy=policy).judgement
    return next(criterion for criterion in judgement.criteria if criterion.id == criterion_id)


@pytest.mark.parametrize(
    ("product", "around", "ends_at_min"),
    [
        (Product.ESKETAMINE_IN, US, 125),
        (Product.ESKETAMINE_IN, EU, 5),
        (Product.ESKETAMINE_IN, replace(US, jurisdiction=Jurisdiction.CA), 125),
        (Product.ESKETAMINE_IN, replace(US, jurisdiction=Jurisdiction.ANZ), 125),
        (Product.ESKETAMINE_IN, LIVER, 185),
        (Product.ESKETAMINE_IN, replace(LIVER, jurisdiction=Jurisdiction.EU), 65),
        (Product.KETAMINE_IV, US, 100),
        (Product.KETAMINE_IV, EU, 100),
        (Product.KETAMINE_IV, LIVER, 160),
        (Product.KETAMINE_IM, US, 90),
        (Product.KETAMINE_SC, US, 90),
        (Product.KETAMINE_SL_CLINIC, US, 120),
        (Product.KETAMINE_PO, US, 120),
        (Product.KETAMINE_SL_HOME, US, 180),
        (Product.KETAMINE_SL_HOME, LIVER, 240),
    ],
)
def test_the_minimum_stay_of_each_product_under_each_law(
    product: Product, around: Circumstances, ends_at_min: int
) -> None:
    story = Story(product=product).dosed()
    before = judged(story, ends_at_min - 0.01, "B-STAY", around=around).finding
    assert (before.verdict, before.words, before.due_at) == (
        Verdict.NOT_MET,
        "1 min to go.",
        at(ends_at_min),
    )
    over = judged(story, ends_at_min, "B-STAY", around=around).finding
    if product is Product.ESKETAMINE_IN and around is EU:
        assert over.verdict is Verdict.MET
        assert over.words == "No fixed time: until clinically stable"
    assert (over.verdict, over.since) == (Verdict.MET, at(ends_at_min))


def test_the_stay_says_how_far_the_devices_lay_apart_so_that_both_clocks_are_known() -> None:
    story = Story().dosed()
    assert judged(story, 60, "B-STAY", around=LIVER).finding.datum == (
        "MON-1: 120 min from the last device; POP-7: 60 min more for the liver; "
        "first and last device 5 min apart"
    )


@pytest.mark.parametrize(
    ("clock", "ends_at_min"), [(SprayClock.FIRST_DEVICE, 120), (SprayClock.LAST_DEVICE, 125)]
)
def test_the_two_hours_run_from_the_device_that_the_clinic_counts_from(
    clock: SprayClock, ends_at_min: int
) -> None:
    policy = replace(DEFAULT_POLICY, spray_clock=clock)
    finding = judged(Story().dosed(), 30, "B-STAY", policy=policy).finding
    assert finding.due_at == at(ends_at_min)
    assert str(clock) in finding.datum


def test_a_dose_that_ended_before_anything_was_given_has_no_clock() -> None:
    session = fold(Story().until_ready().entries)
    assert session is not None
    asked_for = stay_of(session, US)
    assert asked_for is not None
    assert asked_for.ends_at(replace(session, dose_ended_at=at(1))) is None


@pytest.mark.parametrize(
    ("unit", "now_mmhg", "points"),
    [
        (AldreteUnit.PERCENT, 120, 2), (AldreteUnit.PERCENT, 144, 2), (AldreteUnit.PERCENT, 145, 1),
        (AldreteUnit.PERCENT, 95, 1), (AldreteUnit.PERCENT, 180, 1), (AldreteUnit.PERCENT, 181, 0),
        (AldreteUnit.PERCENT, 59, 0),
        (AldreteUnit.MMHG, 140, 2), (AldreteUnit.MMHG, 141, 1), (AldreteUnit.MMHG, 170, 1),
        (AldreteUnit.MMHG, 171, 0), (AldreteUnit.MMHG, 99, 1), (AldreteUnit.MMHG, 69, 0),
    ],
)  # fmt: skip
def test_circulation_is_counted_in_the_declared_unit(unit: AldreteUnit, now_mmhg: float, points: int) -> None:
    policy = replace(DEFAULT_POLICY, aldrete_unit=unit)
    before = Pressure(systolic_mmhg=120, diastolic_mmhg=80)
    assert circulation_points(before, Pressure(systolic_mmhg=now_mmhg, diastolic_mmhg=50), policy) == points


def test_a_score_made_in_another_unit_does_not_count() -> None:
    story = Story().watched(until=126)
    policy = replace(DEFAULT_POLICY, aldrete_unit=AldreteUnit.MMHG)
    finding = judged(story, 127, "A-ALDRETE", policy=policy).finding
    assert finding.verdict is Verdict.UNKNOWN
    assert "circulation counts in mmHg. Assess again." in finding.words
    story.tell(127, assessed(aldrete_version=AldreteUnit.MMHG.version))
    assert judged(story, 128, "A-ALDRETE", policy=policy).met


def test_a_clinic_may_ask_for_more_points_or_fresher_values() -> None:
    story = Story().watched(until=126)
    story.tell(126, assessed(activity=1))
    assert judged(story, 127, "A-ALDRETE").met
    assert not judged(story, 127, "A-ALDRETE", policy=replace(DEFAULT_POLICY, aldrete_pass=10)).met
    assert not judged(story, 132, "B-SEDATION", policy=replace(DEFAULT_POLICY, fresh_min=5)).met
    story.tell(127, VitalsMeasured(systolic_mmhg=95, diastolic_mmhg=60))
    assert judged(story, 128, "B-PRESSURE").met
    assert not judged(story, 128, "B-PRESSURE", policy=replace(DEFAULT_POLICY, lowest_systolic_mmhg=100)).met


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stays": DEFAULT_POLICY.stays[1:]}, "No minimum stay for esketamine_in in US"),
        ({"stays": (replace(DEFAULT_POLICY.stays[0], minutes=119), *DEFAULT_POLICY.stays[1:])}, "FSM-7"),
        ({"aldrete_pass": 7}, "8 to 10, got 7"),
        ({"hepatic_extra_min": -1}, "hepatic_extra_min"),
        ({"cadss_rise": -1}, "cadss_rise"),
        ({"fresh_min": 0}, "fresh_min"),
        ({"released_within_min": 0}, "released_within_min"),
    ],
)
def test_what_a_clinic_may_not_decide_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(DEFAULT_POLICY, **changes)  # type: ignore[arg-type]


def test_a_stay_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1440"):
        replace(DEFAULT_POLICY.stays[0], minutes=-1)


def candidate(*payloads: Payload) -> Candidate:
    person = Person(patient_id=PATIENT, birth_date=date(1985, 6, 1), sex=Sex.FEMALE)
    return candidate_of([draft(payload, now=NOW) for payload in payloads], person)


CIRRHOSIS = ConditionRecorded(
    condition=Coding(system=CodeSystem.ICD_10_CM, code="K74.60", display="Cirrhosis"),
    status=ConditionStatus.ACTIVE,
    onset_on=None,
    abated_on=None,
)


@pytest.mark.parametrize(
    ("payloads", "impaired"),
    [
        ((), False),
        ((HistoryAnswered(question="moderate_liver_disease", answer=Answer.NO),), False),
        ((HistoryAnswered(question="moderate_liver_disease", answer=Answer.YES),), True),
        ((HistoryAnswered(question="severe_liver_disease", answer=Answer.YES),), True),
        ((CIRRHOSIS,), True),
    ],
)
def test_a_sick_liver_on_the_chart_asks_for_a_longer_stay(
    payloads: tuple[Payload, ...], impaired: bool
) -> None:
    around = circumstances_of(candidate(*payloads), Jurisdiction.US, now=NOW)
    assert around == Circumstances(jurisdiction=Jurisdiction.US, liver_impaired=impaired)
