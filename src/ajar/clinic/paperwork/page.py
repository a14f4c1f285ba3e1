"""What the pages show, and how a posted form becomes an entry."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ajar.clinic import clock
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.paperwork.filing import FilingRefused, file_form, filings
from ajar.clinic.paperwork.forms import AnswersForm, FilingForm, SignForm
from ajar.clinic.paperwork.selectors import Paper, form_of, paper_of
from ajar.clinic.paperwork.services import PaperworkRefused, answer_rems, sign_encounter
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.staff.services import SignatureRefused, confirm_signature
from ajar.pathway.paperwork.entries import FilingWay
from ajar.pathway.paperwork.rems_form import RemsForm
from ajar.pathway.paperwork.told import kind_words


def look(request: StaffRequest, encounter_id: UUID) -> Paper:
    """The paperwork of the session in the address; Http404 where none is planned."""
    encounter = encounter_in_reach(request.user, encounter_id)
    try:
        return paper_of(encounter, viewer=request.user)
    except DosingNow.DoesNotExist as none:
        raise Http404("No dosing session is planned here.") from none


def shown(request: StaffRequest, paper: Paper) -> dict[str, Any]:
    """What every template of this room may use."""
    return {
        "paper": paper,
        "encounter": paper.encounter,
        "patient": paper.encounter.patient,
        "site": paper.encounter.site,
        "session": paper.session,
        "note": paper.note,
        "sealed": paper.sealed,
        "changes": [(kind_words(e.payload.KIND), e) for e in (paper.sealed.later if paper.sealed else ())],
        "may_sign": may(request.user.role_of, Action.SIGN_NOTE),
    }


def note_page(request: StaffRequest, paper: Paper, form: SignForm | None = None) -> HttpResponse:
    """The note, what is missing, and the signature."""
    fresh = SignForm(initial={"expected": decision_position(paper.encounter.patient_id)})
    context = shown(request, paper) | {"form": form or fresh}
    return render(request, "paperwork/note.html", context, status=422 if form else 200)


def rems_page(
    request: StaffRequest,
    paper: Paper,
    form: AnswersForm | None = None,
    filing: FilingForm | None = None,
) -> HttpResponse:
    """The REMS form, what is missing, the questions that only a person can answer, and its filing."""
    rems = form_of(paper)
    context = shown(request, paper) | {
        "rems": rems,
        "today": clock.now(),
        "filing": filing or FilingForm(),
        "filed": filings([paper.encounter.patient_id]).get(paper.encounter.pk),
    }
    if not isinstance(rems, RemsForm):
        return render(request, "paperwork/no_rems.html", context)
    initial = {"expected": decision_position(paper.encounter.patient_id)}
    context["form"] = form or AnswersForm(rems=rems, initial=initial)
    return render(request, "paperwork/rems.html", context, status=422 if form or filing else 200)


def sign(request: StaffRequest, paper: Paper) -> HttpResponse:
    """Check the PIN and sign; otherwise the page again with the reason."""
    form = SignForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            confirm_signature(signer=request.user, pin=data["pin"])
            sign_encounter(
                encounter_id=paper.encounter.pk,
                meaning=data["meaning"],
                by=request.user,
                now=clock.now(),
                expected=data["expected"],
            )
        except (SignatureRefused, PaperworkRefused) as refused:
            form.add_error("pin" if isinstance(refused, SignatureRefused) else None, str(refused))
        else:
            return redirect("paperwork:note", paper.encounter.pk)
    return note_page(request, paper, form)


def answer(request: StaffRequest, paper: Paper) -> HttpResponse:
    """Record the answers; otherwise the page again with the reason."""
    rems = form_of(paper)
    if not isinstance(rems, RemsForm):
        return rems_page(request, paper)
    form = AnswersForm(request.POST, rems=rems)
    if form.is_valid():
        answer_rems(
            encounter_id=paper.encounter.pk,
            answered=form.answered,
            by=request.user,
            now=clock.now(),
            expected=form.cleaned_data["expected"],
        )
        return redirect("paperwork:rems", paper.encounter.pk)
    return rems_page(request, paper, form)


def file(request: StaffRequest, paper: Paper) -> HttpResponse:
    """Record that the form was handed in; otherwise the page again with the reason."""
    form = FilingForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            file_form(
                encounter_id=paper.encounter.pk,
                way=FilingWay(data["way"]),
                reference=data["reference"],
                by=request.user,
                now=clock.now(),
            )
        except FilingRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("paperwork:rems", paper.encounter.pk)
    return rems_page(request, paper, filing=form)
