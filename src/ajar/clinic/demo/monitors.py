"""Synthetic bedside monitors: they send HL7 messages to the listener, as real ones would.

They run only under `ajar demo`, for sessions whose patient is in a room, and stop four hours after the
first drug.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import connections

from ajar.clinic import clock
from ajar.clinic.demo.curves import Body, vitals_at
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.gateway.replay import CODES, NoAnswer, Sender
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.scheduling.models import Room
from ajar.exchange.hl7v2.writer import Monitor, Observed, write_oru
from ajar.exchange.recordings.rows import Channel
from ajar.pathway.dosing.stage import Stage

EVERY_S: Final = 15.0
UNTIL: Final = timedelta(hours=4)
SENDS: Final = (
    (Channel.HEART_RATE, "heart_rate_bpm"),
    (Channel.SPO2, "spo2_percent"),
    (Channel.RESPIRATION, "respiratory_rate_per_min"),
)
WATCHED: Final = (Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED)


def place_monitors(*, now: datetime) -> None:
    """A monitor in every treatment room that has none."""
    for room in Room.objects.filter(kind=Room.Kind.TREATMENT).select_related("site"):
        if not DeviceBinding.objects.filter(room=room, bound_until=None).exists():
            bind_device(device=device_of(room), room=room, by="ajar demo", now=now)


def device_of(room: Room) -> str:
    """The name a synthetic monitor gives itself."""
    return f"SYN-{room.site.slug}-{room.name}".upper()


def start_monitors(port: int) -> None:
    """Begin sending in the background; the thread ends with the process."""
    threading.Thread(target=_send_forever, args=(port,), daemon=True).start()


def _send_forever(port: int) -> None:
    sender = Sender(host="127.0.0.1", port=port)
    while True:
        time.sleep(EVERY_S)
        try:
            for session in DosingNow.objects.filter(stage__in=WATCHED).select_related("patient", "site"):
                _send_one(session, sender)
        except NoAnswer:
            continue
        finally:
            connections.close_all()


def _send_one(session: DosingNow, sender: Sender) -> None:
    if session.first_dose_at is None or clock.now() - session.first_dose_at > UNTIL:
        return
    room = Room.objects.select_related("site").get(pk=str(session.room_id))
    now = datetime.now(UTC)
    vitals = vitals_at(
        Body.of(int(session.patient.mrn[-4:]) - 1001), (now - session.first_dose_at).total_seconds() / 60
    )
    observed = tuple(
        Observed(code=CODES[channel][0], unit=CODES[channel][1], value=getattr(vitals, field))
        for channel, field in SENDS
    )
    control_id = uuid4().hex[:20]
    message = write_oru(
        observed,
        monitor=Monitor(application="SYNTHETIC", facility=session.site.name, device_id=device_of(room)),
        control_id=control_id,
        patient_id=session.patient.mrn,
        room=room.name,
        observed_at=now,
        sent_at=now,
    )
    sender.send(message, control_id)
