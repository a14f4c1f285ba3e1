"""Read models are only caches: whatever was recorded, dropping and computing them again changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from ajar.clinic.ledger.readmodels import REGISTERED, ReadModel, register
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.ledger.upkeep import rebuild, verify
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.staff.authors import SYSTEM
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.stage import TRANSITIONS, Move, Stage, move_of
from ajar.pathway.ledger.entry import Entry, NewEntry, effective
from ajar.pathway.ledger.payload import EnteredInError, Payload, payload_class, registered_kinds
from tests.support.payloads import payloads

MOVES = [payload_class(move.value, 1) for move in Move]
FACTS = [cls for cls in registered_kinds() if cls is not EnteredInError and cls not in MOVES]
CLASSES = st.sampled_from(MOVES) | st.sampled_from(FACTS)


@dataclass(kw_only=True)
class Chart:
    """A patient whose chart is filled with whatever comes; what is refused is not written."""

    patient: Patient
    sessions: list[Encounter]
    now: datetime
    data: DataObject
    recorded: list[Entry] = field(default_factory=list)

    def draw(self, strategy):
        return self.data.draw(strategy)

    def payload(self, cls: type[Payload]) -> Payload:
        return self.draw(payloads(cls))

    def fact(self) -> NewEntry:
        """Any fact or move, now or a little late, in one of the sessions or outside."""
        late = timedelta(minutes=self.draw(st.integers(0, 15)))
        where = self.draw(st.sampled_from([*self.sessions, None]))
        return NewEntry(
            payload=self.payload(self.draw(CLASSES)),
            happened_at=self.now - late,
            encounter_id=where.pk if where else None,
        )

    def stage(self, session: Encounter) -> Stage:
        """Where the session stands by the moves recorded so far."""
        stage = Stage.PLANNED
        for entry in effective(self.recorded):
            if entry.encounter_id == session.pk and (move := move_of(entry.payload.KIND)):
                stage = TRANSITIONS[stage].get(move, stage)
        return stage

    def onward(self) -> NewEntry:
        """A move that a session's stage allows, so that sessions get somewhere."""
        session = self.draw(st.sampled_from(self.sessions))
        allowed = sorted(TRANSITIONS[self.stage(session)])
        if not allowed:
            return self.fact()
        cls = payload_class(self.draw(st.sampled_from(allowed)).value, 1)
        return NewEntry(payload=self.payload(cls), happened_at=self.now, encounter_id=session.pk)

    def correction(self) -> NewEntry:
        """Something that stands is corrected by its own kind, or taken back."""
        wrong = self.draw(st.sampled_from(effective(self.recorded)))
        cls = EnteredInError if self.draw(st.booleans()) else type(wrong.payload)
        return NewEntry(
            payload=self.payload(cls),
            happened_at=wrong.happened_at,
            encounter_id=wrong.encounter_id,
            supersedes=wrong.id,
            reason="typed wrongly",
        )

    def record(self, new: list[NewEntry]) -> None:
        try:
            with transaction.atomic():
                entries = append(new, patient_id=self.patient.pk, expected=ANYWHERE, by=SYSTEM, now=self.now)
        except ValueError as refused:
            note(f"refused: {refused}")
        else:
            self.recorded += entries

    def live(self, steps: int) -> None:
        """Plan the sessions, then record what comes, alone or several at once, with corrections between."""
        for session in self.sessions:
            planned = self.payload(SessionPlanned)
            self.record([NewEntry(payload=planned, happened_at=self.now, encounter_id=session.pk)])
        for _ in range(steps):
            self.now += timedelta(minutes=self.draw(st.integers(0, 10)))
            kinds = [self.onward, self.onward, self.fact]
            kinds += [self.correction] if effective(self.recorded) else []
            self.record(
                [next_entry() for next_entry in self.draw(st.lists(st.sampled_from(kinds), max_size=3))]
            )


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example here is slow to make smaller
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_every_read_model_is_the_same_after_a_rebuild(patient, now, data):
    with transaction.atomic():
        sessions = [
            open_encounter(patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=now)
            for _ in range(2)
        ]
        Chart(patient=patient, sessions=sessions, now=now, data=data).live(steps=14)
        before = {model.name: model.snapshot() for model in REGISTERED}
        assert rebuild(lambda done, total: None) == 1
        for model in REGISTERED:
            assert model.snapshot() == before[model.name], model.name
        assert [found for _, found in verify()] == [None]
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.name)
def test_a_read_model_forgets_everything_when_told_to(model: ReadModel):
    model.clear()
    assert not model.snapshot()


def test_a_read_model_is_registered_once():
    before = list(REGISTERED)
    for model in before:
        register(model)
    assert before == REGISTERED
