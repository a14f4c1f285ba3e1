"""The clock of the machine that serves: remembered over restarts, and asked about when it was moved."""

import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ajar.clinic.clock import AGREE_WITHIN, CLOCK, Jump, Mark, boot_id, counted_s
from ajar.clinic.gateway.models import ClockJump, ServerClock
from ajar.clinic.gateway.trouble import Trouble
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.services import confirm_signature
from ajar.exchange.deviceclock import span_words

SAID_FOR: Final = timedelta(hours=12)
"""How long the board says that a new time was accepted: a working day; design default."""
SAME_JUMP: Final = timedelta(seconds=30)
"""Several processes on one machine find a jump within a few seconds of each other, by the time before it."""


class NothingToAccept(ValueError):
    """The machine's clock and Ajar's time agree."""


def host() -> str:
    """What names this machine."""
    return socket.gethostname()[:253]


def keep_time() -> None:
    """Begin to carry the time on, from where the last server on this machine left it."""
    row = ServerClock.objects.filter(pk=host()).first()
    last = Mark(at=row.at, counted_s=row.counted_s, boot_id=row.boot_id) if row else None
    CLOCK.keep(last, boot=boot_id())


@transaction.atomic
def note_time() -> None:
    """Write down what time it is, and whether the machine's clock was moved."""
    at, jump = CLOCK.look()
    if _settled(at, jump):
        CLOCK.accept()
        at, _none = CLOCK.look()
    ServerClock.objects.update_or_create(
        pk=host(), defaults={"at": at, "counted_s": counted_s(), "boot_id": boot_id()}
    )


def _settled(at: datetime, jump: Jump | None) -> bool:
    """Keep the rows in step with the jump; True when somebody accepted it in another process."""
    mine = ClockJump.objects.filter(host=host())
    standing = mine.filter(ended_at=None).first()
    if standing is not None and (jump is None or not _same(standing, jump)):
        standing.ended_at = at
        standing.save(update_fields=["ended_at"])
        standing = None
    if jump is None or standing is not None:
        return False
    about_then = (jump.found_at - SAME_JUMP, jump.found_at + SAME_JUMP)
    accepted = mine.filter(accepted_by__isnull=False, found_at__range=about_then)
    if any(_same(one, jump) for one in accepted):
        return True
    with suppress(IntegrityError), transaction.atomic():  # another process may have said it first
        ClockJump.objects.create(host=host(), found_at=jump.found_at, by_s=jump.by.total_seconds())
    return False


def _same(row: ClockJump, jump: Jump) -> bool:
    return abs(timedelta(seconds=row.by_s) - jump.by) <= AGREE_WITHIN


def accept_time(*, pin: str, by: Account) -> ClockJump:
    """Go by the machine's clock from now on: the signer looked at a clock that is right.

    Raises:
        SignatureRefused: the PIN is wrong, missing or locked.
        NothingToAccept: the clocks agree by now.
    """
    confirm_signature(signer=by, pin=pin)
    at, jump = CLOCK.look()
    if jump is None:
        raise NothingToAccept(_("The machine's clock agrees with Ajar's time again. Nothing was changed."))
    with transaction.atomic():
        told = {"ended_at": at, "accepted_by": by, "accepted_name": by.titled_name}
        standing = ClockJump.objects.select_for_update().filter(host=host(), ended_at=None).first()
        row = standing or ClockJump(host=host(), found_at=jump.found_at, by_s=jump.by.total_seconds())
        for name, value in told.items():
            setattr(row, name, value)
        row.save()
    CLOCK.accept()
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoClocks:
    """What a person compares with a clock that is right."""

    ours: datetime
    machines: datetime
    found_at: datetime


def two_clocks() -> TwoClocks | None:
    """Both times, while they differ."""
    at, jump = CLOCK.look()
    return TwoClocks(ours=at, machines=at + jump.by, found_at=jump.found_at) if jump else None


def clock_troubles(site: Site, *, now: datetime) -> Sequence[Trouble]:
    """What is to be said on a board about the clocks of the machines that serve."""
    standing = ClockJump.objects.filter(ended_at=None)
    lately = ClockJump.objects.filter(accepted_by__isnull=False, ended_at__gte=now - SAID_FOR)
    return [_said(jump, site) for jump in (*standing, *lately)]


def _said(jump: ClockJump, site: Site) -> Trouble:
    by = span_words(timedelta(seconds=jump.by_s))
    found = jump.found_at.astimezone(site.zone)
    told = {"at": f"{found:%H:%M}", "by": by, "name": jump.accepted_name}
    if jump.ended_at is None:
        words = _(
            "At %(at)s it was moved: it is %(by)s. Ajar goes on by its own time, and so do all clocks and "
            "due times here, until the machine's clock is set right or somebody says that it is right."
        )
        return Trouble(
            device=_("The server's clock"),
            place=jump.host,
            words=words % told,
            link=reverse("gateway:clock", args=[site.slug]),
            link_words=_("Compare the two"),
        )
    words = _(
        "At %(at)s it was moved: it was %(by)s, and %(name)s said that it is right. "
        "What was recorded before keeps its time."
    )
    return Trouble(device=_("The server's clock"), place=jump.host, words=words % told)
