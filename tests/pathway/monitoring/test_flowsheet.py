"""The flowsheet hides nothing: corrections, late entries, gaps, running totals."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from ajar.pathway.dosing.entries import Act, DoseEnded, PatientMoved
from ajar.pathway.dosing.session import DrugAct, Session
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.monitoring.flowsheet import Flowsheet, Old, flowsheet
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)
from tests.pathway.dosing.history import PLANNED, START, chain, entry, given
from tests.pathway.dosing.test_session import ARRIVED, running

PAIR = VitalsMeasured(systolic_mmhg=184.0, diastolic_mmhg=86.0, heart_rate_bpm=80.0)


def sheet(*entries: Entry, session: Session | None = None, weight_kg: float | None = 70.0) -> Flowsheet:
    return flowsheet(entries, session or running(), weight_kg=weight_kg, now=START + timedelta(minutes=62))


def replaced(text: str, *, minute: float) -> Old:
    name = "Dana Rowe, RN"
    at = START + timedelta(minutes=minute)
    return Old(text=text, by=name, reason="typed wrongly", replaced_by=name, replaced_at=at)


@pytest.mark.hazard("HAZ-12")
def test_a_corrected_value_keeps_the_old_one_beside_it_with_the_reason() -> None:
    wrong = entry(PAIR, position=10, minute=30)
    right = entry(
        replace(PAIR, systolic_mmhg=148.0), position=11, minute=30, supersedes=wrong.id, recorded_minute=31
    )
    again = entry(
        replace(PAIR, systolic_mmhg=146.0), position=12, minute=30, supersedes=right.id, recorded_minute=32
    )
    told = sheet(wrong, right, again)
    (cell,) = told.row("Blood pressure").cells
    assert cell.text == "146/86"
    assert cell.old == (
        replaced("148/86", minute=32),
        replaced("184/86", minute=31),
    )
    (rate,) = told.row("Heart rate").cells
    assert rate.old == ()  # it did not change


def test_a_correction_that_adds_a_value_has_no_old_one() -> None:
    wrong = entry(VitalsMeasured(spo2_percent=97.0), position=10, minute=30)
    right = entry(
        VitalsMeasured(spo2_percent=97.0, heart_rate_bpm=80.0), position=11, minute=30, supersedes=wrong.id
    )
    (rate,) = sheet(wrong, right).row("Heart rate").cells
    assert rate.old == ()


@pytest.mark.hazard("HAZ-12")
def test_what_was_entered_in_error_is_struck_and_stays_readable() -> None:
    wrong = entry(PAIR, position=10, minute=30)
    back = entry(EnteredInError(), position=11, minute=31, supersedes=wrong.id)
    stray = entry(EnteredInError(), position=12, minute=32, supersedes=entry(PAIR).id)
    told = sheet(wrong, back, stray)
    (cell,) = told.row("Blood pressure").cells
    assert (cell.text, cell.struck, cell.old[0].reason) == ("184/86", True, "typed wrongly")
    assert told.row("SpO2").cells == ()


def test_what_was_told_late_keeps_both_its_times() -> None:
    late = entry(PAIR, position=10, minute=30, recorded_minute=45)
    prompt = entry(PAIR, position=11, minute=40, recorded_minute=41)
    first, second = sheet(late, prompt).row("Blood pressure").cells
    assert (first.late, second.late) == (True, False)
    assert first.at != first.recorded_at


def test_columns_are_five_minutes_counted_from_the_first_dose() -> None:
    told = sheet(entry(PAIR, position=10, minute=3))
    assert {column.ends_at - column.starts_at for column in told.columns} == {timedelta(minutes=5)}
    starts = [(column.starts_at - START) / timedelta(minutes=1) for column in told.columns]
    assert starts[0] == 0.0  # minute 3 lies in the column from 0, on the grid of the dose at 20
    assert 20.0 in starts
    assert starts[-1] == 60.0
    in_first = told.row("Blood pressure").in_column(told.columns[0])
    assert [cell.text for cell in in_first] == ["184/86"]
    assert told.row("Blood pressure").in_column(told.columns[1]) == ()


def test_a_session_that_has_not_begun_has_one_column() -> None:
    planned = replace(running(), acts=(), arrived_at=None, order=None)
    told = flowsheet([], planned, weight_kg=None, now=START)
    assert len(told.columns) == 1
    assert told.drug == ()


def test_a_closed_session_ends_where_it_closed() -> None:
    closed = replace(running(), closed_at=START + timedelta(minutes=41))
    told = flowsheet([], closed, weight_kg=None, now=START + timedelta(hours=9))
    assert told.columns[-1].ends_at == START + timedelta(minutes=45)


def test_the_drug_rows_carry_the_running_total() -> None:
    session = running(
        (given(Act.PAUSED, rate_mg_per_h=0.0, because="nausea"), 30.0),
        (given(Act.RESUMED, rate_mg_per_h=52.5), 40.0),
        (DoseEnded(total_mg=26.2, complete=False, because="enough"), 60.0),
    )
    points = sheet(session=session).drug
    assert [point.act for point in points] == [Act.INFUSION_STARTED, Act.PAUSED, Act.RESUMED, None]
    assert [point.running_mg for point in points] == pytest.approx([0.0, 8.75, 8.75, 26.2])
    assert points[-1].running_mg_per_kg == pytest.approx(26.2 / 70)
    assert points[1].because == "nausea"
    assert sheet(session=session, weight_kg=None).drug[-1].running_mg_per_kg is None


def test_devices_add_up() -> None:
    acts = tuple(
        DrugAct(
            at=START + timedelta(minutes=minute),
            entry_id=entry(PAIR).id,
            given=given(Act.DEVICE_SPRAYED, amount_mg=28.0, device_number=n),
        )
        for n, minute in enumerate((20, 25), start=1)
    )
    points = sheet(session=replace(running(), acts=acts)).drug
    assert [point.running_mg for point in points] == [28.0, 56.0]


def test_events_are_numbered_in_the_order_in_which_they_happened() -> None:
    later = entry(EventNoted(event="vomiting", severity=Severity.MODERATE, action="ondansetron"), minute=35)
    first = entry(EventNoted(event="nausea", severity=None, action="", note="passing"), minute=30)
    bare = entry(EventNoted(event="music changed", severity=None, action=""), minute=40)
    moved = entry(PatientMoved(room_id=UUID(int=2), room_name="Room 2", because="lamp"), minute=38)
    told = sheet(later, first, bare, moved)
    assert [(event.number, event.text, event.noted) for event in told.events] == [
        (1, "Nausea: passing", True),
        (2, "Vomiting, moderate: ondansetron", True),
        (3, "Moved to Room 2: lamp", False),
        (4, "Music changed", True),
    ]


def test_a_gap_is_a_gap() -> None:
    lost = entry(SignalLost(lost=(Lost(vital_sign="spo2_percent", because="probe off"),)), minute=33)
    told = sheet(lost)
    assert [(gap.signal, gap.because) for gap in told.gaps] == [("spo2_percent", "probe off")]
    assert told.row("SpO2").cells == ()


def test_scales_have_rows_of_their_own() -> None:
    told = sheet(
        entry(SedationRated(moaa_s=4), minute=30),
        entry(DissociationRated(items=(1,) * 6, distress=True), minute=31),
        entry(DissociationRated(items=(0,) * 6, distress=False), minute=50),
        entry(VitalsMeasured(spo2_percent=97.0), minute=32),
        *chain((PLANNED, 0), (ARRIVED, 1)),
    )
    assert [cell.text for cell in told.row("Sedation").cells] == ["4"]
    assert [cell.text for cell in told.row("Dissociation").cells] == ["6, distress", "0"]
    assert [cell.text for cell in told.row("SpO2").cells] == ["97"]


@pytest.mark.hazard("HAZ-12")
def test_an_event_is_corrected_and_taken_back_like_a_value() -> None:
    wrong = entry(EventNoted(event="nausea", severity=None, action=""), position=10, minute=30)
    right = entry(
        EventNoted(event="vomiting", severity=None, action=""), position=11, minute=30, supersedes=wrong.id
    )
    stray = entry(EventNoted(event="headache", severity=None, action=""), position=12, minute=33)
    back = entry(EnteredInError(), position=13, minute=34, supersedes=stray.id)
    first, second = sheet(wrong, right, stray, back).events
    assert (first.number, first.text, first.struck) == (1, "Vomiting", False)
    assert first.old == (replaced("Nausea", minute=30),)
    assert (second.number, second.text, second.struck) == (2, "Headache", True)
    assert second.old == (replaced("Headache", minute=34),)
