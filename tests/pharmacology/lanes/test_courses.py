"""Fast courses are those of the readable chain."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ajar.pharmacology.lanes.bodies import drawn_bodies, typical_bodies
from ajar.pharmacology.lanes.courses import OUTPUTS, STATES, CourseSymptoms, certify, courses
from ajar.pharmacology.lanes.planner import plan_of
from ajar.pharmacology.lanes.site import APART, moved_apart
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous, nasal_devices, repeated
from ajar.pharmacology.simulate import simulate_member
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Circumstances, exposure
from ajar.pharmacology.u1.population import draw
from ajar.pharmacology.u1.slow import AT_REST, change_per_h
from ajar.pharmacology.u1.slow import STATES as CHAIN
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.pharmacology.u1.weeks import NAMES
from tests.pharmacology.lanes.plainly import plain_python
from tests.pharmacology.scenarios import SESSIONS

PERSON = Person(weight_kg=82.0)
GIVEN = Symptoms(madrs_baseline=34.0, response_e=0.9, placebo_share=0.17, stress=0.3)
DAYS = (0.0, 3.0)
TIMES_H = np.unique(np.concatenate([[0.0, 0.5, 1.5, 4.0, 9.3], 24.0 * np.arange(1.0, 5.0)]))
KNOWN_OF_READABLE = [name for name in STATES if name != "potent_ng_ml"]
BY_ROUTE = [
    "IV racemate 35 mg/40 min",
    "IM racemate 70 mg",
    "SL racemate 200 mg, hold 20",
    "oral racemate 50 mg",
    "nasal esketamine 84 mg",
]


def of(regimen, bodies, **other):
    usual = {"symptoms": CourseSymptoms.of(GIVEN, bodies), "times_h": TIMES_H, "outputs": OUTPUTS}
    return courses(regimen, bodies, **(usual | other))


@pytest.mark.parametrize("name", BY_ROUTE)
def test_every_route_is_that_of_the_readable_chain(name):
    regimen = repeated(SESSIONS[name], on_days=DAYS)
    seen = of(regimen, drawn_bodies(PERSON, seed=6, start=3, count=1, sessions=2))
    expected = simulate_member(
        regimen, PERSON, seed=6, index=3, times_h=TIMES_H, circumstances=Circumstances(symptoms=GIVEN)
    )
    for state in KNOWN_OF_READABLE:
        np.testing.assert_allclose(seen[state][0], expected[state], atol=1e-4)
    for score, most in (
        ("drug_improvement_share", 1.0),
        ("madrs", 60.0),
        ("madrs_change", 60.0),
        ("phq9", 60.0),
    ):
        np.testing.assert_allclose(seen[score][0], expected[score], atol=1e-5 * most)
    for row, session in enumerate(expected.sessions):
        assert seen.attenuations[0, row] == pytest.approx(session.attenuation, rel=1e-12)
        assert seen.cadss_peaks[0, row] == pytest.approx(session.cadss_peak, rel=2e-3)


def test_every_state_agrees_with_a_tight_tolerance_solver():
    regimen, individual = course(SESSIONS["IV racemate 70 mg/40 min"]), typical_individual(PERSON)
    times_h = np.array([0.0, 2 / 3, 2.0, 6.0])
    seen = of(regimen, typical_bodies(PERSON), times_h=times_h)

    def rates(time_h, x):
        now = exposure(regimen, individual, times_h=np.array([time_h]))
        return change_per_h(tuple(x), float(now.block[0]), float(now.potent_ng_ml[0]), GIVEN.stress)

    x = np.array(AT_REST)
    for row in range(1, len(times_h)):
        between = (float(times_h[row - 1]), float(times_h[row]))
        x = solve_ivp(rates, between, x, method="DOP853", rtol=1e-7, atol=1e-9, max_step=0.25).y[:, -1]
        for state, value in zip(CHAIN, x, strict=True):
            assert seen[NAMES[state][0]][0, row] == pytest.approx(value, abs=1e-4)


def test_a_certificate_says_what_halved_steps_change():
    regimen = repeated(SESSIONS["IV racemate 35 mg/40 min"], on_days=(0.0, 3.0, 7.0))
    bodies = drawn_bodies(PERSON, seed=2, start=0, count=20, sessions=1)
    certificate = certify(
        regimen,
        bodies,
        symptoms=CourseSymptoms.of(GIVEN, bodies),
        times_h=24.0 * np.arange(15.0),
        outputs=("madrs", *KNOWN_OF_READABLE),
    )
    assert 0.0 < certificate["madrs"] < 60.0 * 1e-5
    assert all(certificate[state] < 1e-4 for state in KNOWN_OF_READABLE)


@pytest.mark.parametrize("size", [1, 2, 7])
@pytest.mark.parametrize("name", ["IV racemate 35 mg/40 min", "nasal esketamine 84 mg"])
def test_nobody_changes_with_the_company(name, size):
    regimen = repeated(SESSIONS[name], on_days=(0.0, 3.0, 30.0))
    bodies = drawn_bodies(PERSON, seed=8, start=0, count=14, sessions=3)
    times_h = 24.0 * np.arange(40.0)
    whole = of(regimen, bodies, times_h=times_h)
    for first in range(0, 14, size):
        some = slice(first, first + size)
        part = of(regimen, bodies.some(some), times_h=times_h)
        for output in OUTPUTS:
            np.testing.assert_array_equal(part[output], whole[output][some])
        np.testing.assert_array_equal(part.peaks_ng_ml, whole.peaks_ng_ml[some])


def test_a_course_is_the_same_in_plain_python():
    infusion = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5, start_h=72.0)
    regimen = course(SESSIONS["IM racemate 35 mg"], nasal_devices(devices=1, start_h=70.0), infusion)
    bodies = drawn_bodies(PERSON, seed=8, start=0, count=1, sessions=2)
    times_h = np.array([0.0, 1.0, 71.0, 74.0])
    compiled = of(regimen, bodies, times_h=times_h)
    infused = of(course(SESSIONS["IV racemate 35 mg/40 min"]), bodies, times_h=times_h[:2])
    with plain_python():
        plainly = of(regimen, bodies, times_h=times_h)
        infused_plainly = of(course(SESSIONS["IV racemate 35 mg/40 min"]), bodies, times_h=times_h[:2])
    for output in OUTPUTS:
        np.testing.assert_allclose(plainly[output], compiled[output], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(infused_plainly[output], infused[output], rtol=1e-9, atol=1e-12)


def test_a_later_first_dose_waits_at_rest():
    later = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5, start_h=2.0))
    sooner = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5, start_h=0.0))
    bodies = typical_bodies(PERSON)
    waits = of(later, bodies, times_h=np.array([0.0, 1.0, 3.0, 12.0]), outputs=KNOWN_OF_READABLE)
    starts = of(sooner, bodies, times_h=np.array([0.0, 1.0, 10.0]), outputs=KNOWN_OF_READABLE)
    for state in KNOWN_OF_READABLE:
        rest = 1.0 if state == "cytokines_share" else 0.0
        np.testing.assert_array_equal(waits[state][0, :2], rest)
        np.testing.assert_allclose(waits[state][0, 2:], starts[state][0, 1:], atol=1e-6)


def test_a_dose_after_the_last_time_does_nothing():
    session = SESSIONS["IM racemate 35 mg"]
    once, twice = (
        of(repeated(session, on_days=days), typical_bodies(PERSON), times_h=np.array([0.0, 1.0, 24.0]))
        for days in ((0.0,), (0.0, 1.0))
    )
    np.testing.assert_array_equal(once["madrs"], twice["madrs"])
    assert twice.peaks_ng_ml.shape == (1, 1)


def test_the_placebo_share_is_that_of_the_readable_draw():
    bodies = drawn_bodies(PERSON, seed=2, start=0, count=3, sessions=1)
    shares = CourseSymptoms.of(GIVEN, bodies).placebo_share
    readable = [
        draw(PERSON, seed=2, index=one, sessions=1).placebo_share(GIVEN.placebo_share) for one in range(3)
    ]
    np.testing.assert_allclose(shares, readable, rtol=1e-12)
    nobody = CourseSymptoms.of(replace(GIVEN, placebo_share=0.0), bodies)
    np.testing.assert_array_equal(nobody.placebo_share, 0.0)
    typical = CourseSymptoms.of(GIVEN, typical_bodies(PERSON))
    assert typical.placebo_share[0] == pytest.approx(GIVEN.placebo_share)


def test_more_stress_loses_more_synapses():
    regimen, bodies = course(SESSIONS["IV racemate 35 mg/40 min"]), typical_bodies(PERSON, count=2)
    symptoms = CourseSymptoms.of(GIVEN, bodies)
    symptoms.stress[:] = (0.0, 2.0)
    seen = of(regimen, bodies, symptoms=symptoms, times_h=np.array([0.0, 48.0]), outputs=("synaptic_gain",))
    assert seen["synaptic_gain"][0, 1] > seen["synaptic_gain"][1, 1] > 0.0


def test_equal_rates_are_moved_apart():
    others = np.array([2.0, 2.0 * (1.0 + 2.0 * APART), 5.0])
    for kernel in (moved_apart, moved_apart.py_func):
        moved = kernel(2.0, others, 3)
        assert (np.abs(moved - others) >= APART * moved).all()
        assert moved == pytest.approx(2.0, rel=1e-5)
        assert kernel(3.0, others, 3) == 3.0


def test_a_plan_passes_through_every_moment_and_time():
    moments_h, times_h = np.array([0.0, 0.123, 30.0]), np.array([0.0, 10.0, 24.0, 24.5])
    plan = plan_of(moments_h, [0.0, 30.0], times_h)
    assert plan.nodes_h[plan.asked >= 0].tolist() == times_h.tolist()
    assert plan.nodes_h[plan.events >= 0].tolist() == [0.0, 0.123]
    assert plan.opened[0] == 0
    assert (plan.opened == 1).sum() == 0
    np.testing.assert_allclose(plan.sizes_h[plan.sizes], np.diff(plan.nodes_h), atol=2e-12)
    assert len(plan_of(moments_h, [0.0], times_h, halvings=1).sizes) == 2 * len(plan.sizes)


def test_what_does_not_fit_is_refused():
    regimen, bodies = course(SESSIONS["IM racemate 35 mg"]), typical_bodies(PERSON)
    with pytest.raises(KeyError, match="no output 'joy'"):
        of(regimen, bodies, outputs=("joy",))
    with pytest.raises(KeyError, match="no output 'phq9'"):
        of(regimen, bodies, outputs=("madrs",))["phq9"]
    with pytest.raises(ValueError, match="as many symptoms"):
        of(regimen, bodies, symptoms=CourseSymptoms.of(GIVEN, typical_bodies(PERSON, count=2)))
    one = np.ones(1)
    good = {"madrs_baseline": 30.0 * one, "response_e": one, "placebo_share": 0.0 * one, "stress": 0.0 * one}
    for other, words in (
        ({"stress": 11.0 * one}, "at most 10"),
        ({"stress": np.zeros(2)}, "one number of people"),
        ({"madrs_baseline": 61.0 * one}, "at most 60"),
    ):
        with pytest.raises(ValueError, match=words):
            CourseSymptoms(**(good | other))
