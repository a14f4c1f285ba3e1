"""Sums of exponentials: where they hold, and that whoever they do not hold for is done otherwise."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.lanes import cascade, modal
from ajar.pharmacology.lanes.acute import acute_sessions
from ajar.pharmacology.lanes.bodies import bodies_of
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


def rates_of(disposition, depots=DEPOTS):
    rates = np.zeros(cascade.ROOM)
    cascade.fill_rates(np.array([getattr(disposition, name) for name in DISPOSITION]), depots, rates)
    return rates


@pytest.mark.parametrize("weight_kg", [40.0, 70.0, 160.0])
def test_the_rates_are_the_eigenvalues_of_the_equations(weight_kg):
    disposition = disposition_of(Person(weight_kg=weight_kg), Enantiomer.S)
    ka, kg, kt, escapes = DEPOTS
    absorption = Absorption(ka_per_h=ka, kg_per_h=kg, kt_per_h=kt, escapes_liver=escapes)
    expected = sorted(-np.linalg.eigvals(model_of(disposition, absorption).matrix_per_h).real)
    found = sorted(np.delete(rates_of(disposition), [cascade.ONE, *range(cascade.MODES, cascade.ROOM)]))
    assert np.allclose(found, expected, rtol=1e-7)  # the equal delays cost the other method half its digits


@pytest.mark.parametrize(
    ("change", "depots"),
    [
        ({"ke0_per_h": 5.0}, DEPOTS),
        ({"mtt_h": 2.0 / 12.0}, DEPOTS),
        ({}, np.array([5.0, 12.0, 12.0, 0.14])),
    ],
)
def test_rates_that_meet_are_not_separated(change, depots):
    disposition = replace(disposition_of(PERSON, Enantiomer.S), **change)
    with plain_python():
        assert cascade.separated(rates_of(disposition_of(PERSON, Enantiomer.S)), modal.TOUCHING)
        assert not cascade.separated(rates_of(disposition, depots), modal.TOUCHING)


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
