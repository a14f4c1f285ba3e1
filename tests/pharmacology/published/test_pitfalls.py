"""The pitfalls of pharmacology.md 7, as far as the published models can fall into them."""

import numpy as np
import pytest

from ajar.pharmacology.models import MODELS
from ajar.pharmacology.molecules import Drug, base_mg_from_hydrochloride
from ajar.pharmacology.person import Person
from ajar.pharmacology.published.card import Output
from ajar.pharmacology.published.domain import OutsideDomain
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import Route, course, intravenous, nasal_devices, repeated
from tests.pharmacology.plasma import area, grid

AT_70 = Person(weight_kg=70.0, age_years=30.0)


def outputs():
    return [(model, output) for model in MODELS.values() for output in model.outputs]


@pytest.mark.parametrize(("model", "output"), outputs())
def test_every_output_names_what_from_which_blood_and_its_unit(model, output):
    """7.1: arterial and venous are never one column."""
    sites = {Site.ARTERIAL: "arterial", Site.VENOUS: "venous", Site.PLASMA: "plasma"}
    assert output.name == f"{output.analyte.value}_{sites[output.site]}_ng_ml"


def test_a_model_is_of_one_site_and_offers_no_other():
    """7.1: each paper drew its blood in one place."""
    sites = {name: {output.site for output in model.outputs} for name, model in MODELS.items()}
    assert sites == {
        "perez_ruixo_2021": {Site.VENOUS},
        "simons_2022": {Site.ARTERIAL},
        "fanta_2015": {Site.VENOUS},
        "otto_2021": {Site.VENOUS},
        "kamp_2020": {Site.ARTERIAL},
        "clements_1981": {Site.VENOUS},
        "domino_1982": {Site.PLASMA},
        "hijazi_2003": {Site.PLASMA},
    }


@pytest.mark.parametrize(
    ("venous", "arterial", "drug", "amount_mg"),
    [
        ("clements_1981", "kamp_2020", Drug.RACEMATE, 35.0),
        ("fanta_2015", "simons_2022", Drug.ESKETAMINE, 17.5),
    ],
)
def test_at_the_end_of_an_infusion_a_venous_model_is_below_an_arterial_one_and_soon_after_above(
    venous, arterial, drug, amount_mg
):
    """7.1: about 70 % at the end of 40 minutes, and higher minutes after."""
    times_h = np.array([40 / 60, 60 / 60])
    given = course(intravenous(drug=drug, amount_mg=amount_mg, duration_h=40 / 60))
    in_vein, in_artery = (
        next(iter(MODELS[name].concentrations(AT_70, given, times_h).values())) for name in (venous, arterial)
    )
    assert 0.5 < in_vein[0] / in_artery[0] < 0.8
    assert in_vein[1] > in_artery[1]


def test_one_device_is_28_mg_of_base_and_32_mg_of_salt():
    """7.2: the models take base."""
    assert base_mg_from_hydrochloride(32.3) == pytest.approx(28.0, abs=0.01)
    assert {event.amount_mg for event in nasal_devices(devices=3).events} == {28.0}


@pytest.mark.parametrize("name", ["simons_2022", "fanta_2015", "otto_2021"])
def test_a_model_of_esketamine_is_never_asked_about_the_racemate(name):
    """7.3: half of 0.5 mg/kg is the other enantiomer, and older assays counted both."""
    given = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60))
    with pytest.raises(OutsideDomain, match="a model of esketamine, not of racemic ketamine"):
        MODELS[name].concentrations(AT_70, given, np.array([1.0]))


@pytest.mark.parametrize("name", ["kamp_2020", "clements_1981", "domino_1982", "hijazi_2003"])
@pytest.mark.parametrize("drug", [Drug.ESKETAMINE, Drug.ARKETAMINE])
def test_a_model_of_the_racemate_is_never_asked_about_one_enantiomer(name, drug):
    given = course(intravenous(drug=drug, amount_mg=17.5, duration_h=40 / 60))
    with pytest.raises(OutsideDomain, match="a model of racemic ketamine, not of"):
        MODELS[name].concentrations(AT_70, given, np.array([1.0]))


