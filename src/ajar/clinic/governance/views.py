"""The clinic's configuration: what differs from the defaults, who signed it when, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.governance.forms import ConfigurationForm, SignatureForm
from ajar.clinic.governance.models import SignedConfiguration
from ajar.clinic.governance.selectors import in_force
from ajar.clinic.governance.services import sign_configuration
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.staff.services import SignatureRefused
from ajar.pathway.governance.configuration import (
    ConfigurationRefused,
    Difference,
    differences,
    read_configuration,
    template,
)
from ajar.pathway.governance.version import RULEBOOK


@require_GET
@permit(Action.SEE_RULEBOOK)
def configuration(request: StaffRequest) -> HttpResponse:
    """What this clinic sets otherwise than the defaults, and every version that was signed."""
    return _page(request)


@require_POST
@permit(Action.SIGN_CONFIGURATION)
def check(request: StaffRequest) -> HttpResponse:
    """What a file would change. Nothing is written."""
    form = ConfigurationForm(request.POST)
    checked = _checked(form)
    return _page(
        request,
        form=SignatureForm(initial=form.cleaned_data) if checked is not None else form,
        checked=checked,
    )


@require_POST
@permit(Action.SIGN_CONFIGURATION)
def sign(request: StaffRequest) -> HttpResponse:
    """Put a file in force, under the signer's name."""
    form = SignatureForm(request.POST)
    if form.is_valid() and _signed(request, form):
        messages.success(request, _("Signed, and in force from now on."))
        return redirect("governance:configuration")
    return _page(request, form=form)


@require_GET
@permit(Action.SEE_RULEBOOK)
def defaults(_request: StaffRequest) -> HttpResponse:
    """Every parameter with its default and source, as a file to begin with."""
    return _file("defaults.toml", template(RULEBOOK))


@require_GET
@permit(Action.SEE_RULEBOOK)
def signed_file(_request: StaffRequest, number: int) -> HttpResponse:
    """A file as it was signed."""
    found = get_object_or_404(SignedConfiguration, pk=number)
    return _file(f"configuration-{found.pk}.toml", found.text)


def _file(name: str, text: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _checked(form: ConfigurationForm) -> tuple[Difference, ...] | None:
    """What the file changes; None where it is refused, with the reasons on the form."""
    if not form.is_valid():
        return None
    try:
        return differences(read_configuration(form.cleaned_data["text"]))
    except ConfigurationRefused as refused:
        for problem in refused.problems:
            form.add_error("text", problem)
        return None


def _signed(request: StaffRequest, form: SignatureForm) -> bool:
    said = form.cleaned_data
    try:
        sign_configuration(text=said["text"], pin=said["pin"], by=request.user, now=clock.now())
    except ConfigurationRefused as refused:
        for problem in refused.problems:
            form.add_error("text", problem)
    except SignatureRefused as refused:
        form.add_error("pin", str(refused))
    else:
        return True
    return False


def _page(
    request: HttpRequest,
    *,
    form: ConfigurationForm | None = None,
    checked: tuple[Difference, ...] | None = None,
) -> HttpResponse:
    now_in_force = in_force()
    own: Any = differences(read_configuration(now_in_force.text)) if now_in_force else ()
    may_sign = may(request.user.role_of, Action.SIGN_CONFIGURATION)  # type: ignore[union-attr]
    begin = {"text": now_in_force.text if now_in_force else ""}
    context = {
        "rulebook": RULEBOOK,
        "in_force": now_in_force,
        "differences": own,
        "signed": SignedConfiguration.objects.all(),
        "form": (form or ConfigurationForm(initial=begin)) if may_sign else None,
        "checked": checked,
        "to_sign": isinstance(form, SignatureForm),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "governance/configuration.html", context, status=status)
