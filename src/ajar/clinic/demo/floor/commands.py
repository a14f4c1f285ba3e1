"""`ajar floor SCENARIO`: play a scenario file against a running server, expected and seen side by side."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.utils.text import slugify

from ajar.clinic.demo.floor.cast import SYNTHETIC
from ajar.clinic.demo.floor.clocks import paced
from ajar.clinic.demo.floor.judging import Verdict
from ajar.clinic.demo.floor.messages import Deliver
from ajar.clinic.demo.floor.playing import Player
from ajar.clinic.gateway.replay import NoAnswer, Sender
from ajar.clinic.staff.selectors import staff_accounts
from ajar.clinic.terminal import complain, say
from ajar.exchange.hl7v2.acknowledgement import AckCode
from ajar.exchange.scenarios.reading import read_scenario
from ajar.exchange.scenarios.scenario import Scenario

REFUSED: Final = 1
NOT_AS_EXPECTED: Final = 3
ANSWER_WITHIN_S: Final = 10.0
CONNECTIONS: Final = {"http": HTTPConnection, "https": HTTPSConnection}


def floor(arguments: Namespace) -> int:
    """Play one scenario; returns 0, 1 (refused, nothing played), or 3 (an expectation failed)."""
    try:
        scenario = read_scenario(Path(arguments.scenario).read_text("utf-8"), name=arguments.scenario)
        refuse_elsewhere(arguments.server)
        host, port = address_of(arguments.hl7)
        sender = Sender(host=host, port=port)
        verdicts = _played(scenario, sender, speed=arguments.speed, server=arguments.server)
    except (OSError, ValueError) as problem:
        complain(str(problem))
        return REFUSED
    return _reported(verdicts)


def _played(scenario: Scenario, sender: Sender, *, speed: float, server: str) -> Sequence[Verdict]:
    moments = scenario.moments
    clock = paced(begins_min=moments[0], ends_min=moments[-1], speed=speed, now=datetime.now(UTC))
    board = f"{server.rstrip('/')}/board/{slugify(scenario.site.name)}/"
    say(f"{scenario.title}\n{scenario.teaches}\nWatch it at {board}")
    try:
        return Player(clock=clock, deliver=over(sender), tell=_tell).play(scenario)
    finally:
        sender.close()


def over(sender: Sender) -> Deliver:
    """Messages over MLLP, as a monitor sends them."""

    def deliver(message: str, control_id: str, _: datetime) -> AckCode:
        answer, _times = sender.send(message, control_id)
        return answer.code

    return deliver


def _tell(verdict: Verdict) -> None:
    """One line; nothing where no alarm stands and none is expected."""
    if not verdict.holds or (verdict.what, verdict.seen) != ("alarms", "none"):
        say(verdict.words)


def _reported(verdicts: Sequence[Verdict]) -> int:
    failed = [verdict for verdict in verdicts if not verdict.holds]
    say(f"{len(verdicts)} compared, {len(failed)} not as expected.")
    for verdict in failed:
        say(verdict.words)
    return NOT_AS_EXPECTED if failed else 0


def refuse_elsewhere(server: str) -> None:
    """A scenario is played in the synthetic clinic and beside its server, nowhere else.

    Raises:
        ValueError: there is a real clinic, or none, in this database.
        OSError: no server answers.
    """
    staff = staff_accounts()
    if not staff.exists() or staff.exclude(email__endswith=SYNTHETIC).exists():
        raise ValueError(
            "A scenario is played in the synthetic clinic only (make it with `ajar demo`); this database "
            "holds another clinic, or none. AJAR_DATA_DIR and AJAR_DATABASE_URL say which one it is."
        )
    where = urlsplit(server)
    if where.scheme not in CONNECTIONS or not where.hostname:
        raise ValueError(f"Expected a server such as http://127.0.0.1:8000, got {server!r}.")
    connection = CONNECTIONS[where.scheme](where.hostname, where.port, timeout=ANSWER_WITHIN_S)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, HTTPException) as problem:
        raise NoAnswer(f"No server answers at {server}; start it with `ajar demo`. ({problem})") from None
    finally:
        connection.close()


def address_of(hl7: str) -> tuple[str, int]:
    """HOST:PORT of the HL7 listener.

    Raises:
        ValueError: it is not an address.
    """
    host, _, port = hl7.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"Expected the HL7 listener as HOST:PORT, such as 127.0.0.1:2575, got {hl7!r}.")
    return host, int(port)
