"""`ajar models`: everything that is there, everything that is not and why."""

import json

import pytest

from ajar.pharmacology.models import MODELS, NOT_BUILT


def test_the_list_has_every_model_with_where_it_is_from(ajar):
    said = ajar("models").out
    for model in MODELS.values():
        for words in (model.name, model.source.citation, model.source.doi, *model.known_problems):
            assert words in said
    for name, because in NOT_BUILT.items():
        assert f"{name:18} {because}" in said
    assert said.startswith("u1 ")


@pytest.mark.parametrize("name", ["u1", *MODELS])
def test_a_card_has_every_parameter_with_its_unit_and_source(ajar, name):
    said = ajar("models", name).out
    card = json.loads(ajar("models", name, "--json").out)
    assert card["parameters"]
    for each in card["parameters"]:
        assert each["source"].strip()
        assert f"{each['name']}" in said
        assert each["source"] in said


def test_the_parameters_are_the_model_s(ajar):
    card = json.loads(ajar("models", "otto_2021", "--json").out)
    values = {each["name"]: each["value"] for each in card["parameters"]}
    assert values == {name: each.value for name, each in MODELS["otto_2021"].parameters.items()}
    u1 = {each["name"] for each in json.loads(ajar("models", "u1", "--json").out)["parameters"]}
    assert {"s_disposition.cl_l_h", "cadss_maximum", "synapse_half_life", "nasal.ka_per_h"} <= u1


def test_all_of_it_is_there_as_json(ajar):
    found = json.loads(ajar("models", "--json").out)
    assert [card["name"] for card in found["models"]] == ["u1", *MODELS]
    assert found["not_built"] == NOT_BUILT


@pytest.mark.parametrize(
    ("name", "because"), [("zhao_2012", "not available"), ("nobody", "there is no model")]
)
def test_a_model_that_is_not_there_says_why(ajar, name, because):
    said = ajar("models", name)
    assert said.code == 1
    assert because.lower() in said.err.lower()
