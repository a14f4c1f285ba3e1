"""The long-term watch: dated prompts, concerns, and the facts they stand on."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.maintenance.concerns import concerns
from ajar.pathway.maintenance.entries import (
    IntervalSet,
    MaintenanceStopped,
    MisuseSign,
    MisuseSignNoted,
    StopReason,
    SurveillanceDone,
    SurveillanceResult,
)
from ajar.pathway.maintenance.policies import RACEMIC_IV_MAINTENANCE
from ajar.pathway.maintenance.record import record_of
from ajar.pathway.maintenance.surveillance import (
    DEFAULT_SURVEILLANCE,
    Check,
    PromptState,
    Rhythm,
    Watched,
    due_dates,
    phases_of,
    prompts,
)
from ajar.pathway.maintenance.watching import watched_from
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import CodeSystem, Coding, LabRecorded
from tests.pathway.maintenance.test_record import START, Chart

FIRST = date(2026, 3, 2)


def day(n):
    return FIRST + timedelta(days=n)


def watched(**changes):
    facts = {"doses": (FIRST,), "course_began": FIRST, "phases": (FIRST,)}
    return Watched(**(facts | changes))


def test_every_check_counts_from_the_first_dose():
    assert due_dates(watched()) == {
        "bladder": day(90),
        "liver": day(182),
        "cognition": day(182),
        "drug-screen": day(0),
        "renal": day(365),
        "weight": day(0),
    }


def test_what_was_done_counts_anew_and_what_follows_the_doses_waits_for_them():
    done = {"bladder": day(80), "drug-screen": day(0), "weight": day(3)}
    found = due_dates(watched(done=done))
    assert found["bladder"] == day(170)
    assert "drug-screen" not in found
    assert "weight" not in found
    later = due_dates(watched(done=done, doses=(FIRST, day(30)), phases=(FIRST, day(30))))
    assert (later["drug-screen"], later["weight"]) == (day(30), day(30))
    assert due_dates(watched(done=done, doses=(FIRST, day(30)), phases=()))["drug-screen"] == day(30)


def test_a_check_of_each_phase_counts_from_the_last_phase_and_not_from_the_last_dose():
    assert due_dates(watched(doses=(FIRST, day(30)), phases=(FIRST,)))["drug-screen"] == FIRST


def test_a_clinics_own_intervals_count():
    own = replace(
        DEFAULT_SURVEILLANCE, checks=(replace(DEFAULT_SURVEILLANCE.check("bladder"), every_days=30),)
    )
    assert [(one.check.id, one.due_on) for one in prompts(watched(), today=day(1), policy=own)] == [
        ("bladder", day(30))
    ]


def test_without_a_dose_or_after_the_end_nothing_is_due():
    assert due_dates(watched(doses=())) == {}
    assert due_dates(watched(ended=True)) == {}
    assert prompts(watched(ended=True), today=day(400)) == ()


@pytest.mark.parametrize(
    ("today", "state"),
    [(75, "later"), (76, "coming"), (89, "coming"), (90, "due"), (104, "due"), (105, "overdue")],
)
def test_how_the_bladder_check_stands(today, state):
    found = {prompt.check.id: prompt for prompt in prompts(watched(), today=day(today))}
    assert found["bladder"].state == PromptState(state)
    assert found["bladder"].because == "Every 90 days; not done since the first dose."
    assert "At each session" in found["weight"].because


def test_a_prompt_says_when_it_was_done_last():
    found = prompts(watched(done={"bladder": day(10)}), today=day(100))
    assert "last done on 2026-03-12" in next(one for one in found if one.check.id == "bladder").because


@given(
    st.lists(st.integers(0, 700), min_size=1, max_size=5),
    st.dictionaries(
        st.sampled_from([check.id for check in DEFAULT_SURVEILLANCE.checks]), st.integers(0, 700)
    ),
    st.integers(0, 900),
)
def test_doing_a_check_never_makes_it_due_sooner_and_prompts_come_in_order(doses, done, today):
    days = tuple(sorted(day(one) for one in doses))
    facts = watched(doses=days, phases=days[:1], done={name: day(on) for name, on in done.items()})
    found = prompts(facts, today=day(today))
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)
    dates = due_dates(facts)
    for check in DEFAULT_SURVEILLANCE.checks:
        later = max(days[-1], facts.done.get(check.id, days[-1])) + timedelta(days=1)
        again = due_dates(replace(facts, done={**facts.done, check.id: later}))
        before = dates.get(check.id)
        assert before is None or check.id not in again or again[check.id] >= before


def test_phases_begin_at_the_course_and_at_each_step():
    days = tuple(day(7 * n) for n in range(12))
    assert phases_of(days, 6, RACEMIC_IV_MAINTENANCE) == (day(0), day(42), day(70))
    assert phases_of(days[:3], 6, RACEMIC_IV_MAINTENANCE) == (day(0),)


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ({}, []),
        ({"bpic": ((FIRST, 18),)}, []),
        ({"bpic": ((FIRST, 19),)}, ["bladder"]),
        ({"bpic": ((FIRST, 25), (day(9), 10))}, []),  # the last one counts
        ({"icsi": ((FIRST, 9),)}, []),
        ({"icsi": ((FIRST, 5), (day(90), 8))}, []),
        ({"icsi": ((FIRST, 5), (day(90), 9))}, ["bladder"]),
        ({"pressures": ((FIRST, 150, 80),)}, []),
        ({"pressures": ((FIRST, 150, 80), (day(7), 140, 90))}, []),  # strictly above
        ({"pressures": ((FIRST, 150, 80), (day(7), 130, 91))}, ["pressure"]),
        ({"signs": ((FIRST, "early"),)}, []),
        ({"signs": ((FIRST, "early"), (day(3), "extra"))}, ["misuse"]),
        ({"signs": ((day(-200), "early"), (day(3), "extra"))}, []),
        ({"weights_kg": ((FIRST, 80.0), (day(30), 77.0))}, []),
        ({"weights_kg": ((FIRST, 80.0), (day(30), 76.0))}, ["weight"]),
        ({"weights_kg": ((day(3), 80.0), (day(30), 60.0))}, []),  # none at the first dose
        ({"weights_kg": ((FIRST, 80.0), (day(30), 76.0)), "course_began": None}, []),
        ({"concerns_noted": {"liver": "ALT 3 times normal"}}, ["noted-liver"]),
    ],
)
def test_what_asks_for_something_now(facts, ids):
    found = concerns(watched(**facts), today=day(10))
    assert [one.id for one in found] == ids
    assert all(one.action and one.source and one.rule_id and one.rulebook_version for one in found)


def test_a_check_has_an_interval_and_an_id_of_its_own():
    bladder = DEFAULT_SURVEILLANCE.check("bladder")
    assert replace(bladder, every_days=1).every_days == 1
    with pytest.raises(ValueError, match=r"^bladder: every_days must be 1 or more, got 0\.$"):
        replace(bladder, every_days=0)
    with pytest.raises(ValueError, match=r"^Each check needs an id of its own\.$"):
        replace(DEFAULT_SURVEILLANCE, checks=(bladder, bladder))
    with pytest.raises(LookupError, match="no check 'x'; there are: bladder, liver"):
        DEFAULT_SURVEILLANCE.check("x")
    assert isinstance(bladder, Check)
    assert bladder.rhythm is Rhythm.INTERVAL


# the chart


def test_the_facts_are_read_from_the_chart():
    chart = Chart().course(1, [0, 3, 7], sessions=3)
    for name, items, on in (("bpic-ss", [2] * 8, 1), ("icsi", [1] * 4, 2), ("icsi", [None] * 4, 5)):
        chart.add(recorded(SCORERS[name], items=items, mode=Mode.KIOSK, language="en", occasion="x"), day=on)
    chart.add(VitalsMeasured(systolic_mmhg=150, diastolic_mmhg=95, weight_kg=70), day=0)
    chart.add(VitalsMeasured(systolic_mmhg=170, diastolic_mmhg=99), day=0.01)
    chart.add(VitalsMeasured(heart_rate_bpm=70), day=4)
    for code, on in (("1742-6", 8), ("718-7", 9)):
        test = Coding(system=CodeSystem.LOINC, code=code, display="a test")
        chart.add(LabRecorded(test=test, value=30, value_text="", unit="U/L"), day=on)
    for result, on in ((SurveillanceResult.CONCERN, 20), (SurveillanceResult.CLEAR, 21)):
        chart.add(
            SurveillanceDone(
                check="cognition", done_on=day(on), result=result, words="MoCA 20", rulebook_version="1"
            ),
            day=on,
        )
    concern = SurveillanceDone(
        check="renal",
        done_on=day(9),
        result=SurveillanceResult.CONCERN,
        words="eGFR 50",
        rulebook_version="1",
    )
    chart.add(concern, day=9)
    chart.add(replace(concern, check="something-older"), day=9)
    chart.add(MisuseSignNoted(sign=MisuseSign.EARLY_REFILL, noticed_on=day(2), words=""), day=2)
    facts = watched_from(chart.entries, zone=UTC)
    assert facts.doses == (day(0), day(3), day(7))
    assert facts.bpic == ((day(1), 16),)
    assert facts.icsi == ((day(2), 4),)
    assert facts.pressures == ((day(0), 150, 95),)
    assert facts.weights_kg == ((day(0), 70),)
    assert facts.signs == ((day(2), "Asked for a refill early"),)
    assert facts.done == {
        "bladder": day(5),
        "weight": day(0),
        "liver": day(8),
        "cognition": day(21),
        "renal": day(9),
        "something-older": day(9),
    }
    assert facts.concerns_noted == {"renal": "eGFR 50"}
    assert not facts.ended


def test_an_empty_chart_has_nothing_to_watch():
    facts = watched_from([], zone=UTC)
    assert (facts.doses, facts.phases, facts.course_began) == ((), (), None)


def interval(**changes):
    said = {"product": "ketamine_iv", "interval_days": 14, "because": "holds", "rulebook_version": "1"}
    return IntervalSet(**(said | changes))


def test_the_interval_and_the_end_count_for_the_course_they_were_said_of():
    chart = Chart().course(1, [0, 3], sessions=2)
    chart.add(interval(), day=10).add(interval(interval_days=21), day=20)
    chart.add(interval(interval_days=30, product="esketamine_in"), day=30)
    chart.add(MaintenanceStopped(product="ketamine_iv", reason=StopReason.BLADDER, words="since May"), day=40)
    record = record_of(chart.entries)
    assert record is not None
    assert (record.interval_days, record.interval_set_at) == (21, START + timedelta(days=20))
    assert record.stopped_because == "Urinary symptoms (since May)"
    assert record.state(None, UTC).interval_set_on == day(20)  # type: ignore[arg-type]
    assert watched_from(chart.entries, zone=UTC).ended
    again = record_of(chart.course(2, [60, 63, 67, 70, 74, 77], sessions=6).entries)
    assert again is not None
    assert (again.interval_days, again.stopped_because) == (None, "")


def stopped(**changes):
    return MaintenanceStopped(**({"product": "x", "reason": StopReason.BLADDER, "words": ""} | changes))


def done(**changes):
    said = {"check": "liver", "done_on": FIRST, "result": SurveillanceResult.CLEAR, "words": ""}
    return SurveillanceDone(**(said | {"rulebook_version": "1"} | changes))


@pytest.mark.parametrize(
    ("make", "changes", "words"),
    [
        (stopped, {"product": ""}, "product must not be empty."),
        (stopped, {"reason": StopReason.OTHER, "words": " "}, "words for another reason must not be empty."),
        (interval, {"interval_days": 0}, "The days between doses must be 1 to 366, got 0."),
        (interval, {"interval_days": 367}, "The days between doses must be 1 to 366, got 367."),
        (interval, {"because": ""}, "because must not be empty."),
        (interval, {"product": " "}, "product must not be empty."),
        (done, {"check": ""}, "check must not be empty."),
        (
            done,
            {"result": SurveillanceResult.DECLINED},
            "words for a concern or a refusal must not be empty.",
        ),
    ],
)
def test_what_says_nothing_is_refused(make, changes, words):
    with pytest.raises(ValueError, match=f"^{words}$"):
        make(**changes)


def test_what_says_enough_is_kept():
    assert (interval(interval_days=1).interval_days, interval(interval_days=366).interval_days) == (1, 366)
    assert stopped().words == done().words == ""
    assert stopped(reason=StopReason.OTHER, words="moved away").words == "moved away"


def test_every_reason_and_sign_has_its_words():
    assert all(reason.label and reason.source for reason in StopReason)
    assert all(sign.label for sign in MisuseSign)
