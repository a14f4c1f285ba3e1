"""Writes of the evaluation: facts, an accepted precaution, a fact taken back, the signed conclusion."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.evaluation.purpose import Purpose, setting_of
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_entries, entry_by_id
from ajar.clinic.ledger.services import ANYWHERE, append, correct, lock_chart
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.services import confirm_signature
from ajar.pathway.evaluation.entries import (
    EvaluationAskedFor,
    EvaluationSigned,
    FindingAccepted,
    ScoreReported,
)
from ajar.pathway.evaluation.findings import Finding, Judgement
from ajar.pathway.evaluation.from_entries import candidate_from
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    ConditionRecorded,
    LabRecorded,
    MedicationRecorded,
    PregnancyRecorded,
)

FACTS: Final = (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    ConditionRecorded,
    LabRecorded,
    MedicationRecorded,
    PregnancyRecorded,
    ScoreReported,
    VitalsMeasured,
)
"""What is taken back here. A signature, an order, a consent or its withdrawal never is."""

SIGNED_AS = "I evaluated this patient and reached this conclusion"


class EvaluationRefused(ValueError):
    """What was asked cannot be done, in words for the person at the page."""


def record_facts(*, patient: Patient, entries: Sequence[NewEntry], by: Account, now: datetime) -> list[Entry]:
    """Record facts of an evaluation. A fact is true whoever came first, so they go anywhere."""
    return append(entries, patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)


def take_back(*, patient: Patient, entry_id: UUID, reason: str, by: Account, now: datetime) -> Entry:
    """Mark a fact as entered in error, with the reason; it stays visible in the ledger.

    Raises:
        EvaluationRefused: no such fact in this chart, a decision or a signature, or no reason.
        NotInThisChart: it was corrected already.
    """
    if not reason.strip():
        raise EvaluationRefused(_("Say why it is taken back."))
    try:
        entry = entry_by_id(entry_id)
    except LedgerEntry.DoesNotExist:
        raise EvaluationRefused(_("That entry is not in this chart.")) from None
    if entry.patient_id != patient.pk or entry.encounter_id is not None:
        raise EvaluationRefused(_("That entry is not in this chart."))
    if not isinstance(entry.payload, FACTS):
        raise EvaluationRefused(_("Only a fact can be taken back here, not a decision or a signature."))
    return correct(entry=entry, payload=None, reason=reason, by=author_of(by), now=now)


def accept_finding(
    *,
    patient: Patient,
    purpose: Purpose,
    rule_id: str,
    datum: str,
    because: str,
    pin: str,
    expected: int,
    by: Account,
    now: datetime,
) -> Entry:
    """Accept a precaution as it stands now, with a reason and the signer's PIN.

    Raises:
        EvaluationRefused: the finding changed, or nobody may accept it.
        SignatureRefused: the PIN is wrong.
        StaleLedger: a decision was recorded since the page was opened.
    """
    _acceptable(judgement_of(patient, purpose, now), rule_id, datum)  # before the PIN is tried
    confirm_signature(signer=by, pin=pin)
    with transaction.atomic():
        lock_chart(patient.pk)  # a fact that comes meanwhile waits, or is judged here
        finding = _acceptable(judgement_of(patient, purpose, now), rule_id, datum)
        payload = FindingAccepted(
            rule_id=rule_id, rulebook_version=finding.produced_by, because=because, datum=datum
        )
        new = NewEntry(payload=payload, happened_at=now)
        return append([new], patient_id=patient.pk, expected=expected, by=author_of(by), now=now)[0]


def sign_evaluation(
    *,
    patient: Patient,
    purpose: Purpose,
    shown_outcome: str,
    pin: str,
    expected: int,
    by: Account,
    now: datetime,
) -> Entry:
    """Sign the conclusion that the page showed, with the findings it was reached on.

    Raises:
        EvaluationRefused: the findings changed since, something is still open, or no indication was chosen.
        SignatureRefused: the PIN is wrong.
        StaleLedger: a decision was recorded since the page was opened.
    """
    if purpose.indication is None:
        raise EvaluationRefused(_("Choose first what the treatment is for."))
    _signable(judgement_of(patient, purpose, now), shown_outcome)  # before the PIN is tried
    confirm_signature(signer=by, pin=pin)
    with transaction.atomic():
        lock_chart(patient.pk)  # a fact that comes meanwhile waits, or is judged here
        judgement = _signable(judgement_of(patient, purpose, now), shown_outcome)
        new = NewEntry(payload=_conclusion(judgement, purpose), happened_at=now)
        return append([new], patient_id=patient.pk, expected=expected, by=author_of(by), now=now)[0]


def record_purpose(*, patient: Patient, purpose: Purpose, by: Account, now: datetime) -> Entry:
    """Record what the patient is evaluated for."""
    payload = EvaluationAskedFor(
        product=purpose.product, indication=purpose.indication or "", payer=purpose.payer
    )
    new = NewEntry(payload=payload, happened_at=now)
    return append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)[0]


def judgement_of(patient: Patient, purpose: Purpose, now: datetime) -> Judgement:
    """The judgement over what is recorded now, under the law of the patient's site."""
    setting = setting_of(patient, purpose, programme(), now=now)
    return judge(candidate_from(all_entries(patient.pk), patient.person), setting)


def _acceptable(judgement: Judgement, rule_id: str, datum: str) -> Finding:
    finding = _the_finding(judgement, rule_id, datum)
    if not finding.acceptable:
        raise EvaluationRefused(_("%(rule)s cannot be accepted by anyone.") % {"rule": rule_id})
    return finding


def _signable(judgement: Judgement, shown_outcome: str) -> Judgement:
    if judgement.outcome != shown_outcome:
        raise EvaluationRefused(
            _("The outcome is now: %(outcome)s. Look at the findings again.")
            % {"outcome": judgement.outcome.label}
        )
    if judgement.why_not_signable:
        raise EvaluationRefused(judgement.why_not_signable)
    return judgement


def _the_finding(judgement: Judgement, rule_id: str, datum: str) -> Finding:
    for finding in judgement.standing:
        if (finding.rule_id, finding.datum_key) == (rule_id, datum):
            return finding
    raise EvaluationRefused(_("This finding changed while you were reading. Look at it again."))


def _conclusion(judgement: Judgement, purpose: Purpose) -> EvaluationSigned:
    stood = [finding.rule_id for finding in judgement.findings if finding.counts]
    return EvaluationSigned(
        outcome=judgement.outcome,
        indication=purpose.words,
        product=judgement.product,
        jurisdiction=judgement.jurisdiction,
        rulebook_version=judgement.produced_by,
        findings=tuple(dict.fromkeys(stood)),
        summary=judgement.summary(),
        meaning=SIGNED_AS,
    )
