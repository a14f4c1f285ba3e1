"""Many rooms and boards at once: `python -m benchmarks.load ROOMS BOARDS [SECONDS]`.

Every room's monitor sends a reading a second over its own connection, and waits for the answer before the
next; every board holds its live stream open. Prints how many readings a second were acknowledged, how long
that took, how long from sending to a board, and whether each acknowledged reading is in the ledger once.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

STREAMS_READ: Final = 2
"""Boards whose every event is timed; the others only take theirs in."""
SECONDS: Final = 30.0
SETTLING_S: Final = 2.0
"""Boards open before anything is sent."""
ANSWERED: Final = b"\x1c\r"


@dataclass(slots=True, kw_only=True)
class Seen:
    """What was measured: seconds, and the references of what was acknowledged."""

    acknowledged_s: list[float] = field(default_factory=list)
    shown_s: list[float] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    refused: int = 0
    sent_at_s: dict[tuple[str, int], float] = field(default_factory=dict)


async def monitor(number: int, rooms: int, session: Any, port: int, ends_at: float, seen: Seen) -> None:
    """One bedside monitor; a reading that is late is sent at once, and none is left out."""
    oru = import_module("benchmarks.server").oru
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(number / rooms)
    beat, due = 0, time.monotonic()
    while time.monotonic() < ends_at:
        rate = 55 + beat % 90
        message, control_id = oru(session, rate)
        begun = time.time()
        seen.sent_at_s[str(session.encounter_id), rate] = begun
        writer.write(b"\x0b" + message.encode() + ANSWERED)
        answer = await reader.readuntil(ANSWERED)
        seen.acknowledged_s.append(time.time() - begun)
        if b"MSA|AA" in answer:
            seen.references.append(f"hl7:BENCH|{session.bed.facility}|{control_id}")
        else:
            seen.refused += 1
        beat, due = beat + 1, due + 1.0
        await asyncio.sleep(max(due - time.monotonic(), 0.0))
    writer.close()


async def board(number: int, slug: str, cookie: str, port: int, seen: Seen) -> None:
    """One open board, until cancelled."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET /live/board/{slug} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ajar-session={cookie}\r\n\r\n"
    writer.write(asked.encode())
    if number >= STREAMS_READ:
        while await reader.read(1 << 16):
            pass
    while line := await reader.readline():
        if line.startswith(b"data: {") and b'"values"' in line:
            told, now = json.loads(line[6:]), time.time()
            key = (told["encounter"], int(told["values"].get("heart_rate_bpm", 0)))
            if key in seen.sent_at_s:
                seen.shown_s.append(now - seen.sent_at_s[key])


async def together(floor: Any, server: Any, boards: int, seconds: float) -> Seen:
    """All of them at once."""
    seen, ends_at = Seen(), time.monotonic() + seconds
    port = int(server.url.rpartition(":")[2])
    open_boards = [
        asyncio.create_task(board(number, floor.site.slug, floor.cookie, port, seen))
        for number in range(boards)
    ]
    await asyncio.sleep(SETTLING_S)
    rooms = len(floor.sessions)
    await asyncio.gather(
        *(
            monitor(number, rooms, one, server.mllp_port, ends_at, seen)
            for number, one in enumerate(floor.sessions)
        )
    )
    await asyncio.sleep(SETTLING_S)
    for one in open_boards:
        one.cancel()
    return seen


def report(rooms: int, boards: int, seconds: float) -> list[str]:
    """Build the floor, let it run, and compare with the ledger."""
    floor_of, served = (
        import_module("benchmarks.floor").open_floor,
        import_module("benchmarks.server").serving,
    )
    entries = import_module("ajar.clinic.ledger.models").LedgerEntry.objects
    spread_ms, django_db = import_module("benchmarks.figures").spread_ms, import_module("django.db")
    floor = floor_of(rooms)
    vendor = django_db.connection.vendor
    django_db.connections.close_all()
    with served() as server:
        seen = asyncio.run(together(floor, server, boards, seconds))
    lasted_s = seconds - SETTLING_S
    kept = Counter(entries.filter(source="device").values_list("source_ref", flat=True))
    lost = sum(kept[reference] == 0 for reference in seen.references)
    twice = sum(count > 1 for count in kept.values())
    return [
        f"{vendor}: {rooms} rooms at a reading a second, {boards} open boards, {seconds:.0f} s",
        f"  acknowledged: {len(seen.references) / lasted_s:.0f}/s of {rooms} wanted; refused {seen.refused}",
        f"  of these lost {lost}, recorded twice {twice}",
        f"  sent to acknowledged:  {spread_ms(seen.acknowledged_s)}",
        f"  sent to a board:       {spread_ms(seen.shown_s)}",
    ]


def main(words: list[str]) -> int:
    """On the database in AJAR_DATABASE_URL, or on a SQLite file of its own."""
    rooms, boards, *more = words
    with tempfile.TemporaryDirectory(prefix="ajar-load-") as folder:
        os.environ |= {
            "AJAR_DATA_DIR": folder,
            "AJAR_DEMO": "off",
            "DJANGO_SETTINGS_MODULE": "ajar.clinic.settings",
        }
        import_module("django").setup()
        lines = report(int(rooms), int(boards), float(more[0]) if more else SECONDS)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
