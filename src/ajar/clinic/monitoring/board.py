"""The board of a site: every room, from the read models alone. Nothing is folded to show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.page import since_dose
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.dosing.selectors import sessions_in_reach, sessions_today
from ajar.clinic.ledger.feed import latest
from ajar.clinic.monitoring.models import SignsNow
from ajar.clinic.monitoring.part import Value, shown_values
from ajar.clinic.monitoring.readmodel import vitals_of
from ajar.clinic.monitoring.selectors import AS_USUAL, Watch, Watching, alarm_key_of, watch, watchings
from ajar.clinic.scheduling.models import Hold, Resource, Room
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.dosing.stage import IN_ROOM, Stage
from ajar.pathway.evaluation.products import AT_HOME, Product
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.latest import VitalsNow

SHORT_NAME: Final = {
    Product.ESKETAMINE_IN: "Esketamine spray",
    Product.KETAMINE_IV: "Ketamine IV",
    Product.KETAMINE_IM: "Ketamine IM",
    Product.KETAMINE_SC: "Ketamine SC",
    Product.KETAMINE_SL_CLINIC: "Ketamine lozenge",
    Product.KETAMINE_SL_HOME: "Lozenge at home",
    Product.KETAMINE_PO: "Ketamine oral",
}
TICKS_MIN: Final = {
    Product.ESKETAMINE_IN: (40, 120),
    Product.KETAMINE_IV: (40, 100),
    Product.KETAMINE_IM: (30, 90),
    Product.KETAMINE_SC: (30, 90),
    Product.KETAMINE_SL_CLINIC: (60, 120),
    Product.KETAMINE_SL_HOME: (60, 120),
    Product.KETAMINE_PO: (60, 120),
}
"""Marks on a tile's clock: spray, the 40-minute check and the two hours; infusion, its end and an hour more
(clinical.md MON-1, MON-3); injections, the close watch and the stay (MON-5, MON-6); by mouth, the hour and
two hours (MON-7, MON-8). The track shows 150 minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupied:
    """Who is in a room and how they are."""

    row: DosingNow
    watch: Watch
    values: tuple[Value, ...]
    alarms: tuple[Alarm, ...]
    owner: str
    product: str
    ticks_min: tuple[int, ...]
    since_dose: str

    @property
    def worst(self) -> str:
        """The priority of the most pressing alarm, for the tile's edge."""
        return self.alarms[0].priority if self.alarms else ""

    @property
    def alarm_key(self) -> str:
        """What the live stream says while these alarms stand (gateway/telling.py)."""
        return alarm_key_of(self.alarms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One room, empty or not; or one session at home, whose `room_id` is its encounter's."""

    room_id: UUID
    room_name: str
    occupied: Occupied | None


def board_of(site: Site, *, viewer: Account, now: datetime) -> dict[str, Any]:
    """Every room in its fixed order, and who is expected today."""
    after = latest()  # before the rooms are read, so that nothing falls between
    rooms = Room.objects.filter(site=site, kind=Room.Kind.TREATMENT, active=True).order_by("position", "name")
    today = list(sessions_today(viewer, site, now.astimezone(site.zone).date()))
    in_rooms = {row.room_id: row for row in today if row.stage in IN_ROOM and row.room_id}
    at_home = [row for row in today if row.stage in IN_ROOM and row.product in AT_HOME]
    people = occupants([*in_rooms.values(), *at_home], viewer=viewer, now=now)
    return {
        "tiles": [
            Tile(
                room_id=room.pk,
                room_name=room.name,
                occupied=people.get(in_rooms[room.pk].pk) if room.pk in in_rooms else None,
            )
            for room in rooms
        ]
        + [home_tile(row, people[row.pk]) for row in at_home],
        "expected": [row for row in today if row.stage == Stage.PLANNED],
        "after": after,
        "may_open": may(viewer.role_of, Action.SEE_SESSION),
    }


def home_tile(row: DosingNow, occupied: Occupied | None) -> Tile:
    """A session at home, beside the rooms."""
    return Tile(room_id=row.pk, room_name=_("At home"), occupied=occupied)


def tile_of(site: Site, room_id: UUID, *, viewer: Account, now: datetime) -> Tile:
    """One room of the board, or one session at home, which is named by its encounter.

    Raises:
        Room.DoesNotExist: this site has no such room, and no such session at home.
    """
    at_home = sessions_in_reach(viewer).filter(pk=room_id, site=site, product__in=AT_HOME).first()
    if at_home is not None:
        running = [at_home] if at_home.stage in IN_ROOM else []
        return home_tile(at_home, occupants(running, viewer=viewer, now=now).get(room_id))
    room = Room.objects.get(pk=room_id, site=site)
    found = sessions_in_reach(viewer).filter(room_id=room_id, stage__in=IN_ROOM)
    people = occupants(found, viewer=viewer, now=now)
    return Tile(room_id=room.pk, room_name=room.name, occupied=next(iter(people.values()), None))


def occupants(rows: Iterable[DosingNow], *, viewer: Account, now: datetime) -> dict[UUID, Occupied]:
    """The people in rooms, by encounter: a few queries whatever their number."""
    known = {row.pk: row for row in rows}
    plans = watchings(known.values())
    signs = {row.pk: vitals_of(row) for row in SignsNow.objects.filter(pk__in=known)}
    owners = owners_of(known)
    return {
        pk: occupied(
            row,
            signs.get(pk) or VitalsNow(encounter_id=pk),
            owners.get(pk, ""),
            viewer=viewer,
            now=now,
            watching=plans[pk],
        )
        for pk, row in known.items()
    }


def occupied(
    row: DosingNow,
    vitals: VitalsNow,
    owner: str,
    *,
    viewer: Account,
    now: datetime,
    watching: Watching = AS_USUAL,
) -> Occupied:
    """One patient's tile. Whoever may not read the chart sees who is where, but no values."""
    watched = watch(session_of(row), vitals, now=now, watching=watching)
    product = Product(row.product)
    clinical = may(viewer.role_of, Action.SEE_SESSION)
    return Occupied(
        row=row,
        watch=watched,
        values=tuple(shown_values(vitals)) if clinical else (),
        alarms=watched.alarms if clinical else (),
        owner=owner,
        product=SHORT_NAME[product],
        ticks_min=TICKS_MIN[product],
        since_dose=since_dose(watched.session, now=now),
    )


def owners_of(encounters: Mapping[UUID, DosingNow]) -> dict[UUID, str]:
    """Who watches each session, as the calendar has it."""
    holds = Hold.objects.filter(
        appointment__encounter_id__in=list(encounters), resource__kind=Resource.Kind.MONITOR
    ).values_list("appointment__encounter_id", "resource__account__printed_name")
    return {encounter_id: name for encounter_id, name in holds if encounter_id is not None and name}
