"""Records made elsewhere: the whole of what can be taken, once, or nothing."""

import json
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway import commands, importing
from ajar.clinic.gateway.importing import CHANGED_SINCE, OTHER_CHART, RECORDED_BEFORE, import_bundle
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.services import register_patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import SYSTEM
from ajar.clinic.staff.models import Site
from ajar.clinic.tasks.models import Task
from ajar.exchange.recordings.rows import BadRecording
from ajar.pathway.patients.facts import Sex


@pytest.fixture
def zoe(fixtures_dir: Path) -> bytes:
    """A made-up record."""
    return (fixtures_dir / "fhir" / "zoe_example.json").read_bytes()


def changed(data: bytes, **changes: Any) -> bytes:
    """The record with some fields of its patient changed."""
    bundle = json.loads(data)
    bundle["entry"][0]["resource"].update(changes)
    return json.dumps(bundle).encode()


def test_a_record_becomes_a_patient_with_a_ledger(zoe: bytes, new_york: Site, now: datetime) -> None:
    outcome = import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    assert outcome.is_new
    assert outcome.patient is not None
    assert outcome.patient.name == "Zoë Ångström Пример-Nuñez"
    assert (outcome.patient.language, outcome.patient.site) == ("es", new_york)
    assert outcome.taken == {
        "AllergyIntolerance": 1,
        "Condition": 2,
        "MedicationRequest": 2,
        "Observation": 4,
        "Patient": 1,
    }
    entries = LedgerEntry.objects.filter(patient=outcome.patient)
    assert entries.count() == 9
    assert {entry.source for entry in entries} == {"import"}


@pytest.mark.hazard("HAZ-14")
def test_what_speaks_of_suicide_becomes_work_for_a_prescriber(
    zoe: bytes, new_york: Site, now: datetime
) -> None:
    outcome = import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    task = Task.objects.get()
    assert (task.patient, task.urgency, task.owner_role) == (outcome.patient, "urgent", "prescriber")
    assert "CarePlan/" in task.because


@pytest.mark.hazard("HAZ-21")
def test_reading_the_same_file_again_adds_nothing(zoe: bytes, new_york: Site, now: datetime) -> None:
    first = import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    again = import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    assert (again.patient, again.is_new, again.taken) == (first.patient, False, {})
    assert sum(one.because == RECORDED_BEFORE for one in again.left) == 9
    assert LedgerEntry.objects.count() == 9
    assert Patient.objects.count() == 1


def test_a_resource_that_changed_is_left_to_a_person(zoe: bytes, new_york: Site, now: datetime) -> None:
    import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    later = zoe.replace(b'"value": 68.4', b'"value": 70.1')
    again = import_bundle(data=later, site=new_york, by=SYSTEM, now=now)
    assert sum(one.because == CHANGED_SINCE for one in again.left) == 1
    assert again.taken == {}


def test_a_resource_of_another_chart_is_left(zoe: bytes, new_york: Site, now: datetime) -> None:
    import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    other = changed(zoe, identifier=[{"system": "urn:example:records", "value": "EX-0009"}])
    again = import_bundle(data=other, site=new_york, by=SYSTEM, now=now)
    assert again.is_new
    assert sum(one.because == OTHER_CHART for one in again.left) == 9


@pytest.mark.hazard("HAZ-09")
def test_a_patient_of_the_same_name_and_birth_date_is_pointed_out_and_not_merged(
    zoe: bytes, new_york: Site, now: datetime
) -> None:
    twin = register_patient(
        given_name="Zoë Ångström",
        family_name="Пример-Nuñez",
        birth_date=datetime(1984, 2, 29).date(),
        sex=Sex.FEMALE,
        site=new_york,
        now=now,
    )
    outcome = import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    assert outcome.is_new
    assert outcome.look_alikes == (twin.mrn,)


def test_an_unknown_language_becomes_english_and_a_long_reference_fits(
    zoe: bytes, new_york: Site, now: datetime
) -> None:
    other = changed(zoe, communication=[], identifier=[{"system": "urn:x", "value": "9" * 300}])
    outcome = import_bundle(data=other, site=new_york, by=SYSTEM, now=now)
    assert outcome.patient is not None
    assert outcome.patient.language == "en"
    assert len(outcome.patient.import_ref) < 80


@pytest.mark.hazard("HAZ-21")
def test_when_anything_fails_there_is_no_half_patient(zoe: bytes, new_york: Site, now: datetime) -> None:
    with (
        patch.object(importing, "ask_to_read", side_effect=RuntimeError("power cut")),
        pytest.raises(RuntimeError),
    ):
        import_bundle(data=zoe, site=new_york, by=SYSTEM, now=now)
    assert not Patient.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.hazard("HAZ-21")
