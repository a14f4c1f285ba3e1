"""`ajar fit`: a table of one person becomes what is known of them, or a refusal in words."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from ajar.workbench import made_up_person
from ajar.workbench.fitting import fit

EXAMPLE = Path("docs/examples/one-person.csv")

TOP = """# units: TIME=h, AMT=mg base
# drug: racemic ketamine
# DV 1: ketamine_venous_ng_ml
# DV 2: madrs
# DV 3: phq9
# DV 4: cadss
# DV 5: mood
ID,TIME,EVID,AMT,DUR,CMT,DV,DVID,CENS,LIMIT,MDV,WT
"""
DOSE = "1,0,1,35,0.6667,IV,.,.,.,.,1,70\n"
LEVEL = "1,1,0,.,.,.,80,1,0,.,0,70\n"


def asked(table, **more):
    return Namespace(
        **{
            "table": str(table),
            "id": "",
            "madrs": None,
            "assay_cv": 0.0,
            "json": False,
            "again_after": None,
            **more,
        }
    )


@pytest.fixture
def table(tmp_path):
    def write(rows, top=TOP):
        path = tmp_path / "one.csv"
        path.write_text(top + rows)
        return path

    return write


def told(capsys, table, **more):
    assert fit(asked(table, json=True, **more)) == 0
    return json.loads(capsys.readouterr().out)


def test_the_example_is_what_its_script_writes():
    assert EXAMPLE.read_text() == "".join(made_up_person.lines())


def test_the_script_writes_it_to_standard_output(capsys):
    assert made_up_person.main() == 0
    assert capsys.readouterr().out == EXAMPLE.read_text()


def test_the_example_is_told_in_words(capsys):
    assert fit(asked(EXAMPLE)) == 0
    said = capsys.readouterr().out
    assert "parameter" in said.splitlines()[2]
    assert "Largest dissociation, CADSS" in said
    assert "Clearance, CL: no blood level: held at the value of people like this one." in said
    assert "132 records used, model u1" in said
    assert "not measured in this person" in said


def test_and_as_json(capsys):
    seen = told(capsys, EXAMPLE)
    assert (seen["model_id"], seen["subject"], seen["records"]) == ("u1", "1", 132)
    assert seen["madrs_baseline"] == 34.0
    one = next(one for one in seen["parameters"] if one["name"] == "cadss_maximum")
    assert one["low"] < one["median"] < one["high"]
    assert one["informed_share"] > 0.5
    assert {"label", "because"} == set(seen["not_informed"][0])
    assert seen["search"]["gradient"] < 1e-5


def test_a_level_frees_clearance_and_the_assays_spread_counts(capsys, table):
    path = table(DOSE + LEVEL + "1,6,0,.,.,.,20,1,0,.,0,70\n")
    sharp, blunt = (told(capsys, path, assay_cv=cv) for cv in (0.0, 0.3))
    shares = [
        one["informed_share"]
        for seen in (sharp, blunt)
        for one in seen["parameters"]
        if one["name"] == "cl_l_h"
    ]
    assert shares[0] > shares[1]
    assert sharp["madrs_baseline"] is None


def test_a_level_below_its_limit_is_a_bound(capsys, table):
    late = "1,12,0,.,.,.,2,1,1,.,0,70\n"
    assert told(capsys, table(DOSE + late))["records"] == 1


def test_a_row_without_a_measurement_is_no_record(capsys, table):
    assert told(capsys, table(DOSE + LEVEL + "1,2,0,.,.,.,.,1,0,.,1,70\n"))["records"] == 1


@pytest.mark.parametrize(
    ("before", "madrs", "baseline"),
    [
        ("1,0,0,.,.,.,30,2,0,.,0,70\n", None, 30.0),
        ("1,0,0,.,.,.,30,2,0,.,0,70\n", 28.0, 28.0),
        ("1,0,0,.,.,.,17,3,0,.,0,70\n", None, 30.0),
    ],
)
def test_the_baseline_is_asked_for_or_read_from_before_the_first_dose(capsys, table, before, madrs, baseline):
    seen = told(capsys, table(before + DOSE + "1,24,0,.,.,.,18,2,0,.,0,70\n"), madrs=madrs)
    assert seen["madrs_baseline"] == pytest.approx(baseline)
    assert seen["records"] == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (LEVEL, "Subject 1 was given no dose"),
        (DOSE, "at least one record"),
        (DOSE + "1,24,0,.,.,.,18,2,0,.,0,70\n", "MADRS before the first dose"),
        (DOSE + "1,1,0,.,.,.,95,4,0,.,0,70\n", "Subject 1, cadss at 1 h: cadss is from 0 to 92, got 95"),
        (DOSE + "1,1,0,.,.,.,3,5,0,.,0,70\n", "Subject 1, mood at 1 h: a fit knows sbp_mmhg"),
        (DOSE + "1,1,0,.,.,.,9,4,1,.,0,70\n", "Only a blood level is below its limit"),
        (DOSE + "1,1,0,.,.,.,9,1,-1,.,0,70\n", "a fit knows values"),
        (DOSE + "1,1,0,.,.,.,9,1,1,4,0,70\n", "CENS 1 without LIMIT"),
        (DOSE + "1,1,0,.,.,.,x,1,0,.,0,70\n", "Row 10, column DV"),
        ("", "has no subject"),
        (DOSE + LEVEL + (DOSE + LEVEL).replace("1,", "2,", 1), "several subjects"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_words(capsys, table, rows, words):
    rows = rows.replace("2,0,1,35,0.6667,IV,.,.,.,.,1,70\n1,1", "2,0,1,35,0.6667,IV,.,.,.,.,1,70\n2,1")
    assert fit(asked(table(rows))) == 1
    refused = capsys.readouterr()
    assert words in refused.err
    assert refused.out == ""


def test_one_of_several_is_named(capsys, table):
    path = table(DOSE + LEVEL + DOSE.replace("1,0", "2,0", 1) + LEVEL.replace("1,1", "2,1", 1))
    assert told(capsys, path, id="2")["subject"] == "2"
    assert fit(asked(path, id="3")) == 1
    assert "no subject '3'" in capsys.readouterr().err


def test_a_table_that_is_not_there_is_refused(capsys, tmp_path):
    assert fit(asked(tmp_path / "none.csv")) == 1
    assert "none.csv" in capsys.readouterr().err


def test_the_last_session_again_is_told_as_bands_of_this_person(capsys):
    coming = told(capsys, EXAMPLE, again_after=7.0)["next_session"]
    assert (coming["after_days"], coming["draws"]) == (7.0, 500)
    for key in ("cadss_peak", "sbp_rise_peak_mmhg", "dbp_rise_peak_mmhg"):
        heights = [coming[key][quantile] for quantile in ("q5", "q25", "q50", "q75", "q95")]
        assert heights == sorted(heights)
        assert heights[0] > 0
    assert fit(asked(EXAMPLE, again_after=7.0)) == 0
    assert "7 days after it (bands at their height, 500 draws; not for therapy" in capsys.readouterr().out


@pytest.mark.parametrize("days", [0.0, -7.0, 181.0, float("nan")])
def test_days_that_cannot_be_are_refused(capsys, days):
    assert fit(asked(EXAMPLE, again_after=days)) == 1
    assert "--again-after: expected days above 0 and at most 180" in capsys.readouterr().err
