"""Sums of exponentials: where they hold, and that whoever they do not hold for is done otherwise."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.lanes import cascade, exponentials
from ajar.pharmacology.lanes.acute import acute_sessions
from ajar.pharmacology.lanes.bodies import bodies_of
from ajar.pharmacology.lanes.kernel import LANES
from ajar.pharmacology.lanes.propagate import DISPOSITION
from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intramuscular
from ajar.pharmacology.simulate import minutes
from ajar.pharmacology.u1.absorption import Absorption
from ajar.pharmacology.u1.disposition import disposition_of
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.pk import model_of
from tests.pharmacology.lanes.plainly import plain_python
from tests.pharmacology.lanes.test_acute import error, readable
from tests.pharmacology.scenarios import SESSIONS

PERSON = Person(weight_kg=70.0)
DEPOTS = np.array([5.0, 2.5, 12.0, 0.14])


def body_of(disposition, depots=DEPOTS):
    w = np.zeros(cascade.BODY_ROWS * LANES)
    rows = w.reshape(-1, LANES)
    rows[: len(DISPOSITION)] = np.array([[getattr(disposition, name)] for name in DISPOSITION])
    rows[cascade.DEPOTS : cascade.DEPOTS + 4] = depots[:, np.newaxis]
    cascade.fill_body(w, 1)
    return rows


def rates_of(disposition, depots=DEPOTS):
    return body_of(disposition, depots)[cascade.RATES : cascade.RATES + cascade.MODES, 0]


@pytest.mark.parametrize("weight_kg", [40.0, 70.0, 160.0])
def test_the_rates_are_the_eigenvalues_of_the_equations(weight_kg):
    disposition = disposition_of(Person(weight_kg=weight_kg), Enantiomer.S)
    ka, kg, kt, escapes = DEPOTS
    absorption = Absorption(ka_per_h=ka, kg_per_h=kg, kt_per_h=kt, escapes_liver=escapes)
    expected = sorted(-np.linalg.eigvals(model_of(disposition, absorption).matrix_per_h).real)
    found = sorted(np.delete(rates_of(disposition), [cascade.ONE, cascade.D_KM]))
    assert np.allclose(found, expected, rtol=1e-7)  # the equal delays cost the other method half its digits


def test_where_the_fastest_rates_of_blood_meet_they_are_not_trusted():
    """A tissue gets hardly anything and gives back as fast as blood is cleared: Newton is slow there."""
    one = disposition_of(PERSON, Enantiomer.S)
    meeting = replace(one, q2_l_h=1e-9, v2_l=1e-9 * one.v1_l / one.cl_l_h, q3_l_h=1e-3)
    assert (body_of(one)[cascade.SOUND] == 1.0).all()
    assert (body_of(meeting)[cascade.SOUND] == 0.0).all()


def test_exponentials_are_those_of_the_library():
    x = np.concatenate([np.linspace(-5.0, 0.0, 4001), -np.geomspace(1e-300, 699.0, 500)])
    found = np.empty_like(x)
    exponentials.fill_exponentials(x.copy(), found)
    np.testing.assert_allclose(found, np.exp(x), rtol=5e-16)
    with plain_python():
        few = np.empty(3)
        exponentials.fill_exponentials(np.array([0.0, -1e-3, -900.0]), few)
    assert few[0] == 1.0
    assert few[2] < 1e-300


@pytest.mark.parametrize("z", [-30.0, -1.0, -0.3, -1e-9, 0.0, 1e-5, 0.9, 1.1, 40.0])
def test_what_delays_hold_is_exact_for_all_differences_of_rates(z):
    by_h, delay = 0.5, 100.0
    rates = np.repeat([[delay - z / by_h], [delay]], LANES, axis=1)
    held = np.empty(2 * LANES)
    decays = np.exp(-rates * by_h)
    exponentials.fill_delayed(rates.reshape(-1), 0, 1, by_h, decays.reshape(-1), 0, 1, held)
    u = (np.polynomial.legendre.leggauss(80)[0] + 1.0) / 2.0
    gauss = np.polynomial.legendre.leggauss(80)[1] / 2.0
    once = by_h * np.exp(-delay * by_h) * (gauss * np.exp(z * u)).sum()
    twice = by_h**2 * np.exp(-delay * by_h) * (gauss * (1.0 - u) * np.exp(z * u)).sum()
    np.testing.assert_allclose(held[[0, LANES]], [once, twice], rtol=2e-14)


@pytest.mark.parametrize("apart", [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-7, 0.0])
@pytest.mark.parametrize("name", ["IV racemate 35 mg/40 min", "SL racemate 100 mg, hold 10"])
def test_whoever_has_near_rates_is_as_exact_as_anyone(name, apart):
    """The delays nearly as quick as the blood's fastest rate, and everything in between."""
    one = typical_individual(PERSON)
    fastest = rates_of(one.s)[cascade.OF_A]
    near = replace(one, s=replace(one.s, mtt_h=2.0 / (fastest * (1.0 + apart))))
    times_h, regimen = minutes(hours=6.0), course(SESSIONS[name])
    seen = acute_sessions(regimen, bodies_of([near]), times_h=times_h).values[0]
    assert error(seen, readable(regimen, near, times_h)) < 1e-9


def test_a_second_route_is_added_to_the_first():
    """The injection's rates are far apart in R, so that it is added as exponentials there."""
    both = course(
        SESSIONS["nasal esketamine 28 mg"], intramuscular(drug=Drug.RACEMATE, amount_mg=35.0, start_h=2.0)
    )
    times_h, one = np.arange(60) / 10.0, typical_individual(PERSON)
    with plain_python():
        seen = acute_sessions(both, bodies_of([one]), times_h=times_h).values[0]
    assert error(seen, readable(both, one, times_h)) < 1e-9
