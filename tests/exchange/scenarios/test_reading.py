"""A scenario file is understood as a whole or refused, with the line, the key and what was expected."""

from itertools import pairwise

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.exchange.scenarios import acts
from ajar.exchange.scenarios.reading import MOST_CHARS, read_scenario
from ajar.exchange.scenarios.scenario import (
    AlarmExpected,
    BadScenario,
    DueExpected,
    OpenExpected,
    Outcome,
    OutcomeExpected,
    Scenario,
    StayExpected,
)
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.monitoring.cadence import Check
from ajar.pathway.monitoring.entries import Priority

SMALL = """\
title: A small one
teaches: what a file needs
patients:
  alma:
    name: Alma Quist
    product: ketamine_iv
    dose_mg: 35
    weight_kg: 70
    room: Birch
    baseline: {systolic_mmhg: 120, diastolic_mmhg: 80, spo2_percent: 99}
devices:
  monitor: {room: Birch}
timeline:
  - {at: 0, do: arrive}
expect:
  - {outcome: released}
"""


def read(text: str) -> Scenario:
    return read_scenario(text, name="small.yaml")


def with_step(step: str) -> str:
    return SMALL.replace("  - {at: 0, do: arrive}\n", f"  - {step}\n")


def with_expected(expected: str) -> str:
    return SMALL.replace("  - {outcome: released}\n", f"  - {expected}\n")


def test_a_room_that_somebody_is_moved_to_is_one_of_the_rooms() -> None:
    moved = "timeline:\n  - {at: 9, do: move, room: Chair 1, monitor: true, because: a lamp}\n"
    scenario = read(SMALL.replace("timeline:\n", moved))
    assert scenario.steps[-1].act == acts.Move(room="Chair 1", monitor=True, because="a lamp")
    assert scenario.rooms == ("Birch", "Chair 1")
    with pytest.raises(BadScenario, match="'room' is missing"):
        read(SMALL.replace("timeline:\n", "timeline:\n  - {at: 9, do: move}\n"))


def test_a_small_file_is_understood_with_what_it_leaves_out() -> None:
    scenario = read(SMALL.replace("    room: Birch\n", "    room: Birch\n    enrolled: false\n"))
    patient = scenario.patients["alma"]
    assert (patient.product, patient.dose_mg, patient.given_before_mg) == (Product.KETAMINE_IV, 35.0, ())
    assert (patient.enrolled, patient.consented) == (False, True)
    assert (scenario.site.jurisdiction, scenario.staff.nurse) == (Jurisdiction.US, "Dana Rowe")
    assert [step.act for step in scenario.steps] == [acts.Arrive()]
    assert scenario.expected == (OutcomeExpected(who="alma", outcome=Outcome.RELEASED),)
    assert (scenario.rooms, scenario.moments, scenario.ends_min) == (("Birch",), (0.0,), 0.0)


def test_each_kind_of_expectation_says_when_it_is_looked_at() -> None:
    for said, expected, moments in (
        (
            "{alarm: ALM-1, about: systolic_mmhg, priority: low, since: 40, until: 60}",
            AlarmExpected(
                who="alma",
                alarm="ALM-1",
                about="systolic_mmhg",
                priority=Priority.LOW,
                since_min=40,
                until_min=60,
            ),
            (0, 39, 40, 59, 60),
        ),
        (
            "{alarm: ALM-4, about: spo2_percent, priority: high, since: 7}",
            AlarmExpected(
                who="alma", alarm="ALM-4", about="spo2_percent", priority=Priority.HIGH, since_min=7
            ),
            (0, 6, 7),
        ),
        (
            "{due: MOAA/S, at: 3, next: 40}",
            DueExpected(who="alma", due=Check.SEDATION, at_min=3, next_min=40),
            (0, 3),
        ),
        ("{earliest_release: 100}", StayExpected(who="alma", earliest_release_min=100), (0, 99, 100)),
        ("{open: [B-STAY], at: 9}", OpenExpected(who="alma", at_min=9, open=("B-STAY",)), (0, 9)),
    ):
        scenario = read(with_expected(said))
        assert (scenario.expected, scenario.moments) == ((expected,), moments)


