"""What each alarm says, since when and on whose word, at the edges of its rule: read and approved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ajar.pathway.dosing.entries import Act
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.cadence import Check
from ajar.pathway.monitoring.due import Due
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority
from ajar.pathway.monitoring.latest import VitalsNow, fold
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Side, Step
from ajar.pathway.monitoring.over import quiet_lines
from ajar.pathway.monitoring.plans import cadence_of
from ajar.pathway.monitoring.silence import Bound, silences
from ajar.pathway.monitoring.sounds import pause, sounding
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)
from tests.pathway.dosing.history import ENCOUNTER, NURSE, START, entry, given
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
SBP: Final = "ALM-1 systolic_mmhg"
DRUG: Final = given(Act.INFUSION_STARTED, rate_mg_per_h=50.0)
COLLEAGUE: Final = Author(kind=AuthorKind.STAFF, id="2", name="Ines Calder, RN")
Told = tuple[tuple[Payload, float], ...]


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def chained(told: Told) -> list[Entry]:
    return [entry(payload, position=n, minute=minute) for n, (payload, minute) in enumerate(told, start=1)]


def state(told: Told) -> VitalsNow:
    return fold(chained(told), encounter_id=ENCOUNTER)


def bp(high: float, low: float = 70.0) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=high, diastolic_mmhg=low)


def heart(rate: float) -> VitalsMeasured:
    return VitalsMeasured(heart_rate_bpm=rate)


def oxygen(percent: float) -> VitalsMeasured:
    return VitalsMeasured(spo2_percent=percent)


def breaths(rate: float) -> VitalsMeasured:
    return VitalsMeasured(respiratory_rate_per_min=rate)


def sedated(score: int) -> SedationRated:
    return SedationRated(moaa_s=score)


def event(name: str) -> EventNoted:
    return EventNoted(event=name, severity=None, action="")


def rated(total: int, *, distress: bool = False) -> DissociationRated:
    return DissociationRated(items=(total, 0, 0, 0, 0, 0), distress=distress)


def lost(*signals: str) -> SignalLost:
    return SignalLost(lost=tuple(Lost(vital_sign=one, because="probe off") for one in signals))


def acknowledged(key: str, priority: Priority) -> AlarmAcknowledged:
    return AlarmAcknowledged(alarm=key, priority=priority, message="x")


def resolved(key: str, priority: Priority) -> AlarmResolved:
    return AlarmResolved(alarm=key, priority=priority, message="x", action="sat up")


PAIN: Final = event("chest pain")
PEAK: Final[Told] = ((bp(204), 1), (bp(165), 5))
VALUES: Final[Mapping[str, Told]] = {
    "nothing told": (),
    "just below every bound": (
        (bp(159.5, 99.5), 0), (heart(110), 0), (oxygen(94), 0), (breaths(10), 0), (sedated(4), 0)),
    "at or past every low bound": (
        (bp(160, 100), 0), (heart(110.5), 0), (oxygen(93.5), 1), (breaths(9.5), 1), (sedated(3), 2)),
    "past every medium bound, once": (
        (bp(180, 110), 0), (heart(120.5), 0), (oxygen(89.5), 1), (breaths(7.5), 1), (sedated(2), 2)),
    "past every high bound": (
        (bp(200, 120), 0), (heart(150.5), 0), (oxygen(84.5), 1), (sedated(1), 2)),
    "a slow heart, at the bound": ((heart(40), 0),),
    "a slow heart": ((heart(39.5), 0),),
    "fast breathing, at the bound": ((breaths(24), 0),),
    "fast breathing": ((breaths(24.5), 0),),
    "180 twice, 4 min 59 s apart": ((bp(180), 0), (bp(180), 299 / 60)),
    "180 twice, 5 min apart": ((bp(181), 0), (bp(182), 5)),
    "110 below, twice": ((bp(150, 111), 0), (bp(150, 112), 5)),
    "89 % for 30 s": ((oxygen(89), 0), (oxygen(88), 0.5)),
    "89 % for 31 s": ((oxygen(89), 0), (oxygen(88), 31 / 60)),
    "121 for 5 min": ((heart(121), 0), (heart(122), 5)),
    "calm between two red ones": ((bp(184), 0), (bp(150), 3), (bp(184), 6)),
    "rising through the steps": ((bp(165), 0), (bp(185), 2), (bp(186), 9)),
    "+39": ((bp(110, 70), 0), (DRUG, 5), (bp(149.5, 94.5), 20)),
    "+40 and +25": ((bp(110, 70), 0), (DRUG, 5), (bp(150, 95), 20)),
    "+60 and above a limit": ((bp(110, 70), 0), (DRUG, 5), (bp(170, 80), 20)),
    "+40 over what was measured with the drug": ((bp(110, 70), 5), (DRUG, 5), (bp(150, 95), 20)),
    "no baseline": ((DRUG, 5), (bp(155, 95), 20)),
    "over and not seen": PEAK,
    "over, and mild since": (*PEAK, (bp(166), 6)),
    "over and seen then": (*PEAK, (acknowledged(SBP, HIGH), 1)),
    "over and seen before": (*PEAK, (acknowledged(SBP, HIGH), 0.5)),
    "over and seen as milder": (*PEAK, (acknowledged(SBP, MEDIUM), 6)),
    "over and resolved": (*PEAK, (resolved(SBP, HIGH), 6)),
    "over, another one seen": (*PEAK, (acknowledged("ALM-2 diastolic_mmhg", HIGH), 6)),
    "over, calm now": ((bp(204, 121), 1), (bp(120), 5)),
    "over twice": ((bp(204), 1), (bp(150), 2), (bp(202), 3), (bp(150), 4)),
    "fast is over, slow stands": ((heart(155), 0), (heart(38), 1)),
    "both are over": ((heart(38), 0), (heart(155), 1), (heart(70), 3)),
    "low oxygen is over": ((oxygen(80), 0), (oxygen(97), 1)),
    "sedation is over": ((sedated(1), 0), (sedated(2), 1)),
}  # fmt: skip
EVENTS: Final[Mapping[str, Told]] = {
    "pain, 140/90": ((bp(140, 90), 0), (PAIN, 5)),
    "pain, 140.5/80": ((bp(140.5, 80), 0), (PAIN, 5)),
    "pain, 130/90.5": ((bp(130, 90.5), 0), (PAIN, 5)),
    "pain without a pressure": ((PAIN, 5),),
    "pain before the pressure": ((PAIN, 1), (bp(150), 5)),
    "pain and a seizure": ((bp(150), 0), (PAIN, 5), (event("seizure"), 6)),
    "pain twice": ((bp(150), 0), (PAIN, 5), (PAIN, 7)),
    "pain, resolved": ((bp(150), 0), (PAIN, 5), (resolved("ALM-1 chest pain", HIGH), 6)),
    "pain, pressure down since": ((bp(150), 0), (PAIN, 1), (bp(120), 5)),
    "pain as the pressure came down": ((bp(150), 0), (bp(120), 5), (PAIN, 5)),
    "pain, raised and calm all at once": ((bp(150), 5), (bp(120), 5), (PAIN, 5)),
    "pain just before it came down": ((bp(150), 0), (bp(120), 5), (PAIN, 4.9)),
    "pain, down since, seen then": ((bp(150), 0), (PAIN, 1), (bp(120), 5), (acknowledged(
        "ALM-1 chest pain", HIGH), 1)),
    "pain, down since, seen before": ((bp(150), 0), (PAIN, 1), (bp(120), 5), (acknowledged(
        "ALM-1 chest pain", HIGH), 0.5)),
    "pain, one number came down first": (
        (bp(150, 95), 0), (bp(130, 95), 3), (bp(130, 80), 6), (PAIN, 4)),
    "nausea with a pressure": ((bp(150), 0), (event("nausea"), 1)),
    "panic": ((event("panic"), 1),),
    "panic, resolved at once": ((event("panic"), 1), (resolved("ALM-7 panic", MEDIUM), 1)),
    "panic told after it was resolved": ((resolved("ALM-7 panic", MEDIUM), 1), (event("panic"), 1)),
    "panic after another one was resolved": (
        (resolved("ALM-7 tries to leave", MEDIUM), 2), (event("panic"), 1)),
    "panic twice": ((event("panic"), 1), (event("panic"), 4)),
    "harm, tries to leave, cyanosis": (
        (event("harm to self or others"), 1), (event("tries to leave"), 2), (event("cyanosis"), 3)),
    "the call button and a silent screen": (
        (event("patient asks for help"), 1), (event("patient's screen silent"), 2)),
    "distress at the baseline": ((rated(2), 0), (DRUG, 1), (rated(2, distress=True), 5)),
    "distress above the baseline": ((rated(2), 0), (DRUG, 1), (rated(3, distress=True), 5)),
    "above the baseline, no distress": ((rated(2), 0), (DRUG, 1), (rated(3), 5)),
    "distress without a baseline": ((DRUG, 1), (rated(1, distress=True), 5)),
    "distress at nothing": ((DRUG, 1), (rated(0, distress=True), 5)),
    "a probe off, nothing measured": ((lost("spo2_percent", "heart_rate_bpm"), 2),),
    "a probe off with the last value": ((oxygen(97), 2), (lost("spo2_percent"), 2)),
    "a probe off before the last value": ((oxygen(97), 2.1), (lost("spo2_percent"), 2)),
    "worst first, then longest": (
        (breaths(9), 0), (event("panic"), 3), (sedated(2), 2), (bp(160, 100), 1), (PAIN, 6)),
}  # fmt: skip
LOW_165: Final[Told] = ((bp(165), 0),)
SEEN: Final[Mapping[str, tuple[Told, float]]] = {
    "seen": ((*LOW_165, (acknowledged(SBP, LOW), 2)), 3),
    "seen twice": ((*LOW_165, (acknowledged(SBP, LOW), 2), (acknowledged(SBP, LOW), 4)), 13),
    "seen at once": ((*LOW_165, (acknowledged(SBP, LOW), 0)), 3),
    "seen 10 min ago": ((*LOW_165, (acknowledged(SBP, LOW), 2)), 12),
    "seen more than 10 min ago": ((*LOW_165, (acknowledged(SBP, LOW), 2)), 12.1),
    "seen before it began": ((*LOW_165, (acknowledged(SBP, LOW), -1)), 3),
    "seen as worse": ((*LOW_165, (acknowledged(SBP, MEDIUM), 2)), 3),
    "seen, then worse": ((*LOW_165, (acknowledged(SBP, LOW), 2), (bp(204), 1)), 5),
    "resolved": ((*LOW_165, (resolved(SBP, LOW), 2)), 3),
    "another one seen": ((*LOW_165, (acknowledged("ALM-3 heart_rate_bpm", LOW), 2)), 3),
    "seen, high and latched": ((*PEAK, (acknowledged(SBP, LOW), 6)), 7),
    "panic seen": (((event("panic"), 1), (acknowledged("ALM-7 panic", MEDIUM), 2)), 3),
}


def line(alarm: Alarm) -> str:
    """Which; how pressing; in words; since when; seen by whom; whether it is over, or of a device."""
    marks = [word for word, stands in (("latched", alarm.latched), ("technical", alarm.technical)) if stands]
    since = f"{alarm.since:%H:%M:%S}"
    return f"{alarm.key} | {alarm.priority} | {alarm.text} | {since} | {alarm.seen_by} | {' '.join(marks)}"


def alarms(told: Told, *, minute: float = 10.0, dues: Sequence[Due] = ()) -> tuple[Alarm, ...]:
    return alarm_conditions(state(told), DEFAULT_LIMITS, dues=dues, now=at(minute))


def test_each_alarm_is_said_in_approved_words_at_the_edges_of_its_rule() -> None:
    for name, cases in (("values", VALUES), ("events", EVENTS)):
        found = {words: alarms(told) for words, told in cases.items()}
        said: dict[str, object] = {
            words: [line(one) for one in standing] for words, standing in found.items()
        }
        sources = {
            f"{one.key}: {one.source} ({one.version})" for standing in found.values() for one in standing
        }
        said["sources"] = sorted(sources)
        assert_approved(APPROVED / f"alarms_{name}.json", said)


def test_who_has_seen_what_is_approved() -> None:
    said: dict[str, object] = {
        words: [line(one) for one in alarms(told, minute=minute)] for words, (told, minute) in SEEN.items()
    }
    twice = chained((*LOW_165, (acknowledged(SBP, LOW), 2), (resolved(SBP, LOW), 3), (PAIN, 1)))
    twice[2] = replace(twice[2], recorded_by=COLLEAGUE)
    newer = alarm_conditions(fold(twice, encounter_id=ENCOUNTER), DEFAULT_LIMITS, dues=(), now=at(5))
    said["seen, then resolved by another"] = [line(one) for one in newer]
    twice[2] = replace(twice[2], happened_at=at(2))
    same = alarm_conditions(fold(twice, encounter_id=ENCOUNTER), DEFAULT_LIMITS, dues=(), now=at(5))
    said["seen and resolved at the same time"] = [line(one) for one in same]
    assert_approved(APPROVED / "alarms_seen.json", said)


def due(minutes_late: float, check: Check = Check.VITALS, *, missing: float | None = None) -> Due:
    return Due(
        check=check,
        at=at(0),
        overdue_by=timedelta(minutes=minutes_late),
        source="MON-1: as planned",
        missing_at=at(missing) if missing is not None else None,
    )


LATE: Final = {
    "not late": (due(0),),
    "4 min 59 s late": (due(299 / 60),),
    "5 min late": (due(5),),
    "9 min 59 s late": (due(599 / 60),),
    "10 min late": (due(10),),
    "missing at 3 min": (due(3, missing=3),),
    "missing in a minute": (due(3, missing=4),),
    "each by itself": (due(6, Check.SEDATION), due(40, Check.DISSOCIATION), due(7, Check.CONTACT)),
}


def test_what_is_overdue_is_said_in_approved_words() -> None:
    said: dict[str, object] = {
        words: [f"{line(one)} | {one.source}" for one in alarms((), dues=dues)]
        for words, dues in LATE.items()
    }
    assert_approved(APPROVED / "alarms_late.json", said)


QUIET: Final[Mapping[str, tuple[Told, float]]] = {
    "nothing": ((), 10),
    "medium and over": (((bp(180), 1), (bp(179.5), 2)), 10),
    "low and over": (((bp(179), 1), (bp(120), 2)), 10),
    "it stands": (((bp(180), 1),), 10),
    "low stands": (((bp(180), 1), (bp(165), 2)), 10),
    "both numbers, the newer first": (((bp(184, 80), 1), (bp(120, 112), 2), (bp(120, 80), 3)), 10),
    "slow breathing": (((breaths(7), 1), (breaths(8), 2)), 10),
    "sedated": (((sedated(2), 1), (sedated(3), 2)), 10),
    "an hour ago less a second": (((bp(184), 0), (bp(120), 1)), 60 - 1 / 60),
    "an hour ago": (((bp(184), 0), (bp(120), 1)), 60),
    "seen then": (((bp(184), 1), (bp(120), 2), (acknowledged(SBP, LOW), 1)), 10),
    "seen before": (((bp(184), 1), (bp(120), 2), (acknowledged(SBP, LOW), 0.5)), 10),
    "another one seen": (((bp(184), 1), (bp(120), 2), (acknowledged("ALM-3 heart_rate_bpm", LOW), 3)), 10),
    "resolved": (((bp(184), 1), (bp(120), 2), (resolved(SBP, LOW), 3)), 10),
    "high and latched": (((bp(204), 1), (bp(120), 2)), 10),
    "high, seen, medium before": (
        ((bp(184), 1), (bp(204), 2), (bp(120), 3), (acknowledged(SBP, HIGH), 3)), 10),
    "twice": (((bp(184), 1), (bp(120), 2), (bp(182), 3), (bp(121), 4)), 10),
}  # fmt: skip


def test_what_was_medium_and_is_over_leaves_an_approved_line() -> None:
    said: dict[str, object] = {}
    for words, (told, minute) in QUIET.items():
        standing = alarms(told, minute=minute)
        lines = quiet_lines(state(told), DEFAULT_LIMITS, standing=standing, now=at(minute))
        said[words] = [f"{one.key} | {one.text} | {one.at:%H:%M}" for one in lines]
    assert_approved(APPROVED / "quiet_lines.json", said)


def test_of_two_medium_bounds_the_one_crossed_last_leaves_the_line() -> None:
    breathing = replace(
        next(one for one in DEFAULT_LIMITS.limits if one.id == "ALM-5"),
        steps=(
            Step(side=Side.BELOW, bound=8, priority=MEDIUM),
            Step(side=Side.ABOVE, bound=24, priority=MEDIUM),
        ),
    )
    others = [one for one in DEFAULT_LIMITS.limits if one.id != "ALM-5"]
    limits = replace(DEFAULT_LIMITS, limits=(*others, breathing))
    for first, then, expected in ((7, 26, "RR was 26 > 24, now 14"), (26, 7, "RR was 7 < 8, now 14")):
        told: Told = tuple((breaths(rate), n) for n, rate in enumerate((first, 12, then, 14), start=1))
        (found,) = quiet_lines(state(told), limits, standing=(), now=at(10))
        assert found.text == expected


def test_a_silent_device_is_told_in_approved_words_and_what_rests_makes_no_sound() -> None:
    plan = cadence_of("ketamine_iv")
    bound = Bound(device=NURSE.name, since=at(2))
    told: Told = ((oxygen(98), 0), (heart(80), 4))
    said: dict[str, object] = {
        f"after {minute:g} min": [
            f"{line(one)} | {one.source} | {one.version}"
            for one in silences(state(told), plan, bound, now=at(minute))
        ]
        for minute in (2.9, 3, 5, 7, 9)
    }
    standing = alarms((*PEAK, (event("panic"), 2), (acknowledged("ALM-7 panic", MEDIUM), 3)))
    paused = pause(standing, by=NURSE.name, now=at(10), lasts_s=60)
    said["a pause"] = paused
    said["heard before it"] = [line(one) for one in sounding(standing, now=at(10))]
    said["heard within it"] = [line(one) for one in sounding(standing, now=at(10.5), paused=paused)]
    said["left after 30 s and after 2 min"] = [f"{paused.left_s(now=at(m)):g} s" for m in (10.5, 12)]
    assert_approved(APPROVED / "silence.json", said)
