"""`ajar site` and `ajar account`: the first places and people of a clinic, or a reason why not."""

from argparse import Namespace

import pytest
from django.test import Client

from ajar.clinic.staff.commands import add_account, add_site
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.staff.roles import Role
from tests.support.people import BACKEND


def site(name="Boston", zone="America/New_York", *, telehealth=False):
    return add_site(Namespace(name=name, zone=zone, telehealth=telehealth))


def account(email="ana@clinic.example", name="Ana Test", role="nurse", credentials="RN"):
    return add_account(Namespace(email=email, name=name, role=role, credentials=credentials))


class TestASite:
    def test_it_opens_with_its_own_clock(self, db, capsys):
        assert site("New Haven", "America/New_York") == 0
        assert capsys.readouterr().out == "New Haven (new-haven) is open, in America/New_York.\n"
        assert str(Site.objects.get().zone) == "America/New_York"

    def test_one_without_rooms_says_so(self, db):
        site("Video", telehealth=True)
        assert Site.objects.get().telehealth

    def test_who_works_everywhere_reaches_it_at_once(self, staff, miami_staff):
        site()
        reached = {one.role for one in Site.objects.get(slug="boston").accounts.all()}
        assert reached == {Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR}

    @pytest.mark.parametrize("zone", ["America/Nowhere", "", "Boston", "../etc/passwd", "/etc/passwd"])
    def test_a_zone_that_is_none_is_refused_with_an_example(self, db, zone, capsys):
        assert site(zone=zone) == 1
        said = capsys.readouterr()
        assert said.err == f"Expected a time zone such as America/New_York, got {zone!r}.\n"
        assert not said.out
        assert not Site.objects.exists()

    @pytest.mark.parametrize("name", ["Boston", "BOSTON", "  boston! "])
    def test_the_same_place_is_not_opened_twice(self, db, name, capsys):
        site()
        assert site(name) == 1
        assert f"There is a site {name!r} already" in capsys.readouterr().err
        assert Site.objects.count() == 1

    @pytest.mark.parametrize("name", ["", "!?", "B" * 51])
    def test_a_name_that_is_none_or_too_long_is_refused(self, db, name, capsys):
        assert site(name) == 1
        assert "A site's name has 1 to 50 letters or digits" in capsys.readouterr().err
        assert not Site.objects.exists()


class TestAnAccount:
    def test_it_works_at_every_site_and_gets_a_link(self, new_york, miami, capsys):
        assert account() == 0
        made = Account.objects.get()
        assert (made.titled_name, made.role_of) == ("Ana Test, RN", Role.NURSE)
        assert set(made.sites.all()) == {new_york, miami}
        assert not made.has_usable_password()
        first, link = capsys.readouterr().out.splitlines()
        assert first == "Ana Test, RN can choose a password, once, at this address of the clinic:"
        assert link.startswith("  /accounts/password/reset/key/")

    @pytest.mark.parametrize("email", ["ana", "", "ana@", "@clinic.example"])
    def test_an_address_that_is_none_is_refused(self, db, email, capsys):
        assert account(email) == 1
        assert capsys.readouterr().err == f"Expected an e-mail address, got {email!r}.\n"
        assert not Account.objects.exists()

    @pytest.mark.parametrize("email", ["ana@clinic.example", "ANA@Clinic.Example"])
    def test_one_address_has_one_account(self, db, email, capsys):
        account()
        assert account(email) == 1
        assert capsys.readouterr().err == f"{email} has an account already.\n"
        assert Account.objects.count() == 1


class TestThePasswordLink:
    NEW = "a very long walk home"

    @pytest.fixture
    def link(self, new_york, capsys):
        account()
        return capsys.readouterr().out.splitlines()[1].strip()

    def choose(self, client, link, password=NEW):
        form = client.get(link).headers["Location"]
        return client.post(form, {"password1": password, "password2": password})

    def sign_in(self, client, password=NEW):
        client.post("/accounts/login/", {"login": "ana@clinic.example", "password": password})
        return "_auth_user_id" in client.session

    def test_it_leads_to_a_password_and_to_the_second_factor(self, client, link):
        assert not self.sign_in(client, "")
        assert self.choose(client, link).status_code == 302
        assert self.sign_in(client)
        assert client.get("/today/").headers["Location"] == "/accounts/2fa/totp/activate/"

    def test_it_works_once(self, client, link):
        self.choose(client, link)
        again = client.get(link)
        assert again.status_code == 200
        assert "Location" not in again.headers
        assert self.sign_in(client)

    def test_a_short_password_is_refused_and_the_link_stays_good(self, client, link):
        assert self.choose(client, link, "short").status_code == 200
        assert not self.sign_in(client, "short")
        self.choose(client, link)
        assert self.sign_in(client)

    def test_a_link_that_was_changed_opens_nothing(self, client, link):
        assert "Location" not in client.get(link[:-2] + "x/").headers


class TestStoppingSignIn:
    @pytest.fixture
    def office(self, client, as_role):
        return as_role(client, Role.ADMINISTRATOR)

    def test_it_ends_the_sessions_that_are_open(self, office, nurse):
        at_work = Client()
        at_work.force_login(nurse, backend=BACKEND)
        assert at_work.get("/today/").status_code == 200
        office.post(f"/people/{nurse.pk}/activate/", {"active": "no"})
        assert at_work.get("/today/").headers["Location"].startswith("/accounts/login/")

    def test_nobody_stops_their_own(self, office, staff):
        administrator = staff[Role.ADMINISTRATOR]
        page = office.post(f"/people/{administrator.pk}/activate/", {"active": "no"}, follow=True)
        assert "You cannot stop your own sign-in" in page.content.decode()
        administrator.refresh_from_db()
        assert administrator.is_active

    def test_patients_are_not_among_the_people_who_work_here(self, office, patient):
        assert office.post(f"/people/{patient.account.pk}/activate/", {"active": "no"}).status_code == 404
        patient.account.refresh_from_db()
        assert patient.account.is_active


def test_two_invitations_to_one_address_in_other_capitals_are_refused(client, as_role, new_york):
    office = as_role(client, Role.ADMINISTRATOR)
    form = {"printed_name": "Ines Calder", "role": "nurse", "sites": [new_york.pk]}
    assert office.post("/people/add/", form | {"email": "ines@clinic.example"}).status_code == 200
    page = office.post("/people/add/", form | {"email": "INES@clinic.example"})
    assert page.status_code == 422
    assert "Someone has an account with this e-mail address already." in page.content.decode()
    assert Account.objects.filter(email__iexact="ines@clinic.example").count() == 1


def test_a_patient_is_not_invited_as_staff(client, as_role, new_york):
    form = {"printed_name": "A", "email": "a@clinic.example", "role": "patient", "sites": [new_york.pk]}
    assert as_role(client, Role.ADMINISTRATOR).post("/people/add/", form).status_code == 422