def test_steps_come_in_order_of_time_and_of_the_file() -> None:
    steps = "- {at: 5, do: end}\n  - {at: 0, do: prepare}\n  - {at: 0, do: give, mg: 30}"
    scenario = read(SMALL.replace("- {at: 0, do: arrive}", steps))
    assert [type(step.act).__name__ for step in scenario.steps] == [
        "Ask", "Order", "Check", "Confirm", "Give", "End",
    ]  # fmt: skip
    assert scenario.steps[4].act == acts.Give(mg=30.0)


def test_a_curve_rises_to_its_peak_and_falls_again_and_is_the_same_every_time() -> None:
    said = (
        "{at: 0, do: curve, until: 80, every: 20, peak: 40, rise: {systolic_mmhg: 30}, noise: 2, seed: 3, "
        "sedation: 3, dissociation: 9}"
    )
    first, second = read(with_step(said)), read(with_step(said))
    assert first == second
    rounds = [step.act for step in first.steps]
    assert [step.at_min for step in first.steps] == [0, 20, 40, 60, 80]
    assert all(isinstance(one, acts.Measure) for one in rounds)
    assert [(one.sedation, one.dissociation) for one in rounds] == [(5, 0), (4, 4), (3, 9), (4, 4), (5, 0)]
    pressures = [one.vitals["systolic_mmhg"] for one in rounds]
    for pressure, expected in zip(pressures, (120, 135, 150, 135, 120), strict=True):
        assert abs(pressure - expected) <= 2.5
    assert all(one.vitals["spo2_percent"] <= 100 for one in rounds)


@settings(max_examples=40)
@given(noise=st.floats(0, 10), seed=st.integers(0, 99))
def test_noise_stays_within_what_was_said(noise: float, seed: int) -> None:
    said = f"{{at: 0, do: curve, until: 60, every: 5, peak: 30, noise: {noise:.3f}, seed: {seed}"
    for step in read(with_step(f"{said}, device: monitor}}")).steps:
        assert isinstance(step.act, acts.Send)
        assert abs(step.act.vitals["systolic_mmhg"] - 120) <= noise + 0.501


def test_a_curve_without_oxygen_in_the_baseline_has_none() -> None:
    text = with_step("{at: 0, do: curve, until: 9, every: 3, peak: 4}").replace(", spo2_percent: 99", "")
    (first, *_) = read(text).steps
    assert first.act == acts.Measure(vitals={"systolic_mmhg": 120.0, "diastolic_mmhg": 80.0})


def test_a_recording_becomes_messages_with_its_gaps() -> None:
    csv = "elapsed_s,HR [bpm],SpO2 [%],NBPSys [mmHg],NBPDias [mmHg],NBPMean [mmHg]"
    rows = ("0,70,98,120,80,93", "60,71,0,,,", "90,,,,,90")
    block = "\n".join(f"      {line}" for line in (csv, *rows))
    step = f"at: 10\n    do: replay\n    device: monitor\n    csv: |\n{block}"
    first, second, third = read(with_step(step)).steps
    assert (first.at_min, second.at_min, third.at_min) == (10, 11, 11.5)
    assert isinstance(first.act, acts.Send)
    assert first.act.vitals == {
        "heart_rate_bpm": 70, "spo2_percent": 98, "systolic_mmhg": 120, "diastolic_mmhg": 80
    }  # fmt: skip
    assert second.act == acts.Send(
        device="monitor", vitals={"heart_rate_bpm": 71}, only=("heart_rate_bpm",), lost=("spo2_percent",)
    )
    assert third.act == acts.Send(device="monitor", lost=("heart_rate_bpm", "spo2_percent"))


