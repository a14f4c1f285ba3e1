"""A replay shows what was known when: no later entry changes an earlier moment."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given as with_any

from ajar.pathway.dosing.entries import Act, PatientArrived, PatientMoved
from ajar.pathway.dosing.session import fold as fold_session
from ajar.pathway.dosing.stage import Move, Stage
from ajar.pathway.evaluation.products import Jurisdiction
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority, Severity
from ajar.pathway.monitoring.replay import Known, Rules, charted, known_at, moments, said_by
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)
from tests.pathway.dosing.history import PAYLOAD_OF, PLANNED, START, entry, given, histories

HIGH = VitalsMeasured(systolic_mmhg=204.0, diastolic_mmhg=86.0)
RULES = Rules()


def at_minute(told: list[Entry], number: int) -> Known:
    return known_at(told, moments(told)[number - 1], RULES)


def arrived() -> list[Entry]:
    return [
        entry(PLANNED, position=1),
        entry(PatientArrived(room_id=uuid4(), room_name="Room 1"), position=2, minute=1),
    ]


@pytest.mark.hazard("HAZ-12")
def test_a_value_corrected_later_stands_as_it_stood_and_says_what_became_of_it() -> None:
    wrong = entry(HIGH, position=3, minute=5)
    right = entry(
        replace(HIGH, systolic_mmhg=124.0), position=4, minute=5, supersedes=wrong.id, recorded_minute=9
    )
    told = [*arrived(), wrong, right]
    then, now = at_minute(told, 3), at_minute(told, 4)
    (value,) = then.rows[0].values
    assert (value.cell.text, value.new) == ("204/86", True)
    assert value.later is not None
    assert (value.later.text, value.later.at) == ("124/86", START + timedelta(minutes=9))
    assert [alarm.text for alarm in then.alarms] == ["SBP 204 ≥ 200"]
    (value,) = now.rows[0].values
    assert (value.cell.text, value.cell.old[0].text, value.later) == ("124/86", "204/86", None)
    assert now.alarms == ()


def test_what_did_not_change_in_a_correction_is_not_marked() -> None:
    wrong = entry(replace(HIGH, heart_rate_bpm=80.0), position=3, minute=5)
    right = entry(replace(HIGH, heart_rate_bpm=88.0), position=4, minute=5, supersedes=wrong.id)
    rows = {row.name: row.values[0] for row in at_minute([*arrived(), wrong, right], 3).rows}
    assert rows["Blood pressure"].later is None
    later = rows["Heart rate"].later
    assert later is not None
    assert later.text == "88"


def test_what_was_taken_back_later_says_so_and_afterwards_is_struck() -> None:
    wrong = entry(HIGH, position=3, minute=5)
    told = [*arrived(), wrong, entry(EnteredInError(), position=4, minute=6, supersedes=wrong.id)]
    later = at_minute(told, 3).rows[0].values[0].later
    assert later is not None
    assert (later.text, later.reason) == ("", "typed wrongly")
    (value,) = at_minute(told, 4).rows[0].values
    assert (value.cell.struck, value.later) == (True, None)


@pytest.mark.hazard("HAZ-17")
def test_a_late_entry_was_not_known_when_it_was_measured() -> None:
    late = entry(HIGH, position=4, minute=2, recorded_minute=50)
    told = [*arrived(), entry(SedationRated(moaa_s=5), position=3, minute=40), late]
    before = at_minute(told, 3)
    assert [row.name for row in before.rows] == ["Sedation"]
    assert "vital signs" in [due.check for due in before.dues if due.overdue_by]
    assert any(alarm.id == "ALM-8" for alarm in before.alarms)
    assert at_minute(told, 4).rows[0].name == "Blood pressure"


def test_before_the_plan_nothing_is_known_but_who_charted() -> None:
    told = [entry(SedationRated(moaa_s=5), position=1), entry(PLANNED, position=2)]
    known = at_minute(told, 1)
    assert (known.session, known.rows, known.alarms) == (None, (), ())
    assert known.charted[0].entries == 1
    planned = at_minute(told, 2)
    assert planned.session is not None
    assert (planned.session.stage, planned.dues, planned.alarms) == (Stage.PLANNED, (), ())


def test_the_law_and_the_limits_are_told_and_their_version_is_kept() -> None:
    told = [*arrived(), entry(HIGH, position=3, minute=2)]
    lenient = replace(RULES.limits, version="ours", raised_systolic_mmhg=130)
    rules = Rules(limits=lenient, jurisdiction=Jurisdiction.EU)
    known = known_at(told, moments(told)[-1], rules)
    assert known.limits_version == "ours"
    assert known.alarms[0].version == "ours"


def test_a_stream_is_one_moment_a_minute_and_a_person_is_never_swallowed() -> None:
    device = Author(kind=AuthorKind.DEVICE, id="m", name="Monitor 1")

    def beat(position: int, minute: float, payload: Payload) -> Entry:
        told = entry(payload, position=position, minute=minute)
        return replace(told, source=Source.DEVICE, recorded_by=device)

    lost = SignalLost(lost=(Lost(vital_sign="spo2_percent", because="probe off"),))
    pulse = VitalsMeasured(heart_rate_bpm=70.0)
    told = [
        *arrived(),
        beat(3, 2.0, pulse),
        beat(4, 2.5, lost),
        beat(5, 3.0, pulse),
        entry(pulse, position=6, minute=3.2),
        beat(7, 3.4, pulse),
    ]
    assert [moment.entry.position for moment in moments(told)] == [1, 2, 4, 5, 6, 7]
    assert [(one.name, one.entries) for one in charted(told)] == [("Monitor 1", 4), ("Dana Rowe, RN", 3)]


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (HIGH, "Blood pressure 204/86"),
        (DissociationRated(items=(1, 1, 1, 1, 1, 1), distress=True), "Dissociation 6, distress"),
        (EventNoted(event="nausea", severity=Severity.MILD, action="water"), "Nausea, mild: water"),
        (AlarmAcknowledged(alarm="x", priority=Priority.LOW, message="HR 112"), "Alarm seen: HR 112"),
        (
            AlarmResolved(alarm="x", priority=Priority.LOW, message="HR 112", action="sat up"),
            "Alarm answered: HR 112: sat up",
        ),
        (given(Act.INFUSION_STARTED, rate_mg_per_h=52.5), "Infusion started"),
        (given(Act.INJECTED, amount_mg=10.0), "Injected, 10 mg"),
        (PatientMoved(room_id=UUID(int=2), room_name="Room 2", because="lamp"), "Moved to Room 2: lamp"),
        (PLANNED, "Session planned"),
        (PAYLOAD_OF[Move.LEAVE_AGAINST_ADVICE], "Session left against advice"),
    ],
)
def test_each_entry_says_what_it_recorded(payload: Payload, words: str) -> None:
    assert said_by(entry(payload)) == words


def test_a_correction_names_what_it_replaced() -> None:
    wrong = entry(SedationRated(moaa_s=3), position=3)
    right = entry(SedationRated(moaa_s=4), position=4, supersedes=wrong.id)
    back = entry(EnteredInError(), position=5, supersedes=right.id)
    stray = entry(EnteredInError(), position=6, supersedes=uuid4())
    assert [moment.words for moment in moments([wrong, right, back, stray])] == [
        "Sedation 3",
        "Corrected: Sedation 4, was Sedation 3 (typed wrongly)",
        "Taken back: Sedation 4 (typed wrongly)",
        "Taken back: an earlier entry (typed wrongly)",
    ]


@with_any(histories())
def test_every_moment_shows_the_session_as_its_own_prefix_tells_it(history: list[Entry]) -> None:
    for number, moment in enumerate(moments(history), start=1):
        assert known_at(history, moment, RULES).session == fold_session(history[:number])
