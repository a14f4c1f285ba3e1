"""The listener over a real socket, and recordings played into it as a monitor would."""

import asyncio
import socket
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway import commands, listener
from ajar.clinic.gateway.commands import replay
from ajar.clinic.gateway.listener import listen_forever, serve_mllp
from ajar.clinic.gateway.models import Held, Quarantined
from ajar.clinic.gateway.replay import Bed, NoAnswer, Played, Sender, play, words_of
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.exchange.hl7v2.acknowledgement import AckCode, Acknowledged, read_ack
from ajar.exchange.hl7v2.message import decoded
from ajar.exchange.hl7v2.mllp import Deframer, framed
from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import Recording, excerpt
from tests.clinic.gateway.conftest import DEVICE, Begin, Oru, from_device
from tests.support.live import free_port


class Running:
    """A listener in a loop of its own, which can be closed and opened again on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server | None = None

    def open(self) -> None:
        self._server = asyncio.run_coroutine_threadsafe(
            serve_mllp("127.0.0.1", self.port), self._loop
        ).result()

    def close(self) -> None:
        if self._server is not None:
            self._loop.call_soon_threadsafe(self._server.close)
            self._server = None

    def end(self) -> None:
        self.close()
        asyncio.run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)


@pytest.fixture
def listening(committed_db: None) -> Iterator[Running]:
    """An open listener."""
    running = Running()
    running.open()
    yield running
    running.end()
    connections.close_all()


@pytest.fixture
def in_room(begin: Begin, patient: Patient, room: Room, monitor: str) -> DosingNow:
    """A session whose patient arrived half an hour ago by the real clock."""
    return begin(patient, room, timezone.now() - timedelta(minutes=30))


def connect(running: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", running.port), timeout=10)


def answers(connection: socket.socket, count: int) -> list[Acknowledged]:
    frames, found = Deframer(), list[Acknowledged]()
    while len(found) < count and (data := connection.recv(65_536)):
        for frame in frames.feed(data):
            read = read_ack(decoded(frame.content))
            assert isinstance(read, Acknowledged)
            found.append(read)
    return found


@pytest.mark.hazard("HAZ-07")
def test_each_message_is_answered_after_it_is_stored(
    listening: Running, in_room: DosingNow, oru: Oru
) -> None:
    now = timezone.now()
    with connect(listening) as connection:
        for number in (1, 2):
            connection.sendall(framed(oru(at=now - timedelta(minutes=number), control_id=f"C-{number}")))
            (told,) = answers(connection, 1)
            assert (told.code, told.control_id) == (AckCode.ACCEPTED, f"C-{number}")
            assert len(from_device(in_room)) == number


def test_ten_megabytes_are_refused_with_the_right_control_id_and_the_connection_lives_on(
    listening: Running, in_room: DosingNow, oru: Oru
) -> None:
    big = oru(control_id="BIG") + "OBX|1|NM|" * 1_200_000
    with connect(listening) as connection:
        connection.sendall(framed(big))
        connection.sendall(framed(oru(at=timezone.now(), control_id="SMALL")))
        refused, recorded = answers(connection, 2)
    assert (refused.code, refused.control_id) == (AckCode.REJECTED, "BIG")
    assert "at most" in refused.because
    assert (recorded.code, recorded.control_id) == (AckCode.ACCEPTED, "SMALL")
    assert Quarantined.objects.get().kind == Held.TOO_LARGE


def test_what_a_device_began_and_never_ended_is_held(
    listening: Running, in_room: DosingNow, oru: Oru
) -> None:
    with connect(listening) as connection:
        connection.sendall(framed(oru(at=timezone.now()))[:-40])
    eventually(lambda: Quarantined.objects.filter(kind=Held.TRUNCATED).exists())
    assert from_device(in_room) == []


def test_a_device_that_stalls_inside_a_message_is_let_go(
    listening: Running, monkeypatch: pytest.MonkeyPatch, oru: Oru
) -> None:
    monkeypatch.setattr(listener, "FRAME_WITHIN_S", 0.2)
    with connect(listening) as connection:
        connection.sendall(framed(oru())[:50])
        assert connection.recv(10) == b""


def test_more_devices_than_there_are_places_are_turned_away(
    listening: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "MAX_CONNECTIONS", 0)
    with connect(listening) as connection:
        assert connection.recv(10) == b""


@pytest.mark.hazard("HAZ-07")
def test_what_could_not_be_stored_is_not_answered(listening: Running, oru: Oru) -> None:
    with (
        patch.object(listener, "receive_delivery", side_effect=OperationalError("the disk is full")),
        connect(listening) as connection,
    ):
        connection.sendall(framed(oru()))
        assert connection.recv(10) == b""


def eventually(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(200):
        if holds():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come to hold within ten seconds")


# --- replay --------------------------------------------------------------------------------------


def bed(session: DosingNow) -> Bed:
    return Bed(device_id=DEVICE, facility="NEW YORK", room="Room 2", patient_id=session.patient.mrn)


def some_minutes(fixtures_dir: Path) -> Recording:
    lines = (fixtures_dir / "vitals" / "invented_session.csv").read_text().splitlines()
    return excerpt(read_csv(lines), start_min=20, minutes=5)


def test_a_recording_is_played_into_the_session_with_its_gaps(
    listening: Running, in_room: DosingNow, fixtures_dir: Path
) -> None:
    told: list[Played] = []
    begun_at = timezone.now()
    played = play(
        some_minutes(fixtures_dir),
        bed=bed(in_room),
        sender=Sender(host="127.0.0.1", port=listening.port),
        speed=1200,
        progress=told.append,
        run_id="run",
    )
    assert told == played
    assert {one.answer.code for one in played} == {AckCode.ACCEPTED}
    entries = from_device(in_room)
    vitals = [entry for entry in entries if entry.payload.KIND == "vitals.measured"]
    gaps = [entry for entry in entries if entry.payload.KIND == "signal.lost"]
    assert (len(vitals), len(gaps)) == (5, 3)
    assert {entry.source_ref.partition("#")[0] for entry in entries} == {
        f"hl7:AJAR-REPLAY|NEW YORK|run-{number}" for number in range(1, 6)
    }
    assert begun_at - timedelta(milliseconds=1) <= vitals[0].happened_at
    assert (vitals[-1].happened_at - vitals[0].happened_at).total_seconds() >= 0.19
    assert words_of(played[1]).startswith("2/5  ecg_heart_rate ")
    assert "puls_oxim_sat_o2 no value" in words_of(played[1])
    assert words_of(played[0]).endswith("(recorded)")


def test_an_artefact_is_held_and_the_replay_goes_on(
    listening: Running, in_room: DosingNow, fixtures_dir: Path
) -> None:
    lines = (fixtures_dir / "vitals" / "invented_session.csv").read_text().splitlines()
    played = play(
        excerpt(read_csv(lines), start_min=40, minutes=3),
        bed=bed(in_room),
        sender=Sender(host="127.0.0.1", port=listening.port),
        speed=6000,
        progress=lambda _: None,
    )
    assert [one.answer.code for one in played] == ["AA", "AE", "AA"]
    assert "held: Heart rate 11.5" in words_of(played[1])
    assert Quarantined.objects.get().kind == Held.IMPOSSIBLE_VALUE


@pytest.mark.hazard("HAZ-08")
def test_a_lost_listener_is_waited_for_and_nothing_is_recorded_twice(
    listening: Running, in_room: DosingNow, fixtures_dir: Path
) -> None:
    down = threading.Event()

    def interrupt(one: Played) -> None:
        if one.number == 2 and not down.is_set():
            down.set()
            listening.close()
            threading.Timer(0.5, listening.open).start()

    sender = Sender(host="127.0.0.1", port=listening.port)

    def hang_up_and_wait(seconds: float) -> None:
        if down.is_set():
            sender.close()
        threading.Event().wait(seconds)

    sender.pause = hang_up_and_wait
    played = play(some_minutes(fixtures_dir), bed=bed(in_room), sender=sender, speed=1200, progress=interrupt)
    assert {one.answer.code for one in played} == {AckCode.ACCEPTED}
    assert max(one.times_sent for one in played) > 1
    references = LedgerEntry.objects.filter(kind="vitals.measured").values_list("source_ref", flat=True)
    assert len(set(references)) == len(references) == 5


@pytest.mark.hazard("HAZ-07")
@pytest.mark.hazard("HAZ-08")
def test_a_message_that_was_stored_but_not_answered_is_sent_again_and_stored_once(
    listening: Running, in_room: DosingNow, oru: Oru
) -> None:
    message = oru(at=timezone.now())
    with connect(listening) as connection:
        connection.sendall(framed(message))
    eventually(lambda: len(from_device(in_room)) == 1)
    told, _ = Sender(host="127.0.0.1", port=listening.port).send(message, "C-1")
    assert told.code is AckCode.ACCEPTED
    assert len(from_device(in_room)) == 1


def test_a_sender_gives_up_in_words_when_nobody_listens(oru: Oru) -> None:
    nobody = Sender(host="127.0.0.1", port=free_port(), gives_up_after_s=0.3)
    with pytest.raises(NoAnswer, match=r"acknowledged for 0\.3 s"):
        nobody.send(oru(), "C-1")


def test_a_listener_that_hangs_up_without_an_answer_is_called_again(oru: Oru) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].close()

        threading.Thread(target=hang_up, daemon=True).start()
        sender = Sender(host="127.0.0.1", port=server.getsockname()[1], gives_up_after_s=0.5)
        with pytest.raises(NoAnswer):
            sender.send(oru(), "C-1")


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan")])
def test_a_replay_needs_a_speed(speed: float, fixtures_dir: Path, now: datetime) -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        play(
            some_minutes(fixtures_dir),
            bed=Bed(device_id="", facility="", room="", patient_id=""),
            sender=Sender(host="", port=0),
            speed=speed,
            progress=lambda _: None,
        )


def test_the_replay_command_says_row_by_row_what_became_of_it(
    listening: Running, in_room: DosingNow, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = Namespace(
        recording=str(fixtures_dir / "vitals" / "invented_session.csv"),
        encounter=str(in_room.encounter_id),
        speed=6000.0,
        start=40.0,
        minutes=3.0,
        host="127.0.0.1",
        port=listening.port,
    )
    assert replay(arguments) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1/3  ecg_heart_rate ")
    assert said[-1] == "Sent 3 rows: 2 recorded, 1 held for a person."


def test_the_listener_alone_serves_until_it_is_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()

    async def stopped_soon(host: str, port: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                await listen_forever(host, port)

    # A browser test may have left a loop in this thread, so the listener gets one of its own.
    with patch.object(commands, "listen_forever", stopped_soon), ThreadPoolExecutor(1) as apart:
        listening = apart.submit(commands.listen, Namespace(mllp_host="127.0.0.1", mllp_port=port))
        assert listening.result(timeout=10) == 0
    assert f"127.0.0.1:{port}" in capsys.readouterr().out


def test_the_real_recording_plays_with_its_drop_outs_and_artefacts(
    listening: Running, in_room: DosingNow, real_dir: Path
) -> None:
    whole = read_csv((real_dir / "vitals" / "s00001.csv").read_text().splitlines())
    played = play(
        excerpt(whole, start_min=60, minutes=60),
        bed=bed(in_room),
        sender=Sender(host="127.0.0.1", port=listening.port),
        speed=36_000,
        progress=lambda _: None,
    )
    entries = from_device(in_room)
    assert len(played) == 60
    vitals = [entry for entry in entries if entry.payload.KIND == "vitals.measured"]
    held = [one for one in played if one.answer.code is AckCode.ERROR]
    assert len(vitals) + len(held) == 60
    assert Quarantined.objects.count() == len(held)
