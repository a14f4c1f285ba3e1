"""Every published model as SBML, rerun by another simulator."""

import libsbml
import numpy as np
import pytest

from ajar.exchange.sbml.document import sbml_text
from ajar.exchange.sbml.published import published_sheet
from ajar.pharmacology.models import MODELS, model_named
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.published.domain import OutsideDomain
from ajar.pharmacology.regimen import AfterHold, course, intravenous, nasal_devices, oral, sublingual
from tests.exchange.sbml.rerun import ROUNDING, furthest_pointwise, rerun

PERSON = Person(weight_kg=81.0, age_years=65.0, ancestry=Ancestry.JAPANESE)
TIMES_H = np.linspace(0.0, 36.0, 721)


def regimen_for(model):
    drug = model.domain.drugs[0]
    if model.name == "perez_ruixo_2021":
        return course(nasal_devices(devices=3), oral(drug=drug, amount_mg=40.0, start_h=24.0))
    infusion = intravenous(drug=drug, amount_mg=10.0, duration_h=2 / 3, start_h=5.0)
    if model.name == "simons_2022":
        film = sublingual(drug=drug, amount_mg=50.0, hold_h=1 / 6, after_hold=AfterHold.SWALLOWED)
        return course(film, infusion)
    return course(intravenous(drug=drug, amount_mg=12.0, duration_h=0.5, start_h=0.25), infusion)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_another_simulator_gives_the_curves_of_a_published_model(model):
    regimen, setting = regimen_for(model), model.domain.setting
    written = published_sheet(model, PERSON, regimen, setting=setting)
    ours = model.concentrations(PERSON, regimen, TIMES_H, setting=setting)
    theirs = rerun(sbml_text(written), written.outputs, TIMES_H)
    assert set(theirs) == set(ours)
    assert max(furthest_pointwise(theirs[name], ours[name]) for name in ours) < ROUNDING


def test_the_parameters_keep_their_names_units_and_tables():
    model = model_named("simons_2022")
    text = sbml_text(published_sheet(model, Person(weight_kg=70.0), regimen_for(model)))
    read = libsbml.readSBMLFromString(text).getModel()
    flow = read.getParameter("flow_1_l_min")
    assert (flow.getValue(), flow.getUnits()) == (2.43, "L_per_min")
    assert "Simons 2022, table 4" in flow.getNotesString()
    assert read.getCVTerm(0).getResourceURI(0) == "https://identifiers.org/doi:10.3389/fpain.2022.946486"
    assert "Not offered: venous concentrations" in read.getNotesString()


def test_a_person_or_dose_outside_the_paper_is_not_written():
    with pytest.raises(OutsideDomain, match="perez_ruixo_2021 does not apply"):
        published_sheet(model_named("perez_ruixo_2021"), PERSON, regimen_for(model_named("domino_1982")))
