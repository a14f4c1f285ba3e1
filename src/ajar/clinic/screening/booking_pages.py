"""What the booking's screens show, put together for their templates."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ajar.clinic import clock
from ajar.clinic.scheduling.models import Appointment, Mode, Slot
from ajar.clinic.scheduling.selectors import free_slots
from ajar.clinic.scheduling.services import KEEP_FOR
from ajar.clinic.screening.forms import IdentityForm, ReasonForm
from ajar.clinic.screening.selectors import keeper_token
from ajar.clinic.staff.models import Site

SHOWN_DAYS: Final = 10
"""Days with free times on one page (practice.md 4.4: a list of days, not a month grid)."""

BRING: Final = (
    _("A list of your medicines with their doses, also those you buy without a prescription."),
    _("What you have tried against depression before: names, how long, and why it was stopped."),
    _("Letters about your heart, blood pressure, liver, or a past hospital stay, if you have them."),
    _("A photo identity card and, if you want to use it, your insurance card."),
    _("The name and phone number of someone who could take you home after a treatment, if it comes to that."),
)


SOON_DAYS: Final = 4
"""Of these, how many are open at first; the later ones are one tap away (a phone's two screens)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfTimes:
    """One day's free times in the zones of their sites."""

    day: date
    slots: tuple[Slot, ...]


def times_page(
    request: HttpRequest, *, instead: Appointment | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """Free times; `instead` is the appointment that the chosen time replaces."""
    places = list(Site.objects.order_by("telehealth", "name"))
    place = next((site for site in places if site.slug == request.GET.get("place")), None)
    slots = list(free_slots(now=clock.now(), token=keeper_token(request), site=place))
    days = by_day(slots)[:SHOWN_DAYS]
    context = {
        "places": places,
        "place": place,
        "next_slot": slots[0] if slots else None,
        "days": days[:SOON_DAYS],
        "later_days": days[SOON_DAYS:],
        "instead": instead,
        "problem": problem,
        "site": None,
    }
    return render(request, "screening/times.html", context, status=status)


def by_day(slots: list[Slot]) -> list[DayOfTimes]:
    """Free times by the day on which they are where they are; each time once, whoever has it free."""
    once = {(slot.site_id, slot.starts_at): slot for slot in reversed(slots)}
    in_order = sorted(
        once.values(),
        key=lambda slot: (local(slot).date(), slot.site.telehealth, slot.site.name, slot.starts_at),
    )
    return [
        DayOfTimes(day=day, slots=tuple(group))
        for day, group in groupby(in_order, key=lambda slot: local(slot).date())
    ]


def local(slot: Slot) -> datetime:
    """A slot's start by its site's clock."""
    return slot.starts_at.astimezone(slot.site.zone)


def identity_page(request: HttpRequest, slot: Slot, form: IdentityForm) -> HttpResponse:
    """The form, with the kept time and how long it is still kept."""
    mine = slot.kept_for == keeper_token(request) and slot.kept_until is not None
    context = {
        "slot": slot,
        "form": form,
        "kept_until": slot.kept_until if mine and slot.kept_until and slot.kept_until > clock.now() else None,
        "keep_min": round(KEEP_FOR.total_seconds() / 60),
        "site": slot.site,
    }
    return render(request, "screening/identity.html", context, status=422 if form.errors else 200)


def booked_page(
    request: HttpRequest, appointment: Appointment, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The confirmation."""
    context = {
        "appointment": appointment,
        "stands": appointment.status == Appointment.Status.BOOKED,
        "ahead": appointment.starts_at > clock.now(),
        "by_video": appointment.mode == Mode.TELEHEALTH,
        "bring": BRING,
        "form": ReasonForm(),
        "problem": problem,
        "site": appointment.site,
        "link": request.build_absolute_uri(f"/booking/{appointment.token}/"),
    }
    return render(request, "screening/booked.html", context, status=status)
