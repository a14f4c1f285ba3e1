"""A course as the PHQ-9 saw it: baseline, response, remission and the sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest

from ajar.pathway.dosing.entries import Act, DrugGiven
from ajar.pathway.followup.cadence import DEFAULT_CADENCE
from ajar.pathway.followup.scores import ScorePoint, course_of, doses_from, points_from
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.instruments.instrument import Sourced
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.recording import RULEBOOK_VERSION, recorded
from ajar.pathway.instruments.score import score
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import Payload

NEW_YORK = ZoneInfo("America/New_York")
DAY_0 = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
PATIENT = UUID(int=7)
AUTHOR = Author(kind=AuthorKind.PATIENT, id="p", name="Patient")


def entry(payload: Payload, *, day: float, encounter: UUID | None = None) -> Entry:
    moment = DAY_0 + timedelta(days=day)
    return Entry(
        id=uuid5(PATIENT, f"{payload.KIND}{day}{encounter}"),
        patient_id=PATIENT,
        position=int(day * 24) + 10_000,
        encounter_id=encounter,
        payload=payload,
        happened_at=moment,
        recorded_at=moment,
        recorded_by=AUTHOR,
        source=Source.LINK,
        source_ref="",
        supersedes=None,
        reason="",
        previous_digest="",
        digest="",
    )


def phq9(total: int, *, day: float, mode: Mode = Mode.SELF_WEB, blank: int = 0) -> Entry:
    full, rest = divmod(total, 3)
    items: list[int | None] = [3] * full + [rest] * (full < 9) + [0] * (8 - full)
    items[9 - blank :] = [None] * blank
    payload = QuestionnaireAnswered(
        instrument="phq-9",
        instrument_version=PHQ9.version,
        language="en",
        mode=mode,
        items=tuple(items),
        recall="2 weeks",
        occasion="follow-up",
    )
    return entry(payload, day=day)


def course(entries: list[Entry], dose_days: list[float]):
    doses = [DAY_0 + timedelta(days=day) for day in dose_days]
    return course_of(PHQ9, points_from(entries, PHQ9), doses, zone=NEW_YORK)


@pytest.mark.parametrize(
    ("totals", "dose_days", "response", "remission", "reading"),
    [
        ([(18, 0), (9, 30)], [1], True, False, "fell 9 points {since} (reliable). Response, not remission."),
        ([(18, 0), (4, 30)], [1], True, True, "fell 14 points {since} (reliable). Response and remission."),
        ([(18, 0), (17, 30)], [1], False, False, "fell 1 point {since} {unreliable}. No response."),
        ([(6, 0), (4, 30)], [1], False, True, "fell 2 points {since} {unreliable}. Remission, not response."),
        ([(10, 0), (20, 30)], [1], False, False, "rose 10 points {since} (reliable). No response."),
        ([(0, 0), (0, 30)], [1], None, True, "has not moved {since} {unreliable}. {zero}"),
        ([(12, 0)], [], None, None, "12 on 3 March 2026; nothing to compare it with yet."),
        ([(12, 3)], [1], None, None, "12 on 6 March 2026. No score from before the first dose, so {no}."),
        ([(12, -30), (4, 9)], [1], None, None, "4 on 12 March 2026. {no_recent}"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_numbers_say(totals, dose_days, response, remission, reading):
    result = course([phq9(total, day=day) for total, day in totals], dose_days)
    words = reading.format(
        since="since 3 March 2026",
        unreliable="(no reliable change)",
        no="response cannot be judged",
        zero="The baseline was 0, so response cannot be judged.",
        no_recent="No score in the 28 days before the first dose, so response cannot be judged.",
    )
    assert (result.response, result.remission) == (response, remission)
    assert result.reading == f"PHQ-9 {words}"


def test_without_a_score_the_sentence_says_so():
    result = course([], [1])
    assert (result.response, result.reading) == (None, "No PHQ-9 score yet.")


def test_the_baseline_is_the_last_total_before_the_first_dose():
    result = course([phq9(20, day=-10), phq9(16, day=0), phq9(8, day=20)], [1, 4])
    assert result.baseline is not None
    assert result.baseline.total == 16


def test_without_a_dose_the_first_score_is_compared_with():
    result = course([phq9(20, day=0), phq9(16, day=14)], [])
    assert result.change is not None
    assert result.change.fall_points == 4


def test_an_unscored_form_is_kept_but_never_compared():
    result = course([phq9(18, day=0), phq9(9, day=20), phq9(0, day=30, blank=4)], [1])
    assert [point.total for point in result.points] == [18, 9, None]
    assert result.latest is not None
    assert result.latest.total == 9


def test_two_ways_of_asking_are_said():
    result = course([phq9(18, day=0, mode=Mode.STAFF_READ), phq9(9, day=20)], [1])
    assert "different ways (staff read and self web)" in result.reading


def test_asking_again_within_a_week_is_marked():
    points = points_from([phq9(18, day=0), phq9(12, day=6), phq9(9, day=13)], PHQ9)
    assert [point.overlapping_recall for point in points] == [False, True, False]


def test_answers_come_in_the_order_in_which_they_were_given():
    points = points_from([phq9(9, day=20), phq9(18, day=0)], PHQ9)
    assert [point.total for point in points] == [18, 9]


def test_a_day_is_counted_where_the_patient_is():
    late = course_of(PHQ9, points_from([phq9(12, day=0.5)], PHQ9), [], zone=NEW_YORK)  # 03:00 UTC on the 4th
    assert "3 March" in late.reading


def test_a_session_is_one_dose_however_many_devices_it_took():
    session, later = UUID(int=1), UUID(int=2)
    device = DrugGiven(act=Act.DEVICE_SPRAYED, product="esketamine_in", amount_mg=28, rate_mg_per_h=None,
                       lot="A1", expires_on=None)  # fmt: skip
    entries = [
        entry(device, day=1.01, encounter=session),
        entry(device, day=1, encounter=session),
        entry(device, day=4, encounter=later),
        phq9(9, day=2),
    ]
    assert doses_from(entries) == (DAY_0 + timedelta(days=1), DAY_0 + timedelta(days=4))


def test_a_session_counts_from_its_first_device_in_whatever_order_it_was_told():
    first = DrugGiven(act=Act.DEVICE_SPRAYED, product="esketamine_in", amount_mg=28, rate_mg_per_h=None,
                      lot="A1", expires_on=None)  # fmt: skip
    told = [entry(first, day=day, encounter=UUID(int=1)) for day in (1, 1.01)]
    assert doses_from(told) == doses_from(told[::-1]) == (DAY_0 + timedelta(days=1),)


def test_a_point_keeps_all_that_the_entry_says():
    given = recorded(PHQ9, items=[3] * 6 + [0] * 3, mode=Mode.KIOSK, language="en", occasion="day 7")
    told = entry(given, day=1)
    assert points_from([told], PHQ9) == (
        ScorePoint(
            entry_id=told.id,
            answered_at=told.happened_at,
            result=score(PHQ9, given.items),
            items=given.items,
            mode=Mode.KIOSK,
            occasion="day 7",
            overlapping_recall=False,
            instrument_version=PHQ9.version,
            recall=PHQ9.recall,
            licence=PHQ9.licence.permission.code,
            text_from="shipped",
            rulebook_version=RULEBOOK_VERSION,
        ),
    )
    [older] = points_from([phq9(18, day=1)], PHQ9)
    assert (older.licence, older.text_from, older.rulebook_version) == ("", "", "")


@pytest.mark.parametrize(
    ("days", "dose_days", "baseline", "because"),
    [
        ([], [0], None, "No score yet."),
        ([0, 9], [], 0, "The first score; no dose has been given yet."),
        ([-9, 0], [0], 0, "The last score before the first dose."),  # at the very moment of the dose
        ([-28], [0], -28, "The last score before the first dose."),
        ([-28.1], [0], None, "No score in the 28 days before the first dose, so response cannot be judged."),
        ([1], [0], None, "No score from before the first dose, so response cannot be judged."),
    ],
)
def test_which_score_is_the_baseline_and_why(days, dose_days, baseline, because):
    result = course([phq9(18, day=day) for day in days], dose_days)
    assert result.doses == tuple(DAY_0 + timedelta(days=day) for day in dose_days)
    assert result.baseline_because == because
    found = result.baseline and result.baseline.answered_at
    assert found == (None if baseline is None else DAY_0 + timedelta(days=baseline))


def test_a_clinics_own_window_for_the_baseline_counts():
    own = replace(DEFAULT_CADENCE, baseline_within_days=Sourced(value=7, source="our own"))
    points = points_from([phq9(18, day=-8)], PHQ9)
    result = course_of(PHQ9, points, [DAY_0], zone=NEW_YORK, cadence=own)
    assert result.baseline_because.startswith("No score in the 7 days before")


def test_both_days_of_the_sentence_are_those_of_the_patients_place():
    points = points_from([phq9(18, day=-0.5), phq9(9, day=20.5)], PHQ9)  # 03:00 UTC on the day after
    result = course_of(PHQ9, points, [DAY_0], zone=NEW_YORK)
    assert "since 2 March 2026" in result.reading


def test_another_instrument_is_left_alone():
    payload = QuestionnaireAnswered(instrument="gad-7", instrument_version="1", language="en",
                                    mode=Mode.KIOSK, items=(1,), recall="2 weeks", occasion="x")  # fmt: skip
    assert points_from([entry(payload, day=1)], PHQ9) == ()
