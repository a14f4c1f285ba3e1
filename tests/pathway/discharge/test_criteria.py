"""Each criterion for going home, judged on what was recorded and on nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ajar.pathway.discharge.criteria import Criterion, Verdict
from ajar.pathway.discharge.gates import CRITERIA
from ajar.pathway.discharge.guard import NoSession, standing
from ajar.pathway.discharge.series import Episode, after, episode, sedation, series
from ajar.pathway.discharge.stay import minutes_until
from ajar.pathway.evaluation.products import Product
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from tests.pathway.discharge.story import (
    START,
    US,
    Story,
    assessed,
    at,
    device,
    dissociated,
    planned,
    release,
)

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def judged(story: Story, minute: float, criterion_id: str) -> Criterion:
    judgement = standing(story.entries, US, now=at(minute)).judgement
    return next(criterion for criterion in judgement.criteria if criterion.id == criterion_id)


def test_at_first_nothing_but_the_named_escort_stands() -> None:
    judgement = standing(Story().dosed().entries, US, now=at(10)).judgement
    assert judgement.met_ids == ("C-ESCORT",)
    assert [c.finding.verdict for c in judgement.criteria if c.id in ("A-ALDRETE", "B-SEDATION")] == [
        UNKNOWN
    ] * 2


def test_a_well_watched_patient_meets_all_but_the_instructions_handed_over_at_the_door() -> None:
    judgement = standing(Story().watched(until=126).entries, US, now=at(127)).judgement
    assert [criterion.id for criterion in judgement.unmet] == ["C-INSTRUCTIONS"]
    assert judgement.unmet_for_recovery == ()
    assert judgement.open_first == (judgement.criteria[-1], *judgement.criteria[:-1])
    assert len(judgement.criteria) == len(CRITERIA)


def test_while_drug_may_still_be_given_the_stay_is_unknown() -> None:
    story = Story().until_ready()
    story.tell(0, device(1))
    assert judged(story, 300, "B-STAY").finding.verdict is UNKNOWN


def test_a_product_without_a_rule_never_meets_its_stay() -> None:
    story = Story()
    story.tell(-60, replace(planned(Product.ESKETAMINE_IN), product="ketamine_rectal"))
    finding = judged(story, 600, "B-STAY").finding
    assert (finding.verdict, finding.words) == (UNKNOWN, "No minimum stay is known for ketamine_rectal.")


def test_minutes_are_rounded_up_so_that_nobody_goes_a_second_early() -> None:
    assert minutes_until(START + timedelta(seconds=61), now=START) == 2


@pytest.mark.parametrize(
    ("ratings", "verdict", "words"),
    [
        ((), UNKNOWN, "Sedation (MOAA/S) has not been recorded since the drug was given."),
        (((100, 5),), UNKNOWN, "Sedation (MOAA/S) is older than 30 minutes; record it again."),
        (((128, 4),), NOT_MET, "Still sedated."),
        (((128, 5),), MET, "No sedation was seen."),
        (((40, 3), (90, 5), (128, 5)), MET, "Sedation resolved"),
        (((40, 3), (90, 5), (100, 4), (128, 5)), MET, "Sedation resolved"),
    ],
)
def test_awake_means_rated_5_now(ratings: tuple[tuple[int, int], ...], verdict: Verdict, words: str) -> None:
    story = Story().dosed()
    for minute, moaa_s in ratings:
        story.tell(minute, SedationRated(moaa_s=moaa_s))
    finding = judged(story, 131, "B-SEDATION").finding
    assert (finding.verdict, finding.words) == (verdict, words)


def test_a_thing_that_came_back_resolved_only_the_last_time() -> None:
    story = Story().dosed()
    for minute, moaa_s in ((40, 3), (60, 5), (100, 4), (128, 5)):
        story.tell(minute, SedationRated(moaa_s=moaa_s))
    assert judged(story, 131, "B-SEDATION").finding.since == at(128)


def test_an_episode_runs_from_the_first_wrong_value_to_the_first_right_one_after_the_last() -> None:
    story = Story().dosed()
    for minute, moaa_s in ((30, 5), (40, 3), (60, 5), (100, 4), (110, 5), (128, 5)):
        story.tell(minute, SedationRated(moaa_s=moaa_s))
    points = after(series(story.entries, sedation), START)
    whole = episode(points, lambda score: score < 5)
    assert whole == Episode(onset=points[1], last=points[3], resolved=points[4])
    unresolved = episode(points[:4], lambda score: score < 5)
    assert unresolved == Episode(onset=points[1], last=points[3], resolved=None)
    assert episode(points[:1], lambda score: score < 5) is None


@pytest.mark.parametrize(
    ("baseline", "total", "distress", "verdict"),
    [
        (0, 2, False, MET),
        (0, 3, False, NOT_MET),
        (4, 6, False, MET),
        (4, 7, False, NOT_MET),
        (0, 0, True, NOT_MET),
        (None, 2, False, MET),
        (None, 3, False, NOT_MET),
    ],
)
def test_present_means_back_to_baseline_plus_two_without_distress(
    baseline: int | None, total: int, distress: bool, verdict: Verdict
) -> None:
    story = Story().dosed()
    story.entries = [entry for entry in story.entries if entry.payload.KIND != "dissociation.rated"]
    if baseline is not None:
        story.tell(-1, dissociated(baseline))
    story.tell(128, dissociated(total, distress=distress))
    assert judged(story, 130, "B-DISSOCIATION").finding.verdict is verdict


def test_dissociation_says_when_it_resolved() -> None:
    finding = judged(Story().watched(until=126), 127, "B-DISSOCIATION").finding
    assert (finding.words, finding.since, finding.datum) == (
        "Dissociation resolved",
        at(90),
        "CADSS-6 0, at most 2",
    )


@pytest.mark.parametrize(
    ("vitals", "verdict"),
    [
        ((), UNKNOWN),
        (({"spo2_percent": 98},), MET),
        (({"spo2_percent": 93},), NOT_MET),
        (({"spo2_percent": 98, "respiratory_rate_per_min": 12},), MET),
        (({"spo2_percent": 98, "respiratory_rate_per_min": 9},), NOT_MET),
        (({"spo2_percent": 98, "respiratory_rate_per_min": 25},), NOT_MET),
    ],
)
def test_breathing_is_fine_when_oxygen_and_rate_raise_no_reminder(
    vitals: tuple[dict[str, float], ...], verdict: Verdict
) -> None:
    story = Story().dosed()
    for values in vitals:
        story.tell(128, VitalsMeasured(**values))  # type: ignore[arg-type]
    assert judged(story, 130, "B-BREATHING").finding.verdict is verdict


@pytest.mark.parametrize(
    ("pressures", "verdict", "words"),
    [
        ((), UNKNOWN, "Blood pressure has not been recorded since the drug was given."),
        (((140, 90),), MET, "Within limits."),
        (((89, 60),), NOT_MET, "Too low."),
        (((162, 90),), NOT_MET, "Too high."),
        (((150, 101),), NOT_MET, "Too high."),
        (((146, 92),), UNKNOWN, "Raised; take it again to see whether it falls."),
        (((156, 96), (146, 92)), MET, "Raised, and falling."),
        (((146, 92), (150, 92)), NOT_MET, "Raised, and not falling."),
        (((146, 92), (146, 92)), NOT_MET, "Raised, and not falling."),
    ],
)
def test_blood_pressure_is_within_limits_or_falling_below_every_alarm(
    pressures: tuple[tuple[float, float], ...], verdict: Verdict, words: str
) -> None:
    story = Story().dosed()
    for index, (high, low) in enumerate(pressures):
        story.tell(120 + index, VitalsMeasured(systolic_mmhg=high, diastolic_mmhg=low))
    finding = judged(story, 130, "B-PRESSURE").finding
    assert (finding.verdict, finding.words) == (verdict, words)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"circulation": 1}, MET),  # TV-24: 2,2,1,2,2 is 9 and passes
        ({"circulation": 1, "activity": 1}, NOT_MET),
        ({}, MET),
    ],
)
def test_the_aldrete_score_passes_at_nine(changes: dict[str, object], verdict: Verdict) -> None:
    story = Story().dosed()
    story.tell(128, assessed(**changes))
    assert judged(story, 130, "A-ALDRETE").finding.verdict is verdict


def test_circulation_counts_no_more_than_the_recorded_pressures_allow() -> None:
    story = Story().dosed()
    story.tell(127, VitalsMeasured(systolic_mmhg=190, diastolic_mmhg=90))  # 58 % above 120
    story.tell(128, assessed())
    finding = judged(story, 130, "A-ALDRETE").finding
    assert (finding.verdict, finding.datum) == (NOT_MET, "Aldrete 8")
    assert "Circulation counts 0" in finding.words


@pytest.mark.parametrize(
    ("changes", "verdict"), [({"respiration": 0}, NOT_MET), ({"saturation": 0}, NOT_MET), ({}, MET)]
)
def test_a_zero_in_breathing_or_oxygen_never_passes(changes: dict[str, object], verdict: Verdict) -> None:
    story = Story().dosed()
    story.tell(128, assessed(**changes))
    assert judged(story, 130, "A-ZERO").finding.verdict is verdict


@pytest.mark.parametrize(
    ("criterion_id", "field"),
    [
        ("C-ORIENTED", "oriented"),
        ("C-GAIT", "steady_gait"),
        ("C-NAUSEA", "nausea_absent_or_minimal"),
        ("C-SUICIDE-CHECK", "suicide_check_done"),
    ],
)
@pytest.mark.parametrize(("answer", "verdict"), [(True, MET), (False, NOT_MET)])
def test_each_question_of_the_assessment_counts(
    criterion_id: str, field: str, answer: bool, verdict: Verdict
) -> None:
    story = Story().dosed()
    story.tell(128, assessed(**{field: answer}))
    assert judged(story, 130, criterion_id).finding.verdict is verdict


@pytest.mark.parametrize("criterion_id", ["A-ALDRETE", "A-ZERO", "C-ORIENTED"])
@pytest.mark.parametrize("minute", [None, 3, 95])
def test_no_assessment_an_old_one_or_one_before_the_last_drug_says_nothing(
    criterion_id: str, minute: float | None
) -> None:
    story = Story().dosed()
    if minute is not None:
        story.tell(minute, assessed())
    assert judged(story, 130, criterion_id).finding.verdict is UNKNOWN


def test_before_any_drug_an_assessment_says_nothing() -> None:
    story = Story().until_ready()
    story.tell(0, assessed())
    assert judged(story, 1, "A-ALDRETE").finding.verdict is UNKNOWN


@pytest.mark.parametrize(("escort", "verdict"), [("Rosa Garland", MET), ("  ", NOT_MET)])
def test_the_escort_needs_a_name(escort: str, verdict: Verdict) -> None:
    assert judged(Story().until_ready(escort=escort), 0, "C-ESCORT").finding.verdict is verdict


def test_before_readiness_was_asked_nobody_is_named() -> None:
    story = Story()
    story.tell(-60, planned(Product.ESKETAMINE_IN))
    assert judged(story, -50, "C-ESCORT").finding.words == "Escort not named."


@pytest.mark.parametrize(
    ("given_to", "verdict", "words"),
    [
        (("patient", "escort"), MET, "Given in writing to the patient and the escort."),
        (("patient",), NOT_MET, "Not yet given to the escort."),
        ((), NOT_MET, "Not yet given to the escort and the patient."),
    ],
)
def test_instructions_go_to_the_patient_and_the_escort(
    given_to: tuple[str, ...], verdict: Verdict, words: str
) -> None:
    handover = release(instructions_given_to=given_to)
    stands = standing(Story().watched(until=126).entries, US, now=at(127), handover=handover)
    finding = stands.judgement.criteria[-1].finding
    assert (finding.verdict, finding.words) == (verdict, words)


def test_a_criterion_names_the_entry_it_stands_on() -> None:
    story = Story().watched(until=126)
    last_pressure = [e for e in story.entries if e.payload.KIND == "vitals.measured"][-1]
    finding = judged(story, 127, "B-PRESSURE").finding
    assert (finding.entry_id, finding.at, finding.datum) == (last_pressure.id, at(126), "122/80 mmHg")


def test_entries_without_a_plan_are_no_session() -> None:
    with pytest.raises(NoSession):
        standing([], US, now=START)


def test_other_vital_signs_are_no_blood_pressure() -> None:
    story = Story().dosed()
    story.tell(128, VitalsMeasured(spo2_percent=97))
    assert judged(story, 130, "B-PRESSURE").finding.verdict is UNKNOWN