def test_a_row_that_says_nothing_is_not_sent() -> None:
    csv = "elapsed_s,NBPSys [mmHg],NBPDias [mmHg]\n      0,120,80\n      60,,"
    step = f"at: 10\n    do: replay\n    device: monitor\n    csv: |\n      {csv}"
    assert [one.at_min for one in read(with_step(step)).steps] == [10]


REFUSALS = (
    ("- {", "line 1: this is not YAML"),
    ("title: \x07", "this is not YAML"),
    ("just words", "line 1, the file: expected names with their values, got 'just words'"),
    ("3: 4", "the file: expected names with their values"),
    ("", "the file: 'title' is missing"),
    (SMALL + "more: 1\n", "line 17, more: unknown key 'more'; expected one of title, teaches"),
    (SMALL.replace("teaches: what", "teach: what"), "line 2, teach: unknown key 'teach'"),
    (SMALL.replace("title: A small one", "title: 7"), "line 1, title: expected text, got 7"),
    (SMALL.replace("    product: ketamine_iv\n", ""), "line 4, patients.alma: 'product' is missing"),
    (SMALL.replace("ketamine_iv", "ketamin"), "line 6, patients.alma.product: expected one of esketamine_in"),
    (SMALL.replace("ketamine_iv", "[]"), "patients.alma.product: expected one of esketamine_in"),
    (SMALL.replace("dose_mg: 35", "dose_mg: much"), "line 7, patients.alma.dose_mg: expected a number"),
    (SMALL.replace("dose_mg: 35", "dose_mg: .inf"), "patients.alma.dose_mg: expected a number"),
    (SMALL.replace("dose_mg: 35", "dose_mg: true"), "patients.alma.dose_mg: expected a number, got True"),
    (
        SMALL.replace("systolic_mmhg", "systolic"),
        "baseline.systolic: unknown vital sign 'systolic'; expected",
    ),
    (
        SMALL.replace("systolic_mmhg: 120", "systolic_mmhg: 999"),
        "baseline.systolic_mmhg: Systolic pressure 999",
    ),
    (
        SMALL.replace("Alma Quist", "Alma"),
        "line 5, patients.alma.name: expected a given name and a family name",
    ),
    (
        SMALL.replace("room: Birch\n    base", "given_before_mg: 35\n    base"),
        "given_before_mg: expected a list",
    ),
    (
        SMALL.replace("room: Birch\n    base", "enrolled: 1\n    base"),
        "enrolled: expected true or false, got 1",
    ),
    (SMALL.replace("  monitor: {room: Birch}", "  monitor: Birch"), "devices.monitor: expected names with"),
    (with_step("{at: 0, do: dance}"), "line 14, timeline.0.do: expected one of arrive"),
    (with_step("{do: arrive}"), "line 14, timeline.0.at: expected a number, got nothing"),
    (with_step("{at: 0, who: bob, do: arrive}"), "timeline.0.who: expected one of alma, got 'bob'"),
    (with_step("{at: 0, do: arrive, fast: true}"), "timeline.0.fast: unknown key 'fast'"),
    (with_step("{at: 0, do: pause}"), "timeline.0: 'because' is missing"),
    (
        with_step("{at: 0, do: measure, sedation: 4.5}"),
        "timeline.0.sedation: expected a whole number, got 4.5",
    ),
    (with_step("{at: 0, do: measure, sedation: true}"), "expected a whole number, got True"),
    (with_step("{at: 0, do: measure, vitals: {spo2_percent: 3}}"), "timeline.0.vitals.spo2_percent: Oxygen"),
    (with_step("{at: 0, do: measure, only: [pulse]}"), "timeline.0.only: unknown vital sign 'pulse'"),
    (
        with_step("{at: 0, do: send, device: other}"),
        "timeline.0.device: expected one of monitor, got 'other'",
    ),
    (
        with_step("{at: 0, do: send, device: monitor, says: bob}"),
        "says: expected one of nobody, alma, got 'bob'",
    ),
    (with_step("{at: 0, do: send, device: monitor, lost: [x]}"), "timeline.0.lost: unknown vital sign 'x'"),
    (with_step("{at: 0, do: note, event: nausea, severity: bad}"), "severity: expected one of mild"),
    (with_step("{at: 0, do: prepare, refused: no}"), "timeline.0.refused: expected text, got False"),
    (
        with_step("{at: 0, do: prepare, refused: x}"),
        "'prepare' is several steps; say which of them is refused",
    ),
    (with_step("{at: 0, do: curve, until: 9, every: 0, peak: 5}"), "timeline.0: a curve needs 'every'"),
    (with_step("{at: 0, do: curve, until: 9, every: 1, peak: 10}"), "at 0 < peak 10 < until 9"),
    (
        with_step("{at: 0, do: replay, device: monitor, csv: nothing}"),
        "the recording cannot be read: Expected",
    ),
    (SMALL.replace("  - {at: 0, do: arrive}\n", "  at: 0\n"), "line 13, timeline: expected a list, got"),
    (
        SMALL.replace("timeline:\n  - {at: 0, do: arrive}", "timeline:"),
        "timeline: expected a list, got nothing",
    ),
    (with_expected("{who: alma, wish: 1}"), "line 16, expect.0: expected one of alarm, due"),
    (with_expected("{outcome: happy}"), "line 16, expect.0.outcome: expected one of released"),
    (with_expected("{alarm: ALM-1, about: x, priority: low}"), "line 16, expect.0: 'since' is missing"),
    (
        SMALL[: SMALL.index("patients")] + "patients: {}\ntimeline: []\nexpect: []\n",
        "expected at least one patient",
    ),
    ("title: 2026-13-45\n", "this is not YAML: month must be in 1..12"),
    ("[" * 5000, "line 1: a scenario is not nested deeper than 10"),
    (SMALL.replace("dose_mg: 35", "dose_mg: 35\n    dose_mg: 53"), "line 8: 'dose_mg' is said twice"),
    ("a: &x 1\nb: *x\n", "line 2: a scenario repeats nothing by alias"),
    ("#" * (MOST_CHARS + 1), f"expected at most {MOST_CHARS} characters"),
)


