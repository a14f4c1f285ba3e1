"""One-click sign-ins for the synthetic clinic. These addresses exist only where AJAR_DEMO is on."""

from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic.demo.people import PASSWORD, PIN
from ajar.clinic.demo.selectors import sign_ins
from ajar.clinic.patients.access import public
from ajar.clinic.staff.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
@public
def choose(request: HttpRequest) -> HttpResponse:
    """Every role, one click each."""
    return render(request, "demo/choose.html", {"groups": sign_ins(), "password": PASSWORD, "pin": PIN})


@require_POST
@public
def enter(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Sign in as this synthetic person."""
    account = get_object_or_404(Account, pk=account_id, is_active=True)
    login(request, account, backend=BACKEND)
    return redirect("desk:today")
