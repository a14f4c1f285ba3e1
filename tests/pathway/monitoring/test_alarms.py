"""Alarm conditions: every cell of the table, worst first, seen is not resolved (clinical.md 4.2)."""

from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from ajar.pathway.dosing.entries import Act
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.cadence import Check
from ajar.pathway.monitoring.due import Due
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority
from ajar.pathway.monitoring.events import QUICK, TERMS, Term
from ajar.pathway.monitoring.latest import VitalsNow, fold
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limit, Side, Step
from ajar.pathway.observations.vitals import (
    DissociationRated,
    Lost,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)
from tests.pathway.dosing.history import ENCOUNTER, START, entry, given

HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
DRUG = given(Act.INFUSION_STARTED, rate_mg_per_h=50.0)


def seen(*told: tuple[Payload, float]) -> VitalsNow:
    """The state after these, each at its minute."""
    return fold(
        [entry(payload, position=n, minute=minute) for n, (payload, minute) in enumerate(told, start=1)],
        encounter_id=ENCOUNTER,
    )


def alarms(vitals: VitalsNow, *, minute: float = 10, dues: tuple[Due, ...] = ()) -> tuple[Alarm, ...]:
    return alarm_conditions(vitals, DEFAULT_LIMITS, dues=dues, now=START + timedelta(minutes=minute))


def pressure(high: float, low: float = 70.0) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=high, diastolic_mmhg=low)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (pressure(159), None),
        (pressure(160), ("ALM-1", LOW, "SBP 160 ≥ 160")),
        (pressure(199), ("ALM-1", LOW, "SBP 199 ≥ 160")),
        (pressure(200), ("ALM-1", HIGH, "SBP 200 ≥ 200")),
        (pressure(130, 99), None),
        (pressure(130, 100), ("ALM-2", LOW, "DBP 100 ≥ 100")),
        (pressure(130, 120), ("ALM-2", HIGH, "DBP 120 ≥ 120")),
        (VitalsMeasured(heart_rate_bpm=110.0), None),
        (VitalsMeasured(heart_rate_bpm=111.0), ("ALM-3", LOW, "HR 111 > 110")),
        (VitalsMeasured(heart_rate_bpm=151.0), ("ALM-3", HIGH, "HR 151 > 150")),
        (VitalsMeasured(heart_rate_bpm=40.0), None),
        (VitalsMeasured(heart_rate_bpm=39.0), ("ALM-3", HIGH, "HR 39 < 40")),
        (VitalsMeasured(spo2_percent=94.0), None),
        (VitalsMeasured(spo2_percent=93.0), ("ALM-4", LOW, "SpO2 93 < 94")),
        (VitalsMeasured(spo2_percent=84.0), ("ALM-4", HIGH, "SpO2 84 < 85")),
        (VitalsMeasured(respiratory_rate_per_min=10.0), None),
        (VitalsMeasured(respiratory_rate_per_min=9.0), ("ALM-5", LOW, "RR 9 < 10")),
        (VitalsMeasured(respiratory_rate_per_min=25.0), ("ALM-5", LOW, "RR 25 > 24")),
        (VitalsMeasured(respiratory_rate_per_min=7.0), ("ALM-5", MEDIUM, "RR 7 < 8")),
        (SedationRated(moaa_s=4), None),
        (SedationRated(moaa_s=3), ("ALM-6", LOW, "MOAA/S 3 ≤ 3")),
        (SedationRated(moaa_s=2), ("ALM-6", MEDIUM, "MOAA/S 2 ≤ 2")),
        (SedationRated(moaa_s=1), ("ALM-6", HIGH, "MOAA/S 1 ≤ 1")),
    ],
)
def test_each_limit_speaks_at_its_number_and_not_before(
    reading: Payload, expected: tuple[str, Priority, str] | None
) -> None:
    found = [(alarm.id, alarm.priority, alarm.text) for alarm in alarms(seen((reading, 0)))]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("minutes", "priority"),
    [((0, 4.9), LOW), ((0, 5), MEDIUM), ((0, 2, 5), MEDIUM), ((0, 12), MEDIUM)],
)
def test_a_red_pressure_needs_two_readings_five_minutes_apart(
    minutes: tuple[float, ...], priority: Priority
) -> None:
    told = [(pressure(184), minute) for minute in minutes]
    assert alarms(seen(*told))[0].priority is priority


def test_a_calm_reading_between_two_red_ones_starts_the_count_again() -> None:
    vitals = seen((pressure(184), 0), (pressure(150), 3), (pressure(184), 6))
    assert alarms(vitals)[0].priority is LOW


