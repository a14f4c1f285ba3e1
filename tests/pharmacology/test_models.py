import pytest

from ajar.pharmacology.estimates import Tag
from ajar.pharmacology.models import (
    MODELS,
    NOT_BUILT,
    PRESENTATIONS,
    Product,
    admissible,
    model_named,
)
from ajar.pharmacology.person import Ancestry, Person, Sex
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.regimen import Route

TYPICAL = Person(weight_kg=70.0, age_years=30.0, sex=Sex.MALE, ancestry=Ancestry.OTHER)


def names(admission):
    return [each.model.name for each in admission.admitted]


@pytest.mark.parametrize(
    ("product", "route", "expected"),
    [
        (Product.ESKETAMINE_NASAL, Route.NASAL, ["perez_ruixo_2021"]),
        (Product.ESKETAMINE_ORAL, Route.ORAL, ["perez_ruixo_2021"]),
        (Product.ESKETAMINE_FILM, Route.SUBLINGUAL, ["simons_2022"]),
        (Product.ESKETAMINE_LOZENGE, Route.SUBLINGUAL, []),
        (Product.KETAMINE_LOZENGE, Route.SUBLINGUAL, []),
        (Product.KETAMINE_ORAL, Route.ORAL, []),
        (Product.KETAMINE_INJECTION, Route.INTRAVENOUS, ["kamp_2020", "clements_1981", "domino_1982"]),
        (Product.KETAMINE_INJECTION, Route.INTRAMUSCULAR, []),
        (Product.KETAMINE_INJECTION, Route.SUBCUTANEOUS, []),
        (Product.ESKETAMINE_INJECTION, Route.INTRAVENOUS, ["simons_2022", "fanta_2015", "otto_2021"]),
    ],
)
def test_the_models_that_apply_are_those_of_the_drug_route_and_form(product, route, expected):
    admission = admissible(TYPICAL, route, product)
    assert names(admission) == expected
    assert len(admission.admitted) + len(admission.refused) == len(MODELS)
    assert all(refused.because for refused in admission.refused)


def test_the_intensive_care_model_applies_in_intensive_care_alone():
    there = admissible(TYPICAL, Route.INTRAVENOUS, Product.KETAMINE_INJECTION, setting=Setting.INTENSIVE_CARE)
    assert names(there) == ["hijazi_2003"]
    here = admissible(TYPICAL, Route.INTRAVENOUS, Product.KETAMINE_INJECTION)
    because = {refused.model.name: refused.because for refused in here.refused}
    assert because["hijazi_2003"] == (
        "its people were in intensive care, this person is awake, in a clinic or a study",
    )


def test_an_admitted_model_carries_its_cautions():
    admission = admissible(
        Person(weight_kg=70.0, age_years=45.0, sex=Sex.FEMALE),
        Route.INTRAVENOUS,
        Product.ESKETAMINE_INJECTION,
    )
    cautions = {each.model.name: each.cautions for each in admission.admitted}
    assert cautions == {
        "simons_2022": ("it was studied for age 19 to 32 years; here it is 45 years",),
        "fanta_2015": ("all of its people were male",),
        "otto_2021": (),
    }


def test_a_product_is_not_given_by_a_route_it_is_not_made_for():
    with pytest.raises(
        ValueError, match="Esketamine nasal device is given by the nasal route, not the intravenous"
    ):
        admissible(TYPICAL, Route.INTRAVENOUS, Product.ESKETAMINE_NASAL)


def test_every_product_is_described():
    assert set(PRESENTATIONS) == set(Product)


def test_a_model_is_found_by_its_name():
    assert model_named("otto_2021") is MODELS["otto_2021"]


def test_an_unknown_model_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match=r"no model 'nobody_1999'.*perez_ruixo_2021, simons_2022"):
        model_named("nobody_1999")


@pytest.mark.parametrize("name", NOT_BUILT)
def test_a_model_that_could_not_be_built_says_why(name):
    assert name not in MODELS
    with pytest.raises(ValueError, match=f"{name} is not here: .*pharmacology.md"):
        model_named(name)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_model_says_where_it_comes_from_and_what_it_cannot_do(model):
    assert model.source.citation
    assert model.source.table
    assert model.source.population
    assert model.known_problems
    assert model.not_offered
    assert model.outputs
    for estimate in (*model.parameters.values(), *model.residuals.values()):
        assert estimate.tag is Tag.B
        assert "pharmacology.md 1." in estimate.source
        assert estimate.unit


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_covariances_are_between_parameters_that_vary(model):
    for pair in model.log_covariances:
        assert all(model.parameters[name].between_subject_cv for name in pair)
