"""Small pieces of the kernels, each as written and as compiled: what the long runs seldom reach."""

import numpy as np
import pytest

from ajar.pharmacology.lanes import modal, sessions, stores, waves
from ajar.pharmacology.lanes.kernel import LANES
from tests.pharmacology.lanes.plainly import plain_python


@pytest.mark.parametrize("count", [3, LANES, 5 * LANES + 3])
@pytest.mark.parametrize("place", [0, 5])
def test_a_line_written_past_the_caches_is_the_line(count, place):
    line = np.arange(1.0, count + 1.0)
    for run in ("compiled", "plain"):
        out = stores.aligned(place + count + 2)
        if run == "plain":
            with plain_python():
                stores.stream_line(line, count, out, place, 0)
        else:
            stores.stream_line(line, count, out, place, 0)
        assert out[place : place + count].tolist() == line.tolist(), run
        assert out[:place].tolist() == [0.0] * place
        assert out[place + count :].tolist() == [0.0, 0.0]


def test_a_curve_is_handed_over_in_the_usual_way_or_past_the_caches():
    line = np.arange(1.0, 20.0)
    with plain_python():
        for first in (-1, 0):
            out = np.zeros(19)
            sessions.hand_over(line, 19, out, 0, first)
            assert out.tolist() == line.tolist()


def test_before_a_person_nothing_is_known_of_another():
    known, line = np.ones(64), np.ones(8)
    with plain_python():
        sessions.forget(known, line, 3)
    assert set(known[: waves.MODES]) == {-1.0}
    assert line.tolist() == [0.0] * 3 + [1.0] * 5


def test_a_part_counted_from_a_block_later_on_has_decayed_by_a_block():
    c, block = np.arange(1.0, waves.MODES + 1.0), np.full(waves.MODES + 2, 0.5)
    before = c.copy()
    with plain_python():
        waves.shift(c, block, 0)
    delayed = {waves.D_KM, waves.T_KM, waves.OF_KM}
    assert all(c[mode] == before[mode] / 2 for mode in range(waves.MODES) if mode not in delayed)
    assert c[waves.T_KM] == (before[waves.T_KM] + before[waves.D_KM]) / 2


def test_where_the_depots_last_every_block_is_drawn_with_all_modes():
    points = 2 * waves.WAVE + 3
    c, block = np.ones(waves.MODES), np.ones(waves.MODES + 2)
    block[[waves.ONCE, waves.TWICE]] = 0.0
    c[[waves.T_KM, waves.D_KM]] = 0.0
    out = np.zeros(points + 2 * waves.WAVE)
    with plain_python():
        peak = waves.draw(0, c, np.ones(waves.MODES * waves.WAVE), block, 0, 0.0, points, 0.0, out, 0)
    assert len(set(out[:points])) == 1
    assert peak == out[0] > 0


def test_a_body_that_could_not_be_prepared_is_left_to_the_propagator():
    heads = np.zeros(modal.STEPS * modal.DECAYS + modal.OUTPUTS + 3)
    firsts, nothing = np.zeros(2, dtype=np.int64), np.zeros(4)
    with plain_python():
        assert not modal.draw_output(0, heads, 0, nothing, 0, firsts, nothing, nothing, nothing)
        modal.begin_drawing(heads, 0, 0.1, nothing, nothing, nothing)
    assert nothing.tolist() == [0.0] * 4
