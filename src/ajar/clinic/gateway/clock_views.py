"""The page where a person compares Ajar's time with the machine's clock, and may accept the machine's."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ajar.clinic.gateway.serverclock import NothingToAccept, accept_time, two_clocks
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action
from ajar.clinic.staff.services import SignatureRefused


class AcceptForm(forms.Form):
    """The signature of whoever looked at a clock that is right."""

    pin = forms.CharField(
        label=gettext_lazy("Your signing PIN"),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        max_length=12,
        error_messages={"required": gettext_lazy("Type your signing PIN.")},
    )


@require_http_methods(["GET", "POST"])
@permit(Action.ACCEPT_CLOCK)
def clock_page(request: StaffRequest, slug: str) -> HttpResponse:
    """Both times beside each other; nothing to do while they agree."""
    site = get_object_or_404(request.user.sites, slug=slug)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_time(pin=form.cleaned_data["pin"], by=request.user)
        except SignatureRefused as refused:
            form.add_error("pin", str(refused))
        except NothingToAccept as refused:
            messages.info(request, str(refused))
            return redirect("monitoring:board", site.slug)
        else:
            messages.success(request, _("Ajar goes by the machine's clock from now on."))
            return redirect("monitoring:board", site.slug)
    context = {"site": site, "clocks": two_clocks(), "form": form}
    return render(request, "gateway/clock.html", context, status=422 if form.errors else 200)
