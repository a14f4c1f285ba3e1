"""The depression quiz: one question a screen, no name asked, help at once where it is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.instruments.asking import AnswerRefused, chosen_answer
from ajar.clinic.patients.access import public
from ajar.clinic.screening.forms import CallForm
from ajar.clinic.screening.models import ScreeningVisit
from ajar.clinic.screening.pages import HELP_ITEM, question_page, result_page
from ajar.clinic.screening.selectors import remember_visit, visit_of
from ajar.clinic.screening.services import answer_item, ask_for_call, say_safe, start_visit
from ajar.pathway.instruments.phq9 import PHQ9


@never_cache
@require_http_methods(["GET", "POST"])
@public
def start(request: HttpRequest) -> HttpResponse:
    """What will be asked, and the first step. Starting again begins a new quiz."""
    if request.method == "POST":
        visit = start_visit(instrument=PHQ9, language=get_language() or "en", now=clock.now())
        remember_visit(request, visit)
        return redirect("screening:question", number=1)
    context = {"visit": visit_of(request), "wording": PHQ9.wording(get_language() or "en")}
    return render(request, "screening/start.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question; an answer is kept, and goes on unless it calls for help first."""
    visit = visit_of(request)
    if visit is None or not 1 <= number <= PHQ9.item_count:
        return redirect("screening:start")
    return (
        answer(request, visit, number) if request.method == "POST" else question_page(request, visit, number)
    )


def answer(request: HttpRequest, visit: ScreeningVisit, number: int) -> HttpResponse:
    """Take in what a screen sent; stay on it when the answer calls for help."""
    sent, skipped = request.POST.get("answer", ""), request.POST.get("skip") == "yes"
    try:
        chosen = chosen_answer(PHQ9, number, text=sent, skipped=skipped)
    except AnswerRefused as refused:
        return question_page(request, visit, number, error=str(refused))
    if answer_item(visit=visit, number=number, answer=chosen, now=clock.now()) is not None:
        return redirect("screening:question", number=number)
    if number == PHQ9.item_count:
        return redirect("screening:result")
    return redirect("screening:question", number=number + 1)


@never_cache
@require_GET
@public
def result(request: HttpRequest) -> HttpResponse:
    """The score in words, what it does and does not mean, and the next step."""
    visit = visit_of(request)
    if visit is None or not visit.answered:
        return redirect("screening:start")
    return result_page(request, visit)


@never_cache
@require_POST
@public
def call_me(request: HttpRequest) -> HttpResponse:
    """Leave a number at which a clinician calls."""
    visit, form = visit_of(request), CallForm(request.POST)
    if visit is None:
        return redirect("screening:start")
    if not form.is_valid():
        return question_page(request, visit, HELP_ITEM, call_form=form, status=422)
    ask_for_call(visit=visit, phone=form.cleaned_data["phone"], now=clock.now())
    return redirect("screening:question", number=HELP_ITEM)


@never_cache
@require_POST
@public
def safe_now(request: HttpRequest) -> HttpResponse:
    """Say that one is safe now; the form can be finished."""
    visit = visit_of(request)
    if visit is None:
        return redirect("screening:start")
    say_safe(visit=visit, now=clock.now())
    return redirect("screening:question", number=HELP_ITEM)
