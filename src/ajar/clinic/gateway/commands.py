"""`ajar import`, `ajar replay`, `ajar listen`."""

import asyncio
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from ajar.clinic import clock
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.importing import Imported, import_bundle
from ajar.clinic.gateway.listener import listen_forever
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.gateway.replay import Bed, NoAnswer, Played, Sender, play, words_of
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import SYSTEM
from ajar.clinic.staff.models import Site
from ajar.clinic.terminal import complain, say
from ajar.exchange.fhir.outcome import Report
from ajar.exchange.hl7v2.acknowledgement import AckCode
from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import BadRecording, Recording, excerpt
from ajar.exchange.recordings.wfdb import read_wfdb
from ajar.pathway.dosing.stage import IN_ROOM


def listen(arguments: Namespace) -> int:
    """Run the HL7 listener alone until stopped."""
    say(f"HL7 v2 (MLLP) is heard on {arguments.mllp_host}:{arguments.mllp_port}. Ctrl+C stops it.")
    asyncio.run(listen_forever(arguments.mllp_host, arguments.mllp_port))
    return 0


def import_records(arguments: Namespace) -> int:
    """Take patient bundles in, file by file, and say what became of each."""
    files = bundles_at(Path(arguments.path))
    site = site_named(arguments.site)
    if not files or site is None:
        complain(
            f"Expected a JSON file or a folder of them, got {arguments.path!r}."
            if not files
            else f"There is no site {arguments.site!r}; expected one of {known_sites()}."
        )
        return 1
    for file in files:
        outcome = import_bundle(data=file.read_bytes(), site=site, by=SYSTEM, now=clock.now())
        for line in told(file.name, outcome):
            say(line)
    return 0


def bundles_at(path: Path) -> list[Path]:
    """The files to read: the one named, or the JSON files of a folder in order of name."""
    if path.is_dir():
        return sorted(path.glob("*.json"))
    return [path] if path.is_file() else []


def site_named(slug: str) -> Site | None:
    """The site with this address name, or the first that is a place."""
    sites = Site.objects.filter(slug=slug) if slug else Site.objects.filter(telehealth=False)
    return sites.order_by("name").first()


def known_sites() -> str:
    """The address names of all sites."""
    return ", ".join(Site.objects.order_by("name").values_list("slug", flat=True)) or "none yet"


def told(name: str, outcome: Imported) -> Iterable[str]:
    """What became of a file, in lines."""
    if outcome.patient is None:
        yield f"{name}: left whole. {outcome.refused}"
        return
    kind = "new patient" if outcome.is_new else "patient known already"
    yield f"{name}: {kind} {outcome.patient.mrn}"
    yield "  taken: " + (
        ", ".join(f"{count} {kind}" for kind, count in outcome.taken.items()) or "nothing new"
    )
    for resource_type, because, count in Report(taken={}, left=outcome.left).left_by_reason():
        yield f"  left: {count} {resource_type}: {because}"
    for mrn in outcome.look_alikes:
        yield f"  look: {mrn} has the same name and date of birth; both charts stand."


def replay(arguments: Namespace) -> int:
    """Play a recording into a running session through the HL7 listener."""
    session = running_session(arguments.encounter)
    if session is None:
        complain(f"No session with a patient in a room is known under {arguments.encounter!r}.")
        return 1
    try:
        recording = excerpt(
            recording_at(Path(arguments.recording)),
            start_min=arguments.start,
            minutes=arguments.minutes or None,
        )
        sender = Sender(host=arguments.host, port=arguments.port)
        played = play(recording, bed=bed_of(session), sender=sender, speed=arguments.speed, progress=tell)
    except (BadRecording, NoAnswer, OSError, ValueError) as problem:
        complain(str(problem))
        return 1
    held = sum(one.answer.code is not AckCode.ACCEPTED for one in played)
    say(f"Sent {len(played)} rows: {len(played) - held} recorded, {held} held for a person.")
    return 0


def tell(one: Played) -> None:
    """Progress on the terminal."""
    say(words_of(one))


def running_session(encounter: str) -> DosingNow | None:
    """The session, if its patient is in a room."""
    try:
        encounter_id = UUID(encounter)
    except ValueError:
        return None
    sessions = DosingNow.objects.select_related("patient", "site").filter(room_id__isnull=False)
    return sessions.filter(encounter_id=encounter_id, stage__in=IN_ROOM).first()


def bed_of(session: DosingNow) -> Bed:
    """The monitor in the session's room; when none is known there, one for replays is placed."""
    room = Room.objects.get(pk=str(session.room_id))
    standing = DeviceBinding.objects.filter(room=room, bound_until=None).first()
    if standing is None:
        name = f"REPLAY-{room.pk.hex[:8].upper()}"
        standing = bind_device(device=name, room=room, by="ajar replay", now=clock.now())
    return Bed(
        device_id=standing.device,
        facility=session.site.name,
        room=room.name,
        patient_id=session.patient.mrn,
    )


def recording_at(path: Path) -> Recording:
    """The recording in a CSV file, or in a WFDB header with its samples beside it.

    Raises:
        BadRecording, OSError: not a recording, or not there.
    """
    if path.suffix != ".hea":
        with path.open(newline="", encoding="utf-8-sig") as lines:
            return read_csv(lines)
    header = path.read_text()
    beside = sorted({line.split()[0] for line in header.splitlines() if ".dat " in line})
    if len(beside) != 1:
        raise BadRecording("Expected a WFDB header that names one sample file (.dat).")
    return read_wfdb(header, (path.parent / Path(beside[0]).name).read_bytes())
