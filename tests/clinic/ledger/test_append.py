"""Appending: all or none, after what the caller saw, never merged."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from ajar.clinic.ledger.models import LedgerEntry, LedgerHead
from ajar.clinic.ledger.selectors import (
    all_entries,
    decision_position,
    encounter_entries,
    entries_of,
    entry_by_id,
)
from ajar.clinic.ledger.services import ANYWHERE, NotInThisChart, StaleLedger, append, correct
from ajar.clinic.staff.authors import author_of
from ajar.pathway.integration.entries import PrivateNoteWritten
from ajar.pathway.ledger.entry import NewEntry, effective
from ajar.pathway.staff.roles import Role
from tests.clinic.ledger.conftest import decision, vitals


def test_what_is_appended_is_read_back_in_its_place(record, patient, now, nurse):
    first, second = record([vitals(now, 97), vitals(now, 95)])
    assert (first.position, second.position) == (1, 2)
    assert second.previous_digest == first.digest
    assert entries_of(patient.pk, viewer=nurse) == [first, second]
    assert entry_by_id(second.id) == second


def test_an_append_is_all_or_nothing(record, patient, now):
    stray = replace(vitals(now), supersedes=uuid4(), reason="typed wrongly")
    with pytest.raises(NotInThisChart):
        record([vitals(now), stray])
    assert all_entries(patient.pk) == []
    assert not LedgerHead.objects.filter(pk=patient.pk, position__gt=0).exists()


def test_a_decision_after_what_the_page_saw_is_taken(record, patient, now):
    seen = decision_position(patient.pk)
    record([decision(now)], expected=seen)
    assert decision_position(patient.pk) == 1


@pytest.mark.hazard("HAZ-13")
def test_a_decision_after_someone_elses_is_refused_and_nothing_is_written(record, patient, now):
    seen = decision_position(patient.pk)
    record([decision(now)], expected=seen)
    with pytest.raises(StaleLedger, match="Someone else changed this chart"):
        record([decision(now)], expected=seen)
    assert len(all_entries(patient.pk)) == 1


def test_an_observation_makes_nobodys_page_stale(record, patient, now):
    seen = decision_position(patient.pk)
    record([vitals(now)])
    record([decision(now)], expected=seen)
    assert [entry.position for entry in all_entries(patient.pk)] == [1, 2]


def test_each_patient_has_a_chain_of_their_own(record, miami_patient, by, now):
    record([vitals(now)])
    [other] = append([vitals(now)], patient_id=miami_patient.pk, expected=ANYWHERE, by=by, now=now)
    assert other.position == 1


@pytest.mark.hazard("HAZ-08")
def test_a_message_delivered_twice_is_recorded_once(record, patient, now):
    record([vitals(now, ref="MSG-1")])
    with pytest.raises(IntegrityError):
        record([vitals(now, ref="MSG-1")])


def test_entries_can_be_asked_for_by_kind(record, patient, now):
    record([vitals(now), decision(now)])
    assert [e.position for e in all_entries(patient.pk, kinds=["recovery.lost"])] == [2]


@pytest.mark.hazard("HAZ-16")
def test_a_private_entry_is_read_by_its_author_alone(patient, session, staff, now):
    therapist = staff[Role.THERAPIST]
    note = NewEntry(payload=PrivateNoteWritten(text="for me"), happened_at=now, encounter_id=session.pk)
    append([note], patient_id=patient.pk, expected=ANYWHERE, by=author_of(therapist), now=now)
    for role, account in staff.items():
        sees = role is Role.THERAPIST
        assert bool(entries_of(patient.pk, viewer=account)) == sees
        assert bool(encounter_entries(session.pk, viewer=account)) == sees


class TestCorrections:
    @pytest.mark.hazard("HAZ-12")
    def test_a_corrected_fact_stands_as_corrected_and_the_old_one_stays(self, record, patient, by, now):
        [wrong] = record([vitals(now, 79)])
        right = correct(entry=wrong, payload=vitals(now, 97).payload, reason="misread", by=by, now=now)
        entries = all_entries(patient.pk)
        assert entries == [wrong, right]
        assert effective(entries) == [right]
        assert right.happened_at == wrong.happened_at

    def test_a_correction_may_say_when_it_really_happened(self, record, by, now):
        [wrong] = record([vitals(now)])
        earlier = now - timedelta(minutes=5)
        right = correct(
            entry=wrong, payload=wrong.payload, reason="time", by=by, now=now, happened_at=earlier
        )
        assert right.happened_at == earlier

    def test_what_was_entered_in_error_no_longer_stands(self, record, patient, by, now):
        [wrong] = record([vitals(now)])
        correct(entry=wrong, payload=None, reason="other patient", by=by, now=now)
        assert effective(all_entries(patient.pk)) == []

    def test_a_fact_is_superseded_once(self, record, by, now):
        [wrong] = record([vitals(now)])
        correct(entry=wrong, payload=None, reason="other patient", by=by, now=now)
        with pytest.raises(NotInThisChart, match="corrected already"):
            correct(entry=wrong, payload=None, reason="other patient", by=by, now=now)

    def test_one_append_does_not_correct_the_same_fact_twice(self, record, patient, by, now):
        [wrong] = record([vitals(now)])
        new = replace(vitals(now), supersedes=wrong.id, reason="typed wrongly")
        with pytest.raises(NotInThisChart, match="corrected already"):
            record([new, new])
        assert all_entries(patient.pk) == [wrong]

    def test_the_database_itself_keeps_a_fact_from_being_superseded_twice(self, record, by, now):
        [wrong] = record([vitals(now)])
        right = correct(entry=wrong, payload=wrong.payload, reason="misread", by=by, now=now)
        row = LedgerEntry.objects.get(entry_id=right.id)
        row.seq, row.entry_id, row.position = None, uuid4(), 3
        with pytest.raises(IntegrityError):
            row.save(force_insert=True)

    def test_a_correction_can_itself_be_corrected(self, record, patient, by, now):
        [first] = record([vitals(now, 90)])
        second = correct(entry=first, payload=vitals(now, 91).payload, reason="misread", by=by, now=now)
        third = correct(entry=second, payload=vitals(now, 92).payload, reason="misread", by=by, now=now)
        assert effective(all_entries(patient.pk)) == [third]

    def test_another_patients_entry_cannot_be_corrected_here(self, record, miami_patient, by, now):
        [other] = record([vitals(now)])
        stray = replace(vitals(now), supersedes=other.id, reason="typed wrongly")
        with pytest.raises(NotInThisChart, match="not in this patient's chart"):
            append([stray], patient_id=miami_patient.pk, expected=ANYWHERE, by=by, now=now)

    def test_a_correction_belongs_to_the_same_encounter(self, record, session, now):
        [outside] = record([vitals(now)])
        inside = replace(vitals(now), encounter_id=session.pk, supersedes=outside.id, reason="typed wrongly")
        with pytest.raises(NotInThisChart, match="same encounter"):
            record([inside])


def test_rows_and_heads_name_themselves(record, patient, now):
    record([vitals(now)])
    assert str(LedgerEntry.objects.get()) == "vitals.measured at 1"
    assert str(LedgerHead.objects.get()) == "head at 1"
