"""A forecast is a band over people, named by model, version and seed."""

import numpy as np
import pytest

from ajar.pharmacology.forecast import QUANTILES, forecast
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous
from ajar.pharmacology.simulate import simulate_member

PERSON = Person(weight_kg=70.0)
INFUSION = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60))
HOURS = np.linspace(0.0, 2.0, 9)


def test_a_band_is_the_quantiles_of_the_people_drawn():
    seen = forecast(INFUSION, PERSON, times_h=HOURS, outputs=["cadss", "sbp_rise_mmhg"], people=24, seed=7)
    each = [simulate_member(INFUSION, PERSON, seed=7, index=i, times_h=HOURS) for i in range(24)]
    for name in ("cadss", "sbp_rise_mmhg"):
        expected = np.quantile([one[name] for one in each], QUANTILES, axis=0)
        assert np.allclose(list(seen[name].quantiles.values()), expected, rtol=1e-9, atol=1e-9)
    assert (seen.model_id, seen.people, seen.seed) == ("u1", 24, 7)


def test_quantiles_never_cross():
    band = forecast(INFUSION, PERSON, times_h=HOURS, outputs=["cadss"], people=20, seed=1)["cadss"]
    assert (np.diff(list(band.quantiles.values()), axis=0) >= 0).all()


def test_what_cannot_be_a_band_is_refused_in_words():
    with pytest.raises(ValueError, match="at least 20 people, got 3"):
        forecast(INFUSION, PERSON, times_h=HOURS, outputs=["cadss"], people=3, seed=1)
    with pytest.raises(KeyError, match="no curve 'mood'"):
        forecast(INFUSION, PERSON, times_h=HOURS, outputs=["mood"], people=20, seed=1)
    with pytest.raises(KeyError, match="no band 'mood'"):
        forecast(INFUSION, PERSON, times_h=HOURS, outputs=["cadss"], people=20, seed=1)["mood"]
