"""The alarm conditions once more, slow and plain, written from clinical.md 4.1 and 4.2 and not from the code.

It looks at every reading each time it is asked. What it says judges the quick one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, SignalLost, VitalsMeasured

Condition = tuple[str, str, str, str]
"""Rule, what it is about, priority, and 'latched', 'seen' or ''."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    at: datetime
    position: int
    value: float


SYMPTOMS = {
    "chest pain",
    "shortness of breath",
    "sudden severe headache",
    "visual disturbance",
    "seizure",
    "reduced consciousness",
    "focal deficit",
}
EVENTS = {
    "new arrhythmia": ("ALM-3", "high"),
    "cyanosis": ("ALM-4", "high"),
    "not breathing": ("ALM-5", "high"),
    "distressing dissociation": ("ALM-7", "low"),
    "panic": ("ALM-7", "medium"),
    "tries to leave": ("ALM-7", "medium"),
    "harm to self or others": ("ALM-7", "high"),
    "patient asks for help": ("MON-9", "high"),
    "patient's screen silent": ("MON-9", "medium"),
}
RANK = {"high": 0, "medium": 1, "low": 2}


def plain_conditions(told: Sequence[Entry], *, now: datetime) -> set[Condition]:
    """Every condition but the overdue ones, from everything told so far."""
    standing = as_it_stands(told)
    found: set[Condition] = set()
    for rule, signal in (
        ("ALM-1", "systolic_mmhg"),
        ("ALM-2", "diastolic_mmhg"),
        ("ALM-3", "heart_rate_bpm"),
        ("ALM-4", "spo2_percent"),
        ("ALM-5", "respiratory_rate_per_min"),
        ("ALM-6", "moaa_s"),
    ):
        found |= of_signal(rule, signal, standing, now)
    found |= symptoms_with_pressure(standing, now)
    found |= events(standing, now)
    found |= distress(standing, now)
    found |= lost_signals(standing, now)
    return found


def as_it_stands(told: Sequence[Entry]) -> list[Entry]:
    """Without what was corrected or taken back, in the order in which it happened."""
    replaced = {entry.supersedes for entry in told}
    left = [entry for entry in told if entry.id not in replaced]
    left = [entry for entry in left if not isinstance(entry.payload, EnteredInError)]
    return sorted(left, key=lambda entry: (entry.happened_at, entry.position))


def readings(signal: str, standing: Iterable[Entry]) -> list[Reading]:
    found = []
    for entry in standing:
        payload, value = entry.payload, None
        if isinstance(payload, VitalsMeasured):
            value = getattr(payload, signal, None)
        elif isinstance(payload, SedationRated) and signal == "moaa_s":
            value = payload.moaa_s
        elif isinstance(payload, DissociationRated) and signal == "cadss_6":
            value = sum(payload.items)
        if value is not None:
            found.append(Reading(at=entry.happened_at, position=entry.position, value=value))
    return found


EMERGENCY: dict[str, Callable[[float], bool]] = {
    "systolic_mmhg": lambda value: value >= 200,
    "diastolic_mmhg": lambda value: value >= 120,
    "heart_rate_bpm": lambda value: value > 150 or value < 40,
    "spo2_percent": lambda value: value < 85,
    "moaa_s": lambda value: value <= 1,
}
RED: dict[str, Callable[[float], bool]] = {
    "systolic_mmhg": lambda value: value >= 180,
    "diastolic_mmhg": lambda value: value >= 110,
    "heart_rate_bpm": lambda value: value > 120,
    "spo2_percent": lambda value: value < 90,
    "respiratory_rate_per_min": lambda value: value < 8,
    "moaa_s": lambda value: value <= 2,
}
AMBER: dict[str, Callable[[float], bool]] = {
    "systolic_mmhg": lambda value: value >= 160,
    "diastolic_mmhg": lambda value: value >= 100,
    "heart_rate_bpm": lambda value: value > 110,
    "spo2_percent": lambda value: value < 94,
    "respiratory_rate_per_min": lambda value: value < 10 or value > 24,
    "moaa_s": lambda value: value <= 3,
}


