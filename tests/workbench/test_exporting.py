"""`ajar export sbml`: whole, or not at all and in words."""

from argparse import Namespace

import libsbml
import numpy as np
import pytest

from ajar.exchange.event_tables.subjects import Subject
from ajar.exchange.event_tables.writing import event_table
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous, nasal_devices
from ajar.pharmacology.simulate import Circumstances, simulate_member
from ajar.pharmacology.u1.symptoms import Symptoms
from ajar.workbench.exporting import export
from tests.exchange.sbml.rerun import furthest, rerun

PERSON = Person(weight_kg=70.0)
INFUSED = course(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=2 / 3))


def subject(identity, regimen):
    return Subject(id=identity, person=PERSON, regimen=regimen, observations=())


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "doses.csv"
    subjects = [subject("sprayed", course(nasal_devices(devices=2))), subject("infused", INFUSED)]
    path.write_text("".join(event_table(subjects, outputs=[])))
    return path


@pytest.fixture
def asked(table, tmp_path):
    def arguments(**more):
        said = {
            "format": "sbml",
            "table": str(table),
            "id": "infused",
            "model": "u1",
            "setting": "awake",
            "madrs": None,
            "seed": None,
            "member": None,
            "out": str(tmp_path / "model.xml"),
        }
        return Namespace(**{**said, **more})

    return arguments


@pytest.mark.parametrize(
    ("more", "model"),
    [
        ({}, "u1"),
        ({"id": "sprayed", "madrs": 33.0}, "u1"),
        ({"model": "domino_1982"}, "domino_1982"),
        ({"model": "hijazi_2003", "setting": "intensive-care"}, "hijazi_2003"),
    ],
)
def test_a_model_is_written_for_a_subject_of_a_table(asked, tmp_path, capsys, more, model):
    assert export(asked(**more)) == 0
    read = libsbml.readSBMLFromFile(str(tmp_path / "model.xml"))
    assert read.getNumErrors() == 0
    assert read.getModel().getId() == model
    assert (read.getModel().getParameter("madrs") is not None) == ("madrs" in more)
    assert f"{model}, subject {more.get('id', 'infused')}, SBML L3V2." in capsys.readouterr().out


def test_a_drawn_person_is_the_one_of_the_simulation(asked, tmp_path):
    assert export(asked(seed=3, member=11, madrs=33.0)) == 0
    times_h = np.linspace(0.0, 24.0, 97)
    symptoms = Symptoms(madrs_baseline=33.0, response_e=1.0, placebo_share=0.0, stress=0.0)
    asked_for = Circumstances(symptoms=symptoms)
    ours = simulate_member(INFUSED, PERSON, seed=3, index=11, times_h=times_h, circumstances=asked_for)
    theirs = rerun((tmp_path / "model.xml").read_text(), ["ketamine_venous_ng_ml", "madrs"], times_h)
    assert furthest(theirs["ketamine_venous_ng_ml"], ours["ketamine_venous_ng_ml"]) < 1e-6
    assert furthest(theirs["madrs"], ours["madrs"]) < 1e-5  # the chain steps by 72 s here
    assert ours["madrs"].min() < 32.0


def test_the_only_subject_of_a_table_needs_no_id(asked, table):
    table.write_text("".join(event_table([subject("one", INFUSED)], outputs=[])))
    assert export(asked(id="")) == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"id": ""}, "several subjects (sprayed, infused, …); say which with --id"),
        ({"id": "nobody"}, "has no subject 'nobody'"),
        ({"model": "perez_ruixo_2021"}, "perez_ruixo_2021 does not apply"),
        ({"model": "zhao_2012"}, "its parameter table is not available"),
        ({"model": "domino_1982", "madrs": 30.0}, "--seed, --member and --madrs are for u1"),
        ({"seed": 3}, "--seed and --member go together"),
        ({"madrs": 90.0}, "A MADRS baseline"),
        ({"table": "/nowhere/doses.csv"}, "No such file"),
    ],
)
def test_what_cannot_be_written_says_why_and_leaves_nothing(asked, tmp_path, capsys, more, words):
    assert export(asked(**more)) == 1
    assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["doses.csv"]


@pytest.mark.parametrize(
    ("subjects", "words"),
    [([], "has no subject."), ([subject("placebo", None)], "Subject placebo")],
)
def test_a_table_without_a_dose_makes_no_model(asked, table, capsys, subjects, words):
    lines = list(event_table(subjects, outputs=["madrs"]))
    if subjects:
        lines.append("placebo,0,2," + ",".join(["."] * 11) + ",70,.,.,.,.,.,.,.\n")
    table.write_text("".join(lines))
    assert export(asked(id="")) == 1
    assert words in capsys.readouterr().err
