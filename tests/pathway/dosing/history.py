"""Generated histories of a session: legal moves, observations between them, corrections of some."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.discharge.entries import LeftAgainstAdvice, RecoveryConfirmed, RecoveryLost, Released
from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DoseOrdered,
    DrugGiven,
    OrderChecked,
    PatientArrived,
    PatientMoved,
    ReadinessAnswered,
    ReadinessConfirmed,
    SessionCancelled,
)
from ajar.pathway.dosing.stage import IN_ROOM, TRANSITIONS, Move, Stage
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)

START: Final = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ENCOUNTER: Final = UUID(int=7)
PATIENT: Final = UUID(int=8)
NURSE: Final = Author(kind=AuthorKind.STAFF, id="1", name="Dana Rowe, RN")

PLANNED: Final = SessionPlanned(
    course_id=UUID(int=9),
    number=1,
    product="ketamine_iv",
    dose_mg=35.0,
    starts_at=START,
    site="new-york",
    phase="induction",
)
ORDERED: Final = DoseOrdered(
    product="ketamine_iv", amount_mg=35.0, duration_min=40.0, devices=None, meaning="I order this dose."
)


def entry(
    payload: Payload,
    *,
    position: int = 1,
    minute: float = 0,
    supersedes: UUID | None = None,
    recorded_minute: float | None = None,
    encounter_id: UUID | None = ENCOUNTER,
) -> Entry:
    """One entry, `minute` minutes after the start of the day."""
    return Entry(
        id=uuid4(),
        patient_id=PATIENT,
        position=position,
        encounter_id=encounter_id,
        payload=payload,
        happened_at=START + timedelta(minutes=minute),
        recorded_at=START + timedelta(minutes=minute if recorded_minute is None else recorded_minute),
        recorded_by=NURSE,
        source=Source.KEYBOARD,
        source_ref="",
        supersedes=supersedes,
        reason="typed wrongly" if supersedes else "",
        previous_digest="",
        digest="",
    )


def chain(*told: tuple[Payload, float]) -> list[Entry]:
    """Entries in order, each with its minute."""
    return [entry(payload, position=n, minute=minute) for n, (payload, minute) in enumerate(told, start=1)]


def given(act: Act, **fields: object) -> DrugGiven:
    """An act with the drug."""
    plain = {
        "act": act,
        "product": "ketamine_iv",
        "amount_mg": None,
        "rate_mg_per_h": None,
        "lot": "L1",
        "expires_on": date(2030, 1, 1),
    }
    return DrugGiven(**(plain | fields))  # type: ignore[arg-type]


def check_of(order: Entry) -> OrderChecked:
    """The two-person check of an order."""
    return OrderChecked(
        order_id=order.id,
        first_person="A",
        second_person="B",
        second_person_id="2",
        product="ketamine_iv",
        amount_mg=35.0,
        lot="L1",
        expires_on=date(2030, 1, 1),
    )


READINESS: Final = ReadinessAnswered(
    last_solids_at=START - timedelta(hours=9),
    last_liquids_at=START - timedelta(hours=3),
    escort_name="Jonas",
    escort_phone="1",
    intoxication_signs=False,
    new_medicines=False,
    new_symptoms=False,
    suicidal_thoughts_since_last_visit=False,
)

ROOMS: Final = tuple(PatientMoved(room_id=UUID(int=n), room_name=f"Room {n}") for n in (1, 2, 3))
PAYLOAD_OF: Final[dict[Move, Payload]] = {
    Move.ARRIVE: PatientArrived(room_id=UUID(int=1), room_name="Room 1"),
    Move.CONFIRM_READY: ReadinessConfirmed(rulebook_version="1", findings=()),
    Move.GIVE_DRUG: given(Act.INFUSION_STARTED, rate_mg_per_h=52.5),
    Move.END_DOSE: DoseEnded(total_mg=35.0, complete=True),
    Move.CONFIRM_RECOVERY: RecoveryConfirmed(criteria=(), rulebook_version="1"),
    Move.LOSE_RECOVERY: RecoveryLost(because="dizzy again"),
    Move.RELEASE: Released(
        handed_to="Jonas",
        handed_to_relation="brother",
        instructions_language="en",
        instructions_given_to=(),
        ready_without_rule_min=None,
    ),
    Move.LEAVE_AGAINST_ADVICE: LeftAgainstAdvice(unmet=(), because="", advised="to stay"),
    Move.CANCEL: SessionCancelled(because="no escort"),
}

VITALS: Final = st.builds(
    lambda low, rise, rate, spo2: VitalsMeasured(
        systolic_mmhg=float(low + rise),
        diastolic_mmhg=float(low),
        heart_rate_bpm=float(rate),
        spo2_percent=float(spo2),
    ),
    st.integers(50, 120),
    st.integers(20, 90),
    st.integers(45, 160),
    st.integers(80, 100),
)
OBSERVED: Final = st.one_of(
    VITALS,
    st.builds(lambda spo2: VitalsMeasured(spo2_percent=float(spo2)), st.integers(80, 100)),
    st.builds(SedationRated, moaa_s=st.integers(0, 5)),
    st.builds(
        DissociationRated,
        items=st.lists(st.integers(0, 4), min_size=6, max_size=6).map(tuple),
        distress=st.booleans(),
    ),
    st.sampled_from(
        [
            EventNoted(event="panic", severity=None, action=""),
            EventNoted(event="chest pain", severity=None, action=""),
            EventNoted(event="music changed", severity=None, action=""),
            SignalLost(lost=(Lost(vital_sign="spo2_percent", because="probe off"),)),
            AlarmAcknowledged(alarm="ALM-7 panic", priority=Priority.MEDIUM, message="Panic"),
            AlarmResolved(alarm="ALM-7 panic", priority=Priority.MEDIUM, message="Panic", action="talked"),
        ]
    ),
)


@st.composite
def histories(draw: DrawFn, *, corrections: bool = True) -> list[Entry]:
    """A legal session: the table's moves with observations between, some told late, some corrected."""
    told = [entry(PLANNED, position=1)]
    stage, minute = Stage.PLANNED, 0.0
    for _ in range(draw(st.integers(0, 40))):
        minute += draw(st.floats(0, 12))
        step = draw(st.sampled_from(["move", "observe", "observe", "order", "correct", "room"]))
        position = len(told) + 1
        if step == "move" and TRANSITIONS[stage]:
            move = draw(st.sampled_from(sorted(TRANSITIONS[stage])))
            told.append(entry(PAYLOAD_OF[move], position=position, minute=minute))
            stage = TRANSITIONS[stage][move]
        elif step == "room" and stage in IN_ROOM:
            late = draw(st.floats(0, 5))
            moved = draw(st.sampled_from(ROOMS))
            told.append(entry(moved, position=position, minute=minute - late, recorded_minute=minute))
        elif step == "order":
            told.append(entry(ORDERED, position=position, minute=minute))
            told.append(entry(check_of(told[-1]), position=position + 1, minute=minute))
        elif step == "correct" and corrections:
            _correct(draw, told, minute)
        else:
            late = draw(st.floats(0, 30))
            observed = entry(draw(OBSERVED), position=position, minute=minute - late, recorded_minute=minute)
            told.append(observed)
    return told


def _correct(draw: DrawFn, told: list[Entry], minute: float) -> None:
    """Correct or take back one observation that nobody has corrected yet."""
    corrected = {one.supersedes for one in told}
    open_ones = [
        one
        for one in told
        if isinstance(one.payload, VitalsMeasured | SedationRated) and one.id not in corrected
    ]
    if not open_ones:
        return
    wrong = draw(st.sampled_from(open_ones))
    kinds = {VitalsMeasured: VITALS, SedationRated: st.builds(SedationRated, moaa_s=st.integers(0, 5))}
    payload = draw(st.one_of(st.just(EnteredInError()), kinds[type(wrong.payload)]))  # type: ignore[index]
    newer = entry(payload, position=len(told) + 1, minute=minute, supersedes=wrong.id)
    told.append(replace(newer, happened_at=wrong.happened_at))
