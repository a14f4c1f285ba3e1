"""Reach: one's own patient is there; anybody else's does not exist."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import ResolverMatch

from ajar.clinic.patients.access import (
    DefaultDenyMiddleware,
    encounter_in_reach,
    patient_in_reach,
    permit,
    public,
    reaches,
)
from ajar.clinic.patients.selectors import find_patients, patients_in_reach
from ajar.clinic.staff.policy import Action
from ajar.pathway.staff.roles import Role
from tests.support.people import make_patient


def test_staff_reach_the_patients_of_their_sites(staff, patient, miami_patient):
    for account in staff.values():
        assert reaches(account, patient)
        assert not reaches(account, miami_patient)


def test_a_patient_reaches_themself(patient, miami_patient):
    assert reaches(patient.account, patient)
    assert not reaches(patient.account, miami_patient)


@pytest.mark.hazard("HAZ-15")
def test_a_patient_out_of_reach_looks_like_none(nurse, miami_patient, session):
    with pytest.raises(Http404):
        patient_in_reach(nurse, miami_patient.pk)
    with pytest.raises(Http404):
        encounter_in_reach(miami_patient.account, session.pk)
    assert encounter_in_reach(nurse, session.pk) == session


def test_whoever_works_at_both_sites_reaches_both(nurse, patient, miami, miami_patient):
    nurse.sites.add(miami)
    assert set(patients_in_reach(nurse)) == {patient, miami_patient}


def test_a_list_shows_who_is_in_reach(nurse, patient, miami_patient):
    assert list(patients_in_reach(nurse)) == [patient]
    assert list(patients_in_reach(miami_patient.account)) == [miami_patient]


@pytest.mark.parametrize("words", ["", "alma", "QUIST al", "1985-06-01", "AJ-"])
def test_a_patient_is_found_by_name_number_or_birth_date(nurse, patient, miami_patient, new_york, now, words):
    make_patient(new_york, now, given_name="Felix", family_name="Beck") if words not in ("", "AJ-") else None
    found = list(find_patients(nurse, words))
    assert patient in found
    assert miami_patient not in found


@pytest.mark.parametrize("words", ["nobody", "alma beck", "1985-06-02", "omar"])
def test_words_that_fit_nobody_find_nobody(nurse, patient, miami_patient, words):
    assert list(find_patients(nurse, words)) == []


@pytest.mark.hazard("HAZ-20")
class TestDefaultDeny:
    def check(self, rf, view, name):
        request = rf.get("/")
        request.resolver_match = ResolverMatch(view, (), {}, url_name=name)
        return DefaultDenyMiddleware(lambda _: HttpResponse()).process_view(request, view, (), {})

    def test_a_view_that_says_nothing_is_refused(self, rf):
        with pytest.raises(PermissionDenied, match="does not say who may see it"):
            self.check(rf, lambda _: HttpResponse(), "forgotten")

    @pytest.mark.parametrize("mark", [public, permit(Action.SEE_CHART)])
    def test_a_marked_view_is_let_through(self, rf, mark):
        assert self.check(rf, mark(lambda _: HttpResponse()), "marked") is None

    def test_the_sign_in_library_decides_for_itself(self, rf):
        assert self.check(rf, lambda _: HttpResponse(), "account_login") is None


def test_a_refusal_says_who_may_not_do_what(rf, staff, patient):
    request = rf.get("/")
    request.user = staff[Role.FRONT_DESK]
    view = permit(Action.SEE_CHART)(lambda *_args, **_kwargs: HttpResponse())
    with pytest.raises(PermissionDenied, match="A front desk may not read the clinical chart"):
        view(request, patient_id=patient.pk)


def test_an_endless_search_is_cut_short(nurse, patient):
    assert list(find_patients(nurse, "Alma " * 2000)) == [patient]
