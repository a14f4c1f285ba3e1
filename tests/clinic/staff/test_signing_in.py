"""Signing in: the second factor, the idle screen, the closed door."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ajar.clinic.staff.middleware import has_second_factor
from ajar.clinic.staff.models import Account
from ajar.pathway.staff.roles import STAFF, Role
from tests.support.people import BACKEND, PASSWORD

LOGIN = reverse("account_login")
SET_UP = reverse("mfa_activate_totp")


def signed_in(client):
    return "_auth_user_id" in client.session


def sign_in(client, account, password=PASSWORD):
    return client.post(LOGIN, {"login": account.email, "password": password})


class TestTheSecondFactor:
    @pytest.mark.parametrize("role", sorted(STAFF))
    def test_staff_without_one_set_it_up_before_anything_else(self, client, staff, role):
        Authenticator.objects.all().delete()
        client.force_login(staff[role], backend=BACKEND)
        assert client.get("/today/").headers["Location"] == SET_UP

    def test_the_set_up_page_itself_is_open(self, client, nurse):
        Authenticator.objects.all().delete()
        sign_in(client, nurse)
        found = client.get(SET_UP, follow=True)
        assert found.status_code == 200

    def test_staff_who_have_one_are_let_through(self, client, as_role):
        assert as_role(client, Role.NURSE).get("/today/").status_code == 200

    def test_a_password_alone_does_not_sign_staff_in(self, client, nurse):
        answer = sign_in(client, nurse)
        assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
        assert not signed_in(client)

    def test_recovery_codes_alone_are_no_second_factor(self, nurse):
        Authenticator.objects.filter(user=nurse).update(type=Authenticator.Type.RECOVERY_CODES)
        assert not has_second_factor(nurse)

    def test_a_patient_needs_none(self, client, patient):
        sign_in(client, patient.account)
        assert signed_in(client)
        assert client.get("/my/pin/").status_code == 403

    def test_the_synthetic_clinic_asks_for_none(self, client, nurse, settings):
        settings.DEMO = True
        Authenticator.objects.all().delete()
        client.force_login(nurse, backend=BACKEND)
        assert client.get("/today/").status_code == 200


class TestAnIdleScreen:
    @pytest.fixture
    def working(self, client, as_role, clock):
        as_role(client, Role.NURSE).get("/today/")
        return client

    def test_it_signs_itself_out_after_the_limit(self, working, clock, settings):
        clock.shift(timedelta(minutes=settings.IDLE_MINUTES, seconds=1))
        answer = working.get("/today/", follow=True)
        assert answer.redirect_chain == [(LOGIN, 302)]
        assert "You were signed out because the screen was idle" in answer.content.decode()
        assert not signed_in(working)

    def test_it_stays_signed_in_up_to_the_limit(self, working, clock, settings):
        clock.shift(timedelta(minutes=settings.IDLE_MINUTES))
        assert working.get("/today/").status_code == 200

    def test_work_moves_the_limit(self, working, clock, settings):
        for _ in range(3):
            clock.shift(timedelta(minutes=settings.IDLE_MINUTES - 1))
            assert working.get("/today/").status_code == 200

    @pytest.mark.parametrize("header", ["X-Requested-With", "HX-Request"])
    def test_a_page_that_refreshes_itself_is_nobody_working(self, working, clock, settings, header):
        clock.shift(timedelta(minutes=settings.IDLE_MINUTES - 1))
        working.get("/today/", headers={header: "fetch"})
        clock.shift(timedelta(minutes=2))
        working.get("/today/")
        assert not signed_in(working)


class TestTheDoor:
    def test_nobody_signs_up_by_themselves(self, client):
        stranger = {"email": "a@people.example", "password1": "correct horse battery", "password2": "x"}
        answer = client.post(reverse("account_signup"), stranger)
        assert answer.status_code in (200, 302)
        assert not Account.objects.filter(email="a@people.example").exists()

    def test_a_wrong_password_signs_nobody_in(self, client, patient):
        assert sign_in(client, patient.account, "wrong").status_code == 200
        assert not signed_in(client)

    def test_who_no_longer_works_here_cannot_sign_in(self, client, patient):
        patient.account.is_active = False
        patient.account.save()
        sign_in(client, patient.account)
        assert not signed_in(client)

    def test_an_address_is_compared_without_regard_to_case(self, client, patient):
        patient.account.email = patient.account.email.upper()
        sign_in(client, patient.account)
        assert signed_in(client)

    def test_guessing_one_persons_password_is_slowed_down(self, client, patient):
        for _ in range(5):
            sign_in(client, patient.account, "wrong")
        sign_in(client, patient.account)
        assert not signed_in(client)
