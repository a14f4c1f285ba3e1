"""An invitation, a dose, and a way to answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ajar.clinic.followup.links import path_of
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.services import invite, record_answers
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.entries import Act, DrugGiven
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.ledger.entry import Author, Entry, NewEntry

Answer = Callable[..., Entry]
GiveDose = Callable[[datetime], Encounter]


@pytest.fixture
def invitation(patient: Patient, nurse: Account, now: datetime) -> QuestionnaireInvitation:
    """A link made now that works for a week."""
    return invite(patient=patient, occasion="baseline", expires_at=now + timedelta(days=7), by=nurse, now=now)


@pytest.fixture
def answered(patient: Patient, nurse: Account, now: datetime) -> Answer:
    """`answered(total, days_ago)` records a questionnaire that the nurse read aloud."""

    def record(total: int, days_ago: float = 0, *, item_9: int = 0) -> Entry:
        rest, items = total - item_9, []
        for _ in range(8):
            items.append(min(3, rest))
            rest -= items[-1]
        return record_answers(
            patient=patient,
            items=[*items, item_9],
            mode=Mode.STAFF_READ,
            occasion="visit",
            answered=now - timedelta(days=days_ago),
            by=nurse,
            now=now,
        )

    return record


@pytest.fixture
def give_dose(patient: Patient, by: Author, now: datetime) -> GiveDose:
    """`give_dose(moment)` starts an infusion in a session of its own, as far as scores need to know.

    The entry stands outside any session's stages, as one imported from elsewhere would.
    """

    def give(at: datetime) -> Encounter:
        session = open_encounter(patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=now)
        act = DrugGiven(
            act=Act.INFUSION_STARTED,
            product="ketamine_iv",
            amount_mg=None,
            rate_mg_per_h=52.5,
            lot="K1",
            expires_on=None,
        )
        new = NewEntry(payload=act, happened_at=at, encounter_id=session.pk)
        append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)
        return session

    return give


@pytest.fixture
def fill_in(client: Client) -> Callable[..., str]:
    """`fill_in(invitation, [0, 1, …])` answers item by item and returns the address it ends at."""

    def walk(invitation: QuestionnaireInvitation, items: list[int | None]) -> str:
        address = client.post(path_of(invitation)).url
        for item in items:
            sent = {"skip": "yes"} if item is None else {"answer": str(item)}
            answer = client.post(address, sent)
            if answer.status_code == 200:  # help was shown; the same screen is sent again
                answer = client.post(address, sent | {"seen": "yes"})
            address = answer.url
        return address

    return walk


@pytest.fixture
def nowhere() -> str:
    """A token that the clinic never made."""
    return f"{uuid4().hex[:22]}.{uuid4().hex}"
