"""The traps of pharmacology.md 7, each as a test. Those not here concern published models."""

import numpy as np
import pytest

from ajar.pharmacology.forecast import forecast
from ajar.pharmacology.molecules import Drug, base_mg_from_hydrochloride
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous
from ajar.pharmacology.simulate import Circumstances, minutes, simulate
from ajar.pharmacology.u1 import acute_table
from ajar.pharmacology.u1.acute import potent_ng_ml
from ajar.pharmacology.u1.parameters import NASAL
from ajar.pharmacology.u1.symptoms import Symptoms
from tests.pharmacology.scenarios import REGIMENS

TYPICAL = Person(weight_kg=70.0)
DAY = minutes(hours=24.0)


def seen(scenario):
    return simulate(REGIMENS[scenario], TYPICAL, times_h=DAY)


def test_1_venous_blood_lags_at_the_end_of_an_infusion_and_leads_soon_after():
    one = seen("IV racemate 35 mg/40 min")
    ratio = one["ketamine_venous_ng_ml"] / np.maximum(one["ketamine_arterial_ng_ml"], 1e-9)
    assert ratio[40] == pytest.approx(0.7, abs=0.03)
    assert (ratio[50:60] > 1.0).all()


def test_1_the_effect_site_follows_arterial_blood():
    one = seen("IV racemate 35 mg/40 min")
    arterial, effect = one["ketamine_arterial_ng_ml"], one["effect_site_ng_ml"]
    slope = np.gradient(effect, DAY)
    expected = 5.01 * (arterial - effect)
    assert slope[10:39] == pytest.approx(expected[10:39], rel=2e-3)


def test_2_a_device_s_salt_is_28_mg_of_base():
    assert base_mg_from_hydrochloride(32.3) == pytest.approx(28.0, abs=0.01)
    assert 1.0 / base_mg_from_hydrochloride(1.0) == pytest.approx(1.153, abs=1e-3)


def test_3_a_racemic_dose_holds_half_its_weight_of_s():
    racemate, s_alone = seen("IV racemate 35 mg/40 min"), seen("IV esketamine 17.5 mg/40 min")
    assert np.array_equal(racemate["s_ketamine_venous_ng_ml"], s_alone["ketamine_venous_ng_ml"])


def test_4_time_zero_is_when_the_dose_starts():
    for scenario in REGIMENS:
        one = seen(scenario)
        assert one["ketamine_arterial_ng_ml"][0] == 0.0
        assert one["ketamine_arterial_ng_ml"][1] > 0.0


def test_5_the_absorbed_share_is_the_one_that_pairs_with_this_clearance():
    assert NASAL["absorbed_share"].value == 0.38


@pytest.mark.parametrize("scenario", ["SL racemate 100 mg, hold 10", "oral racemate 50 mg"])
def test_6_norketamine_is_many_times_the_parent_by_mouth_and_is_not_ketamine(scenario):
    one = seen(scenario)
    assert one["norketamine_ng_ml"].max() > 3.0 * one["ketamine_venous_ng_ml"].max()
    parts = one["s_ketamine_venous_ng_ml"] + one["r_ketamine_venous_ng_ml"]
    assert np.array_equal(one["ketamine_venous_ng_ml"], parts)


def test_6_norketamine_does_not_drive_dissociation():
    one = seen("oral racemate 50 mg")
    c = potent_ng_ml(one["s_effect_site_ng_ml"], one["r_effect_site_ng_ml"])
    driven = (c / 121.0) ** 2.2
    assert one["cadss"] == pytest.approx(32.0 * driven / (1.0 + driven))


def test_7_hydroxynorketamine_is_labelled_unproven():
    curves = seen("oral racemate 50 mg").curves
    assert all(curve.status == "unproven" for name, curve in curves.items() if "hydroxynorketamine" in name)


def test_8_the_effect_site_is_the_psychoactive_one():
    given = intravenous(drug=Drug.ESKETAMINE, amount_mg=17.5, duration_h=40 / 60)
    one = simulate(course(given), TYPICAL, times_h=DAY)
    assert int(one["effect_site_ng_ml"].argmax()) > 40
    assert acute_table.C50_NG_ML.value == 121.0


def test_9_a_forecast_of_people_is_an_interval_that_holds_their_placebo_too():
    given = Circumstances(
        symptoms=Symptoms(madrs_baseline=33.0, response_e=0.0, placebo_share=0.17, stress=0.0)
    )
    asked = {"times_h": np.array([0.0, 24.0]), "outputs": ["madrs_change"], "people": 20, "seed": 1}
    band = forecast(REGIMENS["nasal esketamine 84 mg"], TYPICAL, circumstances=given, **asked)
    drops = [-values[1] for values in band["madrs_change"].quantiles.values()]
    assert max(drops) > 33.0 * 0.17 > min(drops) > 0.0


def test_10_what_is_not_modelled_is_said():
    assert any("Not modelled" in note for note in seen("nasal esketamine 84 mg").notes)
