"""The rulebook's pages: every area can be read, a rule can be found, and versions compared."""

import pytest
from django.urls import reverse
from django.utils.text import slugify

from ajar.pathway.governance.comparison import Book
from ajar.pathway.governance.versions import version_named
from ajar.pathway.staff.roles import Role

AREAS = list(version_named().areas)


@pytest.fixture
def nurse(client, as_role, staff):
    return as_role(client, Role.NURSE)


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_the_first_page_leads_to_every_area(nurse):
    first = page(nurse, "governance:rulebook")
    assert all(reverse("governance:area", args=[slugify(area)]) in first for area in AREAS)


@pytest.mark.parametrize("area", AREAS)
def test_an_area_shows_every_rule_with_its_id(nurse, area):
    shown = page(nurse, "governance:area", slugify(area))
    assert all(f'id="{rule_id}"' in shown for rule_id in version_named().areas[area])


def test_an_area_that_is_not_there_is_not_found(nurse):
    assert nurse.get(reverse("governance:area", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize(("asked", "rule_id"), [("ci-06", "CI-06"), ("theophylline", "DDI-07")])
def test_a_rule_is_found_by_its_id_or_by_a_word(nurse, asked, rule_id):
    assert f'id="{rule_id}"' in page(nurse, "governance:rulebook", q=asked)


def test_what_is_not_found_is_said(nurse):
    assert "0 rules found" in page(nurse, "governance:rulebook", q="zzzzz")


def test_versions_are_compared_field_by_field(nurse, monkeypatch):
    books = {
        "1.1": Book(version="1.1", areas={"Alarms": {"ALM-1": {"title": "Pressure", "bound": "180"}}}),
        "1.2": Book(version="1.2", areas={"Alarms": {"ALM-1": {"title": "Pressure", "bound": "170"}}}),
    }
    views = "ajar.clinic.governance.rulebook_views"
    monkeypatch.setattr(f"{views}.version_names", lambda: tuple(books))
    monkeypatch.setattr(f"{views}.version_named", books.__getitem__)
    shown = page(nurse, "governance:changes", before="1.1", after="9.9")
    assert "From version 1.1 to 1.2" in shown
    assert "<del>180</del> <ins>170</ins>" in shown
    assert "Nothing changed" in page(nurse, "governance:changes", before="1.2", after="1.2")
