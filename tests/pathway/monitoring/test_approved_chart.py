"""One made-up session on the flowsheet, told again moment by moment, and its alarms counted: approved."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final
from uuid import UUID

from ajar.pathway.dosing.entries import Act, DoseEnded, PatientMoved
from ajar.pathway.dosing.session import Session, fold
from ajar.pathway.dosing.stage import Move
from ajar.pathway.evaluation.products import Jurisdiction
from ajar.pathway.governance.plain import text_of
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority, Severity
from ajar.pathway.monitoring.flowsheet import Flowsheet, Numbered, Old, columns_over, flowsheet
from ajar.pathway.monitoring.latest import SIGNALS
from ajar.pathway.monitoring.latest import fold as fold_vitals
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.load import SessionLoad, load_of, session_load
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs, needs_of
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES, cadence_of
from ajar.pathway.monitoring.replay import Known, Later, Rules, known_at, moments
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)
from tests.pathway.dosing.history import ENCOUNTER, PAYLOAD_OF, PLANNED, START, entry, given
from tests.pathway.monitoring.test_approved_alarms import at, line
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
COLLEAGUE: Final = Author(kind=AuthorKind.STAFF, id="2", name="Ines Calder, RN")
MONITOR: Final = Author(kind=AuthorKind.DEVICE, id="m", name="Monitor 1")
HIGH: Final = Priority.HIGH


def vitals(**values: float) -> VitalsMeasured:
    return VitalsMeasured(**values)


OWN: Final = replace(
    cadence_of("ketamine_iv"), id="OWN", jurisdictions=(Jurisdiction.EU,), baseline_within_min=5
)
"""A plan of the clinic for one law alone."""


class Chart:
    """Entries in the order told, each at its minute; `late_min` later recorded, `by` someone else."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def tell(
        self,
        minute: float,
        payload: Payload,
        *,
        late_min: float = 0.0,
        of: Entry | None = None,
        by: Author | None = None,
    ) -> Entry:
        position = len(self.entries) + 1
        told = entry(
            payload,
            position=position,
            minute=minute,
            recorded_minute=minute + late_min,
            supersedes=of.id if of is not None else None,
        )
        told = replace(told, id=UUID(int=position))
        if by is not None:
            source = Source.DEVICE if by.kind is AuthorKind.DEVICE else told.source
            told = replace(told, recorded_by=by, source=source)
        self.entries.append(told)
        return told


def a_session() -> list[Entry]:
    """An infusion from minute 20 on, with all that can happen to a chart."""
    chart = Chart()
    chart.tell(0, PLANNED)
    chart.tell(1, PAYLOAD_OF[Move.ARRIVE])
    chart.tell(3, vitals(systolic_mmhg=120, diastolic_mmhg=78, spo2_percent=98, heart_rate_bpm=70))
    chart.tell(10, SedationRated(moaa_s=5), late_min=2)
    chart.tell(12, DissociationRated(items=(0,) * 6, distress=False), late_min=2.1)
    chart.tell(15, PAYLOAD_OF[Move.CONFIRM_READY])
    chart.tell(20, given(Act.INFUSION_STARTED, rate_mg_per_h=60.0))
    wrong = chart.tell(31, vitals(systolic_mmhg=204, diastolic_mmhg=86, heart_rate_bpm=92))
    again = chart.tell(
        31,
        vitals(systolic_mmhg=168, diastolic_mmhg=86, heart_rate_bpm=92),
        late_min=2,
        of=wrong,
        by=COLLEAGUE,
    )
    chart.tell(31, vitals(systolic_mmhg=164, diastolic_mmhg=86, heart_rate_bpm=92), late_min=4, of=again)
    chart.tell(36, AlarmAcknowledged(alarm="ALM-1 systolic_mmhg", priority=Priority.LOW, message="SBP 164"))
    chart.tell(37, EventNoted(event="nausea", severity=Severity.MILD, action="water", note="passing"))
    stray = chart.tell(38, EventNoted(event="headache", severity=None, action=""))
    chart.tell(39, EnteredInError(), of=stray, by=COLLEAGUE)
    chart.tell(40, given(Act.PAUSED, rate_mg_per_h=0.0, because="nausea"))
    chart.tell(45, given(Act.RESUMED, rate_mg_per_h=30.0))
    chart.tell(46, PatientMoved(room_id=UUID(int=2), room_name="Room 2", because="broken lamp"))
    chart.tell(50, DissociationRated(items=(2, 2, 2, 0, 0, 0), distress=True))
    for second, payload in (
        (0, vitals(heart_rate_bpm=88)),
        (59.5, vitals(heart_rate_bpm=89, spo2_percent=96)),
    ):
        chart.tell(51 + second / 60, payload, by=MONITOR)
    chart.tell(52, SignalLost(lost=(Lost(vital_sign="spo2_percent", because="probe off"),)), by=MONITOR)
    back = chart.tell(55, vitals(respiratory_rate_per_min=4))
    chart.tell(55.5, EnteredInError(), of=back)
    chart.tell(57, EventNoted(event="panic", severity=None, action=""))
    chart.tell(
        58,
        AlarmResolved(alarm="ALM-7 panic", priority=Priority.MEDIUM, message="Panic", action="held her hand"),
    )
    chart.tell(60, given(Act.INJECTED, amount_mg=5.0, because="ordered"))
    chart.tell(70, DoseEnded(total_mg=37.5, complete=True))
    chart.tell(72.5, SedationRated(moaa_s=4))
    return chart.entries  # fmt: skip


