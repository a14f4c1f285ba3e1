"""What the evaluation's views have in common: the product in question, and the fragments of the page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ajar.clinic.evaluation.forms import FactForm
from ajar.clinic.evaluation.groups import groups_of, worklist
from ajar.clinic.evaluation.purpose import Purpose, purpose_from
from ajar.clinic.evaluation.sections import SECTIONS, Section, form_of
from ajar.clinic.evaluation.selectors import Evaluation, evaluation_of
from ajar.clinic.evaluation.signing_forms import PurposeForm, SignForm, TakeBackForm
from ajar.clinic.patients.access import StaffRequest, patient_in_reach
from ajar.clinic.staff.policy import Action, may


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section with its form and what is recorded in it."""

    section: Section
    form: FactForm
    rows: Any
    url: str
    preview_url: str


def purpose_of(request: StaffRequest) -> Purpose | None:
    """What the page was asked about; None where nothing was said."""
    told = request.POST if "product" in request.POST else request.GET
    return purpose_from(told.get("product", ""), told.get("indication", ""), told.get("payer", ""))


def read(request: StaffRequest, patient_id: Any, *, now: datetime, typed: Any = ()) -> Evaluation:
    """The evaluation in question, as far as this viewer may read it."""
    patient = patient_in_reach(request.user, patient_id)
    return evaluation_of(patient, asked=purpose_of(request), viewer=request.user, now=now, typed=typed)


def address_of(evaluation: Evaluation, anchor: str = "") -> str:
    """The page of this evaluation, at a section."""
    page = reverse("evaluation:page", args=[evaluation.patient.pk])
    return f"{page}?{evaluation.purpose.query}" + (f"#{anchor}" if anchor else "")


def page(
    request: StaffRequest, evaluation: Evaluation, *, now: datetime, bound: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The whole page; `bound` holds forms that were refused, with what was typed."""
    forms = bound or {}
    shown = [
        shown_section(evaluation, section, now=now, form=forms.get(kind))
        for kind, section in SECTIONS.items()
    ]
    context = findings_context(request, evaluation, forms) | {
        "sections": shown,
        "purpose_form": PurposeForm(
            definitions=evaluation.setting.policy.resistance, initial=asdict(evaluation.purpose)
        ),
    }
    return render(request, "evaluation/page.html", context, status=422 if forms else 200)


def fragment(
    request: StaffRequest, evaluation: Evaluation, *, now: datetime, section: Section, form: FactForm | None
) -> HttpResponse:
    """A section with the findings beside it, for a page that is already open."""
    shown = shown_section(evaluation, section, now=now, form=form)
    context = findings_context(request, evaluation, {}) | {"shown": shown, "beside": True}
    return render(request, "evaluation/changed.html", context)


def findings_panel(request: StaffRequest, evaluation: Evaluation, form: FactForm) -> HttpResponse:
    """The findings alone, over what is recorded and what is being typed into `form`."""
    context = findings_context(request, evaluation, {}) | {"form": form}
    return render(request, "evaluation/preview.html", context)


def shown_section(
    evaluation: Evaluation, section: Section, *, now: datetime, form: FactForm | None
) -> ShownSection:
    """A section ready to be drawn."""
    args = [evaluation.patient.pk, section.kind]
    return ShownSection(
        section=section,
        form=form if form is not None else form_of(section, evaluation, now=now),
        rows=evaluation.rows.get(section.kind, ()),
        url=reverse("evaluation:record", args=args),
        preview_url=reverse("evaluation:preview", args=args),
    )


def findings_context(
    request: StaffRequest, evaluation: Evaluation, forms: Mapping[str, Any]
) -> dict[str, Any]:
    """The findings in their groups, the outcome, and the forms that this viewer may use."""
    judgement = evaluation.judgement
    may_sign = may(request.user.role_of, Action.SIGN_EVALUATION) and not evaluation.is_draft
    refused = forms.get("accept")
    initial = {"outcome": judgement.outcome, "expected": evaluation.expected}
    return {
        "evaluation": evaluation,
        "judgement": judgement,
        "groups": groups_of(evaluation, refused, may_sign=may_sign),
        "missing": worklist(judgement),
        "may_sign": may_sign,
        "why_not_signable": why_not_signable(evaluation),
        "refused": refused if refused is not None and refused.non_field_errors() else None,
        "sign_form": forms.get("sign") or SignForm(initial=initial),
        "take_back_form": TakeBackForm(),
    }


def why_not_signable(evaluation: Evaluation) -> str:
    """What must happen before somebody signs; empty when they can."""
    if evaluation.judgement.why_not_signable:
        return evaluation.judgement.why_not_signable
    if evaluation.purpose.indication is None:
        return _("Choose first what the treatment is for.")
    return ""


def back(evaluation: Evaluation, anchor: str) -> HttpResponse:
    """Back to the page after something was recorded."""
    return redirect(address_of(evaluation, anchor))
