"""The medicine form: what a name is taken for, and a misspelling that is asked about."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.ledger.selectors import all_entries
from ajar.pathway.ledger.entry import effective
from ajar.pathway.patients.facts import CodeSystem, MedicationRecorded
from tests.support.people import BACKEND

pytestmark = pytest.mark.usefixtures("clock")

HTMX = {"HX-Request": "true"}
FOR_TRD = {"product": "esketamine_in", "indication": "treatment_resistant_depression", "payer": ""}


@pytest.fixture
def px(client: Client, prescriber) -> Client:
    client.force_login(prescriber, backend=BACKEND)
    return client


def send(px, patient, to, data, **headers):
    typed = {f"medicines-{name}": value for name, value in data.items()}
    address = reverse(f"evaluation:{to}", args=[patient.pk, "medicines"])
    return px.post(address, typed | FOR_TRD, headers=headers)


def recorded(patient):
    entries = effective(all_entries(patient.pk))
    return [e.payload for e in entries if isinstance(e.payload, MedicationRecorded)]


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


TYPED = [
    ({"name": "Zoloft 50 mg"}, "Recognised: sertraline (SSRI, antidepressant)"),
    ({"name": "Symbyax"}, "Recognised: fluoxetine, olanzapine (SSRI, antidepressant, antipsychotic)"),
    ({"name": "fludiazepam", "code": "n05ba17"}, "Recognised: fludiazepam (benzodiazepine)"),
    ({"name": "sertaline"}, "Not recognised: sertaline. Did you mean: Yes, sertraline"),
    ({"name": "frobnicate"}, "Not recognised: frobnicate. No interaction rule will look at it."),
    ({"name": "5 mg"}, "Not recognised: 5 mg."),
    ({"name": "sertraline", "code": "3322"}, "The code is that of diazepam, the name says sertraline."),
]


@pytest.mark.parametrize(("data", "words"), TYPED)
def test_what_a_name_is_taken_for_is_shown_while_it_is_typed(px, patient, data, words):
    shown = send(px, patient, "preview", data, **HTMX)
    assert words in text(shown)
    assert 'id="medicine-recognised"' in shown.content.decode()
    assert recorded(patient) == []


def test_nothing_is_said_of_a_name_that_is_not_typed(px, patient):
    assert "medicine-recognised" not in send(px, patient, "preview", {"name": " "}, **HTMX).content.decode()


def test_a_misspelling_is_judged_while_it_is_asked_about(px, patient):
    shown = send(px, patient, "preview", {"name": "sertaline", "active": "yes"}, **HTMX)
    assert "Did you mean sertraline?" in text(shown)
    assert "as typed, not recorded yet" in text(shown)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_misspelling_is_asked_about_once_and_one_press_puts_it_right(px, patient, headers):
    typed = {"name": "Sertaline 50 mg", "active": "yes", "dose_text": "50 mg daily"}
    asked = send(px, patient, "record", typed, **headers)
    assert "Did you mean sertraline? Take it below, or record it as typed." in text(asked)
    assert recorded(patient) == []
    button = re.search(r'<button[^>]* name="medicines-take" value="sertraline"', asked.content.decode())
    assert button
    send(px, patient, "record", typed | {"take": "sertraline"}, **headers)
    assert [payload.medicine.display for payload in recorded(patient)] == ["sertraline 50 mg"]


def test_the_button_that_records_comes_before_the_ones_that_suggest(px, patient):
    """Enter in a field presses the first button of the form: that must not be a suggestion."""
    page = send(px, patient, "record", {"name": "sertaline", "active": "yes"}, **HTMX).content.decode()
    form = page.split('id="medicines"')[1].split("Record this medicine")
    assert "medicines-take" not in form[0]
    assert "medicines-take" in form[1]


def test_a_name_that_somebody_stands_by_is_recorded_as_typed(px, patient):
    typed = {"name": "sertaline", "active": "yes"}
    asked = send(px, patient, "record", typed)
    assert 'name="medicines-asked_about" value="sertaline"' in asked.content.decode()
    other = send(px, patient, "record", {"name": "lexapor", "active": "yes", "asked_about": "sertaline"})
    assert "Did you mean lexapro?" in text(other)
    send(px, patient, "record", typed | {"asked_about": "sertaline"})
    assert [payload.medicine.display for payload in recorded(patient)] == ["sertaline"]
    page = px.get(reverse("evaluation:page", args=[patient.pk]), FOR_TRD)
    assert "Did you mean sertraline? Take the wrong name back" in text(page)


def test_a_suggestion_is_kept_when_something_else_is_missing(px, patient):
    shown = send(px, patient, "record", {"name": "sertaline", "take": "sertraline"})
    assert 'name="medicines-name" value="sertraline"' in shown.content.decode()
    assert recorded(patient) == []


def test_only_what_was_suggested_can_be_taken(px, patient):
    send(px, patient, "record", {"name": "lithium", "active": "yes", "take": "sertraline"})
    assert [payload.medicine.display for payload in recorded(patient)] == ["lithium"]


def test_code_and_route_are_recorded(px, patient):
    send(
        px,
        patient,
        "record",
        {"name": "Fluticasone", "code": "r01ad08", "route_text": "into the nose", "active": "yes"},
    )
    (payload,) = recorded(patient)
    assert (payload.medicine.system, payload.medicine.code) == (CodeSystem.ATC, "R01AD08")
    assert payload.route_text == "into the nose"
    page = px.get(reverse("evaluation:page", args=[patient.pk]), FOR_TRD)
    assert "At least 1 h before the spray" in text(page)


def test_a_code_of_another_shape_is_refused(px, patient):
    shown = send(px, patient, "record", {"name": "x", "code": "12-34", "active": "yes"})
    assert "Digits only for RxNorm; ATC looks like N05BA01." in text(shown)
    assert recorded(patient) == []
