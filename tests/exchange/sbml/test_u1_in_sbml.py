"""U1 as SBML: libSBML finds nothing wrong, and another simulator gives the same curves."""

from dataclasses import replace

import libsbml
import numpy as np
import pytest

from ajar.exchange.sbml.document import BadSheet, sbml_text
from ajar.exchange.sbml.u1 import u1_sheet
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person, Sex
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
from ajar.pharmacology.simulate import Circumstances, simulate, simulate_member
from ajar.pharmacology.u1.absorption import OutsideDomain
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.population import draw
from ajar.pharmacology.u1.symptoms import Symptoms
from tests.exchange.sbml.rerun import ROUNDING, furthest, furthest_pointwise, rerun
from tests.pharmacology.scenarios import REGIMENS

PERSON = Person(weight_kg=81.0, age_years=65.0, sex=Sex.FEMALE)
DEPRESSED = Circumstances(
    symptoms=Symptoms(madrs_baseline=33.0, response_e=0.9, placebo_share=0.17, stress=0.2)
)
LOZENGE = sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=1 / 6, after_hold=AfterHold.SWALLOWED)
INFUSION = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=2 / 3)

# The chain's own rule steps where it is asked to, and errs where glutamate crosses a threshold inside a step.
DAY_H = np.round(np.arange(0.0, 24.00001, 0.0025), 10)
WEEKS_H = np.unique(np.concatenate([DAY_H, 72.0 + DAY_H, np.arange(24.0, 240.0, 0.125)]))


def sheet(regimen, circumstances=DEPRESSED, person=PERSON):
    individual = typical_individual(person, options=circumstances.options)
    return u1_sheet(regimen, individual, circumstances=circumstances)


@pytest.mark.parametrize(
    ("regimen", "times_h"),
    [
        (course(INFUSION), DAY_H),
        (course(nasal_devices(devices=3)), DAY_H),
        (course(LOZENGE), DAY_H),
        (repeated(nasal_devices(devices=2), on_days=[0.0, 3.0]), WEEKS_H),
    ],
    ids=["into a vein", "nasal", "under the tongue", "twice in a week"],
)
def test_another_simulator_gives_every_curve_of_u1(regimen, times_h):
    written = sheet(regimen)
    ours = simulate(regimen, PERSON, times_h=times_h, circumstances=DEPRESSED)
    theirs = rerun(sbml_text(written), written.outputs, times_h)
    assert set(ours.curves) - set(theirs) == {"phq9"}
    assert {name: off for name in theirs if (off := furthest(theirs[name], ours[name])) > ROUNDING} == {}
    plasma = [name for name in theirs if name.endswith("_ng_ml")]
    assert max(furthest_pointwise(theirs[name], ours[name]) for name in plasma) < ROUNDING


def test_a_drawn_person_who_absorbs_differently_each_time_is_the_same_person_elsewhere():
    regimen = course(
        intramuscular(drug=Drug.ARKETAMINE, amount_mg=30.0, start_h=1.0),
        sublingual(
            drug=Drug.RACEMATE, amount_mg=50.0, hold_h=0.2, after_hold=AfterHold.SPAT_OUT, start_h=12.0
        ),
        oral(drug=Drug.ESKETAMINE, amount_mg=60.0, start_h=24.0),
    )
    options = frozenset({Option.SEX_ON_CLEARANCE, Option.NORKETAMINE_OPPOSES_PRESSURE})
    asked = Circumstances(options=options)
    times_h = np.round(np.arange(0.0, 36.00001, 0.005), 10)
    body = draw(PERSON, seed=5, index=3, sessions=3, options=options).individual
    written = u1_sheet(regimen, body, circumstances=asked)
    ours = simulate_member(regimen, PERSON, seed=5, index=3, times_h=times_h, circumstances=asked)
    theirs = rerun(sbml_text(written), written.outputs, times_h)
    assert set(ours.curves) == set(theirs)
    plasma_and_room = [name for name in theirs if not name.startswith(("ampa", "mtor", "periph", "matur"))]
    assert max(furthest(theirs[name], ours[name]) for name in plasma_and_room) < ROUNDING
    assert "Option on: women clear S-ketamine 20 % faster." in written.notes


@pytest.mark.parametrize("name", ["IM racemate 35 mg", "oral racemate 50 mg", "SL racemate 200 mg, hold 20"])
def test_every_other_route_is_written_and_runs(name):
    regimen = REGIMENS[name]
    written = sheet(regimen, circumstances=Circumstances())
    times_h = np.linspace(0.0, 24.0, 97)
    ours = simulate(regimen, PERSON, times_h=times_h)
    theirs = rerun(sbml_text(written), ["ketamine_arterial_ng_ml", "norketamine_ng_ml"], times_h)
    assert max(furthest_pointwise(theirs[name], ours[name]) for name in theirs) < ROUNDING


def test_a_dose_can_be_changed_in_the_document_itself():
    text = sbml_text(sheet(course(INFUSION)))
    document = libsbml.readSBMLFromString(text)
    document.getModel().getParameter("dose_1_mg").setValue(70.0)
    times_h = np.linspace(0.0, 6.0, 61)
    name = ["ketamine_venous_ng_ml"]
    single = rerun(text, name, times_h)[name[0]]
    double = rerun(libsbml.writeSBMLToString(document), name, times_h)[name[0]]
    np.testing.assert_allclose(double, 2.0 * single, rtol=1e-9, atol=1e-9)


def test_the_document_says_units_labels_status_and_sources():
    model = libsbml.readSBMLFromString(sbml_text(sheet(course(INFUSION)))).getModel()
    venous = model.getParameter("ketamine_venous_ng_ml")
    assert (venous.getUnits(), venous.getName()) == ("ng_per_mL", "Ketamine, venous")
    assert "How well it is known: established." in venous.getNotesString()
    assert "unproven" in model.getParameter("fast_circuit").getNotesString()
    assert "Olofsen 2022" in model.getParameter("s_ke0_per_h").getNotesString()
    assert model.getSpecies("s_A1").getSubstanceUnits() == "mg"
    assert "not dosing advice" in model.getNotesString()
    assert "PHQ-9" in model.getNotesString()


def test_what_u1_does_not_know_is_not_written():
    with pytest.raises(OutsideDomain, match="nasal esketamine in devices of 28 mg"):
        sheet(repeated(course_of_odd_sprays(), on_days=[0.0]))


def course_of_odd_sprays():
    session = nasal_devices(devices=1)
    return replace(session, events=(replace(session.events[0], amount_mg=30.0),))


def test_a_formula_that_cannot_be_read_is_refused_by_name():
    whole = sheet(course(INFUSION))
    broken = replace(whole.readouts[0], formula="1 +* 2")
    with pytest.raises(BadSheet, match="The formula of s_ketamine_arterial_ng_ml cannot be read"):
        sbml_text(replace(whole, readouts=(broken, *whole.readouts[1:])))


def test_a_model_that_libsbml_finds_wrong_is_refused():
    whole = sheet(course(INFUSION))
    broken = replace(whole.readouts[0], formula="nowhere * 2")
    with pytest.raises(BadSheet, match=r"libSBML finds \d+ faults, the first: "):
        sbml_text(replace(whole, readouts=(broken, *whole.readouts[1:])))
