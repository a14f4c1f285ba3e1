"""Bodies drawn by compiled loops are those of the readable draw, number for number."""

from dataclasses import fields
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.pharmacology.chance import LARGEST_INDEX, deviates
from ajar.pharmacology.lanes import draws
from ajar.pharmacology.lanes.bodies import COLUMNS, Bodies, bodies_of, drawn_bodies, typical_bodies
from ajar.pharmacology.lanes.propagate import DISPOSITION
from ajar.pharmacology.person import Ancestry, Cyp2b6, Person, Sex
from ajar.pharmacology.u1.disposition import Disposition, Option
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.population import draw
from tests.pharmacology.lanes.plainly import plain_python

ANYONE = Person(
    weight_kg=91.0,
    age_years=61.0,
    sex=Sex.FEMALE,
    ancestry=Ancestry.JAPANESE,
    hypertension=True,
    cyp2b6=Cyp2b6.ONE_VARIANT,
)
EVERY_OPTION = frozenset(Option)


def same(some, others):
    np.testing.assert_allclose(some.values, others.values, rtol=1e-12)
    np.testing.assert_allclose(some.uptakes, others.uptakes, rtol=1e-12)


def identical(some, others):
    np.testing.assert_array_equal(some.values, others.values)
    np.testing.assert_array_equal(some.uptakes, others.uptakes)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**40), st.integers(0, LARGEST_INDEX - 3), st.integers(1, 3))
def test_everyone_is_the_person_of_the_readable_draw(seed, start, sessions):
    drawn = drawn_bodies(ANYONE, seed=seed, start=start, count=3, sessions=sessions, options=EVERY_OPTION)
    readable = [
        draw(ANYONE, seed=seed, index=start + one, sessions=sessions, options=EVERY_OPTION)
        for one in range(3)
    ]
    same(drawn, bodies_of(readable))


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_person_is_the_same_in_any_chunk(size):
    whole = drawn_bodies(ANYONE, seed=4, start=0, count=14, sessions=2)
    for start in range(0, 14, size):
        part = drawn_bodies(ANYONE, seed=4, start=start, count=min(size, 14 - start), sessions=2)
        identical(part, whole.some(slice(start, start + size)))


@pytest.mark.parametrize("block", [0, 1024, 9 * 1024])
def test_normal_numbers_are_those_of_chance_to_the_last_bit(block):
    key = np.frombuffer(bytes.fromhex("3b" * 16), dtype="<u8").astype(np.uint64)
    made, raw = np.empty(30), np.empty(8, dtype=np.uint64)
    draws.normal_numbers(key, 77, block, 30, raw, made)
    plainly = np.empty(30)
    with plain_python():
        draws.normal_numbers(key, 77, block, 30, raw, plainly)
    np.testing.assert_array_equal(made, plainly)
    generator = np.random.Philox(
        key=int.from_bytes(bytes.fromhex("3b" * 16), "little"), counter=77 * 2**64 + block
    )
    shares = [((int(number) >> 11) + 0.5) * 2.0**-53 for number in generator.random_raw(30)]
    assert made.tolist() == [NormalDist().inv_cdf(share) for share in shares]


@pytest.mark.parametrize(
    "share", [1e-300, 1e-20, 2e-12, 0.01, 0.0749, 0.075, 0.3, 0.5, 0.9, 0.926, 1 - 1e-12]
)
def test_the_inverse_normal_is_that_of_the_standard_library(share):
    assert draws.inverse_normal(share) == NormalDist().inv_cdf(share)
    with plain_python():
        assert draws.inverse_normal(share) == NormalDist().inv_cdf(share)


def test_a_draw_is_the_same_in_plain_python():
    with plain_python():
        plainly = drawn_bodies(ANYONE, seed=2, start=0, count=6, sessions=2)
    same(plainly, drawn_bodies(ANYONE, seed=2, start=0, count=6, sessions=2))
    answers = plainly.column("response_e")
    assert answers.min() < 0.5 < answers.max()


def test_the_columns_of_a_disposition_are_all_of_its_parameters():
    assert {part.name for part in fields(Disposition)} == set(DISPOSITION)


def test_typical_bodies_are_typical_individuals():
    one = bodies_of([typical_individual(ANYONE, options=EVERY_OPTION)])
    many = typical_bodies(ANYONE, options=EVERY_OPTION, count=3, sessions=2)
    assert len(many) == 3
    identical(many.some(slice(1, 2)), Bodies(values=one.values, uptakes=np.tile(one.uptakes, (1, 2, 1))))
    assert many.column("s_cl_l_h")[0] == typical_individual(ANYONE, options=EVERY_OPTION).s.cl_l_h


def test_numbers_depend_on_nothing_but_seed_index_and_session():
    assert deviates(version="u1 1.0.0", seed=1, index=0, session=0, count=1) == pytest.approx(
        [-1.2689537578868095]
    )


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"seed": -1}, "The seed of a draw"),
        ({"start": -1}, "The index of a draw"),
        ({"count": 0}, "at least one person"),
        ({"start": LARGEST_INDEX, "count": 2}, "up to number"),
        ({"sessions": 0}, "at least one session"),
    ],
)
def test_a_draw_of_nobody_is_refused(other, words):
    with pytest.raises(ValueError, match=words):
        drawn_bodies(ANYONE, **({"seed": 1, "start": 0, "count": 1, "sessions": 1} | other))


def test_bodies_that_do_not_fit_are_refused():
    good = typical_bodies(ANYONE)
    with pytest.raises(ValueError, match=f"{len(COLUMNS)} columns"):
        Bodies(values=good.values[:, 1:], uptakes=good.uptakes)
    for uptakes in (good.uptakes[0], good.uptakes[:, :, 1:], good.uptakes[:, :0]):
        with pytest.raises(ValueError, match="at least one session"):
            Bodies(values=good.values, uptakes=uptakes)
    with pytest.raises(ValueError, match="one number of sessions"):
        bodies_of([])
    with pytest.raises(KeyError, match="no column 'clearance'"):
        good.column("clearance")
