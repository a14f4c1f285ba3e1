"""Pages of the shell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ajar.clinic import clock
from ajar.clinic.patients.access import public
from ajar.clinic.web import public as words
from ajar.clinic.web.chain import drawn_links, values
from ajar.clinic.web.chain_menu import FORMS, Span, chosen
from ajar.clinic.web.styleguide import samples


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: what it is, whom it is not for, and three ways in."""
    context = {
        "key_points": words.KEY_POINTS,
        "claims": words.CLAIMS,
        "not_here": words.NOT_HERE,
        "not_yet": words.NOT_YET,
        "hours": words.SESSION_HOURS,
    }
    return render(request, "web/home.html", context)


@public
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """The article, with a grade and a source beside each claim."""
    context = {
        "key_points": words.KEY_POINTS[:3],
        "parts": words.ARTICLE,
        "minutes": words.reading_minutes(words.ARTICLE),
        **picture(request),
    }
    return render(request, "web/how_it_works.html", context)


def picture(request: HttpRequest) -> dict[str, object]:
    """The chain for what was chosen on the menu; the first of each where nothing was."""
    asked = request.GET
    choice = chosen(
        form=asked.get("form", ""), dose=asked.get("dose", ""), span=asked.get("span", Span.HOURS)
    )
    return {"choice": choice, "forms": FORMS, "links": drawn_links(choice), "made_of": values()}


@public
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; invented values only."""
    return render(request, "web/styleguide.html", samples(now=clock.now()))