@pytest.mark.parametrize(("text", "words"), REFUSALS, ids=[str(place) for place in range(len(REFUSALS))])
def test_a_refusal_names_the_file_the_place_and_what_was_expected(text: str, words: str) -> None:
    with pytest.raises(BadScenario) as refused:
        read(text)
    assert str(refused.value).startswith("small.yaml")
    assert words in str(refused.value)


def test_where_there_are_two_patients_each_step_says_whom() -> None:
    second = SMALL.replace("devices:", "  bea:\n    name: Bea Lind\n    product: ketamine_iv\n"
                           "    dose_mg: 35\n    baseline: {systolic_mmhg: 120}\ndevices:")  # fmt: skip
    with pytest.raises(BadScenario, match=r"timeline\.0\.who: expected one of alma, bea, got nothing"):
        read(second)


KEYS = st.sampled_from(("title", "teaches", "patients", "timeline", "expect", "at", "do", "x"))
PLAIN = st.none() | st.booleans() | st.floats() | st.text(max_size=5)
DOCUMENTS = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=40)
@given(DOCUMENTS)
def test_whatever_stands_in_a_file_is_refused_in_words(document: object) -> None:
    with pytest.raises(BadScenario) as refused:
        read(yaml.safe_dump(document))
    assert str(refused.value).startswith("small.yaml")


def test_every_act_has_its_word() -> None:
    words = sorted(acts.ACTS)
    assert all(first < second for first, second in pairwise(words))
    assert acts.ACTS["arrive"] is acts.Arrive
