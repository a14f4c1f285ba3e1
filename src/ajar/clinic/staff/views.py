"""People of the clinic, one's own PIN, and the site one works at."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.forms import InviteForm, PinForm
from ajar.clinic.staff.policy import Action
from ajar.clinic.staff.selectors import staff_accounts
from ajar.clinic.staff.services import OneselfRefused, invite, password_link, set_active, set_pin


@require_GET
@permit(Action.ADMINISTER)
def people(request: StaffRequest) -> HttpResponse:
    """Who works here, in which role, at which sites."""
    return render(request, "staff/people.html", {"people": staff_accounts(), "form": InviteForm()})


@require_POST
@permit(Action.ADMINISTER)
def add(request: StaffRequest) -> HttpResponse:
    """Add a member of staff and show the link by which they choose a password."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return render(request, "staff/people.html", {"people": staff_accounts(), "form": form}, status=422)
    account = invite(**form.cleaned_data)
    link = password_link(account)
    return render(
        request, "staff/invited.html", {"invited": account, "link": request.build_absolute_uri(link)}
    )


@require_POST
@permit(Action.ADMINISTER)
def activate(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Let someone sign in again, or stop them; their signatures stay."""
    account = get_object_or_404(staff_accounts(), pk=account_id)
    try:
        set_active(account=account, active=request.POST.get("active") == "yes", by=request.user)
    except OneselfRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved for %(name)s.") % {"name": account.printed_name})
    return redirect("staff:people")


@require_http_methods(["GET", "POST"])
@permit(Action.SEE_TODAY)
def own_pin(request: StaffRequest) -> HttpResponse:
    """Set one's own signing PIN."""
    form = PinForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        set_pin(account=request.user, pin=form.cleaned_data["pin"])
        messages.success(request, _("Your signing PIN is set."))
        return redirect("desk:today")
    return render(request, "staff/pin.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@permit(Action.SEE_OWN_HOME)
def switch_site(request: StaffRequest) -> HttpResponse:
    """Work at another of one's sites from now on."""
    chosen = request.POST.get("site", "")
    if chosen in [str(site.pk) for site in request.user.sites.all()]:
        request.session["site"] = chosen
    return redirect("desk:today")
