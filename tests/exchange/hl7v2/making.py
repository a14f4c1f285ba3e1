"""Monitor messages of four makers, made-up ones, and how they read at a fixed time."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ajar.exchange.hl7v2.observations import parse
from ajar.exchange.hl7v2.outcome import Accepted, Refusal

FIXTURES = Path(__file__).parents[2] / "fixtures" / "hl7"
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 2, 19, 15, 30, tzinfo=UTC)
EXAMPLES = ("b40", "efficia", "continua", "loinc")


def message(name: str) -> str:
    return (FIXTURES / f"{name}.hl7").read_text().replace("\n", "\r")


def read(raw: str, now: datetime = NOW) -> Accepted | Refusal:
    return parse(raw, now=now, site_zone=NEW_YORK)


def accepted(raw: str, now: datetime = NOW) -> Accepted:
    found = read(raw, now)
    assert isinstance(found, Accepted), found
    return found


def refused(raw: str, now: datetime = NOW) -> Refusal:
    found = read(raw, now)
    assert isinstance(found, Refusal), found
    return found


def oru(*observations: str, head: str = "20260302141500-0500") -> str:
    """A message around some OBX segments, given from OBX-3 on."""
    lines = [
        f"MSH|^~\\&|MON|WEST|AJAR||{head}||ORU^R01|C1|P|2.6",
        "OBR|1|||VITALS|||20260302141455-0500",
        *(f"OBX|{number}|NM|{one}" for number, one in enumerate(observations, start=1)),
    ]
    return "\r".join(lines) + "\r"


HR = "8867-4^HR^LN||72|/min|||||F"
SYSTOLIC = "8480-6^S^LN||128|mm[Hg]|||||F"
DIASTOLIC = "8462-4^D^LN||82|mm[Hg]|||||F"


def values(found: Accepted) -> list[dict[str, float]]:
    return [one.payload.values() if one.payload else {} for one in found.sets]