def old_ones(old: Sequence[Old]) -> str:
    return "".join(
        f"; was {one.text} by {one.by}, replaced {one.replaced_at:%H:%M} by {one.replaced_by}: {one.reason}"
        for one in old
    )


def events_of(events: Iterable[Numbered]) -> list[str]:
    return [
        f"{one.number}: {one.at:%H:%M} {one.text} ({one.by}, entry {one.entry_id.int}"
        f"{', struck' if one.struck else ''}{'' if one.noted else ', a move'}{old_ones(one.old)})"
        for one in events
    ]


def rows_of(sheet: Flowsheet) -> list[str]:
    return [
        f"{row.name} [{row.unit}] {cell.at:%H:%M:%S} {cell.text} {cell.numbers} ({cell.by}, {cell.source}, "
        f"entry {cell.entry_id.int}, recorded {cell.recorded_at:%H:%M:%S}{', late' if cell.late else ''}"
        f"{', struck' if cell.struck else ''}{old_ones(cell.old)})"
        for row in sheet.rows
        for cell in row.cells
    ]


def drug_of(sheet: Flowsheet) -> list[str]:
    return [
        f"{point.at:%H:%M} {point.act} {point.amount_mg} mg, {point.rate_mg_per_h} mg/h: "
        f"{point.running_mg:g} mg, {point.running_mg_per_kg} mg/kg {point.because}"
        for point in sheet.drug
    ]


def test_a_flowsheet_hides_nothing_and_shows_it_as_approved() -> None:
    told = a_session()
    session = fold(told)
    assert session is not None
    sheet = flowsheet(told, session, weight_kg=50.0, now=at(74.9))
    sedation = sheet.row("Sedation")
    said: dict[str, object] = {
        "rows": rows_of(sheet),
        "events": events_of(sheet.events),
        "drug": drug_of(sheet),
        "gaps": [f"{gap.signal} {gap.at:%H:%M} {gap.because}" for gap in sheet.gaps],
        "first dose": f"{sheet.first_dose_at:%H:%M}",
        "columns": f"{sheet.columns[0].starts_at:%H:%M} to {sheet.columns[-1].ends_at:%H:%M}",
        "columns with sedation": [
            f"{column.starts_at:%H:%M}" for column in sheet.columns if sedation.in_column(column)
        ],
        "without a weight": drug_of(flowsheet(told, session, weight_kg=None, now=at(75)))[-1:],
    }
    assert_approved(APPROVED / "flowsheet.json", said)


def test_columns_reach_from_the_first_thing_told_to_the_last() -> None:
    session = fold(a_session())
    assert session is not None
    planned = replace(session, acts=(), arrived_at=None)
    arrived, closed = replace(session, acts=()), replace(session, closed_at=at(41))

    def edges(known: Iterable[float], now: float, one: Session = session) -> str:
        columns = columns_over([at(minute) for minute in known], one, now=at(now))
        assert all(later.starts_at == column.ends_at for column, later in pairwise(columns))
        return f"{columns[0].starts_at:%H:%M} to {columns[-1].ends_at:%H:%M}"

    said = {
        "from 3 to 62": edges((3, 30), 62),
        "from 0, on an edge, to 60, on an edge": edges((0, 30), 60),
        "told in advance": edges((30, 80), 62),
        "closed at 41": edges((30,), 300, closed),
        "closed at 41, told at 52": edges((30, 52), 300, closed),
        "nothing told": edges((), 62),
        "nothing told, closed at 41": edges((), 62, closed),
        "nothing told, arrived": edges((), 7, arrived),
        "told, arrived": edges((3,), 7, arrived),
        "nothing told, not arrived": edges((), 62, planned),
        "told, not arrived": edges((3,), 62, planned),
    }
    assert_approved(APPROVED / "columns.json", said)


def became(later: Later | None) -> str:
    """What became of a value afterwards."""
    return f", later {later.text!r} by {later.by} at {later.at:%H:%M}: {later.reason}" if later else ""