def test_the_words_say_value_against_limit_and_for_how_long() -> None:
    vitals = seen((pressure(184), 0), (pressure(186), 6))
    assert alarms(vitals)[0].text == "SBP 186 ≥ 180 for 5 min"
    desaturated = seen(*((VitalsMeasured(spo2_percent=88.0), second / 60) for second in range(0, 41, 10)))
    expected = [(MEDIUM, "SpO2 88 < 90 for more than 30 s")]
    assert [(a.priority, a.text) for a in alarms(desaturated)] == expected


def test_a_rise_over_the_baseline_is_marked() -> None:
    vitals = seen((pressure(110, 70), 0), (DRUG, 5), (pressure(150, 95), 20))
    found = {alarm.id: alarm.text for alarm in alarms(vitals)}
    assert found == {"ALM-1": "SBP 150, +40 over 110", "ALM-2": "DBP 95, +25 over 70"}
    assert alarms(seen((pressure(110, 70), 0), (DRUG, 5), (pressure(149, 94), 20))) == ()
    assert alarms(seen((DRUG, 5), (pressure(150, 95), 20))) == ()


def test_any_raised_pressure_with_a_symptom_is_an_emergency() -> None:
    pain = EventNoted(event="chest pain", severity=None, action="")
    vitals = seen((pressure(142, 80), 0), (pain, 5))
    (alarm,) = alarms(vitals)
    assert (alarm.id, alarm.priority, alarm.text) == ("ALM-1", HIGH, "BP 142/80 with chest pain")
    assert alarms(seen((pressure(130, 92), 0), (pain, 5)))[0].priority is HIGH
    assert alarms(seen((pressure(140, 90), 0), (pain, 5))) == ()
    assert alarms(seen((pain, 5))) == ()
    assert alarms(vitals, minute=66)[0].priority is HIGH  # it counts until someone says what was done
    done = AlarmResolved(alarm="ALM-1 chest pain", priority=HIGH, message="x", action="sent to hospital")
    assert alarms(seen((pressure(142, 80), 0), (pain, 5), (done, 8))) == ()


@pytest.mark.parametrize(
    ("event", "rule", "priority"),
    [(term.name, term.alarm, term.priority) for term in TERMS.values() if term.alarm],
)
def test_an_event_is_an_alarm_until_someone_says_what_was_done(
    event: str, rule: str, priority: Priority
) -> None:
    noted = EventNoted(event=event, severity=None, action="")
    (alarm,) = alarms(seen((noted, 1)), minute=300)
    assert (alarm.id, alarm.priority) == (rule, priority)
    done = AlarmResolved(alarm=alarm.key, priority=priority, message=alarm.text, action="stayed with her")
    assert alarms(seen((noted, 1), (done, 4))) == ()
    assert len(alarms(seen((noted, 1), (done, 4), (noted, 6)))) == 1


@pytest.mark.parametrize(
    ("after", "distress", "speaks"),
    [
        ((2,) * 6, True, True),
        ((2,) * 6, False, False),
        ((0,) * 6, True, False),
        ((1, 0, 0, 0, 0, 0), True, False),
    ],
)
def test_dissociation_is_an_alarm_when_it_rises_and_distresses(
    after: tuple[int, ...], distress: bool, speaks: bool
) -> None:
    before = DissociationRated(items=(1, 0, 0, 0, 0, 0), distress=False)
    vitals = seen((before, 0), (DRUG, 1), (DissociationRated(items=after, distress=distress), 5))
    assert [alarm.id for alarm in alarms(vitals)] == (["ALM-7"] if speaks else [])


def test_distress_without_a_baseline_counts_from_zero() -> None:
    vitals = seen((DRUG, 1), (DissociationRated(items=(1,) * 6, distress=True), 5))
    assert [alarm.text for alarm in alarms(vitals)] == ["CADSS-6 6, with distress"]


@pytest.mark.hazard("HAZ-17")
@pytest.mark.parametrize(
    ("late_min", "priority"), [(0, None), (4.9, None), (5, LOW), (9.9, LOW), (10, MEDIUM), (90, MEDIUM)]
)
def test_a_missing_observation_becomes_an_alarm(late_min: float, priority: Priority | None) -> None:
    due = Due(check=Check.VITALS, at=START, overdue_by=timedelta(minutes=late_min), source="MON-1")
    found = alarms(seen(), dues=(due,))
    assert [alarm.priority for alarm in found] == ([priority] if priority else [])
    if found:
        assert found[0].text == f"Vital signs {int(late_min)} min overdue"


