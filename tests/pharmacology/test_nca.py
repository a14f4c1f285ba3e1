"""Non-compartmental quantities on curves whose answers are known."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.nca import (
    auc_ng_h_ml,
    auc_to_infinity_ng_h_ml,
    aumc_ng_h2_ml,
    half_life_h,
    nca,
    peak,
    terminal_slope,
    time_above_h,
)
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous
from ajar.pharmacology.simulate import simulate

TIMES_H = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 12.0])
FALLING = 100.0 * np.exp(-0.3 * TIMES_H)


def test_the_peak_is_the_first_highest_point():
    found = peak(TIMES_H, np.array([0.0, 5.0, 9.0, 9.0, 2.0, 1.0]))
    assert (found.cmax_ng_ml, found.tmax_h) == (9.0, 2.0)


def test_a_falling_exponential_has_its_exact_area_however_sparse_the_points():
    assert auc_ng_h_ml(TIMES_H, FALLING) == pytest.approx(100.0 / 0.3 * (1 - np.exp(-3.6)), rel=1e-12)
    assert auc_to_infinity_ng_h_ml(TIMES_H, FALLING, from_h=4.0) == pytest.approx(100.0 / 0.3, rel=1e-12)


def test_a_rise_is_straight_and_a_fall_to_nothing_too():
    assert auc_ng_h_ml(np.array([0.0, 1.0, 3.0]), np.array([0.0, 4.0, 0.0])) == pytest.approx(2.0 + 4.0)


def test_the_half_life_is_that_of_the_tail():
    assert half_life_h(TIMES_H, FALLING, from_h=2.0) == pytest.approx(np.log(2.0) / 0.3, rel=1e-12)


@pytest.mark.parametrize(("threshold", "hours"), [(0.0, 3.0), (2.0, 1.5), (4.0, 0.0), (9.0, 0.0)])
def test_time_above_is_read_on_straight_lines(threshold, hours):
    found = time_above_h(np.array([0.0, 1.0, 3.0]), np.array([0.0, 4.0, 0.0]), threshold_ng_ml=threshold)
    assert found == pytest.approx(hours)


# Worked by hand. Rises: trapezoids 2 + 6. Falls: 2 h x 2 / ln(8/6), then 4 h x 3 / ln 2 and 4 h x 1.5 / ln 2.
ORAL_H = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 12.0, 16.0])
ORAL = np.array([0.0, 4.0, 8.0, 6.0, 3.0, 1.5, 0.0])
ORAL_AUC = 2.0 + 6.0 + 4.0 / np.log(8.0 / 6.0) + 12.0 / np.log(2.0) + 6.0 / np.log(2.0)
ORAL_TAIL = 1.5 * 4.0 / np.log(2.0)


def test_a_table_worked_by_hand():
    found = nca(ORAL_H, ORAL, dose_mg=2.0)
    assert (found.cmax_ng_ml, found.tmax_h, found.clast_ng_ml, found.tlast_h) == (8.0, 2.0, 1.5, 12.0)
    assert found.auc_last_ng_h_ml == pytest.approx(ORAL_AUC, rel=1e-12)
    assert found.half_life_h == pytest.approx(4.0, rel=1e-12)
    assert found.terminal.points == 3  # the peak is not among them
    assert found.auc_to_infinity_ng_h_ml == pytest.approx(ORAL_AUC + ORAL_TAIL, rel=1e-12)
    assert found.extrapolated_share == pytest.approx(ORAL_TAIL / (ORAL_AUC + ORAL_TAIL), rel=1e-12)
    assert found.clearance_over_f_l_h == pytest.approx(2000.0 / (ORAL_AUC + ORAL_TAIL), rel=1e-12)
    assert found.volume_z_over_f_l == pytest.approx(found.clearance_over_f_l_h * 4.0 / np.log(2.0), rel=1e-12)
    assert found.doubts == ()


def test_the_first_moment_is_that_of_straight_rises_and_exponential_falls():
    def curve(hours):
        if hours < 2.0:
            return np.interp(hours, ORAL_H, ORAL)
        return np.exp(np.interp(hours, ORAL_H[2:6], np.log(ORAL[2:6])))

    expected = sum(
        quad(lambda t: t * curve(t), low, high, epsabs=1e-12)[0] for low, high in pairwise(ORAL_H[:6])
    )
    assert aumc_ng_h2_ml(ORAL_H[:6], ORAL[:6]) == pytest.approx(expected, rel=1e-10)


def test_an_exponential_gives_back_what_made_it():
    found = nca(TIMES_H, FALLING, dose_mg=10.0)
    assert found.clearance_over_f_l_h == pytest.approx(30.0, rel=1e-12)
    assert found.volume_z_over_f_l == pytest.approx(100.0, rel=1e-12)
    assert found.mean_residence_h == pytest.approx(1.0 / 0.3, rel=1e-12)
    assert found.terminal.adjusted_r2 == pytest.approx(1.0, rel=1e-12)
    assert found.terminal.clast_predicted_ng_ml == pytest.approx(FALLING[-1], rel=1e-12)


def test_the_terminal_line_leaves_the_steep_beginning_out():
    hours = np.array([0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0])
    found = terminal_slope(hours, 100.0 * np.exp(-2.0 * hours) + 10.0 * np.exp(-0.1 * hours))
    assert (found.from_h, found.until_h) == (4.0, 24.0)
    assert found.half_life_h == pytest.approx(np.log(2.0) / 0.1, rel=2e-3)


def test_of_lines_that_fit_as_well_the_longest_is_taken():
    assert terminal_slope(TIMES_H, FALLING).points == 5


def test_u1_clears_by_its_own_analysis_what_its_parameters_say():
    regimen = course(intravenous(drug=Drug.ESKETAMINE, amount_mg=17.5, duration_h=2 / 3))
    times_h = np.unique(np.concatenate([np.linspace(0.0, 4.0, 2401), np.linspace(4.0, 96.0, 921)]))
    seen = simulate(regimen, Person(weight_kg=70.0), times_h=times_h)["s_ketamine_arterial_ng_ml"]
    found = nca(times_h, seen, dose_mg=17.5, infusion_h=2 / 3)
    assert found.clearance_over_f_l_h == pytest.approx(83.5, rel=1e-4)
    assert found.mean_residence_h == pytest.approx((35.0 + 122.0 + 270.0) / 83.5, rel=1e-3)  # Vss over CL


@pytest.mark.parametrize(
    ("hours", "values", "words"),
    [
        ([0.0, 1.0, 2.0], [1.0, 2.0, 1.0], "needs 3 points above zero after the peak"),
        ([0.0, 1.0, 2.0, 3.0, 4.0], [9.0, 1.0, 1.0, 1.0, 1.0], "does not fall after its peak"),
    ],
)
def test_without_a_terminal_slope_the_rest_is_there_and_says_why(hours, values, words):
    found = nca(np.array(hours), np.array(values), dose_mg=1.0)
    assert found.terminal is found.half_life_h is found.clearance_over_f_l_h is None
    assert found.auc_last_ng_h_ml > 0
    assert words in found.doubts[0]


def test_a_poor_tail_is_doubted_in_words():
    found = nca(np.array([0.0, 1.0, 2.0, 3.0, 4.0]), np.array([9.0, 8.0, 6.0, 7.0, 5.0]), dose_mg=1.0)
    assert [words.split(" ")[-1] for words in found.doubts] == ["0.9", "20%", "2"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: peak(np.array([]), np.array([])), "One value a time"),
        (lambda: peak(TIMES_H, FALLING[:3]), "One value a time"),
        (lambda: peak(TIMES_H[::-1], FALLING), "finite and rising"),
        (lambda: peak(np.array([0.0, np.inf]), np.array([1.0, 1.0])), "finite and rising"),
        (lambda: auc_ng_h_ml(TIMES_H, -FALLING), "not negative"),
        (lambda: auc_ng_h_ml(np.array([0.0]), np.array([np.nan])), "not negative"),
        (lambda: half_life_h(TIMES_H, FALLING, from_h=8.0), "needs 3 points above zero after 8 h"),
        (lambda: half_life_h(TIMES_H, FALLING[::-1], from_h=0.0), "does not fall"),
        (lambda: aumc_ng_h2_ml(TIMES_H, -FALLING), "not negative"),
        (lambda: nca(TIMES_H, FALLING, dose_mg=0.0), "above 0 mg"),
        (lambda: nca(TIMES_H, FALLING, dose_mg=1.0, infusion_h=-1.0), "takes 0 h or more"),
        (lambda: nca(TIMES_H, 0.0 * FALLING, dose_mg=1.0), "No value is above zero"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()
