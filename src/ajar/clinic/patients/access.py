"""Every view says who may use it; what says nothing is refused.

`@permit(Action.X)` asks the role table and then whether this patient is within reach: their own for a
patient, one of the sites they work at for staff. A patient out of reach looks like one who does not
exist. `@public` marks the pages that anyone may see, `@by_key` the addresses where no person signs in
and a device shows its key.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Protocol, TypeVar, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt

from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.staff.roles import Role


class StaffRequest(HttpRequest):
    """A request that `permit` has let through: someone is signed in."""

    user: Account


View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)

PUBLIC: Final = "public"
BY_KEY: Final = "by key"
LIBRARY_NAMESPACES: Final = ("account_", "mfa_", "set_language")


class Marked(Protocol):
    """A view that says who may use it."""

    permission: Action | str


def public(view: V) -> V:
    """Anyone may see this page."""
    cast(Marked, view).permission = PUBLIC
    return view


def by_key(view: V) -> V:
    """Only a machine that shows its key; the view asks for it. Cookies count for nothing here, so neither
    does the token that keeps forms from elsewhere out.
    """
    cast(Marked, view).permission = BY_KEY
    return csrf_exempt(view)


def permit(action: Action) -> Callable[[View], View]:
    """Only roles with this action, and only within reach of the patient or encounter in the URL."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            account = request.user
            if not may(account.role_of, action):
                raise PermissionDenied(f"A {account.role_of.label.lower()} may not {action}.")
            refuse_out_of_reach(account, kwargs)
            return view(request, *args, **kwargs)

        cast(Marked, guarded).permission = action
        return guarded

    return mark


def refuse_out_of_reach(account: Account, kwargs: dict[str, Any]) -> None:
    """Answer 'not found' for a patient or encounter this account may not reach."""
    if (patient_id := kwargs.get("patient_id")) is not None:
        patient_in_reach(account, patient_id)
    if (encounter_id := kwargs.get("encounter_id")) is not None:
        encounter_in_reach(account, encounter_id)


def patient_in_reach(account: Account, patient_id: UUID) -> Patient:
    """The patient, if this account may see any of them.

    Raises:
        Http404: no such patient, or none that this account may know of.
    """
    patient = get_object_or_404(Patient.objects.select_related("site"), pk=patient_id)
    if not reaches(account, patient):
        raise Http404("No such patient.")
    return patient


def encounter_in_reach(account: Account, encounter_id: UUID) -> Encounter:
    """The encounter, if its patient is within reach (Http404 otherwise)."""
    encounter = get_object_or_404(Encounter.objects.select_related("patient__site"), pk=encounter_id)
    if not reaches(account, encounter.patient):
        raise Http404("No such encounter.")
    return encounter


def reaches(account: Account, patient: Patient) -> bool:
    """A patient reaches themself; staff reach the patients of their own sites."""
    if account.role_of is Role.PATIENT:
        return patient.account_id == account.pk
    return account.sites.filter(pk=patient.site_id).exists()


class DefaultDenyMiddleware:
    """Refuses a view that does not say who may use it, and keeps private pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark every answer given to a signed-in account as not to be stored."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        """Let marked views and the sign-in library through; refuse the rest."""
        if getattr(view, "permission", None) is not None:
            return
        match = request.resolver_match or resolve(request.path_info)
        if (match.url_name or "").startswith(LIBRARY_NAMESPACES):
            return
        raise PermissionDenied("This page does not say who may see it.")