def is_emergency(signal: str, value: float) -> bool:
    return signal in EMERGENCY and EMERGENCY[signal](value)


def red_long_enough(signal: str, from_at: datetime, to_at: datetime) -> bool:
    """Pressure: two readings 5 min apart. Heart rate: 5 min. Oxygen: more than 30 s. The rest: at once."""
    lasted = to_at - from_at
    match signal:
        case "systolic_mmhg" | "diastolic_mmhg" | "heart_rate_bpm":
            return lasted >= timedelta(minutes=5)
        case "spo2_percent":
            return lasted > timedelta(seconds=30)
    return True


def of_signal(rule: str, signal: str, standing: list[Entry], now: datetime) -> set[Condition]:
    """The worst that the newest value says, or an emergency that is over and that nobody has seen."""
    told = readings(signal, standing)
    if not told:
        return set()
    found = standing_tier(signal, told, standing)
    if found is not None and found[0] == "high":
        return {(rule, signal, "high", seen(f"{rule} {signal}", "high", found[1], standing, now))}
    if any(not handled(f"{rule} {signal}", at, standing) for at in last_emergencies(signal, told)):
        return {(rule, signal, "high", "latched")}
    if found is None:
        return set()
    return {(rule, signal, found[0], seen(f"{rule} {signal}", found[0], found[1], standing, now))}


def standing_tier(signal: str, told: list[Reading], standing: list[Entry]) -> tuple[str, datetime] | None:
    """How bad the newest value is, and since when it has been."""
    newest = told[-1]
    if is_emergency(signal, newest.value):
        return "high", start_of_run(told, lambda value: same_emergency(signal, newest.value, value))
    if RED[signal](newest.value):
        since = start_of_run(told, RED[signal])
        if red_long_enough(signal, since, newest.at):
            return "medium", since
    if AMBER[signal](newest.value):
        return "low", start_of_run(told, lambda value: same_amber(signal, newest.value, value))
    return ("low", newest.at) if has_risen(signal, told, standing) else None


def last_emergencies(signal: str, told: list[Reading]) -> list[datetime]:
    """When there last was one; too fast and too slow apart."""
    last: dict[bool, datetime] = {}
    for one in told:
        if is_emergency(signal, one.value):
            last[signal == "heart_rate_bpm" and one.value > 100] = one.at
    return list(last.values())


def same_emergency(signal: str, newest: float, value: float) -> bool:
    """Too fast and too slow are two emergencies."""
    return is_emergency(signal, value) and (signal != "heart_rate_bpm" or (newest > 100) == (value > 100))


def same_amber(signal: str, newest: float, value: float) -> bool:
    """Too slow and too fast a breath are two conditions."""
    both = signal == "respiratory_rate_per_min"
    return AMBER[signal](value) and (not both or (newest > 17) == (value > 17))


def start_of_run(told: list[Reading], bad: Callable[[float], bool]) -> datetime:
    run = told[-1].at
    for one in reversed(told):
        if not bad(one.value):
            break
        run = one.at
    return run


def has_risen(signal: str, told: list[Reading], standing: list[Entry]) -> bool:
    """+40 systolic, +25 diastolic, over the last value before drug was given."""
    most = {"systolic_mmhg": 40, "diastolic_mmhg": 25}.get(signal)
    given = [entry.happened_at for entry in standing if isinstance(entry.payload, DrugGiven)]
    if most is None or not given:
        return False
    before = [one for one in told if one.at <= min(given)]
    return bool(before) and told[-1].value - before[-1].value >= most


def acknowledgements(key: str, standing: list[Entry]) -> list[tuple[datetime, str]]:
    handled_kinds = (AlarmAcknowledged, AlarmResolved)
    return [
        (entry.happened_at, entry.payload.priority.value)
        for entry in standing
        if isinstance(entry.payload, handled_kinds) and entry.payload.alarm == key
    ]


def handled(key: str, at: datetime, standing: list[Entry]) -> bool:
    """Has a person seen it as a high alarm since?"""
    return any(when >= at and priority == "high" for when, priority in acknowledgements(key, standing))


