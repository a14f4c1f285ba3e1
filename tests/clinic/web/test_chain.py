"""The public picture of the chain: a fixed menu, honest labels, the engine's own values."""

import numpy as np
import pytest
from django.test import Client

from ajar.clinic.web.chain import HOURS_H, LINKS, WEEKS_H, drawn_links, values
from ajar.clinic.web.chain_menu import FORMS, Span, chosen
from ajar.clinic.web.public import Claim, Grade
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from tests.clinic.web.test_public_pages import BLOCKED, text_of
from tools.chain import PEOPLE, SEED, curves_of

MENU = [(form, dose) for form in FORMS for dose in form.doses]
ADDRESS = "/how-it-works/"


def test_the_file_is_of_this_model():
    told = values()
    assert (told["model"], told["people"], told["seed"]) == (f"{MODEL_ID} {VERSION}", PEOPLE, SEED), (
        "run `python -m tools.chain`"
    )
    assert set(told["doses"]) == {f"{form.id}-{dose.id}" for form, dose in MENU}


def test_the_values_are_the_engines():
    [spray] = [dose for form, dose in MENU if (form.id, dose.id) == ("spray", "56")]
    fresh, kept = curves_of(spray.session, people=PEOPLE), values()["doses"]["spray-56"]
    for link in LINKS:
        assert fresh[link.output]["status"] == kept[link.output]["status"]
        rows = np.asarray(fresh[link.output]["rows"]), np.asarray(kept[link.output]["rows"])
        assert np.allclose(*rows, rtol=2e-3, atol=1e-4), f"{link.output}: run `python -m tools.chain`"


@pytest.mark.parametrize(("form", "dose"), MENU, ids=lambda one: one.id)
@pytest.mark.parametrize("span", Span)
def test_every_choice_can_be_drawn(form, dose, span):
    drawn = drawn_links(chosen(form=form.id, dose=dose.id, span=span))
    assert len(drawn) == sum(link.span is span for link in LINKS)
    for one in drawn:
        assert len(one.fan.times) == len(HOURS_H if span is Span.HOURS else WEEKS_H)
        assert all(np.isfinite(row).all() for row in one.fan.quantiles.rows)


@pytest.mark.parametrize("link", LINKS, ids=lambda one: one.output)
def test_every_link_has_a_grade_and_a_source(link):
    assert isinstance(link.claim, Claim)
    assert link.claim.grade in Grade
    assert len(link.claim.source) > 10


def test_what_joins_receptor_and_mood_is_never_called_established():
    told = values()["doses"]["drip-half"]
    inner = {"nmda_block", "glutamate_excess", "mtorc1_translation", "synaptic_gain", "cytokines_share"}
    assert {told[name]["status"] for name in inner} <= {Status.PLAUSIBLE, Status.UNPROVEN}


@pytest.mark.parametrize(
    "asked", ["", "?form=nonsense&dose=500&span=years", "?form=lozenge&dose=84", "?span=weeks"]
)
def test_what_is_not_on_the_menu_becomes_what_is(client: Client, asked: str):
    page = client.get(ADDRESS + asked).content.decode()
    assert page.count("fan-outer") in (4, 6)
    assert "500 mg" not in page


@pytest.mark.parametrize(("form", "dose"), MENU, ids=lambda one: one.id)
@pytest.mark.parametrize("span", Span)
def test_no_choice_says_more_than_the_evidence(client: Client, form, dose, span):
    words = text_of(client, f"{ADDRESS}?form={form.id}&dose={dose.id}&span={span}").lower()
    assert not [sentence for sentence in BLOCKED if sentence in words]
    assert "no dose here is advice" in words


@pytest.mark.parametrize("span", Span)
def test_the_picture_is_light(client: Client, span):
    assert len(client.get(f"{ADDRESS}?form=spray&dose=84&span={span}").content) < 60_000


def test_there_is_no_field_to_type_a_dose_into(client: Client):
    page = client.get(ADDRESS).content.decode()
    section = page[page.index('id="chain"') : page.index("</section>", page.index('id="chain"'))]
    assert "<input" not in section
    assert "<select" not in section


def test_the_picture_is_there_in_spanish(client: Client):
    client.cookies["django_language"] = "es"
    page = client.get(f"{ADDRESS}?span=weeks").content.decode()
    assert "Red neuronal por defecto" in page
    assert "sin demostrar" in page
    assert "día 7" in page
