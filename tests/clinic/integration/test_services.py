"""One service, one transaction: the shared note and the private one stand or fall together."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ajar.clinic.integration.selectors import integration_of, session_notes, shared_with_patient
from ajar.clinic.integration.services import (
    SessionRefused,
    add_private_note,
    correct_private_note,
    correct_session,
    record_session,
)
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.models import Encounter
from ajar.clinic.scheduling.models import Appointment, AppointmentType
from ajar.pathway.integration.entries import Purpose
from ajar.pathway.integration.window import Bond
from ajar.pathway.staff.roles import Role
from tests.support.people import make_account


def kinds() -> list[str]:
    return list(LedgerEntry.objects.order_by("seq").values_list("kind", flat=True))


def test_a_session_is_an_encounter_with_a_shared_and_a_private_entry(held, patient):
    meeting = Encounter.objects.get(pk=held.encounter_id)
    assert (meeting.kind, meeting.patient) == (Encounter.Kind.INTEGRATION, patient)
    assert kinds()[-2:] == ["integration.held", "integration.private-note"]


def test_without_a_private_note_there_is_no_private_entry(patient, note, therapist, now):
    record_session(patient=patient, site=patient.site, held=note(), held_at=now, by=therapist, now=now)
    assert kinds()[-1] == "integration.held"


def test_a_session_in_the_future_is_refused_and_leaves_nothing(patient, note, therapist, now):
    with pytest.raises(SessionRefused, match="future"):
        record_session(
            patient=patient,
            site=patient.site,
            held=note(),
            held_at=now + timedelta(hours=1),
            by=therapist,
            now=now,
        )
    assert not Encounter.objects.filter(kind=Encounter.Kind.INTEGRATION).exists()


def test_a_dose_of_someone_else_is_refused(patient, note, therapist, now):
    foreign = note(dosing_encounter_id=uuid4())
    with pytest.raises(SessionRefused, match="not in this patient's chart"):
        record_session(patient=patient, site=patient.site, held=foreign, held_at=now, by=therapist, now=now)


def test_a_correction_stands_in_its_place_and_the_old_text_stays_readable(
    held, patient, note, therapist, now
):
    later = note(insights="The door was open.")
    args = {"held_at": held.happened_at, "by": therapist, "now": now}
    correct_session(entry=held, held=later, reason="misheard", **args)
    (found,) = session_notes(patient, viewer=therapist)
    assert found.held.insights == "The door was open."
    assert [old.payload.insights for old in found.shared.older] == ["The door was never locked."]
    assert found.shared.entry.reason == "misheard"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_says_why(held, note, therapist, now, reason):
    with pytest.raises(SessionRefused, match="why"):
        correct_session(
            entry=held, held=note(), held_at=held.happened_at, reason=reason, by=therapist, now=now
        )


def test_only_its_author_changes_a_note(held, note, new_york, now):
    other = make_account(Role.THERAPIST, new_york, name="Another Therapist")
    with pytest.raises(SessionRefused, match="author"):
        correct_session(entry=held, held=note(), held_at=held.happened_at, reason="x", by=other, now=now)
    with pytest.raises(SessionRefused, match="author"):
        add_private_note(session=held, text="mine", by=other, now=now)


def test_a_private_note_is_rewritten_by_its_author_and_its_old_text_kept_for_them(
    held, patient, therapist, now
):
    (before,) = session_notes(patient, viewer=therapist)
    assert before.private is not None
    correct_private_note(
        entry=before.private.entry, text="I noticed a wish to rescue.", reason="calmer", by=therapist, now=now
    )
    (after,) = session_notes(patient, viewer=therapist)
    assert after.private is not None
    assert after.private.entry.payload.text == "I noticed a wish to rescue."
    assert len(after.private.older) == 1


def test_a_private_note_can_be_added_later_and_is_never_empty(patient, note, therapist, now):
    held = record_session(patient=patient, site=patient.site, held=note(), held_at=now, by=therapist, now=now)
    with pytest.raises(SessionRefused, match="Write the note"):
        add_private_note(session=held, text=" ", by=therapist, now=now)
    entry = add_private_note(session=held, text="Later thought.", by=therapist, now=now)
    with pytest.raises(SessionRefused, match="Write the note"):
        correct_private_note(entry=entry, text=" ", reason="x", by=therapist, now=now)
    assert session_notes(patient, viewer=therapist)[0].private is not None


@pytest.mark.hazard("HAZ-16")
def test_the_patient_reads_what_was_shared_and_nothing_else(held, patient, note, therapist, now):
    team_only = note(patient_may_read=False, insights="For the team.")
    record_session(patient=patient, site=patient.site, held=team_only, held_at=now, by=therapist, now=now)
    shared = shared_with_patient(patient, viewer=patient.account)
    assert [one.shared.entry.id for one in shared] == [held.id]
    assert shared[0].private is None


def test_preparation_is_a_session_of_its_own_kind(patient, note, therapist, now):
    preparation = note(dosing_encounter_id=None, purpose=Purpose.PREPARATION)
    record_session(patient=patient, site=patient.site, held=preparation, held_at=now, by=therapist, now=now)
    found = integration_of(patient, viewer=therapist, now=now)
    assert found.sessions[0].dose is None
    assert [one.bond for one in found.doses] == [Bond.NOTHING_BOOKED]


def test_a_booked_appointment_closes_the_gap(dose, patient, therapist, now):
    assert len(integration_of(patient, viewer=therapist, now=now).gaps) == 1
    kind, _ = AppointmentType.objects.get_or_create(
        slug=AppointmentType.INTEGRATION, defaults={"name": "Integration", "length_min": 50}
    )
    Appointment.objects.create(
        type=kind,
        patient=patient,
        site=patient.site,
        starts_at=now + timedelta(hours=5),
        ends_at=now + timedelta(hours=6),
        booked_at=now,
    )
    found = integration_of(patient, viewer=therapist, now=now)
    assert found.gaps == []
    assert found.next_appointment is not None


def test_everything_is_in_one_chain(held, patient):
    assert [entry.position for entry in all_entries(patient.pk)] == [1, 2, 3]
