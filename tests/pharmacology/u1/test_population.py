"""Draws of people: the same for any chunking, and with the spread the source gives."""

import numpy as np
import pytest

from ajar.pharmacology.chance import LARGEST_INDEX, deviates
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.regimen import AfterHold, course, intravenous, nasal_devices, repeated, sublingual
from ajar.pharmacology.simulate import Circumstances, minutes, simulate, simulate_member
from ajar.pharmacology.u1.absorption import shifted_on_logit
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.population import PERSON_DEVIATES, SESSION_DEVIATES, draw
from ajar.pharmacology.u1.slow_table import PLACEBO_LOGIT_SHIFT
from ajar.pharmacology.u1.symptoms import Symptoms

TYPICAL = Person(weight_kg=70.0)
KEPT = [-1.2689537578868095, 0.3512070242751679, 0.053858535459894614]
LOZENGE = sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=1 / 6, after_hold=AfterHold.SWALLOWED)


@pytest.fixture(scope="module")
def people():
    return [draw(TYPICAL, seed=7, index=index, sessions=2) for index in range(2000)]


def spread(values):
    logs = np.log(values)
    return float(np.sqrt(np.expm1(logs.var()))), float(np.exp(logs.mean()))


def test_a_person_is_the_same_whoever_was_drawn_before():
    alone = draw(TYPICAL, seed=7, index=5, sessions=2)
    for index in (9, 1):
        draw(TYPICAL, seed=7, index=index, sessions=1)
    assert draw(TYPICAL, seed=7, index=5, sessions=2) == alone


def test_another_seed_index_or_version_is_another_person():
    one = deviates(version="a", seed=1, index=1, session=0, count=8)
    for other in ({"version": "b"}, {"seed": 2}, {"index": 2}, {"session": 1}):
        asked = {"version": "a", "seed": 1, "index": 1, "session": 0, "count": 8} | other
        assert not set(deviates(**asked)) & set(one)


def test_a_longer_course_does_not_change_the_sessions_before():
    short = draw(TYPICAL, seed=7, index=5, sessions=2)
    long = draw(TYPICAL, seed=7, index=5, sessions=6)
    assert long.individual.uptakes[:2] == short.individual.uptakes
    assert len({uptake.kg_per_h for uptake in long.individual.uptakes}) == 6


def test_these_numbers_are_kept():
    """If this fails, every seeded result has changed: raise the model's version."""
    numbers = deviates(version="u1 1.0.0", seed=1, index=0, session=0, count=3)
    assert numbers == pytest.approx(KEPT, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "cv", "median"),
    [("cl_l_h", 0.20, 83.5), ("v1_l", 0.25, 35.0), ("v3_l", 0.40, 270.0), ("ke0_per_h", 0.35, 5.01)],
)
def test_disposition_spreads_as_the_source_says(people, name, cv, median):
    found_cv, found_median = spread([getattr(one.individual.s, name) for one in people])
    assert found_cv == pytest.approx(cv, rel=0.06)
    assert found_median == pytest.approx(median, rel=0.03)


def test_clearances_of_s_and_r_are_fully_correlated_and_with_v1_partly(people):
    s = np.log([one.individual.s.cl_l_h for one in people])
    r = np.log([one.individual.r.cl_l_h for one in people])
    v1 = np.log([one.individual.s.v1_l for one in people])
    assert np.corrcoef(s, r)[0, 1] == pytest.approx(1.0)
    assert np.corrcoef(s, v1)[0, 1] == pytest.approx(0.4, abs=0.05)


def test_symptoms_answer_with_a_weak_link_to_dissociation_and_a_resistant_third(people):
    response = np.log([one.response_e for one in people])
    emax = np.log([one.individual.sensitivity.cadss_maximum for one in people])
    # The resistant class widens the response, and so dilutes the correlation of 0.2 within a class.
    assert 0.1 < np.corrcoef(response, emax)[0, 1] < 0.22
    assert np.exp(np.median(response)) < 1.0
    assert (np.exp(response) < 0.3).mean() == pytest.approx(0.175 + 0.65 * 0.0149, abs=0.03)


def test_shares_stay_shares(people):
    japanese = [
        draw(Person(weight_kg=70.0, ancestry=Ancestry.JAPANESE), seed=3, index=index, sessions=1)
        for index in range(300)
    ]
    for one in [*people, *japanese]:
        for uptake in one.individual.uptakes:
            shares = [uptake.muscle_share, uptake.nasal_share, uptake.escapes_liver_s]
            assert all(0.0 < share < 1.0 for share in [*shares, uptake.mucosal_share(1.0)])
        assert 0.0 < one.individual.sensitivity.attenuated_share < 1.0


def test_the_heart_slows_in_some(people):
    assert any(one.individual.sensitivity.heart_rate_maximum_per_min < 0 for one in people)


