"""From a filled-in form to a recorded entry; a refusal goes back into the form, with what was typed."""

from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from ajar.clinic import clock
from ajar.clinic.evaluation.forms import FactForm
from ajar.clinic.evaluation.purpose import Purpose
from ajar.clinic.evaluation.services import (
    EvaluationRefused,
    accept_finding,
    record_facts,
    sign_evaluation,
    take_back,
)
from ajar.clinic.evaluation.signing_forms import AcceptForm, SignForm, TakeBackForm
from ajar.clinic.ledger.services import NotInThisChart
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.services import SignatureRefused


def save_facts(form: FactForm, *, patient: Patient, by: Account, now: datetime) -> bool:
    """Record what the form says; False with the reason in the form."""
    if not form.is_valid():
        return False
    try:
        record_facts(patient=patient, entries=form.entries(), by=by, now=now)
    except NotInThisChart as refused:
        form.add_error(None, str(refused))
        return False
    return True


def save_take_back(typed: QueryDict, *, patient: Patient, entry_id: UUID, by: Account) -> str:
    """Take a fact back; the refusal in words, or nothing when it is done."""
    form = TakeBackForm(typed)
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    reason = form.cleaned_data["reason"]
    try:
        take_back(patient=patient, entry_id=entry_id, reason=reason, by=by, now=clock.now())
    except (EvaluationRefused, NotInThisChart) as refused:
        return str(refused)
    return ""


def save_acceptance(
    form: AcceptForm, *, patient: Patient, purpose: Purpose, by: Account, now: datetime
) -> bool:
    """Accept the precaution that the form names; False with the reason in the form."""
    if not form.is_valid():
        return False
    try:
        accept_finding(patient=patient, purpose=purpose, by=by, now=now, **form.cleaned_data)
    except SignatureRefused as refused:
        form.add_error("pin", str(refused))
        return False
    except EvaluationRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def save_conclusion(
    form: SignForm, *, patient: Patient, purpose: Purpose, by: Account, now: datetime
) -> bool:
    """Sign the conclusion that the form names; False with the reason in the form."""
    if not form.is_valid():
        return False
    data = dict(form.cleaned_data)
    shown = data.pop("outcome")
    try:
        sign_evaluation(patient=patient, purpose=purpose, shown_outcome=shown, by=by, now=now, **data)
    except SignatureRefused as refused:
        form.add_error("pin", str(refused))
        return False
    except EvaluationRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