def seen(key: str, priority: str, since: datetime, standing: list[Entry], now: datetime) -> str:
    """Seen since it began, not longer than ten minutes ago, and not as something milder."""
    for when, as_what in acknowledgements(key, standing):
        if since <= when and now - when <= timedelta(minutes=10) and RANK[as_what] <= RANK[priority]:
            return "seen"
    return ""


def resolved(key: str, at: datetime, standing: list[Entry]) -> bool:
    return any(
        isinstance(entry.payload, AlarmResolved) and entry.payload.alarm == key and entry.happened_at >= at
        for entry in standing
    )


def symptoms_with_pressure(standing: list[Entry], now: datetime) -> set[Condition]:
    """Any raised pressure (above 140 or above 90) together with a symptom."""
    pressures = [
        (entry.happened_at, entry.payload.systolic_mmhg > 140 or entry.payload.diastolic_mmhg > 90)
        for entry in standing
        if isinstance(entry.payload, VitalsMeasured)
        and entry.payload.systolic_mmhg is not None
        and entry.payload.diastolic_mmhg is not None
    ]
    found: set[Condition] = set()
    for symptom in SYMPTOMS:
        key = f"ALM-1 {symptom}"
        together = moments_together(symptom, standing, pressures)
        if together and pressures[-1][1]:
            found.add(("ALM-1", symptom, "high", seen(key, "high", max(together), standing, now)))
        elif together and not handled(key, max(together), standing):
            found.add(("ALM-1", symptom, "high", "latched"))
    return found


def moments_together(
    symptom: str, standing: list[Entry], pressures: list[tuple[datetime, bool]]
) -> list[datetime]:
    """For each such symptom that nobody resolved: when it last stood beside a raised pressure."""
    raised = [at for at, is_raised in pressures if is_raised]
    together = []
    for at in noted(symptom, standing):
        in_force = [is_raised for when, is_raised in pressures if when <= at][-1:]
        beside = in_force == [True] or any(when >= at for when in raised)
        if beside and not resolved(f"ALM-1 {symptom}", at, standing):
            together.append(max(at, raised[-1]))
    return together


def noted(event: str, standing: list[Entry]) -> list[datetime]:
    return [
        entry.happened_at
        for entry in standing
        if isinstance(entry.payload, EventNoted) and entry.payload.event == event
    ]


def events(standing: list[Entry], now: datetime) -> set[Condition]:
    found: set[Condition] = set()
    for name, (rule, priority) in EVENTS.items():
        key = f"{rule} {name}"
        open_ones = [at for at in noted(name, standing) if not resolved(key, at, standing)]
        if open_ones:
            found.add((rule, name, priority, seen(key, priority, open_ones[-1], standing, now)))
    return found


def distress(standing: list[Entry], now: datetime) -> set[Condition]:
    """CADSS-6 above the baseline, with distress."""
    rated = [
        (entry.happened_at, sum(entry.payload.items), entry.payload.distress)
        for entry in standing
        if isinstance(entry.payload, DissociationRated)
    ]
    if not rated or not rated[-1][2]:
        return set()
    given = [entry.happened_at for entry in standing if isinstance(entry.payload, DrugGiven)]
    before = [total for at, total, _ in rated if not given or at <= min(given)]
    if rated[-1][1] <= (before[-1] if before else 0):
        return set()
    word = seen("ALM-7 cadss_6", "low", rated[-1][0], standing, now)
    return {("ALM-7", "cadss_6", "low", word)}


