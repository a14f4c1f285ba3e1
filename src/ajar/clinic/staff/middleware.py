"""Staff sign in with a second factor, and an idle screen signs itself out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ajar.clinic import clock
from ajar.clinic.staff.models import Account

Handler = Callable[[HttpRequest], HttpResponse]

OPEN_PATHS: Final = ("/accounts/", "/static/")
SEEN_EVERY: Final = timedelta(minutes=1)


class SecondFactorMiddleware:
    """Sends staff without a second factor to set one up before anything else.

    The synthetic clinic's one-click sign-ins are exempt: it holds no person's data.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or redirect to the set-up page."""
        if isinstance(request.user, Account) and self._lacks_one(request.user, request.path):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _lacks_one(self, account: Account, path: str) -> bool:
        if settings.DEMO or not account.is_staff_member or path.startswith(OPEN_PATHS):
            return False
        return not has_second_factor(account)


def has_second_factor(account: Account) -> bool:
    """Has this account a time-based code or a passkey set up?"""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=account, type__in=kinds).exists())


class IdleMiddleware:
    """Signs an account out after the idle limit (HIPAA automatic log-off, clinical.md SEC-2)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare with the last request of this session, then remember this one."""
        if not isinstance(request.user, Account):
            return self.get_response(request)
        now = clock.now()
        seen = request.session.get("seen", now.timestamp())
        if now.timestamp() - seen > settings.IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, _("You were signed out because the screen was idle. Nothing was lost."))
            return redirect("account_login")
        due = now.timestamp() - seen > SEEN_EVERY.total_seconds() or "seen" not in request.session
        if due and not by_itself(request):
            request.session["seen"] = now.timestamp()
        return self.get_response(request)


def by_itself(request: HttpRequest) -> bool:
    """Did an open page ask, and not a person? A board left alone must not keep its account signed in."""
    asked_by_script = "X-Requested-With" in request.headers or "HX-Request" in request.headers
    return request.method == "GET" and asked_by_script
