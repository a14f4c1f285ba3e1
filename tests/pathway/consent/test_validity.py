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
UNSIGNED = "The patient has not signed this consent."
OTHER_ROUTE = "Another route is another consent (CON-12): signed so far,"
HALF_SIGNED = "The prescriber has not signed after the patient."
SIGNED = "Signed by both; valid until 2027-03-02."
TAKEN_BACK = "The patient took this consent back and has not signed again."
OUTDATED = "The patient signed version 2019; the text is now version 2026-11 and must be signed again."
OTHER_WORDS = "What the patient signed as version 2026-11 is not the text on file; it must be signed again."


@pytest.mark.parametrize(
    "name", ["document", "document_version", "document_digest", "printed_name", "meaning"]
)
def test_a_signature_says_under_what_by_whom_and_meaning_what(name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must not be empty\.$"):
        signature(Signatory.PATIENT, **{name: " "})


@pytest.mark.parametrize(
    ("payloads", "on", "expected", "words"),
    [
        ((), NEXT_DAY, StandingKind.NO_PATIENT_SIGNATURE, UNSIGNED),
        (
            (OTHERS, ASIDE, replace(OTHERS, document="another")),
            NEXT_DAY,
            StandingKind.NO_PATIENT_SIGNATURE,
            f"{UNSIGNED} {OTHER_ROUTE} another, esketamine-nasal.",
        ),
        ((PRESCRIBER,), NEXT_DAY, StandingKind.NO_PATIENT_SIGNATURE, UNSIGNED),
        (
            (replace(PATIENT, elements=ELEMENT_IDS[:-2]), PRESCRIBER),
            NEXT_DAY,
            StandingKind.NO_PATIENT_SIGNATURE,
            "The patient's signature leaves out CON-11, CON-12; every part must be acknowledged.",
        ),
        ((PATIENT,), NEXT_DAY, StandingKind.NO_PRESCRIBER_SIGNATURE, HALF_SIGNED),
        ((PRESCRIBER, PATIENT), NEXT_DAY, StandingKind.NO_PRESCRIBER_SIGNATURE, HALF_SIGNED),
        ((PATIENT, PRESCRIBER, PATIENT), NEXT_DAY, StandingKind.NO_PRESCRIBER_SIGNATURE, HALF_SIGNED),
        ((PATIENT, PRESCRIBER), NEXT_DAY, StandingKind.VALID, SIGNED),
        ((PATIENT, ASIDE, OTHERS, PRESCRIBER), NEXT_DAY, StandingKind.VALID, SIGNED),
        ((PATIENT, PRESCRIBER), date(2027, 3, 2), StandingKind.VALID, SIGNED),
        ((PATIENT, PRESCRIBER), date(2027, 3, 3), StandingKind.EXPIRED, "It was valid until 2027-03-02."),
        ((PATIENT, PRESCRIBER, WITHDRAWN), NEXT_DAY, StandingKind.WITHDRAWN, TAKEN_BACK),
        ((PATIENT, PRESCRIBER, WITHDRAWN, PRESCRIBER), NEXT_DAY, StandingKind.WITHDRAWN, TAKEN_BACK),
        ((PATIENT, WITHDRAWN, PATIENT, PRESCRIBER), NEXT_DAY, StandingKind.VALID, SIGNED),
        (
            (replace(PATIENT, document_version="2019"), PRESCRIBER),
            NEXT_DAY,
            StandingKind.OUTDATED,
            OUTDATED,
        ),
        (
            (replace(PATIENT, document_digest="0" * 64), PRESCRIBER),
            NEXT_DAY,
            StandingKind.OUTDATED,
            OTHER_WORDS,
        ),
        ((replace(PATIENT, language="fr"), PRESCRIBER), NEXT_DAY, StandingKind.OUTDATED, OTHER_WORDS),
    ],
)
def test_a_consent_stands_only_when_both_signed_these_words_in_order_and_nobody_took_them_back(
    payloads: Sequence[Payload], on: date, expected: StandingKind, words: str
) -> None:
    standing = consent_standing(chain(*payloads), DOCUMENT, on)
    assert standing.kind is expected
    assert standing.valid is (expected is StandingKind.VALID)
    assert standing.because == words


def test_the_standing_names_the_entries_it_rests_on() -> None:
    entries = chain(PATIENT, PRESCRIBER)
    standing = consent_standing(entries, DOCUMENT, NEXT_DAY)
    assert (standing.patient_entry, standing.prescriber_entry) == tuple(entries)
    again = consent_standing(chain(PATIENT, PRESCRIBER, PATIENT, PRESCRIBER), DOCUMENT, NEXT_DAY)
    assert [entry.position for entry in (again.patient_entry, again.prescriber_entry) if entry] == [3, 4]
    half = consent_standing(entries[:1], DOCUMENT, NEXT_DAY)
    assert (half.patient_entry, half.prescriber_entry) == (entries[0], None)
    assert standing.valid_until == valid_until(DOCUMENT, signed_on=SIGNED_ON) == date(2027, 3, 2)


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
    assert f"{OTHER_ROUTE} esketamine-nasal." in standing.because


def test_new_risk_information_is_a_new_version_that_says_what_is_new() -> None:
    newer = replace(DOCUMENT, version="2027-01", news="a risk to the bladder was found to be greater.")
    standing = consent_standing(chain(PATIENT, PRESCRIBER), newer, NEXT_DAY)
    assert standing.kind is StandingKind.OUTDATED
    assert standing.because.endswith("New: a risk to the bladder was found to be greater.")
