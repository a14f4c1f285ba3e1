"""Reading what a device sent, whichever language it speaks: HL7 v2, or FHIR as JSON."""

from datetime import datetime, tzinfo

from ajar.clinic.staff.models import Site
from ajar.exchange.fhir.from_device import OpenedObservation, open_observation, posted, read_observation
from ajar.exchange.hl7v2.moments import NotAMoment, read_moment, zone_of
from ajar.exchange.hl7v2.observations import Opened, parse, read_values
from ajar.exchange.hl7v2.outcome import Accepted, Refusal


def read_opened(opened: Opened | OpenedObservation, *, now: datetime, zone: tzinfo) -> Accepted | Refusal:
    """The values of an opened message; `zone` holds for HL7 times that name none."""
    if isinstance(opened, Opened):
        return read_values(opened, now=now, site_zone=zone)
    return read_observation(opened, now=now)


def read_raw(raw: str, *, now: datetime, zone: tzinfo) -> Accepted | Refusal:
    """The values of a message that was held."""
    if not raw.lstrip().startswith("{"):
        return parse(raw, now=now, site_zone=zone)
    body = posted(raw.encode())
    if isinstance(body, Refusal):
        return body
    opened = open_observation(body.observations[0])
    return opened if isinstance(opened, Refusal) else read_observation(opened, now=now)


def sent_at_of(opened: Opened | OpenedObservation, site: Site, *, now: datetime) -> datetime | None:
    """When the device says that it sent this, by its own clock; None when it does not say."""
    said = opened.header.sent_at_text
    try:
        return read_moment(said, zone=zone_of(said) or site.zone, near=now)
    except NotAMoment:
        return None