def test_a_member_answers_with_their_own_body_in_every_session():
    regimen = repeated(LOZENGE, on_days=(0.0, 7.0))
    given = Circumstances(
        symptoms=Symptoms(madrs_baseline=33.0, response_e=1.0, placebo_share=0.0, stress=0.0)
    )
    times_h = minutes(hours=180.0)
    one = simulate_member(regimen, TYPICAL, seed=1, index=3, times_h=times_h, circumstances=given)
    same = simulate_member(regimen, TYPICAL, seed=1, index=3, times_h=times_h, circumstances=given)
    typical = simulate(regimen, TYPICAL, times_h=times_h, circumstances=given)
    assert all(np.array_equal(one[name], same[name]) for name in one.curves)
    assert not np.array_equal(one["madrs"], typical["madrs"])
    first, second = one["norketamine_ng_ml"][: 60 * 24], one["norketamine_ng_ml"][60 * 168 :]
    assert int(first.argmax()) != int(second.argmax())


def test_a_member_without_a_baseline_has_no_scores():
    seen = simulate_member(
        course(nasal_devices(devices=1)), TYPICAL, seed=1, index=3, times_h=minutes(hours=1)
    )
    assert "madrs" not in seen.curves


def test_the_last_known_session_stands_for_those_after_it():
    body = draw(TYPICAL, seed=1, index=0, sessions=2).individual
    assert body.uptake_in(5) == body.uptakes[1]
    assert typical_individual(TYPICAL).uptake_in(9) == typical_individual(TYPICAL).uptakes[0]


def test_everything_named_to_vary_does(people):
    assert len(set(PERSON_DEVIATES)) == len(PERSON_DEVIATES)
    assert len({one.individual.sensitivity for one in people}) == len(people)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": -1},
        {"index": -1},
        {"index": LARGEST_INDEX + 1},
        {"session": -1},
        {"session": 2**60},
        {"count": 4097},
    ],
)
def test_what_no_stream_has_is_refused(wrong):
    asked = {"version": "a", "seed": 1, "index": 1, "session": 0, "count": 8} | wrong
    with pytest.raises(ValueError, match="of a draw is a whole number from 0 to"):
        deviates(**asked)


def test_a_draw_without_sessions_is_refused():
    with pytest.raises(ValueError, match="at least one session"):
        draw(TYPICAL, seed=1, index=1, sessions=0)


def test_what_was_added_to_a_draw_comes_last():
    """A draw's other numbers keep their place in the stream: 1.1.0 added these two."""
    assert PERSON_DEVIATES[-2:] == ("resistant", "placebo")
    assert SESSION_DEVIATES == ("mucosal_uptake", "kg", "pressure")


def test_pressure_answers_differently_on_another_day(people):
    first, second = ([one.individual.pressure_in(number) for one in people] for number in (0, 1))
    for day in (first, second):
        cv, median = spread(day)
        assert cv == pytest.approx(0.25, rel=0.06)
        assert median == pytest.approx(1.0, abs=0.02)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.06
    assert people[0].individual.pressure_in(9) == second[0]
    assert typical_individual(TYPICAL).pressure_in(3) == 1.0


def test_a_member_s_pressure_is_that_of_the_day():
    infusion = intravenous(drug=Drug.ESKETAMINE, amount_mg=17.5, duration_h=40 / 60)
    regimen = repeated(infusion, on_days=(0.0, 14.0))
    times_h = np.array([0.5, 0.7, 336.5, 336.7])
    one = simulate_member(regimen, TYPICAL, seed=1, index=3, times_h=times_h)
    days = draw(TYPICAL, seed=1, index=3, sessions=2).individual.pressure_days
    for name in ("sbp_rise_mmhg", "dbp_rise_mmhg"):
        assert one[name][2:] / one[name][:2] == pytest.approx(days[1] / days[0], rel=1e-4)


def test_placebo_shares_have_the_mean_and_spread_of_the_source(people):
    shares = np.array([one.placebo_share(0.17) for one in people])
    assert shares.mean() == pytest.approx(0.17, abs=0.01)
    assert shares.std() == pytest.approx(0.15, abs=0.01)
    assert people[0].placebo_share(0.0) == 0.0


def test_the_placebo_spread_is_solved_for_its_mean_and_sd():
    nodes, node_weights = np.polynomial.hermite_e.hermegauss(80)
    shift = PLACEBO_LOGIT_SHIFT
    shares = np.array([shifted_on_logit(0.17, shift.value + shift.between_subject_sd * z) for z in nodes])
    mean = np.average(shares, weights=node_weights)
    assert mean == pytest.approx(0.17, abs=1e-4)
    assert np.sqrt(np.average((shares - mean) ** 2, weights=node_weights)) == pytest.approx(0.15, abs=1e-4)


def test_a_member_without_drug_effect_still_has_their_own_placebo():
    given = Symptoms(madrs_baseline=33.0, response_e=0.0, placebo_share=0.17, stress=0.0)
    one = simulate_member(
        course(nasal_devices(devices=1)),
        TYPICAL,
        seed=1,
        index=3,
        times_h=np.array([0.0, 48.0]),
        circumstances=Circumstances(symptoms=given),
    )
    share = draw(TYPICAL, seed=1, index=3, sessions=1).placebo_share(0.17)
    assert -one["madrs_change"][1] / 33.0 == pytest.approx(share, rel=1e-6)