def known_lines(known: Known) -> list[str]:
    rows = [
        f"{row.name} [{row.unit}] {value.cell.text}{', new' if value.new else ''}{became(value.later)}"
        for row in known.rows
        for value in row.values
    ]
    stage = known.session.stage if known.session is not None else "not planned"
    late = [f"due: {due.check} at {due.at:%H:%M}" for due in known.dues]
    who = [f"{one.name}: {one.entries}, last {one.last_at:%H:%M}" for one in known.charted]
    standing = [line(alarm) for alarm in known.alarms]
    told = f"{stage} at {known.at:%H:%M}, {known.limits_version}"
    return [told, *rows, *events_of(known.events), *late, *standing, *who]


def test_a_session_told_again_says_at_each_moment_what_was_known_then() -> None:
    told = a_session()
    found = moments(list(reversed(told)))
    said: dict[str, object] = {
        "moments": [f"{one.number}: {one.at:%H:%M} entry {one.entry.id.int} {one.words}" for one in found]
    }
    for number in (1, 3, 8, 9, 10, 18, 21, len(found)):
        moment = found[number - 1]
        said[f"{number}: {moment.at:%H:%M}"] = known_lines(known_at(told, moment, Rules()))
    european = Rules(
        cadences=replace(DEFAULT_CADENCES, plans=(*DEFAULT_CADENCES.plans, OWN)),
        jurisdiction=Jurisdiction.EU,
        needs=needs_of(["DDI-04"]),
    )
    said["3: by a plan of its own in the EU"] = known_lines(known_at(told, found[2], european))
    said["8: watched more closely in the EU"] = known_lines(known_at(told, found[7], european))
    before = Chart()
    before.tell(0, SedationRated(moaa_s=5))
    before.tell(1, PLANNED)
    first = moments(before.entries)[0]
    said["before the plan"] = known_lines(known_at(before.entries, first, Rules()))
    assert_approved(APPROVED / "replay.json", said)


def test_what_a_board_knows_of_a_session_is_approved() -> None:
    told = a_session()
    said: dict[str, object] = {}
    for words, until in (("before the drug", 6), ("at the end", len(told))):
        state = fold_vitals(told[:until], encounter_id=ENCOUNTER)
        baselines = [state.baseline(name) for name in SIGNALS]
        said[f"{words}, whose"] = f"encounter {state.encounter_id.int}, {state.position}, {state.readings}"
        said[f"{words}, newest"] = [text_of(one) for one in state.newest]
        said[f"{words}, baselines"] = [text_of(one) for one in baselines if one is not None]
        happened = (*state.events, *state.lost, *state.seen, *state.resolved)
        said[f"{words}, happened"] = [text_of(one) for one in happened]
    assert_approved(APPROVED / "board.json", said)


def load_lines(load: SessionLoad) -> list[str]:
    def clock(moment: datetime | None) -> str:
        return f"{moment:%H:%M:%S}" if moment is not None else "never"

    return [f"{load.room_h:g} h"] + [
        f"{one.alarm} | {one.priority} | begun {clock(one.begun_at)} | seen {clock(one.seen_at)} | acted "
        f"{clock(one.acted_at)} | {one.wait_s} s"
        for one in load.episodes
    ]


def test_the_alarms_of_a_session_are_counted_as_approved() -> None:
    plan = cadence_of("ketamine_iv")
    told = a_session()

    def load(entries: Sequence[Entry], minute: float, needs: Needs = NO_NEEDS) -> SessionLoad:
        now = START + timedelta(minutes=minute)
        return session_load(entries, limits=DEFAULT_LIMITS, plan=plan, now=now, needs=needs)

    left = [*told, replace(entry(PAYLOAD_OF[Move.LEAVE_AGAINST_ADVICE], minute=90), position=99)]
    young, whole, gone = load(told[:6], 18), load(told, 75), load(left, 300)
    total = load_of([young, whole, gone])
    said: dict[str, object] = {
        "ready at 18 min": load_lines(young),
        "at 75 min": load_lines(whole),
        "left at 90 min": load_lines(gone),
        "told before the last was recorded": load_lines(load(left, 80)),
        "nothing told": load_lines(load([], 5)),
        "asked for before the arrival": load_lines(load(told[:2], 0.5)),
        "high after the patient left": load_lines(
            load([*left, replace(entry(vitals(heart_rate_bpm=155), minute=91), position=100)], 95)
        ),
        "at 32 min, watched more closely": load_lines(load(told[:8], 32, needs_of(["DDI-04"]))),
        "no waits": load_of([young]),
        "together": total,
        "an hour brings": f"{total.alarms_per_room_h:.4f} alarms, acted on {total.acted_percent:.4f} %",
    }
    assert_approved(APPROVED / "load.json", said)