@pytest.mark.hazard("HAZ-17")
def test_a_missing_score_does_not_hide_a_missing_pressure() -> None:
    late = [
        Due(check=check, at=START, overdue_by=timedelta(minutes=minutes), source="MON-1")
        for check, minutes in ((Check.SEDATION, 40), (Check.VITALS, 12), (Check.DISSOCIATION, 0))
    ]
    found = {alarm.text for alarm in alarms(seen(), dues=tuple(late))}
    assert found == {"MOAA/S 40 min overdue", "Vital signs 12 min overdue"}


@pytest.mark.hazard("HAZ-11")
def test_a_silent_sensor_is_technical_and_never_a_desaturation() -> None:
    lost = SignalLost(lost=(Lost(vital_sign="spo2_percent", because="probe off"),))
    (alarm,) = alarms(seen((VitalsMeasured(spo2_percent=97.0), 0), (lost, 2)))
    assert (alarm.id, alarm.priority, alarm.technical) == ("TECH", LOW, True)
    assert alarm.text == "No oxygen saturation: probe off"
    assert len(alarms(seen((lost, 2)))) == 1
    assert alarms(seen((lost, 2), (VitalsMeasured(spo2_percent=97.0), 3))) == ()


def test_seen_stays_on_the_screen_with_the_name_of_who_saw_it() -> None:
    noticed = AlarmAcknowledged(alarm="ALM-1 systolic_mmhg", priority=LOW, message="SBP 165 ≥ 160")
    vitals = seen((pressure(165), 0), (noticed, 2))
    (alarm,) = alarms(vitals)
    assert alarm.seen_by == "Dana Rowe, RN"
    assert alarms(vitals, minute=12)[0].seen_by == "Dana Rowe, RN"
    assert alarms(vitals, minute=12.1)[0].seen_by == ""  # it still stands: it asks again


def test_seen_does_not_cover_what_is_worse_or_new() -> None:
    noticed = AlarmAcknowledged(alarm="ALM-1 systolic_mmhg", priority=LOW, message="SBP 165 ≥ 160")
    assert alarms(seen((pressure(165), 0), (noticed, 2), (pressure(204), 4)))[0].seen_by == ""
    calm_between = seen((pressure(165), 0), (noticed, 2), (pressure(130), 3), (pressure(166), 4))
    assert alarms(calm_between)[0].seen_by == ""


def test_the_most_pressing_comes_first() -> None:
    vitals = seen(
        (VitalsMeasured(spo2_percent=84.0, heart_rate_bpm=112.0), 0),
        (VitalsMeasured(respiratory_rate_per_min=7.0), 1),
    )
    assert [alarm.priority for alarm in alarms(vitals)] == [HIGH, MEDIUM, LOW]


def test_every_alarm_carries_its_source_and_the_version_of_its_limits() -> None:
    vitals = seen((pressure(205, 125), 0), (EventNoted(event="panic", severity=None, action=""), 1))
    for alarm in alarms(vitals):
        assert alarm.source
        assert alarm.version == DEFAULT_LIMITS.version


def test_limits_and_terms_refuse_what_makes_no_sense() -> None:
    low_first = (
        Step(side=Side.ABOVE, bound=1, priority=LOW),
        Step(side=Side.ABOVE, bound=2, priority=HIGH),
    )
    with pytest.raises(ValueError, match="from high to low"):
        Limit(id="X", signal="spo2_percent", short="X", steps=low_first, source="none")
    with pytest.raises(ValueError, match="both its rule and its priority"):
        Term(name="panic", alarm="ALM-7")
    assert set(QUICK) <= set(TERMS)


def test_a_low_pulse_marks_low_and_calm_values_nothing() -> None:
    calm = VitalsMeasured(
        systolic_mmhg=120.0,
        diastolic_mmhg=75.0,
        heart_rate_bpm=70.0,
        spo2_percent=98.0,
        respiratory_rate_per_min=14.0,
    )
    assert alarms(seen((calm, 0))) == ()
    stricter = replace(DEFAULT_LIMITS, overdue_low_min=1)
    due = Due(check=Check.SEDATION, at=START, overdue_by=timedelta(minutes=2), source="MON-3")
    (alarm,) = alarm_conditions(seen((calm, 0)), stricter, dues=(due,), now=START)
    assert alarm.text == "MOAA/S 2 min overdue"


def acknowledged(key: str, priority: Priority) -> AlarmAcknowledged:
    return AlarmAcknowledged(alarm=key, priority=priority, message="x")


SBP = "ALM-1 systolic_mmhg"


