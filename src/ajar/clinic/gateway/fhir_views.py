"""Where devices post FHIR Observations, and the page of their keys."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.gateway.forms import KeyForm
from ajar.clinic.gateway.keys import key_shown, keys_in_reach, make_key, revoke_key
from ajar.clinic.gateway.observing import NO_KEY, Reply, receive_posted, reply_of
from ajar.clinic.patients.access import StaffRequest, by_key, permit
from ajar.clinic.staff.policy import Action
from ajar.exchange.fhir.answers import Told
from ajar.exchange.fhir.from_device import MAX_POST_BYTES

FHIR_JSON = "application/fhir+json"
TOO_BIG = Told(status=413, code="too-long", words=f"At most {MAX_POST_BYTES} bytes are read.")


@by_key
@require_POST
def observation(request: HttpRequest) -> HttpResponse:
    """One Observation, or a batch of them, from whoever shows a key."""
    key = key_shown(request.headers.get("Authorization", ""))
    if key is None:
        answer = answered(reply_of(NO_KEY))
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    try:
        data = request.body
    except RequestDataTooBig:
        return answered(reply_of(TOO_BIG))
    return answered(receive_posted(data=data, key=key, now=clock.now()))


def answered(reply: Reply) -> HttpResponse:
    """The reply as JSON that nobody keeps; whoever sends too fast is told to wait a second."""
    answer = JsonResponse(reply.body, status=reply.status, content_type=FHIR_JSON)
    answer.headers["Cache-Control"] = "no-store"
    if reply.status == 429:
        answer.headers["Retry-After"] = "1"
    return answer


@require_http_methods(["GET", "POST"])
@permit(Action.ADMINISTER)
def keys(request: StaffRequest) -> HttpResponse:
    """The keys of the viewer's sites; a new one is shown once, in the answer that made it."""
    form = KeyForm(request.POST or None, sites=request.user.sites.all())
    secret, made = "", None
    if request.method == "POST" and form.is_valid():
        made, secret = make_key(by=request.user, now=clock.now(), **form.cleaned_data)
        form = KeyForm(None, sites=request.user.sites.all())
    context = {"keys": keys_in_reach(request.user), "form": form, "secret": secret, "made": made}
    return render(request, "gateway/keys.html", context, status=422 if form.errors else 200)


@require_POST
@permit(Action.ADMINISTER)
def revoke(request: StaffRequest, key_id: UUID) -> HttpResponse:
    """End a key."""
    key = get_object_or_404(keys_in_reach(request.user), pk=key_id)
    revoke_key(key=key, by=request.user, now=clock.now())
    messages.success(request, _("The key %(name)s opens nothing any more.") % {"name": key.name})
    return redirect("gateway:keys")
