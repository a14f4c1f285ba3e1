"""What the quiz's screens show, put together for their templates."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ajar.clinic.instruments.asking import question
from ajar.clinic.screening.forms import CallForm
from ajar.clinic.screening.models import ScreeningVisit
from ajar.clinic.screening.services import standing_risk
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import Scored, Unscored, score
from ajar.pathway.screening.crisis import crisis_help
from ajar.pathway.screening.result import CONSULT_FROM_TOTAL, in_words

HELP_ITEM: Final = PHQ9.safety_items[0].number


def question_page(
    request: HttpRequest,
    visit: ScreeningVisit,
    number: int,
    *,
    error: str = "",
    call_form: CallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One question, with help on the same screen once a risk answer was given to it."""
    context: dict[str, Any] = {
        "visit": visit,
        "question": question(PHQ9, number, language=visit.language, answers=visit.items),
        "back": reverse("screening:question", args=[number - 1]) if number > 1 else "",
        "error": error,
        "send_words": _("Finish and see my score"),
    }
    if number == HELP_ITEM:
        context |= help_context(visit, call_form)
    return render(request, "screening/question.html", context, status=422 if error else status)


def help_context(visit: ScreeningVisit, call_form: CallForm | None = None) -> dict[str, Any]:
    """Crisis help and the way to be called, where the answers ask for it."""
    risk = standing_risk(visit)
    if risk is None:
        return {}
    return {
        "crisis": crisis_help(visit.country, visit.language),
        "crisis_note": _call_words(visit, urgent=risk.urgent),
        "call_form": call_form or CallForm(auto_id="call_%s"),
    }


def _call_words(visit: ScreeningVisit, *, urgent: bool) -> str:
    """Who at the clinic sees the answer, and when; never more than is true."""
    if visit.phone:
        when = _("within the hour") if urgent else _("today")
        return _("A clinician has your number and will call you %(when)s.") % {"when": when}
    return _(
        "Thank you for telling us. Your answers carry no name, so nobody here can reach you unless you "
        "leave a number below."
    )


def result_page(request: HttpRequest, visit: ScreeningVisit) -> HttpResponse:
    """The result; the offer to book comes first where the score makes it worth it."""
    result = score(PHQ9, visit.items)
    missing = result.missing[0] if isinstance(result, Unscored) else None
    context = {
        "visit": visit,
        "instrument": PHQ9,
        "wording": PHQ9.wording(visit.language),
        "result": result,
        "words": in_words(PHQ9, result, visit.language),
        "missing": missing,
        "consult": isinstance(result, Scored) and result.total >= CONSULT_FROM_TOTAL,
    }
    return render(request, "screening/result.html", context | help_context(visit))
