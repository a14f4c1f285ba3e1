"""The questionnaire by link: no sign-in, one question a screen, kind words for a link that has ended."""

from collections.abc import Callable
from datetime import UTC
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ajar.clinic import clock
from ajar.clinic.followup.answering import (
    LinkClosed,
    answer_item,
    draft_of,
    hand_in,
    instrument_of,
    open_link,
)
from ajar.clinic.followup.links import invitation_of, token_of
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.sent import words_after
from ajar.clinic.instruments.asking import AnswerRefused, chosen_answer, question
from ajar.clinic.patients.access import public
from ajar.clinic.staff.models import Account
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.score import Risk
from ajar.pathway.instruments.stepped import STEPS
from ajar.pathway.screening.crisis import CrisisHelp, crisis_help

SENT_HERE: Final = "answered-invitation"
"""Session key: this browser handed the form in, so it may see the score once more."""

LinkView = Callable[..., HttpResponse]


def by_link(view: LinkView) -> LinkView:
    """Give the view its invitation, in the patient's language; answer kindly where the link has ended."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        invitation = invitation_of(token)
        zone = invitation.patient.site.zone if invitation else UTC
        with translation.override(language_of(request, invitation)), timezone.override(zone):
            answer = _closed(request, None) if invitation is None else _open(request, invitation, kwargs)
        add_never_cache_headers(answer)
        answer["Referrer-Policy"] = "same-origin"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    def _open(
        request: HttpRequest, invitation: QuestionnaireInvitation, kwargs: dict[str, Any]
    ) -> HttpResponse:
        try:
            return view(request, invitation, **kwargs)
        except LinkClosed:
            return _closed(request, invitation)

    return guarded


def language_of(request: HttpRequest, invitation: QuestionnaireInvitation | None) -> str:
    """The language this person chose on this device, else the one the clinic knows them by."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if invitation is None or chosen in dict(settings.LANGUAGES):
        return translation.get_language() or settings.LANGUAGE_CODE
    return invitation.language


@public
@require_http_methods(["GET", "POST"])
@by_link
def invited(request: HttpRequest, invitation: QuestionnaireInvitation) -> HttpResponse:
    """What is asked, how long it takes, who sees the answers; then begin, or go on where one stopped."""
    if request.method == "POST":
        held = open_link(invitation=invitation, now=clock.now())
        return redirect("followup:question", token_of(held), next_number(held))
    _refuse_closed(invitation)
    stop_url = reverse("followup:stop-by-link", args=[token_of(invitation)])
    context = {"invitation": invitation, "instrument": instrument_of(invitation), "stop_url": stop_url}
    return render(request, "followup/invited.html", context)


@public
@require_http_methods(["GET", "POST"])
@by_link
def question_page(request: HttpRequest, invitation: QuestionnaireInvitation, number: int) -> HttpResponse:
    """One question; a risk answer shows help on this same screen and has already opened its task."""
    _refuse_closed(invitation)
    if not 1 <= number <= instrument_of(invitation).item_count:
        return redirect("followup:invited", token_of(invitation))
    if request.method == "GET":
        return _question(request, invitation, number)
    return _answered(request, invitation, number)


@public
@require_GET
@by_link
def sent(request: HttpRequest, invitation: QuestionnaireInvitation) -> HttpResponse:
    """The score beside the last one, for the browser that handed it in; thanks for any other."""
    if request.session.get(SENT_HERE) != str(invitation.pk) or invitation.answered_at is None:
        raise LinkClosed
    try:
        context = {"words": words_after(invitation), "help": _help(invitation)}
    except LookupError:
        raise LinkClosed from None
    return render(request, "followup/sent.html", context)


def next_number(invitation: QuestionnaireInvitation) -> int:
    """The item to go on with: the first not reached yet, or the last one."""
    return min(invitation.reached + 1, instrument_of(invitation).item_count)


def _answered(request: HttpRequest, invitation: QuestionnaireInvitation, number: int) -> HttpResponse:
    instrument, now = instrument_of(invitation), clock.now()
    skipped = request.POST.get("skip") == "yes"
    try:
        answer = chosen_answer(instrument, number, text=request.POST.get("answer", ""), skipped=skipped)
    except AnswerRefused as refused:
        return _question(request, invitation, number, error=str(refused))
    risk = answer_item(invitation=invitation, number=number, answer=answer, now=now)
    invitation.refresh_from_db()
    if risk is not None and request.POST.get("seen") != "yes":
        return _question(request, invitation, number, risk=risk)
    if number < instrument_of(invitation).item_count:
        return redirect("followup:question", token_of(invitation), number + 1)
    hand_in(invitation=invitation, mode=_mode(request, invitation), now=now)
    request.session[SENT_HERE] = str(invitation.pk)
    return redirect("followup:sent", token_of(invitation))


def _question(
    request: HttpRequest,
    invitation: QuestionnaireInvitation,
    number: int,
    *,
    error: str = "",
    risk: Risk | None = None,
) -> HttpResponse:
    language = translation.get_language() or invitation.language
    instrument = instrument_of(invitation)
    context = {
        "question": question(instrument, number, language=language, answers=draft_of(invitation)),
        "title": instrument.wording(language).title,
        "back": _back(invitation, number),
        "error": error,
        "help": _help(invitation) if risk else None,
        "help_note": _who_calls(risk) if risk else "",
        "send_words": _("Go on") if instrument.id in STEPS else "",
    }
    return render(request, "followup/question.html", context, status=422 if error else 200)


def _back(invitation: QuestionnaireInvitation, number: int) -> str:
    if number == 1:
        return ""
    return reverse("followup:question", args=[token_of(invitation), number - 1])


def _who_calls(risk: Risk) -> str:
    if risk.urgent:
        return _(
            "Thank you for telling us. Your care team sees this answer now "
            "and is asked to call you within the hour."
        )
    return _("Thank you for telling us. Your care team sees this answer now and is asked to call you today.")


def _help(invitation: QuestionnaireInvitation | None) -> CrisisHelp:
    country = invitation.patient.site.jurisdiction if invitation else "US"
    return crisis_help(country, translation.get_language() or settings.LANGUAGE_CODE)


def _mode(request: HttpRequest, invitation: QuestionnaireInvitation) -> Mode:
    """By portal where the patient is signed in as themself, else by link."""
    account = request.user
    is_theirs = isinstance(account, Account) and invitation.patient.account_id == account.pk
    return Mode.SELF_PORTAL if is_theirs else Mode.SELF_WEB


def _refuse_closed(invitation: QuestionnaireInvitation) -> None:
    if not invitation.is_open(clock.now()):
        raise LinkClosed


def _closed(request: HttpRequest, invitation: QuestionnaireInvitation | None) -> HttpResponse:
    """Why the link no longer works, what to do instead, and help all the same."""
    context = {"invitation": invitation, "help": _help(invitation)}
    status = 404 if invitation is None else 410
    return render(request, "followup/closed.html", context, status=status)
