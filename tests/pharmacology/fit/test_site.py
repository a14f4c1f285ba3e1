"""Concentrations by sums of exponentials are those of the readable solver."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.fit.site import site_of
from ajar.pharmacology.molecules import Drug, Enantiomer
from ajar.pharmacology.regimen import (
    AfterHold,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    repeated,
    sublingual,
)
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.pk import concentrations
from tests.pharmacology.fit.people import INFUSION, PERSON, WEEKLY

SWALLOWED = sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=0.2, after_hold=AfterHold.SWALLOWED)
TIMES = np.array([0.0, 0.1, 0.4, 2 / 3, 1.0, 2.5, 8.0, 24.0, 48.2, 50.0])


@pytest.mark.parametrize(
    "regimen",
    [
        WEEKLY,
        repeated(INFUSION, on_days=(0, 2)),
        repeated(intramuscular(drug=Drug.RACEMATE, amount_mg=50.0), on_days=(0, 2)),
        repeated(nasal_devices(devices=3), on_days=(0, 2)),
        repeated(SWALLOWED, on_days=(0, 2)),
        course(
            oral(drug=Drug.RACEMATE, amount_mg=100.0),
            intravenous(drug=Drug.ESKETAMINE, amount_mg=20.0, duration_h=0.5, start_h=48.0),
        ),
    ],
)
@pytest.mark.parametrize("enantiomer", list(Enantiomer))
def test_they_are_those_of_the_readable_solver(regimen, enantiomer):
    body = typical_individual(PERSON)
    slow = concentrations(regimen, body, enantiomer, times_h=TIMES)
    fast = site_of(regimen, body, enantiomer, times_h=TIMES)
    assert np.allclose(fast.venous_ng_ml, slow.venous_ng_ml, rtol=1e-8, atol=1e-7)
    assert np.allclose(fast.effect_site_ng_ml, slow.effect_site_ng_ml, rtol=1e-8, atol=1e-7)


@pytest.mark.parametrize("rate", ["mucosal_ka_per_h", "kt_per_h"])
def test_two_rates_that_coincide_are_no_trouble(rate):
    typical = typical_individual(PERSON)
    uptake = replace(typical.uptakes[0], **{rate: typical.s.ke0_per_h})
    body = replace(typical, uptakes=(uptake,))
    slow = concentrations(course(SWALLOWED), body, Enantiomer.S, times_h=TIMES)
    fast = site_of(course(SWALLOWED), body, Enantiomer.S, times_h=TIMES)
    assert np.allclose(fast.effect_site_ng_ml, slow.effect_site_ng_ml, rtol=1e-5, atol=1e-6)
