"""What a visitor reads before anybody knows them."""

import re

import pytest
from django.test import Client

from ajar.clinic.web import public

PAGES = ("/", "/how-it-works/")
BLOCKED = (
    "always supervised",
    "always administered",
    "far more effective",
    "lasting change",
    "transformative",
    "rewire",
    "rewiring",
    "repair",
    "resets",
    "without overwhelm",
    "stuck",
    "is safe",
    "breakthrough",
    "miracle",
)
"""Evidence table: sentences that must not be output unqualified, and their near relations."""


def text_of(client: Client, address: str) -> str:
    """The words of a page, without its markup."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("sentence", BLOCKED)
def test_what_the_evidence_does_not_carry_is_not_said(client: Client, address: str, sentence: str) -> None:
    assert sentence not in text_of(client, address).lower()


@pytest.mark.parametrize("address", PAGES)
def test_crisis_help_is_on_every_public_page(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert 'href="tel:988"' in page
    assert 'href="sms:988"' in page


def test_the_front_door_has_three_ways_in(client: Client) -> None:
    page = client.get("/").content.decode()
    assert all(f'href="{address}"' in page for address in ("/quiz/phq-9/", "/book/", "/how-it-works/"))


def test_exclusions_are_published_before_anyone_pays(client: Client) -> None:
    words = text_of(client, "/")
    for exclusion in (*public.NOT_HERE, *public.NOT_YET):
        assert str(exclusion.words) in words
        assert exclusion.rules in words


@pytest.mark.parametrize("claim", [*public.CLAIMS, *(one for part in public.ARTICLE for one in part.claims)])
def test_every_claim_has_a_grade_and_a_source(claim: public.Claim) -> None:
    assert claim.grade in public.Grade
    assert len(claim.source) > 10


def test_the_article_says_how_long_it_takes(client: Client) -> None:
    minutes = public.reading_minutes(public.ARTICLE)
    assert minutes >= 2
    assert f"{minutes} minutes to read" in text_of(client, "/how-it-works/")


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_is_light(client: Client, address: str) -> None:
    assert len(client.get(address).content) < 60_000


@pytest.mark.parametrize("address", [*PAGES, "/styleguide/"])
def test_pages_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
