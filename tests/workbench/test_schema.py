"""What is documented of the summary is what is printed: every key, and nothing else."""

import json
from pathlib import Path

import pytest

from ajar.workbench.keys import EXTREMES, SYMPTOMS
from ajar.workbench.schema import schema
from tests.workbench.jsonschema import problems
from tools.generate.__main__ import written

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
INFUSED = "--product ketamine-iv --dose 35 --over 40min"
SAID = {
    "one session": "--product spravato --dose 84",
    "a course in many people": f"{INFUSED} --doses 3 --every weekly --population 20 --compare",
    "a known person": f"{INFUSED} --age 60 --sex male --ancestry japanese --cyp2b6 *1/*1 --child-pugh A "
    "--medicines ticlopidine --hypertension --adjust age,sex",
    "a published model": "--product spravato --dose 56 --model perez_ruixo_2021",
}


@pytest.fixture(scope="module")
def kept():
    return json.loads((REFERENCE / "simulate.schema.json").read_text())


@pytest.mark.parametrize("case", SAID)
def test_a_summary_is_as_its_schema_says(ajar, kept, case):
    said = ajar("simulate", *SAID[case].split(), "--json")
    assert said.code == 0, said.err
    assert list(problems(json.loads(said.out), kept)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"cadss_peak": "high"}, "no number"),
        ({"cadss_peek": 3.0}, "is not in the schema"),
        ({"ketamine_venous_ng_ml": {"cmax": 3.0}}, "lacks tmax_h"),
        ({"shape": "0"}, "not '1'"),
        ({"person": None}, "no object"),
    ],
)
def test_the_schema_can_fail(ajar, kept, change, expected):
    found = json.loads(ajar("simulate", *SAID["one session"].split(), "--json").out)
    assert any(expected in problem for problem in problems({**found, **change}, kept))


def test_the_kept_pages_are_those_of_the_code(kept):
    assert kept == schema()
    assert (REFERENCE / "simulate.md").read_text() == written("simulate.md")


def test_the_page_explains_every_key(ajar):
    page = (REFERENCE / "simulate.md").read_text()
    for key in [*EXTREMES, *SYMPTOMS]:
        assert f"`{key}" in page
    found = json.loads(ajar("simulate", *SAID["one session"].split(), "--json").out)
    for key in found:
        stem = key.removeprefix("s_").removeprefix("r_").rsplit("_day_", 1)[0].rsplit("_session_", 1)[0]
        stem = stem.removesuffix("_40_min").removesuffix("_2_h").removesuffix("_4_h")
        assert f"`{stem}" in page or f"`{key}" in page, key
