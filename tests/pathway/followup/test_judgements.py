"""What a course says by definition, and which measures follow which condition."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.products import Indication
from ajar.pathway.followup.cadence import DEFAULT_CADENCE, AskingCadence
from ajar.pathway.followup.entries import (
    STOP_KINDS,
    QuestionnairesResumed,
    QuestionnairesStopped,
    stopped_since,
)
from ajar.pathway.followup.judgements import (
    DEFAULT_POLICY,
    RULEBOOK_VERSION,
    RULES,
    Says,
    judgements,
)
from ajar.pathway.followup.measures import MEASURES, Measures, indication_of, measures_for
from ajar.pathway.followup.scores import ScorePoint, course_of
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import Sourced
from ajar.pathway.instruments.outcome import Level, Scored, Triaged
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.scoring import band_of
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.observations.vitals import VitalsMeasured

DAY_0 = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


def point(name, total, day):
    instrument = SCORERS[name]
    result = Scored(instrument_id=name, total=total, band=band_of(instrument, total))
    return ScorePoint(
        entry_id=UUID(int=day + 100),
        answered_at=DAY_0 + timedelta(days=day),
        result=result,
        items=(),
        mode=Mode.SELF_WEB,
        occasion="x",
        overlapping_recall=False,
    )


def judged(name, totals, policy=DEFAULT_POLICY):
    """A dose on day 0; the first total the day before, the others a week apart."""
    points = [point(name, total, -1 if place == 0 else 7 * place) for place, total in enumerate(totals)]
    course = course_of(SCORERS[name], points, [DAY_0], zone=UTC)
    return {one.id: one for one in judgements(SCORERS[name], course, policy)}


YES, ONCE, NO, CANNOT = Says.YES, Says.ONCE, Says.NO, Says.CANNOT


@pytest.mark.parametrize(
    ("name", "totals", "says"),
    [
        (
            "phq-9",
            [20, 9],
            {"response": YES, "remission": NO, "reliable": YES, "worsening": NO, "relapse": NO},
        ),
        ("phq-9", [20, 4], {"response": YES, "remission": YES}),
        ("phq-9", [10, 16], {"response": NO, "reliable": YES, "worsening": YES, "relapse": CANNOT}),
        ("phq-9", [10, 15], {"reliable": NO, "worsening": NO}),
        ("phq-9", [20, 8, 15], {"relapse": ONCE}),
        ("phq-9", [20, 8, 15, 16], {"relapse": YES}),
        ("phq-9", [20, 8, 15, 9], {"relapse": NO}),
        ("phq-9", [20], {"response": CANNOT, "worsening": CANNOT, "relapse": CANNOT}),
        ("phq-9", [], {"response": CANNOT}),
        ("phq-9", [0, 8], {"response": CANNOT, "reliable": YES, "worsening": YES, "relapse": CANNOT}),
        ("madrs", [34, 12, 23], {"response": NO, "remission": NO, "reliable": CANNOT, "relapse": ONCE}),
        ("madrs", [34, 12, 23, 25], {"relapse": YES}),
        ("madrs", [34, 12, 20, 21], {"relapse": NO}),  # below 22, though the response is lost
        ("y-bocs", [28, 18], {"response": YES, "partial": NO}),  # TV-22
        ("y-bocs", [28, 19], {"response": NO, "partial": YES}),
        ("who-5", [40, 60], {"response": CANNOT, "important": YES, "worsening": CANNOT}),
        ("pcl-5", [50, 56], {"worsening": YES, "reliable": YES, "important": NO}),
    ],
)
def test_what_a_course_says(name, totals, says):
    found = judged(name, totals)
    assert {key: found[key].says for key in says} == says
    assert all(one.source and one.rule_id and one.because for one in found.values())
    assert {one.rulebook_version for one in found.values()} == {RULEBOOK_VERSION}


def test_worsening_and_relapse_call_and_nothing_else_does():
    assert [one.id for one in judged("phq-9", [20, 8, 15, 16]).values() if one.calls] == ["relapse"]
    assert [one.id for one in judged("phq-9", [10, 20]).values() if one.calls] == ["worsening"]
    assert not any(one.calls for one in judged("phq-9", [20, 4]).values())


def test_a_clinic_may_bring_the_number_that_no_source_gives():
    own = replace(DEFAULT_POLICY, reliable_points=(("who-5", Sourced(value=15, source="our own")),))
    assert judged("who-5", [60, 40], own)["worsening"].says is YES  # lower is worse here
    assert judged("who-5", [40, 60], own)["worsening"].says is NO
    assert (
        judged("who-5", [60, 40])["worsening"].because
        == "No source at hand gives a number for this instrument."
    )


@pytest.mark.parametrize(("name", "verified"), [("madrs", True), ("phq-9", True), ("who-5", False)])
def test_a_relapse_is_verified_where_both_its_numbers_are(name, verified):
    own = replace(DEFAULT_POLICY, relapse_confirmed_by=Sourced(value=1, source="our own"))
    assert judged(name, [20, 8, 15], own)["relapse"].verified is verified
    assert not judged(name, [20, 8, 15])["relapse"].verified


@given(st.sampled_from(["phq-9", "madrs", "gad-7", "y-bocs", "pcl-5", "who-5"]), st.data())
def test_nothing_is_both_a_response_and_a_worsening_and_every_rule_answers(name, data):
    top = int(SCORERS[name].highest_total)
    found = judged(name, data.draw(st.lists(st.integers(0, top), max_size=6)))
    assert len(found) == len(RULES)
    assert not (found["response"].says is YES and found["worsening"].says is YES)
    assert not (found["worsening"].says is YES and found["reliable"].says is not YES)
    assert not (found["response"].says is YES and found["relapse"].says is YES)


def test_a_colour_has_no_total_and_is_never_compared():
    triaged = Triaged(
        instrument_id="c-ssrs", level=Level.ORANGE, because=(3,), action="Evaluate.", source="x"
    )
    one = replace(point("phq-9", 3, 1), result=triaged)
    assert (one.total, one.total_words, one.level) == (None, "", "orange")
    assert point("phq-9", 3, 1).level == ""
    course = course_of(SCORERS["c-ssrs"], [one], [DAY_0], zone=UTC)
    assert {found.says for found in judgements(SCORERS["c-ssrs"], course)} == {CANNOT}


@pytest.mark.parametrize("name", ["gad-7", "who-5", "bsl-23"])
def test_the_reading_says_where_no_source_gives_a_number(name):
    totals = {"gad-7": (15, 7), "who-5": (40, 60), "bsl-23": (2.5, 1.25)}[name]
    course = course_of(
        SCORERS[name], [point(name, totals[0], -1), point(name, totals[1], 7)], [DAY_0], zone=UTC
    )
    assert "no source says how much of it is error" in course.reading
    if name == "who-5":
        assert "rose 20 points" in course.reading
        assert "No source says what a response is on this scale." in course.reading


# cadence


RISE = "days_after_dose must rise from day 1 or later, got "
ONE_OR_MORE = "then_every_days and baseline_within_days must be 1 or more."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days_after_dose": ()}, f"{RISE}[]."),
        ({"days_after_dose": (7, 1)}, f"{RISE}[7, 1]."),
        ({"days_after_dose": (7, 7)}, f"{RISE}[7, 7]."),
        ({"days_after_dose": (0, 1)}, f"{RISE}[0, 1]."),
        ({"then_every_days": 0}, ONE_OR_MORE),
        ({"baseline_within_days": 0}, ONE_OR_MORE),
        ({"ends_after_days": 28}, "ends_after_days must lie after day 28."),
    ],
)
def test_a_cadence_that_cannot_be_is_refused(changes, words):
    def number(value):
        return Sourced(value=value, source="x")

    made = {
        name: tuple(number(one) for one in value) if isinstance(value, tuple) else number(value)
        for name, value in changes.items()
    }
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        replace(DEFAULT_CADENCE, **made)


def test_a_cadence_may_ask_every_day():
    one = Sourced(value=1, source="x")
    daily = replace(DEFAULT_CADENCE, then_every_days=one, baseline_within_days=one)
    assert [day.value for day in daily.asked_days[4:7]] == [28, 29, 30]


@given(st.sets(st.integers(1, 40), min_size=1), st.integers(1, 60), st.integers(41, 400))
def test_the_asked_days_rise_and_reach_the_end(days, every, ends):
    cadence = AskingCadence(
        days_after_dose=tuple(Sourced(value=day, source="x") for day in sorted(days)),
        then_every_days=Sourced(value=every, source="x"),
        ends_after_days=Sourced(value=ends, source="x"),
        baseline_within_days=Sourced(value=28, source="x"),
    )
    asked = [one.value for one in cadence.asked_days]
    assert asked == sorted(set(asked))
    assert asked[-1] > ends - every


# measures


def test_every_indication_has_its_measures_and_one_that_a_patient_can_be_sent():
    assert set(MEASURES) == set(Indication)
    assert all(one.asked.wordings for one in MEASURES.values())
    assert MEASURES[Indication.ANXIETY].asked.id == "gad-7"
    assert MEASURES[Indication.OCD].asked.id == "phq-9"


@pytest.mark.parametrize(
    ("words", "indication"),
    [
        ("trd", Indication.TRD),
        ("Treatment-resistant depression", Indication.TRD),
        ("treatment_resistant_depression", Indication.TRD),
        ("PTSD", Indication.PTSD),
        ("ptds", None),  # never guessed
        ("", None),
    ],
)
def test_an_indication_is_read_and_never_guessed(words, indication):
    assert indication_of(words) is indication
    assert measures_for(indication).indication is (indication or Indication.TRD)


def test_measures_name_instruments_that_exist():
    with pytest.raises(ValueError, match=r"^treatment_resistant_depression: no instrument 'phq9'\.$"):
        Measures(indication=Indication.TRD, primary=("phq9",), secondary=(), source="")


# stopping


def said(*payloads):
    author = Author(kind=AuthorKind.PATIENT, id="p", name="P.")
    return [
        Entry(
            id=UUID(int=place + 1), patient_id=UUID(int=7), position=place, encounter_id=None,
            payload=payload, happened_at=DAY_0 + timedelta(days=place), recorded_at=DAY_0, recorded_by=author,
            source=Source.LINK, source_ref="", supersedes=None, reason="", previous_digest="", digest="",
        )
        for place, payload in enumerate(payloads)
    ]  # fmt: skip


STOP, RESUME = QuestionnairesStopped(words=""), QuestionnairesResumed(words="")


@pytest.mark.parametrize(
    ("payloads", "day"),
    [
        ([], None),
        ([STOP, VitalsMeasured(heart_rate_bpm=70)], 0),
        ([STOP, STOP], 0),
        ([STOP, RESUME], None),
        ([RESUME, STOP], 1),
    ],
)
def test_since_when_a_patient_is_not_asked(payloads, day):
    assert stopped_since(said(*payloads)) == (None if day is None else DAY_0 + timedelta(days=day))
    assert set(STOP_KINDS) >= {STOP.KIND, RESUME.KIND}
