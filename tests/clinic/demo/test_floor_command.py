"""`ajar floor`: over a real socket, against the clock on the wall, and in the synthetic clinic alone."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections

from ajar.clinic.demo.floor.acting import spread
from ajar.clinic.demo.floor.clocks import AtOnce, Paced, paced
from ajar.clinic.demo.floor.commands import floor
from ajar.clinic.demo.floor.playing import Player
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import Held, Quarantined
from ajar.clinic.staff.models import Account
from ajar.exchange.scenarios.reading import read_scenario
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.staff.roles import Role
from tests.clinic.gateway.test_listening_and_replaying import Running
from tests.support.people import make_account, make_site

SCENARIOS = Path(__file__).resolve().parents[3] / "docs" / "scenarios"
CLOCK_AHEAD = SCENARIOS / "infusion-monitor-clock-ahead.yaml"


class Page(BaseHTTPRequestHandler):
    """The server's first page, as far as the player looks at it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the method it stands for
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """A server that answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as serving:
        thread = Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()


@pytest.fixture
def listening(committed_db: None) -> Iterator[Running]:
    """An open HL7 listener."""
    running = Running()
    running.open()
    yield running
    running.end()
    connections.close_all()


def asked(scenario: Path, server: str, **changed: object) -> Namespace:
    told = {"scenario": str(scenario), "server": server, "hl7": "127.0.0.1:1", "speed": 100_000.0}
    return Namespace(**(told | changed))


def test_a_scenario_is_played_over_the_wire_and_says_what_was_not_as_expected(
    listening: Running, server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_account(Role.NURSE, make_site("Miami"))
    hl7 = f"127.0.0.1:{listening.port}"
    assert floor(asked(CLOCK_AHEAD, server, hl7=hl7)) == 0
    told = capsys.readouterr().out
    assert "held: future_dated  [ok]" in told
    assert told.endswith("0 not as expected.\n")
    assert Quarantined.objects.get().kind == Held.FUTURE_DATED

    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CLOCK_AHEAD.read_text("utf-8").replace("at: 21, next: 30", "at: 21, next: 35"), "utf-8")
    assert floor(asked(wrong, server, hl7=hl7)) == 3
    told = capsys.readouterr().out
    assert "next vital signs: expected at 35 min; seen at 30 min  [NOT AS EXPECTED]" in told
    assert DosingNow.objects.filter(stage__in=IN_ROOM).count() == 1, "the first run's room was given free"


def test_nothing_is_played_where_it_must_not_be(
    db: None, server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither in a real clinic nor without a server, and never half of a file."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: 1\n", "utf-8")
    assert floor(asked(CLOCK_AHEAD, server)) == 1
    assert "the synthetic clinic only" in capsys.readouterr().err
    miami = make_site("Miami")
    make_account(Role.NURSE, miami)
    for scenario, changed, words in (
        (tmp_path / "none.yaml", {}, "No such file"),
        (broken, {}, "broken.yaml, line"),
        (CLOCK_AHEAD, {"server": "ftp://x"}, "Expected a server such as"),
        (CLOCK_AHEAD, {"server": "http://127.0.0.1:1"}, "No server answers"),
        (CLOCK_AHEAD, {"hl7": "2575"}, "HOST:PORT"),
        (CLOCK_AHEAD, {"speed": 0.5}, "speed must be at least 1"),
    ):
        assert (
            floor(
                asked(scenario, server) if not changed else asked(scenario, **({"server": server} | changed))
            )
            == 1
        )
        assert words in capsys.readouterr().err
    Account.objects.filter(role=Role.NURSE).update(email="someone@a-real-clinic.example")
    assert floor(asked(CLOCK_AHEAD, server)) == 1
    assert "the synthetic clinic only" in capsys.readouterr().err
    assert not DosingNow.objects.exists()


def test_what_an_earlier_run_left_is_ended_whatever_its_stage(db: None, now: datetime) -> None:
    scenario = read_scenario((SCENARIOS / "monitors-of-two-rooms.yaml").read_text("utf-8"), name="two")
    for days in (0, 1):
        verdicts = Player(clock=AtOnce(zero=now + timedelta(days=days))).play(scenario)
        assert [one.words for one in verdicts if not one.holds] == []
    assert DosingNow.objects.filter(stage__in=IN_ROOM).count() == 2


def test_what_goes_otherwise_is_said_of_every_kind(db: None, now: datetime) -> None:
    """A refusal that does not come, one with other words, a message that is not held, alarms and times."""
    text = CLOCK_AHEAD.read_text("utf-8")
    for right, wrong in (
        ("do: arrive", "do: arrive, refused: full"),
        ("{at: -5, do: prepare}", "{at: -5, do: confirm, refused: other words}"),
        ("held: future_dated", "held: wrong_room"),
        ("outcome: dosing", "outcome: released"),
        ("expect:", "expect:\n  - {alarm: ALM-4, about: spo2_percent, priority: low, since: 13, until: 14}\n"
         "  - {earliest_release: 15}\n  - {open: [], at: 16}\n  - {due: check-in, at: 12, next: 15}"),
    ):  # fmt: skip
        assert right in text
        text = text.replace(right, wrong)
    text = text.replace("timeline:", "timeline:\n  - {at: 17, do: acknowledge, alarm: ALM-1, about: x}")
    verdicts = Player(clock=AtOnce(zero=now)).play(read_scenario(text, name="wrong"))
    wrong_words = "\n".join(verdict.words for verdict in verdicts if not verdict.holds)
    for words in (
        "arrive: expected refused: full; seen done",
        "confirm: expected refused: other words; seen refused: Not ready yet",
        "expected held: wrong_room; seen held: future_dated",
        "outcome: expected released; seen not started",
        "alarms: expected ALM-4 spo2_percent low",
        "minimum stay: expected over; seen not over",
        "open for recovery: expected none; seen A-ALDRETE",
        "next check-in: expected at 15 min; seen not due",
        "acknowledge ALM-1 x: expected done; seen refused: No alarm ALM-1 x stands.",
    ):
        assert words in wrong_words


def test_a_paced_clock_catches_up_with_the_wall_and_is_never_ahead_of_it() -> None:
    wall = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    slept: list[float] = []
    clock = Paced(
        speed=60, ends_min=100, over_at=wall + timedelta(minutes=2), pause=slept.append, wall=lambda: wall
    )
    assert clock.reach(-20) == wall + timedelta(minutes=2 - 120)
    assert clock.reach(100) == wall + timedelta(minutes=2)
    assert slept == [0.0, 120.0]
    assert clock.heard_at(-20) == wall
    with pytest.raises(ValueError, match="at least 1"):
        paced(begins_min=0, ends_min=1, speed=0, now=wall)


def test_a_total_is_spread_over_six_items() -> None:
    for total in range(25):
        items = spread(total)
        assert (sum(items), len(items)) == (total, 6)
        assert max(items) <= 4
