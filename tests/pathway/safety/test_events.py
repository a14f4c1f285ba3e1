"""Adverse events as recorded and reported, and what a session suggests."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from ajar.pathway.dosing.session import Session, fold
from ajar.pathway.ledger.entry import NewEntry, effective
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.policy import DEFAULT_SAFETY
from ajar.pathway.safety.pressure_rise import PressureRise, pressure_rise
from ajar.pathway.safety.report import report, suggestions
from ajar.pathway.safety.terms import BLOOD_PRESSURE_INCREASED, DICTIONARY_VERSION
from tests.pathway.discharge.story import ENCOUNTER, Story, at

NAUSEA = AdverseEventRecorded(
    term="Nausea",
    grade=2,
    onset_at=at(40),
    ended_at=at(70),
    action="ondansetron given",
    outcome=Outcome.RESOLVED,
    relatedness=Relatedness.RELATED,
    seriousness=None,
    note="",
    dictionary_version=DICTIONARY_VERSION,
)
RISE = replace(NAUSEA, term=BLOOD_PRESSURE_INCREASED, grade=None, note="peak 186/104 mmHg, raised for 35 min")


def session_of(story: Story) -> Session:
    session = fold(story.entries)
    assert session is not None
    return session


def bp(systolic: float, diastolic: float) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=systolic, diastolic_mmhg=diastolic)


DEATH = "Death is grade 5, outcome fatal and serious: all three, or none."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"term": "Queasy"},
            "'Queasy' is not in the adverse-event dictionary; choose a term or 'Other'.",
        ),
        ({"onset_at": datetime(2026, 3, 2)}, "onset_at must carry a time zone, got 2026-03-02T00:00:00."),
        ({"ended_at": datetime(2026, 3, 2)}, "ended_at must carry a time zone, got 2026-03-02T00:00:00."),
        ({"ended_at": at(39)}, "An event cannot end before it began."),
        ({"action": " "}, "what was done must not be empty."),
        ({"term": "Other"}, "what happened must not be empty."),
        ({"grade": None}, "A grade is 1 to 5, got None."),
        ({"grade": 6}, "A grade is 1 to 5, got 6."),
        ({"grade": 4}, "A life-threatening event is serious: say why."),
        ({"grade": 5, "seriousness": Seriousness.DEATH}, DEATH),
        ({"outcome": Outcome.FATAL}, DEATH),
        ({"seriousness": Seriousness.DEATH}, DEATH),
    ],
)
def test_what_cannot_be_true_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        replace(NAUSEA, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_at": at(40)},  # over at once
        {"grade": 1},
        {"grade": 3},
        {"grade": 4, "seriousness": Seriousness.LIFE_THREATENING},
        {"term": "Other", "note": "sneezed for an hour"},
    ],
)
def test_what_may_be_true_is_kept(changes: dict[str, object]) -> None:
    assert replace(NAUSEA, **changes).term  # type: ignore[arg-type]


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_a_rise_of_pressure_with_the_dose_never_carries_a_grade(grade: int) -> None:
    told = "Blood pressure increased is told with its peak and duration and has no grade (trap 27)."
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        replace(RISE, grade=grade)
    with pytest.raises(ValueError, match=r"^peak and duration must not be empty\.$"):
        replace(RISE, note="")


def test_an_event_may_be_serious_without_being_severe_and_death_is_said_three_times() -> None:
    assert replace(NAUSEA, seriousness=Seriousness.HOSPITAL).serious
    assert not NAUSEA.serious
    dead = replace(NAUSEA, grade=5, outcome=Outcome.FATAL, seriousness=Seriousness.DEATH, ended_at=None)
    assert dead.serious


def test_the_report_tells_what_stands_in_order_of_onset() -> None:
    story = Story().dosed()
    story.tell(60, replace(NAUSEA, onset_at=at(50), ended_at=None))
    first = story.tell(61, replace(NAUSEA, term="Headache", onset_at=at(30)))
    story.tell(62, RISE)
    story.append(
        NewEntry(
            payload=replace(NAUSEA, term="Headache", grade=1, onset_at=at(30)),
            happened_at=at(61),
            encounter_id=ENCOUNTER,
            supersedes=first.id,
            reason="milder than thought",
        ),
        recorded_at=at(63),
    )
    lines = report(story.entries)
    assert [(line.event.term, line.severity) for line in lines] == [
        ("Headache", "grade 1: mild; no intervention"),
        (BLOOD_PRESSURE_INCREASED, "not graded"),
        ("Nausea", "grade 2: eats and drinks less"),
    ]


def rise_of(*pressures: tuple[float, float, float]) -> PressureRise | None:
    story = Story().dosed()
    for minute, systolic, diastolic in pressures:
        story.tell(minute, bp(systolic, diastolic))
    return pressure_rise(session_of(story), effective(story.entries))


def test_a_rise_is_told_with_its_peak_and_how_long_it_was_seen() -> None:
    rise = rise_of((20, 150, 90), (30, 162, 96), (40, 186, 104), (65, 140, 88))
    assert rise is not None
    assert (rise.began.at, rise.minutes) == (at(30), 35)
    assert rise.words == "peak 186/104 mmHg, 120/78 mmHg before the dose, raised for 35 min"


def test_a_rise_that_was_not_seen_to_come_back_says_so() -> None:
    rise = rise_of((30, 162, 96), (40, 160, 90))
    assert rise is not None
    assert rise.words.endswith("raised for at least 10 min")


def test_the_diastolic_pressure_alone_makes_a_rise() -> None:
    rise = rise_of((30, 130, 103))
    assert rise is not None


@pytest.mark.parametrize("pressures", [(), ((30, 159, 102),), ((250, 190, 110),)])
def test_no_rise_below_the_mark_or_hours_later(pressures: tuple[tuple[float, float, float], ...]) -> None:
    assert rise_of(*pressures) is None


def test_the_last_minute_of_the_hours_after_the_drug_belongs_to_them() -> None:
    last_at = session_of(Story().dosed()).last_drug_at
    assert last_at is not None
    edge_min = (last_at - at(0)).total_seconds() / 60 + DEFAULT_SAFETY.dosing_rise_min
    assert rise_of((edge_min, 190, 110)) is not None
    assert rise_of((edge_min + 1, 190, 110)) is None


def test_without_drug_or_without_a_pressure_before_it_there_is_no_rise() -> None:
    ready = Story().until_ready()
    assert pressure_rise(session_of(ready), ready.entries) is None
    story = Story().dosed()
    story.tell(30, bp(190, 110))
    after = [e for e in story.entries if e.happened_at >= at(0) or not isinstance(e.payload, VitalsMeasured)]
    assert pressure_rise(session_of(story), after) is None


def noted(event: str, severity: Severity | None = Severity.MILD, note: str = "") -> EventNoted:
    return EventNoted(event=event, severity=severity, action="", note=note)


def test_a_session_suggests_what_was_noted_and_the_rise_of_pressure_and_no_grade() -> None:
    story = Story().dosed()
    story.tell(20, noted("nausea", Severity.MODERATE, "asked for a bowl"))
    story.tell(25, noted("nausea"))
    story.tell(26, noted("music changed", None))
    story.tell(27, noted("talked about the sea", None))
    story.tell(28, noted("hiccups", Severity.MILD))
    story.tell(29, noted("seizure", Severity.SEVERE))
    story.tell(40, bp(186, 104))
    found = suggestions(session_of(story), story.entries)
    assert [(one.term, one.words) for one in found] == [
        ("Nausea", "Nausea"),
        ("Other", "Hiccups"),
        ("Other", "Seizure"),
        (BLOOD_PRESSURE_INCREASED, f"{BLOOD_PRESSURE_INCREASED}: {found[3].note}"),
    ]
    assert found[3].key == "pressure"
    assert found[0].note == "nausea, moderate, asked for a bowl"
    assert found[1].note == "hiccups, mild"


def test_a_thing_that_is_adverse_is_suggested_without_a_severity_and_another_never() -> None:
    story = Story().dosed()
    story.tell(20, noted("seizure", None))
    story.tell(21, noted("music changed", Severity.MILD))
    assert [(one.term, one.note) for one in suggestions(session_of(story), story.entries)] == [
        ("Other", "seizure")
    ]


def test_a_clinics_own_mark_counts_in_what_is_suggested() -> None:
    story = Story().dosed()
    story.tell(40, bp(141, 80))
    own = replace(DEFAULT_SAFETY, rise_systolic_mmhg=20)
    assert suggestions(session_of(story), story.entries) == ()
    assert [one.key for one in suggestions(session_of(story), story.entries, own)] == ["pressure"]


def test_what_is_recorded_is_not_suggested_again() -> None:
    story = Story().dosed()
    story.tell(20, noted("nausea"))
    story.tell(40, bp(186, 104))
    story.tell(50, NAUSEA)
    story.tell(51, RISE)
    assert suggestions(session_of(story), story.entries) == ()


def test_a_quiet_session_suggests_nothing() -> None:
    story = Story().dosed()
    assert suggestions(session_of(story), story.entries) == ()
