"""What is wrong with devices as a whole, in words for the board and the page of devices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from ajar.clinic.gateway.models import DeviceBinding, DeviceState
from ajar.clinic.gateway.pace import FLOOD_OVER
from ajar.clinic.staff.models import Site
from ajar.exchange.deviceclock import span_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong with a device or the server, where it stands, and where to act on it."""

    device: str
    place: str
    words: str
    link: str = ""
    link_words: str = ""


def troubles_at(sites: Iterable[Site], *, now: datetime) -> list[Trouble]:
    """What is wrong with the devices in rooms of these sites: two queries whatever their number."""
    standing = DeviceBinding.objects.select_related("room").filter(
        bound_until=None, room__site__in=list(sites)
    )
    places = {binding.device: binding.room.name for binding in standing}
    wrong = Q(clock_ahead_s__isnull=False) | Q(flood_last_at__gt=now - FLOOD_OVER)
    states = DeviceState.objects.filter(wrong, device__in=places).order_by("device")
    return [trouble for state in states for trouble in troubles_of(state, places[state.device], now=now)]


def floods_from_nowhere(*, now: datetime) -> list[Trouble]:
    """Senders that stand in no room and send too much."""
    placed = DeviceBinding.objects.filter(bound_until=None).values("device")
    states = DeviceState.objects.filter(flood_last_at__gt=now - FLOOD_OVER, clock_ahead_s=None)
    unplaced = states.exclude(device__in=placed).order_by("device")
    return [trouble for state in unplaced for trouble in troubles_of(state, _("in no room"), now=now)]


def troubles_of(state: DeviceState, place: str, *, now: datetime) -> Sequence[Trouble]:
    """The words for one device."""
    found: list[str] = []
    if state.clock_ahead_s is not None:
        span = span_words(timedelta(seconds=state.clock_ahead_s))
        found.append(
            _("Its clock is %(span)s; its times are not used until somebody sets it.") % {"span": span}
        )
    if state.flood_last_at is not None and state.flood_last_at > now - FLOOD_OVER:
        words = _(
            "It sends too much: %(count)d messages were turned away in %(min)d min. "
            "What it was told is recorded is recorded; other devices go on."
        )
        lasted = state.flood_last_at - (state.flood_from or state.flood_last_at)
        found.append(words % {"count": state.turned_away, "min": lasted / timedelta(minutes=1) + 1})
    return [Trouble(device=state.device, place=place, words=words) for words in found]
