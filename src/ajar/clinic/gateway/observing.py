"""Observations posted as FHIR: the same way into the chart, or to a person, as a monitor's message."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from ajar.clinic.gateway.models import DeviceKey
from ajar.clinic.gateway.pace import METER
from ajar.clinic.gateway.services import TOO_FAST, refuse, take, turned_away
from ajar.exchange.fhir.answers import RECORDED, Told, batch_response, operation_outcome
from ajar.exchange.fhir.from_device import open_observation, posted
from ajar.exchange.fhir.tree import Tree
from ajar.exchange.hl7v2.acknowledgement import AckCode, Answer
from ajar.exchange.hl7v2.outcome import Refusal, RefusalKind

NO_KEY: Final = Told(
    status=401, code="login", words="Expected a key that stands: Authorization: Bearer <key>."
)
STATUS_OF: Final = {RefusalKind.TOO_LARGE: 413, RefusalKind.MALFORMED: 400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back over HTTP."""

    status: int
    body: dict[str, Any]


def reply_of(told: Told) -> Reply:
    """One answer as a reply."""
    return Reply(status=told.status, body=operation_outcome(told))


def receive_posted(*, data: bytes, key: DeviceKey, now: datetime) -> Reply:
    """Take one Observation or a batch. Each is recorded or held by itself, and so answered."""
    found = posted(data)
    if isinstance(found, Refusal):
        with transaction.atomic():
            refuse(found, raw=data.decode(errors="replace"), now=now, site=key.site)
        status = STATUS_OF.get(found.kind, 422)
        return reply_of(Told(status=status, code="invalid", words=found.because))
    every = [receive_observation(resource=one, key=key, now=now) for one in found.observations]
    if found.batch:
        return Reply(status=200, body=batch_response(every))
    return reply_of(every[0])


@transaction.atomic
def receive_observation(*, resource: Tree, key: DeviceKey, now: datetime) -> Told:
    """Record one Observation, or hold it."""
    raw = json.dumps(resource, indent=1, ensure_ascii=False)
    opened = open_observation(resource, device=key.device)
    if isinstance(opened, Refusal):
        if not METER.admits(key.name, now=now):
            return told_of(turned_away(key.name, now=now))
        return told_of(refuse(opened, raw=raw, now=now, site=key.site))
    if key.device and opened.device_ids != (key.device,):
        words = f"This key speaks for {key.device} alone; the Observation names another device."
        return Told(status=403, code="forbidden", words=words)
    return told_of(take(opened, raw=raw, now=now, within=key.site))


def told_of(answer: Answer) -> Told:
    """The HTTP answer that says the same as this HL7 one."""
    if answer.code is AckCode.ACCEPTED:
        return Told(status=201, code="informational", words=RECORDED)
    if answer.error == TOO_FAST:
        return Told(status=429, code="throttled", words=answer.because)
    if answer.code is AckCode.ERROR:
        return Told(
            status=202, code="business-rule", words=f"Not recorded; a person will look. {answer.because}"
        )
    return Told(status=422, code="invalid", words=answer.because)
