"""The staff calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ajar.clinic import clock
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.scheduling.calendar import asked_day, day_view, week_list
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import Action


@require_GET
@permit(Action.SEE_CALENDAR)
def calendar(request: StaffRequest) -> HttpResponse:
    """A day of one of the viewer's sites, and its week."""
    site = chosen_site(request, request.user)
    if site is None:
        return render(request, "scheduling/no_site.html")
    today = clock.now().astimezone(site.zone).date()
    day = asked_day(request.GET.get("day", ""), today=today)
    context = {
        "view": day_view(site, day, viewer=request.user),
        "week": week_list(site, day, viewer=request.user),
        "today": today,
        "site": site,
    }
    return render(request, "scheduling/calendar.html", context)


def chosen_site(request: HttpRequest, viewer: Account) -> Site | None:
    """The site in the address, else the one the viewer works at now, else their first."""
    sites = list(viewer.sites.all())
    asked = [site for site in sites if site.slug == request.GET.get("site")]
    current = [site for site in sites if str(site.pk) == request.session.get("site")]
    return next(iter([*asked, *current, *sites]), None)