def lost_signals(standing: list[Entry], now: datetime) -> set[Condition]:
    """A device showed nothing, and nothing was measured since."""
    found: set[Condition] = set()
    last: dict[str, datetime] = {}
    for entry in standing:
        if isinstance(entry.payload, SignalLost):
            last |= {one.vital_sign: entry.happened_at for one in entry.payload.lost}
    for signal, at in last.items():
        told = readings(signal, standing)
        if not told or told[-1].at <= at:
            found.add(("TECH", signal, "low", seen(f"TECH {signal}", "low", at, standing, now)))
    return found


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A session as the overdue rule sees it: moments, and whether drug is still being given."""

    product: str
    arrived_at: datetime
    dosed_at: datetime | None
    dosing: bool
    ended_at: datetime | None


def plain_overdue(told: Sequence[Entry], watched: Watched, *, now: datetime) -> set[Condition]:
    """ALM-8: five minutes over is amber, ten is red, each observation by itself."""
    standing = as_it_stands(told)
    found: set[Condition] = set()
    for check, due_at in plain_dues(standing, watched).items():
        late = now - due_at
        if late >= timedelta(minutes=5):
            priority = "medium" if late >= timedelta(minutes=10) else "low"
            found.add(("ALM-8", check, priority, seen(f"ALM-8 {check}", priority, due_at, standing, now)))
    return found


BEFORE = {
    "esketamine_in": ("vital signs", "MOAA/S", "CADSS-6"),
    "ketamine_iv": ("vital signs", "MOAA/S", "CADSS-6"),
    "ketamine_im": ("vital signs", "MOAA/S", "CADSS-6"),
    "ketamine_sc": ("vital signs", "MOAA/S", "CADSS-6"),
    "ketamine_sl_clinic": ("vital signs",),
    "ketamine_po": ("vital signs",),
    "ketamine_sl_home": ("vital signs", "check-in"),
}
SIGNAL = {"vital signs": "systolic_mmhg", "MOAA/S": "moaa_s", "CADSS-6": "cadss_6"}


def last_made(check: str, standing: list[Entry]) -> datetime | None:
    if check == "check-in":
        made = noted("check-in answered", standing)
    else:
        made = [one.at for one in readings(SIGNAL[check], standing)]
    return made[-1] if made else None


def plain_dues(standing: list[Entry], watched: Watched) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for check in ("vital signs", "MOAA/S", "CADSS-6", "check-in"):
        made_at = last_made(check, standing)
        if watched.dosed_at is None:
            if check in BEFORE[watched.product] and (made_at is None or made_at < watched.arrived_at):
                found[check] = watched.arrived_at + timedelta(minutes=15)
            continue
        at_40 = watched.product == "esketamine_in" and check in BEFORE["esketamine_in"]
        at_40 = at_40 or (
            check == "CADSS-6" and watched.product in ("ketamine_iv", "ketamine_im", "ketamine_sc")
        )
        if at_40 and (made_at is None or made_at < watched.dosed_at + timedelta(minutes=30)):
            found[check] = watched.dosed_at + timedelta(minutes=40)
            continue
        counted_from = max(made_at, watched.dosed_at) if made_at else watched.dosed_at
        if check == "MOAA/S" and watched.product in ("esketamine_in", "ketamine_iv") and watched.ended_at:
            counted_from = max(counted_from, watched.ended_at)
        early = counted_from - watched.dosed_at < timedelta(minutes=30)
        every_min = plain_every(check, watched, early=early)
        if every_min is not None:
            found[check] = counted_from + timedelta(minutes=every_min)
    return found


def plain_every(check: str, watched: Watched, *, early: bool) -> int | None:
    """Minutes to the next; `early`: the last one was made in the first half hour."""
    injected = 10 if early or watched.dosing else 15
    table = {
        ("vital signs", "esketamine_in"): 30,
        ("vital signs", "ketamine_iv"): 10 if watched.dosing else 15,
        ("vital signs", "ketamine_im"): injected,
        ("vital signs", "ketamine_sc"): injected,
        ("vital signs", "ketamine_sl_clinic"): 30,
        ("vital signs", "ketamine_po"): 30,
        ("vital signs", "ketamine_sl_home"): 60,
        ("MOAA/S", "esketamine_in"): None if watched.dosing else 30,
        ("MOAA/S", "ketamine_iv"): None if watched.dosing else 15,
        ("MOAA/S", "ketamine_im"): 15,
        ("MOAA/S", "ketamine_sc"): 15,
        ("check-in", "ketamine_sl_home"): 15,
    }
    return table.get((check, watched.product))
