"""What every page of the shell needs: the account, its sites, navigation, and the frame of a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ajar.clinic import clock
from ajar.clinic.patients.access import reaches
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.staff.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One place to go."""

    url: str
    label: str
    current: bool = False


NAVIGATION: Final = (
    ("/today/", gettext_lazy("Today"), Action.SEE_TODAY),
    ("/board/", gettext_lazy("Board"), Action.SEE_BOARD),
    ("/patients/", gettext_lazy("Patients"), Action.SEE_PATIENT_LIST),
    ("/evaluations/", gettext_lazy("Evaluations"), Action.RECORD_EVALUATION),
    ("/calendar/", gettext_lazy("Calendar"), Action.SEE_CALENDAR),
    ("/tasks/", gettext_lazy("Tasks"), Action.MANAGE_TASKS),
    ("/maintenance/", gettext_lazy("Boosters"), Action.SEE_SCORES),
    ("/paperwork/rems/", gettext_lazy("REMS forms"), Action.SEE_PAPERWORK),
    ("/quarantine/", gettext_lazy("Quarantine"), Action.RESOLVE_QUARANTINE),
    ("/alarm-load/", gettext_lazy("Alarm load"), Action.SEE_ALARM_LOAD),
    ("/people/", gettext_lazy("People"), Action.ADMINISTER),
    ("/rooms/", gettext_lazy("Rooms"), Action.ADMINISTER),
    ("/paperwork/rems/sites/", gettext_lazy("REMS sites"), Action.ADMINISTER),
    ("/me/", gettext_lazy("My care"), Action.SEE_OWN_CARE),
    ("/me/scores/", gettext_lazy("My scores"), Action.SEE_OWN_CARE),
    ("/me/notes/", gettext_lazy("My notes"), Action.SEE_OWN_CARE),
)
CHART: Final = (
    ("", gettext_lazy("Overview"), Action.SEE_IDENTITY),
    ("evaluation/", gettext_lazy("Evaluation"), Action.RECORD_EVALUATION),
    ("consent/", gettext_lazy("Consent"), Action.SEE_CONSENT),
    ("plan/", gettext_lazy("Plan"), Action.SEE_PLAN),
    ("sessions/", gettext_lazy("Sessions"), Action.SEE_SESSION),
    ("integration/", gettext_lazy("Integration"), Action.SEE_INTEGRATION),
    ("follow-up/", gettext_lazy("Follow-up"), Action.SEE_SCORES),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base templates; a view's own context comes before it."""
    context: dict[str, Any] = {
        "demo": settings.DEMO,
        "now": clock.now(),
        "account": None,
        "nav_items": [],
        "sites": [],
        "site": None,
    }
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return context
    sites = list(account.sites.all())
    context |= {"account": account, "sites": sites, "site": current_site(request, sites)}
    context["nav_items"] = navigation(request, account)
    if account.role_of is Role.PATIENT:
        return context
    if (patient := patient_of(request)) is not None and reaches(account, patient):
        context |= {"patient": patient, "site": patient.site}
        context |= {"crumbs": crumbs(patient), "chart_tabs": chart_tabs(request, account, patient)}
    return context


def current_site(request: HttpRequest, sites: Sequence[Site]) -> Site | None:
    """The site the account chose to work at, else its first."""
    chosen = request.session.get("site")
    return next((site for site in sites if str(site.pk) == chosen), sites[0] if sites else None)


def navigation(request: HttpRequest, account: Account) -> list[Link]:
    """The places this role may go."""
    places = [(url, label) for url, label, action in NAVIGATION if may(account.role_of, action)]
    here = max((url for url, _label in places if request.path.startswith(url)), key=len, default="")
    return [Link(url=url, label=str(label), current=url == here) for url, label in places]


def patient_of(request: HttpRequest) -> Patient | None:
    """The patient in the page's address, directly or by encounter, within reach or not."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    if (patient_id := kwargs.get("patient_id")) is not None:
        return Patient.objects.select_related("site").filter(pk=patient_id).first()
    if (encounter_id := kwargs.get("encounter_id")) is not None:
        found = Encounter.objects.select_related("patient__site").filter(pk=encounter_id).first()
        return found.patient if found else None
    return None


def crumbs(patient: Patient) -> list[Link]:
    """The way back from a chart."""
    return [
        Link(url="/patients/", label=_("Patients")),
        Link(url=f"/patients/{patient.pk}/", label=patient.name),
    ]


def chart_tabs(request: HttpRequest, account: Account, patient: Patient) -> list[Link]:
    """The pages of this chart that this role may open."""
    root = f"/patients/{patient.pk}/"
    here = request.path
    return [
        Link(url=root + part, label=str(label), current=here == root + part or _inside(here, root, part))
        for part, label, action in CHART
        if may(account.role_of, action)
    ]


def _inside(here: str, root: str, part: str) -> bool:
    if part == "sessions/" and here.startswith("/encounters/"):
        return True
    return bool(part) and here.startswith(root + part)
