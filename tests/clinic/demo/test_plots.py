"""The invented lives, before any is told: complete, distinct, and such as a person could have."""

import pytest

from ajar.clinic.demo.curves import PEAK_MIN, Body, dissociation_at, effect, sedation_at, vitals_at
from ajar.clinic.demo.people import SITES, STAFF, person_number
from ajar.clinic.demo.plots import PLOTS, Answer, Chapter, Today, answers_after, baseline_answers
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import Scored, score
from ajar.pathway.observations.vitals import BOUNDS
from ajar.pathway.staff.roles import STAFF as STAFF_ROLES

PEOPLE = range(len(PLOTS))
MINUTES = [-18, 0, 10, 40, 66, 105, 240]


def test_every_chapter_is_told_and_a_session_is_running():
    assert {plot.chapter for plot in PLOTS} == set(Chapter)
    assert {plot.today for plot in PLOTS if plot.today} == set(Today)
    assert all((plot.today is not None) == (plot.chapter is Chapter.TODAY) for plot in PLOTS)


def test_nobody_shares_a_name():
    assert len({person_number(index)[:2] for index in PEOPLE}) == len(PLOTS)


def test_every_role_works_at_every_place_that_has_rooms():
    for site in SITES:
        roles = {person.role for person in STAFF if site.slug in person.sites}
        assert roles == STAFF_ROLES, site.name


def test_staff_are_reached_nowhere():
    assert len({person.email for person in STAFF}) == len(STAFF)
    assert all(person.email.endswith("@clinic.example") for person in STAFF)


@pytest.mark.parametrize("index", PEOPLE)
def test_each_person_is_depressed_at_first(index):
    scored = score(PHQ9, baseline_answers(index))
    assert isinstance(scored, Scored)
    assert scored.total >= 15


@pytest.mark.parametrize("answer", Answer)
def test_scores_never_rise_over_a_course_and_end_as_told(answer):
    for index in PEOPLE:
        totals = [sum(answers_after(index, answer, done / 6)) for done in range(7)]
        assert totals == sorted(totals, reverse=True)
        share = totals[-1] / totals[0]
        assert (share <= 0.5) == (answer in (Answer.REMITS, Answer.RESPONDS))


@pytest.mark.parametrize("minute", MINUTES)
def test_vital_signs_are_such_as_a_person_could_have(minute):
    for index in PEOPLE:
        for name, value in vitals_at(Body.of(index), minute).values().items():
            low, high = BOUNDS[name].usual
            assert low <= value <= high, name


def test_the_drug_is_felt_most_at_the_peak_and_hardly_at_the_end():
    assert [effect(-5), effect(0), effect(PEAK_MIN)] == [0, 0, 1]
    assert effect(PEAK_MIN + 60) < 0.1
    assert [sedation_at(minute) for minute in (0, 40, 105)] == [5, 4, 5]
    assert [sum(dissociation_at(minute)) for minute in (0, 40, 105)] == [0, 8, 0]
