"""The evaluation page: facts recorded once, findings at once, precautions accepted by name, a signed end."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.evaluation.purpose import Purpose
from ajar.clinic.evaluation.services import EvaluationRefused, accept_finding, judgement_of, sign_evaluation
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.ledger.services import append
from ajar.clinic.staff.authors import author_of
from ajar.pathway.evaluation.entries import (
    EvaluationAskedFor,
    EvaluationSigned,
    FindingAccepted,
    HistoryAnswered,
)
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.policy import DEFAULT_POLICY
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.evaluation.rulebook import RULEBOOK_VERSION
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.ledger.entry import NewEntry, effective
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import MedicationRecorded
from ajar.pathway.staff.roles import Role
from tests.support.candidates import WELL, medicine
from tests.support.people import BACKEND, PIN

pytestmark = pytest.mark.usefixtures("clock")

HTMX = {"HX-Request": "true"}
SPRAVATO = Product.ESKETAMINE_IN
FOR_TRD = Purpose(product=SPRAVATO, indication=Indication.TRD)
ASKED = {"product": SPRAVATO, "indication": Indication.TRD, "payer": ""}


@pytest.fixture
def px(client: Client, prescriber) -> Client:
    client.force_login(prescriber, backend=BACKEND)
    return client


@pytest.fixture
def well(patient, prescriber, now):
    """Everything asked and answered well today."""
    entries = [NewEntry(payload=fact.payload, happened_at=now) for fact in WELL]
    append(entries, patient_id=patient.pk, expected=0, by=author_of(prescriber), now=now)
    return patient


def url(name, patient, *args):
    return reverse(f"evaluation:{name}", args=[patient.pk, *args])


def payloads(patient, kind):
    return [e.payload for e in effective(all_entries(patient.pk)) if isinstance(e.payload, kind)]


def record(client, patient, kind, data, **headers):
    typed = {f"{kind}-{name}": value for name, value in data.items()}
    return client.post(url("record", patient, kind), typed | ASKED, headers=headers)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def add(patient, prescriber, now, *facts):
    entries = [NewEntry(payload=fact.payload, happened_at=now) for fact in facts]
    seen = decision_position(patient.pk)
    append(entries, patient_id=patient.pk, expected=seen, by=author_of(prescriber), now=now)


def test_an_empty_chart_needs_information_and_cannot_be_signed(px, patient):
    page = px.get(url("page", patient))
    assert page.status_code == 200
    assert "Outcome: defer" in text(page)  # LAB-1: without a pregnancy test it waits
    assert "Sign evaluation" not in text(page)
    assert "Choose first what the treatment is for" in text(page)
    assert "Not asked yet" in text(page)


@pytest.mark.parametrize("product", list(Product))
def test_each_product_is_judged_by_its_own_rules(px, well, product):
    page = px.get(url("page", well), ASKED | {"product": product})
    assert "Sign evaluation: eligible" in text(page)
    assert ("SPR-T7" in text(page)) is (product is SPRAVATO)
    assert ("SL-06" in text(page)) is (product is Product.KETAMINE_SL_HOME)


TRIAL = {
    "drug": "Sertraline",
    "max_dose_text": "200 mg",
    "weeks": "8",
    "adequate_dose": "yes",
    "this_episode": "yes",
    "outcome": "under_25_percent",
}
FACTS = [
    ("vitals", {"systolic_mmhg": "122", "diastolic_mmhg": "78", "heart_rate_bpm": "70"}, "BP 122/78 mmHg"),
    ("medicines", {"name": "Diazepam", "dose_text": "5 mg at night", "active": "yes"}, "Diazepam, 5 mg at"),
    ("medicines", {"name": "Diazepam", "code": "3322", "active": "no"}, "Diazepam (RXNORM 3322), stopped"),
    (
        "conditions",
        {"display": "Aneurysm", "system": "icd-10-cm", "code": "I71.4", "status": "active"},
        "I71.4",
    ),
    ("conditions", {"display": "Sleeps badly", "system": "text", "status": "active"}, "Sleeps badly, active"),
    ("allergies", {"substance": "Ketamine", "reaction": "rash"}, "Ketamine, rash"),
    (
        "trials",
        TRIAL,
        "Sertraline 200 mg, 8 weeks, this episode, under 25 percent",
    ),
    ("pregnancy", {"status": "not_pregnant", "method": "urine_hcg"}, "not pregnant (urine hcg)"),
    ("labs", {"test": "1742-6", "result": "31"}, "ALT 31 U/L"),
    ("labs", {"test": "urinalysis", "result": "normal"}, "Urinalysis normal"),
    ("scores", {"instrument": "stop-bang", "total": "3"}, "STOP-BANG 3"),
    (
        "scores",
        {"instrument": "c-ssrs", "level": "yellow", "reported_by": "GP"},
        "C-SSRS yellow, reported by GP",
    ),
    ("labs", {"test": "2106-3", "result": "negative", "day": "2026-02-27"}, "hCG, urine negative"),
]


@pytest.mark.parametrize(("kind", "data", "words"), FACTS)
def test_a_fact_is_one_entry_and_is_listed(px, patient, kind, data, words):
    answered = record(px, patient, kind, data)
    assert answered.status_code == 302
    assert len(all_entries(patient.pk)) == 1
    assert words in text(px.get(answered["Location"]))


@pytest.mark.parametrize(("kind", "data", "words"), FACTS)
def test_with_htmx_the_section_and_the_findings_come_back_together(px, patient, kind, data, words):
    answered = record(px, patient, kind, data, **HTMX)
    assert answered.status_code == 200
    assert words in text(answered)
    body = answered.content.decode()
    assert 'id="findings"' in body
    assert body.count('hx-swap-oob="true"') == 2
    assert "<html" not in body


REFUSED = [
    ("vitals", {"spo2_percent": "140"}, "Oxygen saturation 140 % cannot be right"),
    ("vitals", {"systolic_mmhg": "80", "diastolic_mmhg": "120"}, "the first number must be the higher one"),
    ("vitals", {"systolic_mmhg": "120"}, "needs both numbers"),
    ("vitals", {}, "needs at least one value"),
    ("trials", TRIAL | {"weeks": "0"}, "weeks must be above 0"),
    ("conditions", {"display": "x", "system": "icd-10-cm", "status": "active"}, "code must not be empty"),
    ("pregnancy", {"status": "pregnant", "method": "stated", "day": "2026-03-09"}, "lies in the future"),
    ("history", {}, "nothing to record"),
    ("scores", {"instrument": "stop-bang", "total": "9"}, "STOP-BANG runs from 0 to 8"),
    ("scores", {"instrument": "stop-bang"}, "STOP-BANG runs from 0 to 8"),
    ("scores", {"instrument": "mmse", "total": "29", "level": "red"}, "MMSE has a total and no colour"),
    ("scores", {"instrument": "mdq", "total": "9"}, "MDQ is read by one of: positive, negative"),
    ("medicines", {"name": "", "active": "yes"}, "Needed, and still empty"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "words"), REFUSED)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_true_is_refused_in_words(px, patient, kind, data, words, headers):
    answered = record(px, patient, kind, data, **headers)
    assert answered.status_code == (200 if headers else 422)
    assert words in text(answered)
    assert all_entries(patient.pk) == []


@pytest.mark.parametrize("kind", ["medicines", "trials", "conditions", "pregnancy", "labs"])
def test_nothing_is_chosen_beforehand(px, patient, kind):
    page = px.get(url("page", patient)).content.decode()
    section = page.split(f'id="{kind}"')[1].split("</section>")[0]
    chosen = re.findall(r'<option value="([^"]*)" selected', section)
    assert section.count("<select") == len(chosen) > 0
    assert set(chosen) == {""}


def test_what_was_typed_is_kept_when_it_is_refused(px, patient):
    answered = record(px, patient, "vitals", {"systolic_mmhg": "80", "diastolic_mmhg": "120"})
    assert 'value="80"' in answered.content.decode()


def test_an_unusual_pressure_is_asked_about_once_and_then_recorded(px, patient):
    typed = {"systolic_mmhg": "200", "diastolic_mmhg": "118"}
    asked = record(px, patient, "vitals", typed)
    assert "This is unusual: systolic pressure 200 mmHg, diastolic pressure 118 mmHg" in text(asked)
    about = re.search(r'name="vitals-asked_about" value="([^"]+)"', asked.content.decode())
    assert about
    other = record(
        px,
        patient,
        "vitals",
        typed | {"systolic_mmhg": "210", "confirmed_unusual": "on", "asked_about": about[1]},
    )
    assert "210 mmHg" in text(other)
    assert payloads(patient, VitalsMeasured) == []
    record(px, patient, "vitals", typed | {"confirmed_unusual": "on", "asked_about": about[1]})
    assert payloads(patient, VitalsMeasured)[0].confirmed_unusual


def test_what_is_being_typed_is_judged_and_not_written(px, well):
    before = len(all_entries(well.pk))
    typed = {"vitals-systolic_mmhg": "190", "vitals-diastolic_mmhg": "112", **ASKED}
    seen = px.post(url("preview", well, "vitals"), typed, headers=HTMX)
    assert "as typed, not recorded yet" in text(seen)
    assert "Outcome: defer" in text(seen)
    assert "Sign evaluation" not in text(seen)
    assert len(all_entries(well.pk)) == before


def test_half_a_pressure_leaves_the_findings_as_they_are(px, well):
    seen = px.post(url("preview", well, "vitals"), {"vitals-systolic_mmhg": "19", **ASKED}, headers=HTMX)
    assert "not recorded yet" not in text(seen)
    assert "Outcome: eligible" in text(seen)


def test_a_questionnaire_that_was_taken_down_elsewhere_is_listed(px, patient, prescriber, now):
    phq9 = SCORERS["phq-9"]
    payload = recorded(phq9, items=[1] * 9, mode=Mode.KIOSK, language="en", occasion="baseline")
    entries = [NewEntry(payload=payload, happened_at=now)]
    append(entries, patient_id=patient.pk, expected=0, by=author_of(prescriber), now=now)
    shown = px.get(url("page", patient), ASKED)
    assert shown.status_code == 200
    assert "phq-9" in text(shown).casefold()


def test_an_unknown_section_is_not_found(px, patient):
    assert px.post(url("record", patient, "weather")).status_code == 404


def test_only_changed_answers_become_entries(px, patient):
    answers = {question.id: "no" for question in QUESTIONS[:3]}
    record(px, patient, "history", answers)
    assert len(payloads(patient, HistoryAnswered)) == 3
    record(px, patient, "history", answers | {"mania_now": "no"})
    assert len(payloads(patient, HistoryAnswered)) == 4


def test_a_lasting_yes_is_changed_only_with_a_reason_and_stays_in_the_record(px, patient):
    record(px, patient, "history", {"aneurysm": "yes"})
    refused = record(px, patient, "history", {"aneurysm": "no"})
    assert "Say why it is changed" in text(refused)
    record(px, patient, "history", {"aneurysm": "no", "why_aneurysm": "clicked on the wrong line"})
    assert [str(p.answer) for p in payloads(patient, HistoryAnswered)] == ["no"]
    assert len(all_entries(patient.pk)) == 2


def test_a_fact_is_taken_back_with_a_reason_and_stays_in_the_record(px, patient):
    record(px, patient, "medicines", {"name": "Diazepam", "active": "yes"})
    entry = all_entries(patient.pk)[0]
    address = url("take-back", patient, entry.id)
    assert "Needed, and still empty" in text(px.post(address, {"reason": ""}, follow=True))
    assert "Taken back" in text(px.post(address, {"reason": "another patient"}, follow=True))
    assert payloads(patient, MedicationRecorded) == []
    assert len(all_entries(patient.pk)) == 2
    assert "corrected already" in text(px.post(address, {"reason": "again"}, follow=True))


def test_an_entry_of_somebody_else_is_not_taken_back(px, patient, miami_patient, prescriber, now):
    append(
        [NewEntry(payload=medicine("Diazepam").payload, happened_at=now)],
        patient_id=miami_patient.pk,
        expected=0,
        by=author_of(prescriber),
        now=now,
    )
    foreign = all_entries(miami_patient.pk)[0]
    answered = px.post(url("take-back", patient, foreign.id), {"reason": "x"}, follow=True)
    assert "not in this chart" in text(answered)
    assert len(all_entries(miami_patient.pk)) == 1


def finding_of(patient, rule_id, now):
    judgement = judgement_of(patient, FOR_TRD, now)
    return next(f for f in judgement.findings if f.rule_id == rule_id)


def accept(client, patient, finding, **changes):
    typed = {
        **ASKED,
        "rule_id": finding.rule_id,
        "datum": finding.datum_key,
        "expected": decision_position(patient.pk),
        "because": "Tapered to the lowest dose; SpO2 throughout.",
        "pin": PIN,
    }
    return client.post(url("accept", patient), typed | changes, follow=True)


def sign(client, patient, outcome, **changes):
    typed = {
        **ASKED,
        "outcome": outcome,
        "expected": decision_position(patient.pk),
        "pin": PIN,
    }
    return client.post(url("sign", patient), typed | changes, follow=True)


def test_a_precaution_is_accepted_by_name_and_the_evaluation_is_signed(px, well, prescriber, now):
    add(well, prescriber, now, medicine("Diazepam"))
    page = px.get(url("page", well), ASKED)
    assert "Accept each precaution with a reason first: DDI-01, DDI-02" in text(page)
    for rule_id in ("DDI-01", "DDI-02"):
        assert "Accepted, under your name" in text(accept(px, well, finding_of(well, rule_id, now)))
    assert f"Accepted by {prescriber.titled_name}" in text(px.get(url("page", well), ASKED))
    signed = sign(px, well, "eligible_with_caution")
    assert "The evaluation is signed" in text(signed)
    conclusion = payloads(well, EvaluationSigned)[0]
    assert (conclusion.outcome, conclusion.findings) == ("eligible_with_caution", ("DDI-01", "DDI-02"))
    assert f"Signed: eligible with caution, by {prescriber.titled_name}" in text(signed)


def test_after_a_new_fact_the_page_says_that_the_signed_outcome_no_longer_holds(px, well, prescriber, now):
    sign(px, well, "eligible")
    assert "evaluate again" not in text(px.get(url("page", well), ASKED))
    add(well, prescriber, now, medicine("Diazepam"))
    assert "The rules say something else now: evaluate again" in text(px.get(url("page", well), ASKED))


def test_a_wrong_pin_signs_nothing_and_is_counted(px, well, prescriber, now):
    add(well, prescriber, now, medicine("Diazepam"))
    assert "not the signing PIN" in text(accept(px, well, finding_of(well, "DDI-01", now), pin="0000"))
    assert payloads(well, FindingAccepted) == []
    prescriber.refresh_from_db()
    assert prescriber.pin_failures == 1


def test_a_wrong_pin_does_not_sign_the_evaluation(px, well):
    assert "not the signing PIN" in text(sign(px, well, "eligible", pin="0000"))
    assert payloads(well, EvaluationSigned) == []


def test_a_reason_is_required_and_what_was_typed_is_kept(px, well, prescriber, now):
    add(well, prescriber, now, medicine("Diazepam"))
    answered = accept(px, well, finding_of(well, "DDI-01", now), because="")
    assert answered.status_code == 422
    assert "Needed, and still empty" in text(answered)


@pytest.mark.hazard("HAZ-01")
def test_a_hard_stop_shows_that_nobody_can_accept_it_and_is_refused(px, well, now):
    record(px, well, "history", {"aneurysm": "yes"})
    page = px.get(url("page", well), ASKED)
    assert "Nobody can accept this" in text(page)
    assert "Accept CI-01" not in text(page)
    answered = accept(px, well, finding_of(well, "CI-01", now))
    assert "cannot be accepted by anyone" in text(answered)
    assert payloads(well, FindingAccepted) == []


def test_that_somebody_is_no_candidate_is_a_conclusion_that_can_be_signed(px, well):
    record(px, well, "history", {"aneurysm": "yes"})
    assert "The evaluation is signed" in text(sign(px, well, "contraindicated"))
    assert payloads(well, EvaluationSigned)[0].outcome == "contraindicated"


def test_nobody_signs_an_outcome_that_the_page_did_not_show(px, well, prescriber, now):
    add(well, prescriber, now, medicine("Diazepam"))
    assert "The outcome is now: eligible with caution" in text(sign(px, well, "eligible"))
    assert payloads(well, EvaluationSigned) == []


def test_nobody_signs_while_a_precaution_is_open(well, prescriber, now):
    add(well, prescriber, now, medicine("Diazepam"))
    with pytest.raises(EvaluationRefused, match="Accept each precaution"):
        sign_evaluation(
            patient=well,
            purpose=FOR_TRD,
            shown_outcome=Outcome.ELIGIBLE_WITH_CAUTION,
            pin=PIN,
            expected=decision_position(well.pk),
            by=prescriber,
            now=now,
        )


def test_a_finding_that_changed_meanwhile_is_not_accepted(well, prescriber, now):
    with pytest.raises(EvaluationRefused, match="changed while you were reading"):
        accept_finding(
            patient=well,
            purpose=FOR_TRD,
            rule_id="DDI-01",
            datum="Diazepam|2026",
            because="x",
            pin=PIN,
            expected=decision_position(well.pk),
            by=prescriber,
            now=now,
        )


def test_a_signature_on_an_old_page_is_refused_clearly(px, well):
    answered = sign(px, well, "eligible", expected=1)
    assert answered.status_code == 409
    assert payloads(well, EvaluationSigned) == []


def test_a_nurse_records_and_a_prescriber_decides(client, well, as_role, prescriber, now):
    add(well, prescriber, now, medicine("Diazepam"))
    as_role(client, Role.NURSE)
    page = client.get(url("page", well))
    assert page.status_code == 200
    assert "Accept DDI-01" not in text(page)
    assert "Sign evaluation" not in text(page)
    assert record(client, well, "vitals", {"heart_rate_bpm": "70"}).status_code == 302
    assert client.post(url("sign", well)).status_code == 403
    assert client.post(url("accept", well)).status_code == 403


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.FRONT_DESK, Role.PATIENT])
def test_others_do_not_see_the_evaluation(client, patient, as_role, role):
    assert as_role(client, role).get(url("page", patient)).status_code == 403


def test_policy_and_defaults_are_marked_and_every_rule_shows_its_source(px, patient):
    page = text(px.get(url("page", patient)))
    assert "programme policy" in page
    assert "design default" in page
    assert "CONFLICT with [VER-PSY]" in page
    assert RULEBOOK_VERSION in page


def test_what_it_is_for_is_remembered_until_somebody_asks_for_something_else(px, patient):
    home = {"product": "ketamine_sl_home", "indication": "ptsd", "payer": "VA"}
    answered = px.post(url("choose", patient), home, follow=True)
    assert "Judged for this from now on" in text(answered)
    again = px.get(url("page", patient))
    assert "First dose on site" in text(again)
    assert "SL-06" not in text(px.get(url("page", patient), ASKED))
    assert payloads(patient, EvaluationAskedFor) == [
        EvaluationAskedFor(product="ketamine_sl_home", indication="ptsd", payer="VA")
    ]


def test_a_product_that_does_not_exist_is_not_chosen(px, patient):
    answered = px.post(url("choose", patient), {"product": "water"}, follow=True)
    assert "Choose a product" in text(answered)
    assert payloads(patient, EvaluationAskedFor) == []


def test_what_is_missing_links_to_the_field_that_it_waits_for(px, patient):
    page = px.get(url("page", patient)).content.decode()
    for anchor in ("purpose", "history-aneurysm", "labs", "scores", "vitals"):
        shown = "id_history-aneurysm" if anchor == "history-aneurysm" else anchor
        assert f'href="#{shown}"' in page
        assert f'id="{shown}"' in page


def test_a_finding_opens_to_its_strength_standing_source_and_versions(px, well):
    page = text(px.get(url("page", well), ASKED))
    assert "Hard stop: nobody can accept it" in page
    assert "Information: only shown" in page
    assert "[USPI19 §4]; [EUSPC25 4.3]" in page
    assert DEFAULT_POLICY.version in page


def test_without_an_indication_nobody_signs(px, well):
    iv = ASKED | {"product": "ketamine_iv", "indication": ""}
    page = px.get(url("page", well), iv)
    assert "Outcome: eligible" in text(page)
    assert "Sign evaluation" not in text(page)
    assert "Choose first what the treatment is for" in text(sign(px, well, "eligible", **iv))
    assert payloads(well, EvaluationSigned) == []


def test_the_signed_conclusion_says_what_it_was_for(px, well):
    sign(px, well, "eligible", product="ketamine_iv", payer="commercial")
    signed = payloads(well, EvaluationSigned)[0]
    assert signed.indication == "Treatment-resistant depression, off-label (payer: commercial)"
    assert signed.rulebook_version == f"{RULEBOOK_VERSION}; {DEFAULT_PROGRAMME.evaluation.version}"


def test_the_worklist_names_who_is_open_and_what_is_missing(px, patient, miami_patient, prescriber, now):
    assert "No evaluation is open" in text(px.get(reverse("evaluation:worklist")))
    record(px, patient, "history", {"aneurysm": "no"})
    append(
        [NewEntry(payload=HistoryAnswered(question="aneurysm", answer="no"), happened_at=now)],
        patient_id=miami_patient.pk,
        expected=0,
        by=author_of(prescriber),
        now=now,
    )
    page = px.get(reverse("evaluation:worklist"))
    assert patient.name in text(page)
    assert miami_patient.name not in text(page)  # out of this prescriber's reach
    assert "things are missing" in text(page)
    assert "#labs" in page.content.decode()


def test_a_signed_evaluation_leaves_the_worklist_until_it_is_asked_for_again(px, well):
    assert well.name in text(px.get(reverse("evaluation:worklist")))
    sign(px, well, "eligible")
    assert well.name not in text(px.get(reverse("evaluation:worklist")))
    px.post(url("choose", well), ASKED)
    assert "it waits for a prescriber" in text(px.get(reverse("evaluation:worklist")))


@pytest.mark.parametrize(("role", "status"), [(Role.NURSE, 200), (Role.THERAPIST, 403), (Role.PATIENT, 403)])
def test_the_worklist_is_for_those_who_evaluate(client, as_role, role, status):
    assert as_role(client, role).get(reverse("evaluation:worklist")).status_code == status
