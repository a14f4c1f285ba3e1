"""Consent as a person meets it: read, ticked, signed, countersigned, taken back, printed."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.consent import services
from ajar.clinic.consent.services import ConsentRefused, countersign, same_name, sign_as_patient, withdraw
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger, append
from ajar.clinic.staff.authors import author_of
from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.consent.library import current_document, current_documents
from ajar.pathway.evaluation.entries import Answer, EvaluationSigned, HistoryAnswered
from ajar.pathway.ledger.entry import AuthorKind, NewEntry, Source
from ajar.pathway.staff.roles import Role
from tests.support.people import BACKEND, PIN

pytestmark = pytest.mark.usefixtures("clock")

IV = "ketamine-iv"
NASAL = "esketamine-nasal"


@pytest.fixture
def at_home(client: Client, patient) -> Client:
    client.force_login(patient.account, backend=BACKEND)
    return client


@pytest.fixture
def on_the_floor(client: Client, nurse) -> Client:
    client.force_login(nurse, backend=BACKEND)
    return client


def url(name, patient, *args):
    return reverse(f"consent:{name}", args=[patient.pk, *args])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def filled(patient, *, language="en", document_id=IV, **changes):
    document = current_document(document_id)
    form = dict.fromkeys(ELEMENT_IDS, "on") | {
        "digest": document.digest(language),
        "language": language,
        "expected": decision_position(patient.pk),
        "typed_name": patient.name,
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


def signed_by(patient, account, now, **changes):
    values = {
        "patient": patient,
        "document_id": IV,
        "language": "en",
        "shown_digest": current_document(IV).digest("en"),
        "elements": ELEMENT_IDS,
        "typed_name": patient.name,
        "by": account,
        "now": now,
        "expected": ANYWHERE,
    }
    return sign_as_patient(**(values | changes))


def last(patient, kind):
    return [entry for entry in all_entries(patient.pk) if isinstance(entry.payload, kind)][-1]


def test_a_patient_reads_ticks_every_part_and_signs_with_their_name(at_home, patient):
    page = at_home.get(url("sign", patient, IV))
    assert page.status_code == 200
    assert "This use is off-label" in text(page)
    done = at_home.post(url("sign", patient, IV), filled(patient), follow=True)
    assert "You have signed" in text(done)
    assert "Waits for the prescriber" in text(done)
    entry = last(patient, ConsentSigned)
    assert (entry.source, entry.recorded_by.kind) == (Source.PORTAL, AuthorKind.PATIENT)
    assert entry.payload.document_digest == current_document(IV).digest("en")
    assert entry.payload.meaning.startswith("I agree to treatment with ketamine by infusion")
    assert (entry.payload.signatory, entry.payload.elements) == (Signatory.PATIENT, ELEMENT_IDS)


def test_a_spanish_speaker_reads_and_signs_in_spanish(at_home, patient):
    patient.language = "es"
    patient.save()
    page = at_home.get(url("sign", patient, NASAL))
    assert "Para qué está aprobado" in text(page)
    assert "?language=en" in page.content.decode()
    at_home.post(url("sign", patient, NASAL), filled(patient, language="es", document_id=NASAL))
    signed = last(patient, ConsentSigned).payload
    assert (signed.language, signed.document_digest) == ("es", current_document(NASAL).digest("es"))
    assert signed.meaning.startswith("Acepto")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"CON-4": None}, "Tick this part when you have understood it."),
        ({"typed_name": "alma quist"}, "Type your full name exactly like this: Alma Quist"),
        ({"typed_name": ""}, "Needed, and still empty"),
        ({"digest": "0" * 64}, "The text of this consent changed while you were reading"),
    ],
)
def test_a_signature_that_leaves_something_out_is_refused_and_keeps_what_was_typed(
    at_home, patient, changes, expected
):
    page = at_home.post(url("sign", patient, IV), filled(patient, **changes))
    assert page.status_code == 422
    assert expected in text(page)
    assert page.content.decode().count(" checked") == sum(f"CON-{n}" not in changes for n in range(1, 13))
    assert not all_entries(patient.pk)


def test_a_text_that_changed_while_it_was_read_is_not_signed(monkeypatch, patient, now):
    old = current_document(IV)
    newer = replace(old, version="2099-01")
    monkeypatch.setattr(services, "current_document", lambda _: newer)
    with pytest.raises(ConsentRefused, match="changed while you were reading"):
        signed_by(patient, patient.account, now, shown_digest=old.digest("en"))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Alma Quist", True),
        ("  Alma   Quist ", True),
        ("alma Quist", False),
        ("Alma Quis", False),
        ("", False),
    ],
)
def test_a_name_is_compared_letter_for_letter(typed, same):
    assert same_name("Alma Quist", typed) is same


def test_an_accent_typed_in_two_ways_is_one_letter():
    assert same_name("Sofía Núñez", "Sofi\u0301a Nu\u0301n\u0303ez")


def test_a_missing_part_is_refused_by_the_service_itself(patient, now):
    with pytest.raises(ConsentRefused, match="Serious risks"):
        signed_by(patient, patient.account, now, elements=[e for e in ELEMENT_IDS if e != "CON-4"])
    with pytest.raises(ConsentRefused, match="exactly like this"):
        signed_by(patient, patient.account, now, typed_name="Somebody Else")


def test_on_a_clinic_device_the_patient_signs_and_the_record_names_who_handed_it_over(
    on_the_floor, patient, nurse
):
    page = on_the_floor.get(url("hand-over", patient, IV))
    assert "was handed to Alma Quist by New York Nurse, RN" in text(page)
    assert "Patients" not in text(page)  # no way from here into other charts
    done = on_the_floor.post(url("hand-over", patient, IV), filled(patient), follow=True)
    assert "Please give the device back" in text(done)
    entry = last(patient, ConsentSigned)
    assert (entry.recorded_by.id, entry.payload.signatory) == (str(nurse.pk), Signatory.PATIENT)
    assert entry.payload.printed_name == "Alma Quist"
    assert "handed over by New York Nurse, RN" in text(on_the_floor.get(url("overview", patient)))


def test_the_prescriber_signs_after_the_patient_with_a_pin(client, patient, prescriber, now):
    signed_by(patient, patient.account, now)
    client.force_login(prescriber, backend=BACKEND)
    form = {"expected": decision_position(patient.pk), "pin": "0000"}
    assert client.post(url("countersign", patient, IV), form | {"pin": ""}).status_code == 422
    refused = client.post(url("countersign", patient, IV), form)
    assert refused.status_code == 422
    assert "not the signing PIN" in text(refused)
    done = client.post(url("countersign", patient, IV), form | {"pin": PIN}, follow=True)
    assert "The consent is valid." in text(done)
    signed = last(patient, ConsentSigned).payload
    assert (signed.signatory, signed.printed_name) == (Signatory.PRESCRIBER, "New York Prescriber, MD")
    assert services.standing_now(patient, current_document(IV), now=now).valid
    assert "Valid until Tue 2 Mar 2027" in text(done)


def test_there_is_nothing_to_countersign_before_the_patient_signed_or_twice(patient, prescriber, now):
    values = {"patient": patient, "document_id": IV, "by": prescriber, "now": now, "expected": ANYWHERE}
    with pytest.raises(ConsentRefused, match="has not signed this consent"):
        countersign(**values)
    signed_by(patient, patient.account, now)
    countersign(**values)
    with pytest.raises(ConsentRefused, match="Signed by both"):
        countersign(**values)


def test_a_patient_takes_consent_back_without_a_reason(at_home, patient, prescriber, now):
    entry = signed_by(patient, patient.account, now)
    countersign(patient=patient, document_id=IV, by=prescriber, now=now, expected=ANYWHERE)
    form = {"expected": decision_position(patient.pk), "because": ""}
    done = at_home.post(url("withdraw", patient, IV), form, follow=True)
    assert "Taken back" in text(done)
    taken_back = last(patient, ConsentWithdrawn).payload
    assert (taken_back.signature_id, taken_back.withdrawn_by) == (entry.id, "Alma Quist")
    assert not services.standing_now(patient, current_document(IV), now=now).valid


def test_staff_record_a_withdrawal_in_the_patients_words(on_the_floor, patient, now):
    signed_by(patient, patient.account, now)
    form = {"expected": decision_position(patient.pk), "because": "I am afraid of it"}
    done = on_the_floor.post(url("record-withdrawal", patient, IV), form, follow=True)
    assert "“I am afraid of it”" in text(done)
    assert "Recorded by New York Nurse, RN" in text(done)
    assert last(patient, ConsentWithdrawn).payload.withdrawn_by == "Alma Quist"


def test_nothing_signed_cannot_be_taken_back(at_home, patient, now):
    with pytest.raises(ConsentRefused, match="no signed consent"):
        withdraw(patient=patient, document_id=IV, because="", by=patient.account, now=now, expected=ANYWHERE)
    page = at_home.post(url("withdraw", patient, IV), {"expected": 0, "because": "typed"})
    assert page.status_code == 422
    assert "no signed consent" in text(page)
    assert at_home.post(url("withdraw", patient, IV), {"expected": ""}).status_code == 422


def test_other_rooms_at_work_do_not_make_a_reader_start_again(at_home, patient, nurse, now):
    form = filled(patient)
    fact = NewEntry(payload=HistoryAnswered(question="alcohol", answer=Answer.NO), happened_at=now)
    append([fact], patient_id=patient.pk, expected=ANYWHERE, by=author_of(nurse), now=now)
    assert at_home.post(url("sign", patient, IV), form).status_code == 302


@pytest.mark.hazard("HAZ-13")
def test_a_consent_that_changed_since_the_page_was_opened_refuses_the_signature(at_home, patient, now):
    form = filled(patient)
    signed_by(patient, patient.account, now)
    assert at_home.post(url("sign", patient, IV), form).status_code == 409
    with pytest.raises(StaleLedger):
        signed_by(patient, patient.account, now, expected=0)


def test_the_copy_shows_exactly_what_was_signed_by_whom_and_when(at_home, patient, now):
    entry = signed_by(patient, patient.account, now)
    page = text(at_home.get(url("copy", patient, entry.id)))
    assert "Mon 2 Mar 2026, 10:00 EST" in page
    assert current_document(IV).digest("en") in page
    assert "Version 2026-11" in page
    assert "These are not the words" not in page
    assert at_home.get(url("copy", patient, patient.pk)).status_code == 404


def test_a_consent_runs_out_after_a_year(at_home, patient, prescriber, now):
    long_ago = now - timedelta(days=366)
    signed_by(patient, patient.account, long_ago)
    countersign(patient=patient, document_id=IV, by=prescriber, now=long_ago, expected=ANYWHERE)
    page = text(at_home.get(url("overview", patient)))
    assert "It was valid until Mon 1 Mar 2027" not in page
    assert "Expired" in page
    assert "It was valid until Sun 1 Mar 2026" in page


def test_the_consent_for_the_treatment_found_suitable_comes_first(at_home, patient, prescriber, now):
    conclusion = EvaluationSigned(
        outcome="eligible",
        indication="TRD",
        product="esketamine_in",
        jurisdiction="US",
        rulebook_version="1",
        findings=(),
        summary="",
        meaning="I conclude.",
    )
    new = NewEntry(payload=conclusion, happened_at=now)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(prescriber), now=now)
    page = text(at_home.get(url("overview", patient)))
    assert page.index("esketamine nasal spray") < page.index("ketamine by infusion")
    assert "the treatment found suitable" in page


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        (Role.FRONT_DESK, "overview", 403),
        (Role.THERAPIST, "overview", 200),
        (Role.NURSE, "sign", 403),
        (Role.PATIENT, "hand-over", 403),
        (Role.NURSE, "thank-you", 200),
    ],
)
def test_each_role_meets_its_own_pages(as_role, client, patient, role, name, status):
    args = [] if name == "overview" else [IV]
    assert as_role(client, role).get(url(name, patient, *args)).status_code == status


def test_a_document_that_does_not_exist_is_not_found(at_home, patient):
    assert at_home.get(url("sign", patient, "home-lozenge")).status_code == 404


def test_a_nurse_cannot_countersign(on_the_floor, patient, now):
    signed_by(patient, patient.account, now)
    assert on_the_floor.post(url("countersign", patient, IV), {"pin": PIN, "expected": 1}).status_code == 403


def test_the_other_consents_stand_folded_below_the_one_that_is_wanted(at_home, patient, now):
    signed_by(patient, patient.account, now)
    page = at_home.get(url("overview", patient)).content.decode()
    assert page.index("ketamine by infusion") < page.index("Consents for other treatments")
    assert page.index("Consents for other treatments") < page.index("ketamine lozenges at home")
    assert "dwell on this" not in page


def test_staff_see_what_to_explain_with_its_source(on_the_floor, patient, now):
    signed_by(patient, patient.account, now)
    page = text(on_the_floor.get(url("overview", patient)))
    assert "CON-1 Off-label · dwell on this : That the use is not approved" in page
    assert "[CPSBC21]; list from general knowledge, verify" in page


@pytest.mark.parametrize("document", [document.id for document in current_documents()])
def test_every_consent_can_be_read_in_both_languages(at_home, patient, document):
    page = text(at_home.get(url("sign", patient, document), {"language": "es"}))
    assert "Puede cambiar de opinión" in page
    assert "You may change your mind" in text(at_home.get(url("sign", patient, document)))
