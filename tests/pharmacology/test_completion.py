"""Who gets through a course: counts with their source, never a promise for one person."""

import pytest

from ajar.pharmacology.completion import (
    ASSUMED_NO_SHOW,
    COMPLETIONS,
    Completion,
    Practice,
    Provenance,
    completion_outlook,
)
from ajar.pharmacology.estimates import Tag
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import Route


@pytest.mark.parametrize("one", COMPLETIONS, ids=lambda one: one.id)
def test_every_count_says_where_it_was_read_and_among_how_many(one):
    assert one.source.startswith("evidence.md")
    assert one.provenance.words
    low, high = one.interval
    assert 0 < low < one.share < high < 1


def test_the_interval_is_wilsons():
    """38 of 458 left: worked by hand from Wilson's formula."""
    [one] = [one for one in COMPLETIONS if one.id == "SUSTAIN-3"]
    assert one.interval == pytest.approx((0.8883, 0.9389), abs=2e-4)


@pytest.mark.parametrize(
    ("route", "drug", "ids", "span", "attended"),
    [
        (
            Route.NASAL,
            Drug.ESKETAMINE,
            ["MarketScan", "claims, suicidality", "RW6", "SUSTAIN-3", "Daly 2018"],
            (0.45, 0.848),
            7.47,
        ),
        (Route.INTRAVENOUS, Drug.RACEMATE, ["RW6"], (0.848, 0.848), 5.79),
    ],
)
def test_a_route_has_its_counts_and_the_range_of_ordinary_care(route, drug, ids, span, attended):
    seen = completion_outlook(route, drug)
    assert seen is not None
    assert [one.id for one in seen.counts] == ids
    assert tuple(one.share for one in seen.range) == span
    assert seen.attendance is not None
    assert seen.attendance.mean_sessions.value == attended
    assert seen.attendance.mean_sessions.value <= seen.attendance.planned_sessions


def test_where_nobody_counted_nothing_is_said():
    assert completion_outlook(Route.SUBLINGUAL, Drug.RACEMATE) is None


def test_the_spray_is_esketamine():
    with pytest.raises(ValueError, match="The nasal spray is esketamine"):
        completion_outlook(Route.NASAL, Drug.RACEMATE)


def test_what_is_assumed_is_marked_as_assumed():
    assert {one.tag for one in ASSUMED_NO_SHOW} == {Tag.H}


@pytest.mark.parametrize(
    ("share", "people", "says"), [(1.0, 10, "between 0 and 1"), (0.5, 0, "at least one person")]
)
def test_a_share_of_nobody_is_refused(share, people, says):
    with pytest.raises(ValueError, match=says):
        Completion(
            id="x",
            where="x",
            counted="x",
            practice=Practice.CLINIC,
            routes=(Route.NASAL,),
            share=share,
            people=people,
            provenance=Provenance.READ,
            source="evidence.md",
        )


def test_a_route_without_a_count_of_sessions_says_none(monkeypatch):
    monkeypatch.setattr("ajar.pharmacology.completion.ATTENDANCE", ())
    seen = completion_outlook(Route.NASAL, Drug.ESKETAMINE)
    assert seen is not None
    assert seen.attendance is None