@pytest.mark.parametrize("name", ["kamp_2020", "clements_1981", "otto_2021"])
def test_time_zero_is_the_start_of_the_infusion(name):
    """7.4."""
    drug = MODELS[name].domain.drugs[0]
    given = course(intravenous(drug=drug, amount_mg=17.5, duration_h=40 / 60))
    level = next(iter(MODELS[name].concentrations(AT_70, given, np.array([0.0, 0.01])).values()))
    assert level[0] == 0.0
    assert level[1] > 0.0


def test_a_nasal_fraction_goes_with_the_clearance_of_its_own_model():
    """7.5: each model keeps its own pair; the other model's clearance would make another dose of it."""
    times_h = grid(300.0, step_s=60.0)
    given = course(nasal_devices(devices=1))
    level = MODELS["perez_ruixo_2021"].concentrations(AT_70, given, times_h)["esketamine_venous_ng_ml"]
    exposure_mg_h_l = area(times_h, level) / 1000
    assert exposure_mg_h_l * 109.0 / 28.0 == pytest.approx(0.62, abs=0.005)
    assert exposure_mg_h_l * 84.0 / 28.0 < 0.5
    assert "nasal_fraction" not in MODELS["simons_2022"].parameters


def test_norketamine_stands_beside_ketamine_and_is_not_added_to_it():
    """7.6: the parent is the same number whether or not its metabolite is shown."""
    model = MODELS["otto_2021"]
    given = course(intravenous(drug=Drug.ESKETAMINE, amount_mg=17.5, duration_h=40 / 60))
    times_h = grid(24.0, step_s=60.0)
    both = model.concentrations(AT_70, given, times_h)
    alone = MODELS["fanta_2015"].concentrations(AT_70, given, times_h)
    assert list(both) == ["esketamine_venous_ng_ml", "norketamine_venous_ng_ml"]
    assert both["esketamine_venous_ng_ml"] == pytest.approx(alone["esketamine_venous_ng_ml"])


@pytest.mark.parametrize("output", [output for _, output in outputs()])
def test_no_output_mixes_two_substances(output: Output):
    assert isinstance(output.analyte, Analyte)
    assert output.state == output.analyte.value


def test_hydroxynorketamine_is_marked_exploratory():
    """7.7."""
    problems = MODELS["simons_2022"].known_problems
    assert any("hydroxynorketamine differs several-fold between papers" in problem for problem in problems)


@pytest.mark.parametrize("name", ["domino_1982", "clements_1981", "hijazi_2003", "kamp_2020"])
def test_the_effect_site_rates_of_a_code_library_are_not_used(name):
    """7.8: they assume a peak after one minute of anaesthesia."""
    model = MODELS[name]
    assert not any("ke0" in parameter or "effect" in parameter for parameter in model.parameters)
    assert not any("effect" in output.name for output in model.outputs)


def test_sessions_superpose():
    times_h = np.array([1.0, 169.0])
    model = MODELS["kamp_2020"]
    once = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60)
    first = model.concentrations(AT_70, course(once), times_h)["ketamine_arterial_ng_ml"]
    both = model.concentrations(AT_70, repeated(once, on_days=[0, 7]), times_h)["ketamine_arterial_ng_ml"]
    assert both[0] == pytest.approx(first[0])
    assert both[1] == pytest.approx(first[0] + first[1])


def test_a_refusal_names_every_reason_once():
    given = repeated(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60), on_days=[0, 3])
    refused = MODELS["perez_ruixo_2021"].refusals(AT_70, given)
    assert len(refused) == 2
    assert refused[0] == "it is a model of esketamine, not of racemic ketamine"
    assert Route.INTRAVENOUS in refused[1]
