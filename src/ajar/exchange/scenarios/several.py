"""Steps that a file says in one and a player gets as several: curves, recordings, a whole preparation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import BadRecording, Channel, Row
from ajar.exchange.scenarios.acts import (
    Act,
    Ask,
    Check,
    Confirm,
    Curve,
    Measure,
    Order,
    Prepare,
    Replay,
    Send,
)
from ajar.exchange.scenarios.scenario import BadScenario, SimulatedPatient, Step

ALERT: Final = 5
FIELD_OF: Final[Mapping[Channel, str]] = {
    Channel.HEART_RATE: "heart_rate_bpm",
    Channel.PULSE: "heart_rate_bpm",
    Channel.RESPIRATION: "respiratory_rate_per_min",
    Channel.SPO2: "spo2_percent",
    Channel.ARTERIAL_SYSTOLIC: "systolic_mmhg",
    Channel.ARTERIAL_DIASTOLIC: "diastolic_mmhg",
    Channel.CUFF_SYSTOLIC: "systolic_mmhg",
    Channel.CUFF_DIASTOLIC: "diastolic_mmhg",
}


def steps_of(act: Any, patient: SimulatedPatient, *, at_min: float, who: str, refused: str) -> list[Step]:
    """The steps that one step of a file stands for, in order.

    Raises:
        BadScenario: the curve or the recording makes no steps.
    """
    unfold = UNFOLD.get(type(act))
    if unfold is None:
        return [Step(at_min=at_min, who=who, act=act, refused=refused)]
    return [
        Step(at_min=at_min + after_min, who=who, act=one, refused=refused)
        for after_min, one in unfold(act, patient, at_min)
    ]


def _prepared(_: Prepare, __: SimulatedPatient, ___: float) -> Iterable[tuple[float, Act]]:
    return [(0.0, act) for act in (Ask(), Order(), Check(), Confirm())]


def _curve(curve: Curve, patient: SimulatedPatient, at_min: float) -> Iterable[tuple[float, Act]]:
    if not (curve.every_min >= 0.1 and at_min < curve.peak_min < curve.until_min):
        raise BadScenario(
            "a curve needs 'every' of at least 0.1 min, and its minutes in order: "
            f"at {at_min:g} < peak {curve.peak_min:g} < until {curve.until_min:g}"
        )
    count = int((curve.until_min - at_min) / curve.every_min + 1e-9)
    for number in range(count + 1):
        after_min = number * curve.every_min
        yield after_min, _reading(curve, patient, at_min, at_min + after_min)


def share_of_peak(curve: Curve, *, begins_min: float, minute: float) -> float:
    """Between 0 at both ends and 1 at the peak, in straight lines."""
    if minute <= curve.peak_min:
        return (minute - begins_min) / (curve.peak_min - begins_min)
    return (curve.until_min - minute) / (curve.until_min - curve.peak_min)


def noise_of(curve: Curve, minute: float, name: str) -> float:
    """Between -noise and +noise, always the same for the same seed, minute and vital sign."""
    drawn = sha256(f"{curve.seed}:{minute:g}:{name}".encode()).digest()
    return (int.from_bytes(drawn[:4], "big") / 0xFFFFFFFF * 2 - 1) * curve.noise


def _reading(curve: Curve, patient: SimulatedPatient, begins_min: float, minute: float) -> Act:
    share = share_of_peak(curve, begins_min=begins_min, minute=minute)
    vitals = {
        name: float(round(value + curve.rise.get(name, 0.0) * share + noise_of(curve, minute, name)))
        for name, value in patient.baseline.items()
    }
    if "spo2_percent" in vitals:
        vitals["spo2_percent"] = min(vitals["spo2_percent"], 100.0)
    if curve.device:
        return Send(device=curve.device, vitals=vitals)
    return Measure(
        vitals=vitals,
        sedation=None if curve.sedation is None else round(ALERT - (ALERT - curve.sedation) * share),
        dissociation=None if curve.dissociation is None else round(curve.dissociation * share),
    )


def _replayed(replay: Replay, _: SimulatedPatient, __: float) -> Iterable[tuple[float, Act]]:
    try:
        recording = read_csv(replay.csv.splitlines())
    except BadRecording as problem:
        raise BadScenario(f"the recording cannot be read: {str(problem).rstrip('.')}") from None
    for row in recording.rows:
        message = _message_of(row, replay.device)
        if message is not None:
            yield row.elapsed_s / 60, message


def _message_of(row: Row, device: str) -> Send | None:
    """The row as a message; None where nothing was measured and nothing dropped out."""
    vitals = {FIELD_OF[channel]: value for channel, value in row.measured.items() if channel in FIELD_OF}
    lost = tuple(
        dict.fromkeys(FIELD_OF[channel] for channel in Channel if channel in row.dropped & set(FIELD_OF))
    )
    if not vitals and not lost:
        return None
    return replace(Send(device=device), vitals=vitals, only=tuple(vitals), lost=lost)


UNFOLD: Final[Mapping[type, Callable[[Any, SimulatedPatient, float], Iterable[tuple[float, Act]]]]] = {
    Prepare: _prepared,
    Curve: _curve,
    Replay: _replayed,
}