@pytest.mark.parametrize("data", [b"", b"[]", b'{"resourceType": "Bundle", "type": "transaction"}'])
def test_a_refused_file_leaves_nothing(data: bytes, new_york: Site, now: datetime) -> None:
    outcome = import_bundle(data=data, site=new_york, by=SYSTEM, now=now)
    assert outcome.patient is None
    assert outcome.refused
    assert not Patient.objects.exists()


# --- commands ------------------------------------------------------------------------------------


@pytest.mark.hazard("HAZ-21")
def test_the_import_says_file_by_file_what_became_of_it(
    fixtures_dir: Path, new_york: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = Namespace(format="fhir", path=str(fixtures_dir / "fhir"), site="")
    assert commands.import_records(arguments) == 0
    said = capsys.readouterr().out
    assert "deceased.json: left whole. The record says that the patient died on 2020-01-02" in said
    assert "zoe_example.json: new patient AJ-" in said
    assert "  taken: 1 AllergyIntolerance, 2 Condition, 2 MedicationRequest, 4 Observation, 1 Patient" in said
    assert "  left: 1 Observation: a PHQ-9 total without its items" in said
    assert commands.import_records(arguments) == 0
    assert "  taken: nothing new" in capsys.readouterr().out


def test_the_import_names_look_alikes(
    fixtures_dir: Path, tmp_path: Path, zoe: bytes, new_york: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    other = changed(zoe, identifier=[{"system": "urn:x", "value": "2"}])
    for name, data in (("a.json", zoe), ("b.json", other)):
        (tmp_path / name).write_bytes(data)
        commands.import_records(Namespace(path=str(tmp_path / name), site="new-york"))
    assert "same name and date of birth" in capsys.readouterr().out


def test_the_import_refuses_what_is_not_there(
    tmp_path: Path, zoe: bytes, new_york: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.import_records(Namespace(path=str(tmp_path / "none"), site="")) == 1
    (tmp_path / "a.json").write_bytes(zoe)
    assert commands.import_records(Namespace(path=str(tmp_path), site="oslo")) == 1
    said = capsys.readouterr().err
    assert "Expected a JSON file or a folder" in said
    assert "There is no site 'oslo'; expected one of new-york." in said


def test_the_real_records_are_taken_once(
    real_dir: Path, new_york: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = Namespace(format="fhir", path=str(real_dir / "fhir"), site="")
    assert commands.import_records(arguments) == 0
    assert Patient.objects.count() == 9
    recorded = LedgerEntry.objects.count()
    assert commands.import_records(arguments) == 0
    assert LedgerEntry.objects.count() == recorded
    assert capsys.readouterr().out.count("left whole") == 4


def replay_arguments(recording: Path, encounter: str, **others: Any) -> Namespace:
    return Namespace(
        recording=str(recording),
        encounter=encounter,
        **{"speed": 60_000.0, "start": 0.0, "minutes": 2.0, "host": "127.0.0.1", "port": 1, **others},
    )


def test_a_replay_without_its_session_or_recording_says_so(
    running: DosingNow, tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = fixtures_dir / "vitals" / "invented_session.csv"
    assert commands.replay(replay_arguments(recording, "bed 2")) == 1
    assert commands.replay(replay_arguments(recording, "00000000-0000-4000-8000-000000000000")) == 1
    assert commands.replay(replay_arguments(tmp_path / "none.csv", str(running.encounter_id))) == 1
    assert commands.replay(replay_arguments(recording, str(running.encounter_id), start=999.0)) == 1
    said = capsys.readouterr().err
    assert said.count("No session with a patient in a room") == 2
    assert "No such file" in said
    assert "runs from 0 to 60 minutes" in said


def test_a_replay_uses_the_rooms_monitor_or_places_one(running: DosingNow, room: Room) -> None:
    assert commands.bed_of(running).device_id == "MON-1"
    DeviceBinding.objects.all().delete()
    placed = commands.bed_of(running)
    assert placed.device_id.startswith("REPLAY-")
    assert (placed.room, placed.patient_id) == ("Room 2", running.patient.mrn)
    assert commands.bed_of(running) == placed


def test_a_recording_in_wfdb_format_is_found_with_its_samples(real_dir: Path, tmp_path: Path) -> None:
    (header,) = (real_dir / "vitals").glob("*.hea")
    assert len(commands.recording_at(header).rows) == 1936
    (tmp_path / "a.hea").write_text("a 0 1 1\n")
    with pytest.raises(BadRecording, match="one sample file"):
        commands.recording_at(tmp_path / "a.hea")
