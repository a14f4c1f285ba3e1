"""The patient's own screen, by signed link: no sign-in, no name, nothing to read or type."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.bedside.links import screen_of
from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.bedside.selectors import intention_of
from ajar.clinic.bedside.services import Ring, ScreenClosed, call_for_help, hear
from ajar.clinic.patients.access import public
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY

ScreenView = Callable[[HttpRequest, PatientScreen], HttpResponse]


def by_link(view: ScreenView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view its screen, in the patient's language; say calmly where it is closed."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        screen = screen_of(token)
        language = screen.encounter.patient.language if screen else settings.LANGUAGE_CODE
        with translation.override(language):
            try:
                answer = view(request, screen) if screen else closed(request, status=404)
            except ScreenClosed:
                answer = closed(request, status=410)
        add_never_cache_headers(answer)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return guarded


def closed(request: HttpRequest, *, status: int) -> HttpResponse:
    """The link has ended: in words for a page, in a word for a script."""
    if by_script(request):
        return JsonResponse({"call": "closed"}, status=status)
    return render(request, "bedside/closed.html", status=status)


def by_script(request: HttpRequest) -> bool:
    """Does the open page ask, and not a form?"""
    return "X-Requested-With" in request.headers


@public
@require_GET
@by_link
def screen(request: HttpRequest, screen: PatientScreen) -> HttpResponse:
    """Half of it is for help; the other half shows that it is heard, and what the patient wanted to see."""
    call = hear(screen=screen, now=clock.now())
    context = {
        "screen": screen,
        "call": call,
        "policy": DEFAULT_SCREEN_POLICY,
        "intention": intention_of(screen.encounter_id) if screen.shows_intention else "",
        "language": translation.get_language(),
    }
    return render(request, "bedside/screen.html", context)


@public
@require_POST
@by_link
def beat(request: HttpRequest, screen: PatientScreen) -> HttpResponse:
    """The screen is there; the answer says how its call stands."""
    ring = request.POST.get("ring", "")
    taken = Ring(ring) if ring in set(Ring) else None
    return JsonResponse({"call": hear(screen=screen, now=clock.now(), ring=taken)})


@public
@require_POST
@by_link
def help_me(request: HttpRequest, screen: PatientScreen) -> HttpResponse:
    """The patient wants someone."""
    call = call_for_help(screen=screen, press=press_of(request), now=clock.now())
    if by_script(request):
        return JsonResponse({"call": call})
    return redirect(request.path.removesuffix("help/"))


def press_of(request: HttpRequest) -> UUID:
    """Which press this is, so that one sent twice counts once; a form without it is a press of its own."""
    try:
        return UUID(request.POST.get("press", ""))
    except ValueError:
        return uuid4()