def test_a_high_alarm_that_is_over_stands_until_someone_has_seen_it() -> None:
    (alarm,) = alarms(seen((pressure(204), 0), (pressure(165), 5)))
    assert (alarm.priority, alarm.latched) == (HIGH, True)
    assert alarm.text == "SBP was 204 ≥ 200, now 165"
    assert alarm.since == START
    told = ((pressure(204), 0), (pressure(165), 5), (acknowledged(SBP, HIGH), 6))
    assert [(one.priority, one.latched) for one in alarms(seen(*told))] == [(LOW, False)]
    # Seen later as something milder: that does not bring the high one back.
    assert [one.priority for one in alarms(seen(*told, (acknowledged(SBP, LOW), 8)))] == [LOW]


def test_what_was_seen_as_milder_does_not_cover_an_emergency_told_late() -> None:
    told = ((pressure(165), 5), (acknowledged(SBP, LOW), 6), (pressure(204), 4))
    assert [(one.priority, one.latched) for one in alarms(seen(*told))] == [(HIGH, True)]


def test_only_what_is_high_latches() -> None:
    red = [
        (VitalsMeasured(respiratory_rate_per_min=7.0), 0),
        (VitalsMeasured(respiratory_rate_per_min=14.0), 1),
    ]
    assert alarms(seen(*red)) == ()


def test_a_fast_heart_that_is_over_does_not_hide_a_slow_one() -> None:
    rates = [(VitalsMeasured(heart_rate_bpm=rate), n) for n, rate in enumerate((155.0, 38.0))]
    assert [one.text for one in alarms(seen(*rates))] == ["HR 38 < 40"]
    assert [one.text for one in alarms(seen(*rates, (VitalsMeasured(heart_rate_bpm=70.0), 3)))] == [
        "HR was 155 > 150, now 70"
    ]


@pytest.mark.parametrize(("seconds", "priority"), [(30, LOW), (31, MEDIUM)])
def test_low_oxygen_must_last_more_than_30_seconds(seconds: int, priority: Priority) -> None:
    low = VitalsMeasured(spo2_percent=88.0)
    assert alarms(seen((low, 0), (low, seconds / 60)))[0].priority is priority


def test_a_symptom_beside_a_pressure_that_came_down_stands_until_seen() -> None:
    pain = EventNoted(event="chest pain", severity=None, action="")
    told = ((pressure(150), 0), (pain, 1), (pressure(120), 5))
    (alarm,) = alarms(seen(*told))
    assert (alarm.latched, alarm.text) == (True, "BP was raised with chest pain, now 120/70")
    assert alarms(seen(*told, (acknowledged("ALM-1 chest pain", HIGH), 6))) == ()
    assert alarms(seen((pressure(150), 0), (pressure(120), 1), (pain, 5))) == ()


@pytest.mark.hazard("HAZ-17")
def test_the_missing_pressure_at_50_minutes_alerts_whatever_a_clinic_has_set() -> None:
    lenient = replace(DEFAULT_LIMITS, overdue_low_min=14, overdue_medium_min=25)
    at_40 = {"check": Check.VITALS, "at": START + timedelta(minutes=40), "source": "MON-1"}
    missing_at = START + timedelta(minutes=50)
    late = Due(**at_40, overdue_by=timedelta(minutes=10), missing_at=missing_at)
    assert late.lateness(lenient) is MEDIUM
    assert Due(**at_40, overdue_by=timedelta(minutes=9), missing_at=missing_at).lateness(lenient) is None
    assert Due(**at_40, overdue_by=timedelta(minutes=10)).lateness(lenient) is None


TRANSIENT = st.lists(st.integers(150, 230), min_size=1, max_size=8)


@with_any(TRANSIENT)
def test_a_transient_peak_of_pressure_is_an_alarm_and_never_an_adverse_event(peaks: list[int]) -> None:
    """Trap 27: CTCAE would grade each of these 2 or 3; alarm logic grades nothing and records nothing."""
    told = [entry(pressure(float(peak), 90.0), position=n, minute=n) for n, peak in enumerate(peaks, start=1)]
    vitals = fold(told, encounter_id=ENCOUNTER)
    assert vitals.events == ()
    found = alarms(vitals)
    assert {type(one) for one in found} <= {Alarm}
    names = {field.name for field in fields(Alarm)}
    assert not names & {"grade", "severity", "ctcae", "adverse"}


def test_alarm_logic_knows_nothing_of_the_grading_of_adverse_events() -> None:
    for path in Path(alarm_conditions.__code__.co_filename).parent.glob("*.py"):
        assert "ajar.pathway.safety" not in path.read_text(), path.name
