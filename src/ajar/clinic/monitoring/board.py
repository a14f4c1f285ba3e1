"""The board of a site: every room, from the read models alone. Nothing is folded to show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.page import since_dose
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.dosing.selectors import sessions_in_reach, sessions_today
from ajar.clinic.ledger.feed import latest
from ajar.clinic.monitoring.escalating import passed_on
from ajar.clinic.monitoring.models import SignsNow, Unseen
from ajar.clinic.monitoring.part import Value, shown_values
from ajar.clinic.monitoring.readmodel import vitals_of
from ajar.clinic.monitoring.selectors import Watch, Watching, alarm_key_of, watch, watchings
from ajar.clinic.monitoring.sounding import TONES, pause_data, pauses_of
from ajar.clinic.scheduling.models import Hold, Resource, Room
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.dosing.stage import IN_ROOM, Stage
from ajar.pathway.evaluation.products import AT_HOME, Product
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.latest import VitalsNow
from ajar.pathway.monitoring.limits import Limits
from ajar.pathway.monitoring.over import QuietLine, quiet_lines
from ajar.pathway.monitoring.silence import Bound, heard
from ajar.pathway.monitoring.sounds import AudioPause

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
    limits: Limits
    passed_on: Mapping[str, Unseen] = field(default_factory=dict)
    attended_at: datetime | None = None
    pause: AudioPause | None = None
    devices: tuple[Bound, ...] = ()

    @property
    def worst(self) -> str:
        """The priority of the most pressing alarm, for the tile's edge."""
        return min((alarm.priority for alarm in self.alarms), key=lambda one: one.rank, default="")

    @property
    def standing(self) -> list[tuple[Alarm, Unseen | None]]:
        """Each alarm, and whom it was passed on to, the most pressing first."""
        ordered = sorted(self.alarms, key=lambda alarm: alarm.priority.rank)
        return [(alarm, self.passed_on.get(alarm.key)) for alarm in ordered]

    @property
    def quiet(self) -> tuple[QuietLine, ...]:
        """What was a medium alarm and is over."""
        now = self.watch.now
        if not self.values or now is None:
            return ()
        return quiet_lines(self.watch.vitals, self.limits, standing=self.alarms, now=now)

    @property
    def alone_since(self) -> datetime | None:
        """When a member of staff last wrote something down at the chair; at first, the arrival."""
        return self.attended_at or self.row.arrived_at

    @property
    def pause_data(self) -> str:
        """The pause of this room's sound, for the board's script."""
        return pause_data(self.pause)

    @property
    def unheard(self) -> tuple[str, ...]:
        """Devices in the room that have told nothing of this session."""
        return tuple(one.device for one in self.devices if not heard(self.watch.vitals, one))

    @property
    def continuous(self) -> str:
        """The signals that a device here shows all the time, for the board's script."""
        plan = self.watch.plan
        return " ".join(plan.continuous) if plan is not None and self.devices else ""

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
        "tones": TONES,
    } | rights_of(viewer)


def rights_of(viewer: Account) -> dict[str, bool]:
    """What the viewer may do from a tile."""
    return {
        "may_open": may(viewer.role_of, Action.SEE_SESSION),
        "may_record": may(viewer.role_of, Action.RUN_SESSION),
        "may_load": may(viewer.role_of, Action.SEE_ALARM_LOAD),
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
    signs = {row.pk: row for row in SignsNow.objects.filter(pk__in=known)}
    owners, told, pauses = owners_of(known), passed_on(known), pauses_of(known, now=now)
    return {
        pk: replace(
            occupied(
                row,
                vitals_of(signs[pk]) if pk in signs else VitalsNow(encounter_id=pk),
                owners.get(pk, ""),
                viewer=viewer,
                now=now,
                watching=plans[pk],
            ),
            passed_on={key: one for (encounter_id, key), one in told.items() if encounter_id == pk},
            attended_at=signs[pk].attended_at if pk in signs else None,
            pause=pauses.get(pk),
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
    watching: Watching,
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
        limits=watching.programme.alarms,
        devices=watching.devices,
    )


def owners_of(encounters: Mapping[UUID, DosingNow]) -> dict[UUID, str]:
    """Who watches each session, as the calendar has it."""
    holds = Hold.objects.filter(
        appointment__encounter_id__in=list(encounters), resource__kind=Resource.Kind.MONITOR
    ).values_list("appointment__encounter_id", "resource__account__printed_name")
    return {encounter_id: name for encounter_id, name in holds if encounter_id is not None and name}
