"""Who works here: invited, made inactive, with a PIN of their own."""

import pytest

from ajar.clinic.staff.authors import author_of, device_author
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import ALLOWED, Action, may
from ajar.clinic.staff.selectors import colleagues, staff_accounts
from ajar.pathway.ledger.entry import AuthorKind
from ajar.pathway.staff.roles import Role
from tests.support.people import PASSWORD


@pytest.fixture
def office(client, as_role):
    return as_role(client, Role.ADMINISTRATOR)


def test_every_action_is_in_the_table_and_somebody_may_do_it():
    assert set(ALLOWED) == set(Action)
    assert all(ALLOWED.values())


def test_what_is_not_in_the_table_is_not_allowed(monkeypatch):
    monkeypatch.setattr("ajar.clinic.staff.policy.ALLOWED", {})
    assert not may(Role.ADMINISTRATOR, Action.ADMINISTER)


def test_an_author_carries_the_printed_name_as_it_is_now(nurse, patient):
    assert author_of(nurse).name == "New York Nurse, RN"
    assert author_of(nurse).kind is AuthorKind.STAFF
    assert author_of(patient.account).kind is AuthorKind.PATIENT
    assert device_author("MON-3").kind is AuthorKind.DEVICE


def test_the_second_person_is_someone_else_of_the_same_site(staff, miami_staff, new_york):
    found = colleagues(staff[Role.NURSE], new_york, Role.NURSE, Role.PRESCRIBER)
    assert list(found) == [staff[Role.PRESCRIBER]]


def test_patients_are_not_staff(staff, patient):
    assert set(staff_accounts()) == set(staff.values())


def test_an_administrator_invites_someone_who_then_chooses_a_password(office, client, new_york):
    form = {
        "printed_name": "Ines Calder",
        "email": "ines@clinic.example",
        "role": "nurse",
        "sites": [new_york.pk],
    }
    page = office.post("/people/add/", form)
    assert page.status_code == 200
    invited = Account.objects.get(email="ines@clinic.example")
    assert list(invited.sites.all()) == [new_york]
    assert not invited.has_usable_password()
    assert "/accounts/password/reset/key/" in page.content.decode()


def test_an_invitation_that_cannot_be_right_is_shown_again(office):
    page = office.post("/people/add/", {"printed_name": "Ines Calder", "role": "nurse"})
    assert page.status_code == 422
    assert "Needed, and still empty" in page.content.decode()


@pytest.mark.parametrize(("said", "active"), [("yes", True), ("no", False), ("", False)])
def test_an_administrator_stops_and_allows_sign_in(office, nurse, said, active):
    office.post(f"/people/{nurse.pk}/activate/", {"active": said})
    nurse.refresh_from_db()
    assert nurse.is_active == active


class TestOnesOwnPin:
    @pytest.fixture
    def nurse_at_work(self, client, as_role):
        return as_role(client, Role.NURSE)

    def test_it_is_set_with_ones_password(self, nurse_at_work, nurse):
        nurse_at_work.post("/my/pin/", {"pin": "13579", "again": "13579", "password": PASSWORD})
        nurse.refresh_from_db()
        assert nurse.pin_is("13579")

    @pytest.mark.parametrize(
        ("pin", "again", "password", "words"),
        [
            ("13579", "13578", PASSWORD, "The two PINs differ."),
            ("123", "123", PASSWORD, "A PIN is 4 to 8 digits."),
            ("12a4", "12a4", PASSWORD, "A PIN is 4 to 8 digits."),
            ("13579", "13579", "wrong", "That is not your password."),
        ],
    )
    def test_it_is_refused_in_words(self, nurse_at_work, nurse, pin, again, password, words):
        page = nurse_at_work.post("/my/pin/", {"pin": pin, "again": again, "password": password})
        assert words in page.content.decode()
        nurse.refresh_from_db()
        assert not nurse.pin_is(pin)


def test_one_works_at_ones_own_sites_only(client, as_role, nurse, miami, telehealth):
    nurse.sites.add(telehealth)
    as_role(client, Role.NURSE).post("/my/site/", {"site": str(telehealth.pk)})
    assert client.session["site"] == str(telehealth.pk)
    for elsewhere in (str(miami.pk), "", "nowhere"):
        assert client.post("/my/site/", {"site": elsewhere}).status_code == 302
    assert client.session["site"] == str(telehealth.pk)
