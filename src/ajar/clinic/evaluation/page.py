"""What the evaluation's views have in common: the product in question, and the fragments of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ajar.clinic.evaluation.forms import FactForm
from ajar.clinic.evaluation.sections import SECTIONS, Section, form_of
from ajar.clinic.evaluation.selectors import Evaluation, evaluation_of
from ajar.clinic.evaluation.signing_forms import AcceptForm, SignForm, TakeBackForm
from ajar.clinic.patients.access import StaffRequest, patient_in_reach
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.evaluation.findings import Finding
from ajar.pathway.evaluation.products import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding with its form for accepting it, where this viewer may."""

    finding: Finding
    form: AcceptForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section with its form and what is recorded in it."""

    section: Section
    form: FactForm
    rows: Any
    url: str
    preview_url: str


def product_of(request: StaffRequest) -> Product:
    """The product that the page was asked about; Spravato where nothing was said."""
    asked = request.POST.get("product") or request.GET.get("product") or ""
    return Product(asked) if asked in set(Product) else Product.ESKETAMINE_IN


def read(request: StaffRequest, patient_id: Any, *, now: datetime, typed: Any = ()) -> Evaluation:
    """The evaluation in question, as far as this viewer may read it."""
    patient = patient_in_reach(request.user, patient_id)
    return evaluation_of(patient, product=product_of(request), viewer=request.user, now=now, typed=typed)


def address_of(evaluation: Evaluation, anchor: str = "") -> str:
    """The page of this evaluation, at a section."""
    page = reverse("evaluation:page", args=[evaluation.patient.pk])
    return f"{page}?product={evaluation.product}" + (f"#{anchor}" if anchor else "")


def page(
    request: StaffRequest, evaluation: Evaluation, *, now: datetime, bound: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The whole page; `bound` holds forms that were refused, with what was typed."""
    forms = bound or {}
    shown = [
        shown_section(evaluation, section, now=now, form=forms.get(kind))
        for kind, section in SECTIONS.items()
    ]
    context = findings_context(request, evaluation, forms) | {"sections": shown, "products": list(Product)}
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
    """The findings in order, the outcome, and the forms that this viewer may use."""
    judgement = evaluation.judgement
    may_sign = may(request.user.role_of, Action.SIGN_EVALUATION) and not evaluation.is_draft
    accept_form = forms.get("accept")
    standing = [
        ShownFinding(finding=finding, form=_accept_form(finding, evaluation, accept_form, number))
        if may_sign and finding.acceptable
        else ShownFinding(finding=finding, form=None)
        for number, finding in enumerate(judgement.standing)
    ]
    settled = [finding for finding in judgement.findings if not finding.stands]
    initial = {"outcome": judgement.outcome, "expected": evaluation.expected}
    return {
        "evaluation": evaluation,
        "judgement": judgement,
        "standing": standing,
        "accepted": [finding for finding in settled if finding.accepted],
        "passed": [finding for finding in settled if not finding.accepted],
        "may_sign": may_sign,
        "refused": accept_form if accept_form is not None and accept_form.non_field_errors() else None,
        "sign_form": forms.get("sign") or SignForm(product=evaluation.product, initial=initial),
        "take_back_form": TakeBackForm(),
    }


def _accept_form(
    finding: Finding, evaluation: Evaluation, refused: AcceptForm | None, number: int
) -> AcceptForm:
    """The form that accepts this finding, with what was typed when it was refused."""
    about = (finding.rule_id, finding.datum_key)
    if refused is not None and (refused.data.get("rule_id"), refused.data.get("datum")) == about:
        return refused
    initial = {"rule_id": finding.rule_id, "datum": finding.datum_key, "expected": evaluation.expected}
    return AcceptForm(initial=initial, auto_id=f"id_accept_{number}_%s")


def back(evaluation: Evaluation, anchor: str) -> HttpResponse:
    """Back to the page after something was recorded."""
    return redirect(address_of(evaluation, anchor))
