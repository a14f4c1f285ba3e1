"""What a browser is answered when something broke: in words, and with no more than that."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error as plain_server_error

from ajar.clinic.ledger.engines import AWAY


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database did not take or give anything, so that a tablet keeps its entry; else 500."""
    if not isinstance(sys.exc_info()[1], AWAY):
        return plain_server_error(request)
    page = loader.get_template("503.html").render()  # without the request: who asks is in the database
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})
