"""The quick alarm conditions say what the slow, plain ones say: at every moment, whatever comes how late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given as with_any
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import Channel, Row
from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.session import DrugAct, Session
from ajar.pathway.dosing.session import fold as session_of
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.due import Due, all_due, last_times
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted
from ajar.pathway.monitoring.events import CHECKED_IN, TERMS
from ajar.pathway.monitoring.latest import VitalsNow, evolve, fold
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.marks import FoldAfresh
from ajar.pathway.monitoring.plans import cadence_of
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)
from tests.pathway.dosing.history import ENCOUNTER, PLANNED, START, chain, entry, given
from tests.support.plain_alarms import Condition, Watched, plain_conditions, plain_overdue

# Values crowd around the limits of clinical.md 4.2, so that a slip at one of them shows.
PRESSURES = st.builds(
    lambda high, low: VitalsMeasured(systolic_mmhg=float(high), diastolic_mmhg=float(low)),
    st.sampled_from([118, 139, 140, 141, 159, 160, 179, 180, 184, 199, 200, 210]),
    st.sampled_from([70, 89, 90, 91, 99, 100, 109, 110, 112]),
)
HEARTS = st.builds(
    lambda rate: VitalsMeasured(heart_rate_bpm=float(rate)),
    st.sampled_from([38, 39, 40, 70, 110, 111, 120, 121, 125, 150, 151]),
)
BREATHS = st.builds(
    lambda rate, spo2: VitalsMeasured(respiratory_rate_per_min=float(rate), spo2_percent=float(spo2)),
    st.sampled_from([7, 8, 9, 10, 16, 24, 25]),
    st.sampled_from([84, 85, 88, 89, 90, 93, 94, 98]),
)
RATED = st.one_of(
    st.builds(SedationRated, moaa_s=st.integers(0, 5)),
    st.builds(
        DissociationRated,
        items=st.lists(st.integers(0, 1), min_size=6, max_size=6).map(tuple),
        distress=st.booleans(),
    ),
)
NOTED = st.builds(
    lambda event: EventNoted(event=event, severity=None, action=""),
    st.sampled_from([CHECKED_IN, *(term.name for term in TERMS.values() if term.key)]),
)
LOST = st.builds(
    lambda signal: SignalLost(lost=(Lost(vital_sign=signal, because="probe off"),)),
    st.sampled_from(["spo2_percent", "heart_rate_bpm"]),
)
READ: st.SearchStrategy[Payload] = st.one_of(PRESSURES, HEARTS, BREATHS)
TOLD: st.SearchStrategy[Payload] = st.one_of(READ, READ, READ, RATED, NOTED, LOST)
STEPS_S = st.sampled_from([0, 1, 10, 20, 30, 31, 60, 150, 300, 600])


def followed(state: VitalsNow, told: Sequence[Entry]) -> VitalsNow:
    """As the read model does it, after one more entry."""
    try:
        return evolve(state, told[-1])
    except FoldAfresh:
        return fold(told, encounter_id=ENCOUNTER)


def spelled(alarms: Sequence[Alarm]) -> set[Condition]:
    return {
        (one.id, one.signal, one.priority.value, "latched" if one.latched else "seen" if one.seen_by else "")
        for one in alarms
    }


def conditions(state: VitalsNow, *, now: datetime, dues: Sequence[Due] = ()) -> tuple[Alarm, ...]:
    return alarm_conditions(state, DEFAULT_LIMITS, dues=dues, now=now)


def handling(draw: DrawFn, standing: Sequence[Alarm], now_s: int, told_at: int) -> Entry:
    """Someone sees or resolves one of the alarms that stand."""
    alarm = draw(st.sampled_from(list(standing)))
    plain = {"alarm": alarm.key, "priority": alarm.priority, "message": alarm.text}
    payload: Payload = (
        AlarmAcknowledged(**plain) if draw(st.booleans()) else AlarmResolved(**plain, action="measured again")
    )
    return entry(payload, position=told_at, minute=now_s / 60)


def corrected(draw: DrawFn, told: Sequence[Entry], now_s: int) -> Entry | None:
    """A set of vital signs is corrected, or taken back."""
    replaced = {one.supersedes for one in told}
    open_ones = [
        one for one in told if isinstance(one.payload, VitalsMeasured | EventNoted) and one.id not in replaced
    ]
    if not open_ones:
        return None
    wrong = draw(st.sampled_from(open_ones))
    payload = draw(READ) if isinstance(wrong.payload, VitalsMeasured) else EnteredInError()
    if draw(st.booleans()):
        payload = EnteredInError()
    newer = entry(payload, position=len(told) + 1, minute=now_s / 60, supersedes=wrong.id)
    return replace(newer, happened_at=wrong.happened_at)


@settings(max_examples=120)
@with_any(st.data())
def test_the_same_conditions_stand_at_every_moment(data: st.DataObject) -> None:
    told: list[Entry] = []
    state, now_s, dosed_s = VitalsNow(encounter_id=ENCOUNTER), 0, data.draw(st.integers(0, 20))
    for step in range(data.draw(st.integers(1, 45))):
        now_s += data.draw(STEPS_S)
        now = START + timedelta(seconds=now_s)
        act = data.draw(st.sampled_from(["tell"] * 6 + ["late", "late", "handle", "correct"]))
        standing = conditions(state, now=now)
        one: Entry | None = None
        if step == dosed_s:
            drug = given(Act.INFUSION_STARTED, rate_mg_per_h=52.5)
            one = entry(drug, position=len(told) + 1, minute=now_s / 60)
        elif act == "handle" and standing:
            one = data.draw(st.composite(handling)(standing, now_s, len(told) + 1))
        elif act == "correct":
            one = data.draw(st.composite(corrected)(told, now_s))
        if one is None:
            late_s = data.draw(st.integers(0, min(now_s, 900))) if act == "late" else 0
            one = entry(data.draw(TOLD), position=len(told) + 1, minute=(now_s - late_s) / 60)
        told.append(one)
        state = followed(state, told)
        assert spelled(conditions(state, now=now)) == plain_conditions(told, now=now)
    assert state == fold(told, encounter_id=ENCOUNTER)
    later = now + timedelta(minutes=data.draw(st.integers(0, 90)))
    assert spelled(conditions(state, now=later)) == plain_conditions(told, now=later)


def in_stage(product: str, stage: Stage, dosed_min: float) -> Session:
    """Arrived at minute 0, dosed at `dosed_min` where the stage says so."""
    planned = session_of(chain((replace(PLANNED, product=product), 0)))
    assert planned is not None
    at = START + timedelta(minutes=dosed_min)
    act = DrugAct(at=at, entry_id=ENCOUNTER, given=given(Act.INJECTED, product=product, amount_mg=35.0))
    dosed = stage not in (Stage.ARRIVED, Stage.READY)
    return replace(planned, stage=stage, arrived_at=START, acts=(act,) if dosed else ())


MADE = st.lists(
    st.tuples(
        st.integers(-10, 200),
        st.sampled_from(
            [
                VitalsMeasured(systolic_mmhg=120.0, diastolic_mmhg=70.0),
                SedationRated(moaa_s=5),
                DissociationRated(items=(0,) * 6, distress=False),
                EventNoted(event=CHECKED_IN, severity=None, action=""),
            ]
        ),
    ),
    max_size=12,
)
IN_ROOM = st.sampled_from([Stage.ARRIVED, Stage.READY, Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED])


@settings(max_examples=300)
@with_any(st.sampled_from(Product), IN_ROOM, MADE, st.integers(0, 260), st.integers(5, 60))
def test_the_same_observations_are_overdue_for_every_product(
    product: Product, stage: Stage, made: list[tuple[int, Payload]], now_min: int, dosed_min: int
) -> None:
    told = [
        entry(payload, position=n, minute=minute)
        for n, (minute, payload) in enumerate(made, start=1)
        if minute <= now_min
    ]
    now, session = START + timedelta(minutes=now_min), in_stage(product, stage, dosed_min)
    state = fold(told, encounter_id=ENCOUNTER)
    dues = all_due(session, last_times(state), cadence_of(product), now=now)
    late = [one for one in conditions(state, now=now, dues=dues) if one.id == "ALM-8"]
    watched = Watched(
        product=product,
        arrived_at=START,
        dosed_at=session.first_dose_at,
        dosing=stage is Stage.DOSING,
    )
    assert spelled(late) == plain_overdue(told, watched, now=now)


def vitals_of(row: Row) -> Payload | None:
    """A row of a recording as a monitor would send it; drop-outs apart."""
    names = {
        Channel.HEART_RATE: "heart_rate_bpm",
        Channel.SPO2: "spo2_percent",
        Channel.RESPIRATION: "respiratory_rate_per_min",
    }
    values = {field: row.measured[channel] for channel, field in names.items() if channel in row.measured}
    high, low = row.measured.get(Channel.CUFF_SYSTOLIC), row.measured.get(Channel.CUFF_DIASTOLIC)
    if high is not None and low is not None:
        values |= {"systolic_mmhg": high, "diastolic_mmhg": low}
    try:
        return VitalsMeasured(**values) if values else None
    except ValueError:
        return None  # what no living person shows is no measurement


@pytest.mark.hazard("HAZ-11")
def test_a_real_recording_raises_what_the_plain_rules_raise(real_dir: Path) -> None:
    rows = read_csv((real_dir / "vitals" / "s00001.csv").read_text().splitlines()).rows
    told: list[Entry] = []
    state, judged = VitalsNow(encounter_id=ENCOUNTER), 0
    for row in rows:
        payload = vitals_of(row)
        if payload is not None:
            told.append(entry(payload, position=len(told) + 1, minute=row.elapsed_s / 60))
            state = followed(state, told)
        if told and row.elapsed_s % 600 == 0:
            now = START + timedelta(seconds=row.elapsed_s)
            assert spelled(conditions(state, now=now)) == plain_conditions(told, now=now)
            judged += 1
    assert judged > 150
    assert state == fold(told, encounter_id=ENCOUNTER)
