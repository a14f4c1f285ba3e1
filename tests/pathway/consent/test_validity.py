"""Where a consent stands, and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.consent.library import current_document
from ajar.pathway.consent.validity import StandingKind, consent_standing, valid_until
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.ledger.chain import GENESIS, link_up
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry
from ajar.pathway.ledger.payload import EnteredInError, Payload

DOCUMENT = current_document("ketamine-iv")
OTHER = current_document("esketamine-nasal")
SIGNED_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SIGNED_ON = SIGNED_AT.date()
NURSE = Author(kind=AuthorKind.STAFF, id="1", name="A Nurse, RN")


def chain(*payloads: Payload | NewEntry) -> list[Entry]:
    """These payloads as one patient's entries, a minute apart."""
    entries: list[Entry] = []
    after = (0, GENESIS)
    for index, payload in enumerate(payloads):
        at = SIGNED_AT + timedelta(minutes=index)
        new = payload if isinstance(payload, NewEntry) else NewEntry(payload=payload, happened_at=at)
        _, entry = link_up(
            new, entry_id=UUID(int=index + 1), patient_id=UUID(int=99), after=after, by=NURSE, now=at
        )
        after = (entry.position, entry.digest)
        entries.append(entry)
    return entries


def signature(signatory: Signatory, **changes: object) -> ConsentSigned:
    made = ConsentSigned(
        document=DOCUMENT.id,
        document_version=DOCUMENT.version,
        document_digest=DOCUMENT.digest("en"),
        language="en",
        signatory=signatory,
        printed_name="Maria Garland",
        meaning="I agree to treatment",
        elements=ELEMENT_IDS,
        valid_until=valid_until(DOCUMENT, signed_on=SIGNED_ON),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


PATIENT = signature(Signatory.PATIENT)
PRESCRIBER = signature(Signatory.PRESCRIBER)
WITHDRAWN = ConsentWithdrawn(document=DOCUMENT.id, withdrawn_by="Maria Garland")
OTHERS = replace(PATIENT, document=OTHER.id)
ASIDE = HistoryAnswered(question="alcohol", answer=Answer.NO)
NEXT_DAY = SIGNED_ON + timedelta(days=1)


@pytest.mark.parametrize(
    ("payloads", "on", "expected"),
    [
        ((), NEXT_DAY, StandingKind.NO_PATIENT_SIGNATURE),
        ((OTHERS, ASIDE), NEXT_DAY, StandingKind.NO_PATIENT_SIGNATURE),
        ((PRESCRIBER,), NEXT_DAY, StandingKind.NO_PATIENT_SIGNATURE),
        (
            (replace(PATIENT, elements=ELEMENT_IDS[:-1]), PRESCRIBER),
            NEXT_DAY,
            StandingKind.NO_PATIENT_SIGNATURE,
        ),
        ((PATIENT,), NEXT_DAY, StandingKind.NO_PRESCRIBER_SIGNATURE),
        ((PRESCRIBER, PATIENT), NEXT_DAY, StandingKind.NO_PRESCRIBER_SIGNATURE),
        ((PATIENT, PRESCRIBER, PATIENT), NEXT_DAY, StandingKind.NO_PRESCRIBER_SIGNATURE),
        ((PATIENT, PRESCRIBER), NEXT_DAY, StandingKind.VALID),
        ((PATIENT, ASIDE, OTHERS, PRESCRIBER), NEXT_DAY, StandingKind.VALID),
        ((PATIENT, PRESCRIBER), date(2027, 3, 2), StandingKind.VALID),
        ((PATIENT, PRESCRIBER), date(2027, 3, 3), StandingKind.EXPIRED),
        ((PATIENT, PRESCRIBER, WITHDRAWN), NEXT_DAY, StandingKind.WITHDRAWN),
        ((PATIENT, PRESCRIBER, WITHDRAWN, PRESCRIBER), NEXT_DAY, StandingKind.WITHDRAWN),
        ((PATIENT, WITHDRAWN, PATIENT, PRESCRIBER), NEXT_DAY, StandingKind.VALID),
        ((replace(PATIENT, document_version="2019"), PRESCRIBER), NEXT_DAY, StandingKind.OUTDATED),
        ((replace(PATIENT, document_digest="0" * 64), PRESCRIBER), NEXT_DAY, StandingKind.OUTDATED),
        ((replace(PATIENT, language="fr"), PRESCRIBER), NEXT_DAY, StandingKind.OUTDATED),
    ],
)
def test_a_consent_stands_only_when_both_signed_these_words_in_order_and_nobody_took_them_back(
    payloads: Sequence[Payload], on: date, expected: StandingKind
) -> None:
    standing = consent_standing(chain(*payloads), DOCUMENT, on)
    assert standing.kind is expected
    assert standing.valid is (expected is StandingKind.VALID)
    assert standing.because


def test_the_standing_names_the_entries_it_rests_on() -> None:
    entries = chain(PATIENT, PRESCRIBER)
    standing = consent_standing(entries, DOCUMENT, NEXT_DAY)
    assert (standing.patient_entry, standing.prescriber_entry) == tuple(entries)
    assert standing.valid_until == date(2027, 3, 2)


def test_a_signature_entered_in_error_does_not_count() -> None:
    first = chain(PATIENT)[0]
    correction = NewEntry(
        payload=EnteredInError(), happened_at=SIGNED_AT, supersedes=first.id, reason="wrong patient"
    )
    standing = consent_standing(chain(PATIENT, correction), DOCUMENT, NEXT_DAY)
    assert standing.kind is StandingKind.NO_PATIENT_SIGNATURE


def test_a_withdrawal_of_another_consent_changes_nothing() -> None:
    other = replace(WITHDRAWN, document=OTHER.id)
    assert consent_standing(chain(PATIENT, PRESCRIBER, other), DOCUMENT, NEXT_DAY).valid


def test_another_route_is_another_consent_and_the_standing_says_so() -> None:
    signed = [replace(one, document=OTHER.id) for one in (PATIENT, PRESCRIBER)]
    standing = consent_standing(chain(*signed), DOCUMENT, NEXT_DAY)
    assert standing.kind is StandingKind.NO_PATIENT_SIGNATURE
    assert "Another route is another consent (CON-12): signed so far, esketamine-nasal." in standing.because


def test_new_risk_information_is_a_new_version_that_says_what_is_new() -> None:
    newer = replace(DOCUMENT, version="2027-01", news="a risk to the bladder was found to be greater.")
    standing = consent_standing(chain(PATIENT, PRESCRIBER), newer, NEXT_DAY)
    assert standing.kind is StandingKind.OUTDATED
    assert standing.because.endswith("New: a risk to the bladder was found to be greater.")
