"""A write that came too late is answered in words, never as a server error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ajar.clinic.ledger.services import StaleLedger


class StaleLedgerMiddleware:
    """Answers StaleLedger with 409 and the way back; what was typed stays in the browser's form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the refusal into a page."""
        if not isinstance(exception, StaleLedger):
            return None
        typed = [(name, value) for name, value in request.POST.items() if name not in HIDDEN and value]
        context = {"words": str(exception), "typed": typed, "back": request.META.get("HTTP_REFERER", "/")}
        return render(request, "web/stale.html", context, status=409)


HIDDEN = ("csrfmiddlewaretoken", "expected", "pin", "password")
