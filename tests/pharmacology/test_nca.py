"""Non-compartmental quantities on curves whose answers are known."""

import numpy as np
import pytest

from ajar.pharmacology.nca import (
    auc_ng_h_ml,
    auc_to_infinity_ng_h_ml,
    half_life_h,
    peak,
    time_above_h,
)

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
    ],
)
def test_what_has_no_answer_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()
