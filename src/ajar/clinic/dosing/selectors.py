"""Reads of sessions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from ajar.clinic.dosing.models import DosingNow, RemsCertification, RoomStay
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import FLOOR
from ajar.clinic.staff.selectors import colleagues
from ajar.pathway.dosing.rems import SiteCertification, why_not_certified
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import IN_ROOM, Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import PRESCRIBERS


def session_now(encounter_id: UUID) -> Session:
    """The session as it stands. The view's `permit` has checked the reach.

    Raises:
        DosingNow.DoesNotExist: no session was planned under this encounter.
    """
    return session_of(DosingNow.objects.get(pk=encounter_id))


def session_or_404(encounter_id: UUID) -> Session:
    """The session as it stands, for a page (Http404 where none was planned)."""
    return session_of(get_object_or_404(DosingNow, pk=encounter_id))


def sessions_in_reach(viewer: Account) -> QuerySet[DosingNow]:
    """Sessions at the sites where the viewer works."""
    return DosingNow.objects.select_related("patient", "site").filter(site__in=viewer.sites.all())


def sessions_today(viewer: Account, site: Site, day: date) -> QuerySet[DosingNow]:
    """Sessions that start on this day of the site's own clock, and any that still occupy a room."""
    starts = datetime.combine(day, time(), tzinfo=site.zone)
    ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=site.zone)
    wanted = Q(starts_at__gte=starts, starts_at__lt=ends) | Q(stage__in=IN_ROOM)
    return sessions_in_reach(viewer).filter(wanted, site=site).order_by("starts_at", "encounter_id")


def rooms_for(site: Site) -> list[Room]:
    """The treatment rooms of a site that nobody occupies."""
    taken = DosingNow.objects.filter(site=site, stage__in=IN_ROOM, room_id__isnull=False)
    rooms = Room.objects.filter(site=site, kind=Room.Kind.TREATMENT, active=True)
    return list(rooms.exclude(pk__in=taken.values("room_id")).order_by("position", "name"))


def sessions_in_room_at(room_id: UUID, at: datetime) -> list[DosingNow]:
    """The sessions whose patient was in this room at that moment, whatever room they are in now."""
    still_there = Q(stays__until__isnull=True) | Q(stays__until__gt=at)
    open_then = Q(closed_at__isnull=True) | Q(closed_at__gte=at)
    sessions = DosingNow.objects.select_related("patient")
    return list(sessions.filter(still_there, open_then, stays__room_id=room_id, stays__since__lte=at))


def others_in_room_since(room_id: UUID, at: datetime, *, besides: UUID) -> bool:
    """Was anybody in this room at that moment or later, besides the patient of this session?"""
    there = Q(until__isnull=True) | Q(until__gt=at)
    open_then = Q(session__closed_at__isnull=True) | Q(session__closed_at__gt=at)
    others = RoomStay.objects.exclude(session_id=besides)
    return others.filter(there, open_then, room_id=room_id).exists()


def second_people(viewer: Account, site: Site) -> list[Account]:
    """Who can be the second person of a check: nurses and prescribers of the site, not oneself."""
    return list(colleagues(viewer, site, *FLOOR))


def prescribers_at(site: Site) -> list[Account]:
    """Who can be the prescriber on site (SITE-2)."""
    return list(site.accounts.filter(role__in=PRESCRIBERS, is_active=True).order_by("printed_name"))


def certification_of(site: Site) -> SiteCertification | None:
    """The site's REMS certification as last recorded."""
    row = RemsCertification.objects.filter(site=site).order_by("-recorded_at").first()
    return row.certification if row else None


def doses_before(session: Session, product: Product) -> int:
    """How many earlier sessions of this product ended with drug given and the patient released."""
    given = DosingNow.objects.filter(
        patient_id=session.patient_id,
        product=product,
        stage=Stage.DISCHARGED,
        first_dose_at__isnull=False,
    )
    return given.exclude(pk=session.encounter_id).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedSite:
    """A site and its certification; `because` says why it does not hold today."""

    site: Site
    certification: SiteCertification | None
    because: str


def certified_sites(viewer: Account, *, now: datetime) -> list[CertifiedSite]:
    """The viewer's sites that are places."""
    sites = viewer.sites.filter(telehealth=False).order_by("name")
    found = [(site, certification_of(site)) for site in sites]
    return [
        CertifiedSite(
            site=site,
            certification=certification,
            because=why_not_certified(certification, now.astimezone(site.zone).date()),
        )
        for site, certification in found
    ]
