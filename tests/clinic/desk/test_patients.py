"""The list of patients and the registration of a new one."""

import pytest

from ajar.clinic.desk.selectors import patient_rows
from ajar.clinic.desk.views import PER_PAGE
from ajar.clinic.patients.models import Patient
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.maintenance.standing import Step
from ajar.pathway.staff.roles import CLINICIANS, STAFF, Role
from tests.support.people import make_patient

ASKED = HistoryAnswered(question="aneurysm", answer=Answer.NO)


@pytest.fixture
def at_desk(client, as_role, clock):
    return as_role(client, Role.FRONT_DESK)


class TestTheList:
    def test_it_holds_the_patients_of_ones_sites(self, at_desk, patient, miami_patient):
        words = at_desk.get("/patients/").content.decode()
        assert "Alma Quist" in words
        assert "Omar Tamm" not in words

    @pytest.mark.parametrize(
        ("words", "found"),
        [("quist", True), ("1985-06-01", True), ("Nobody", False), ("Omar", False), ("al\0ma", True)],
    )
    def test_a_search_finds_within_reach_alone(self, at_desk, patient, miami_patient, words, found):
        page = at_desk.get("/patients/", {"q": words}).content.decode()
        assert (f"/patients/{patient.pk}/" in page) == found
        assert ("Nobody found" in page) != found
        assert "Omar Tamm" not in page

    def test_a_long_list_is_turned_page_by_page(self, at_desk, new_york, now):
        for number in range(PER_PAGE + 1):
            Patient.objects.create(
                mrn=f"T-{number}", given_name=f"Given{number:02}", family_name="Beck", sex="female",
                birth_date="1980-01-01", site=new_york, created_at=now,
            )  # fmt: skip
        first = at_desk.get("/patients/", {"q": "beck"}).content.decode()
        second = at_desk.get("/patients/", {"q": "beck", "page": "2"}).content.decode()
        assert "Page 1 of 2, 26 patients" in first
        assert "Given25" not in first
        assert "Given25" in second
        assert "?q=beck&amp;page=1" in second

    @pytest.mark.parametrize("page", ["0", "-1", "99", "second"])
    def test_a_page_that_is_not_there_is_answered_with_one_that_is(self, at_desk, patient, page):
        assert "Alma Quist" in at_desk.get("/patients/", {"page": page}).content.decode()

    @pytest.mark.hazard("HAZ-15")
    @pytest.mark.parametrize("role", sorted(STAFF))
    def test_where_things_stand_is_for_those_who_read_charts(self, staff, patient, chart, role):
        chart(ASKED)
        [row] = patient_rows([patient], viewer=staff[role])
        assert (row.standing is not None) == (role in CLINICIANS)
        assert row.standing is None or row.standing.step is Step.EVALUATING

    @pytest.mark.parametrize("role", sorted(STAFF))
    def test_registering_is_offered_to_those_who_may(self, client, as_role, clock, role):
        offered = "/patients/new/" in as_role(client, role).get("/patients/").content.decode()
        assert offered == (role is not Role.THERAPIST)
        assert offered == (client.get("/patients/new/").status_code == 200)


class TestRegistering:
    @pytest.fixture
    def form(self, new_york):
        return {
            "given_name": "Felix",
            "family_name": "Beck",
            "birth_date": "1990-02-03",
            "sex": "male",
            "language": "es",
            "site": str(new_york.pk),
        }

    def test_a_new_patient_gets_a_number_and_a_chart(self, at_desk, form):
        page = at_desk.post("/patients/new/", form, follow=True)
        felix = Patient.objects.get(given_name="Felix")
        assert page.redirect_chain == [(f"/patients/{felix.pk}/", 302)]
        words = page.content.decode()
        assert f"Felix Beck is registered as {felix.mrn}." in words
        assert "36 years, born 1990-02-03" in words
        assert "Español" in words

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("given_name", "", "Needed, and still empty"),
            ("birth_date", "2026-03-03", "A date of birth lies in the past, at most 120 years ago."),
            ("birth_date", "1905-12-31", "A date of birth lies in the past, at most 120 years ago."),
            ("birth_date", "yesterday", "Enter a valid date"),
            ("birth_date", "", "Needed, and still empty"),
            ("email", "felix", "Enter a valid email address"),
            ("language", "xx", "Select a valid choice"),
        ],
    )
    def test_what_cannot_be_right_is_shown_again_with_what_was_typed(
        self, at_desk, form, field, value, words
    ):
        page = at_desk.post("/patients/new/", form | {field: value})
        assert page.status_code == 422
        assert words in page.content.decode()
        assert "Beck" in page.content.decode()
        assert not Patient.objects.exists()

    @pytest.mark.parametrize("day", ["2026-03-02", "1906-01-01"])
    def test_born_today_or_very_long_ago_is_taken(self, at_desk, form, day):
        assert at_desk.post("/patients/new/", form | {"birth_date": day}).status_code == 302

    @pytest.mark.hazard("HAZ-15")
    def test_one_registers_at_ones_own_sites_only(self, at_desk, form, miami):
        page = at_desk.post("/patients/new/", form | {"site": str(miami.pk)})
        assert page.status_code == 422
        assert "Miami" not in at_desk.get("/patients/new/").content.decode()


def test_two_people_of_one_name_are_listed_both(at_desk, new_york, patient, now):
    other = make_patient(new_york, now, given_name="Alma", family_name="Quistgaard")
    page = at_desk.get("/patients/", {"q": "alma"}).content.decode()
    assert str(other.pk) in page
    assert str(patient.pk) in page
