"""The gate before a course, and the course as it stands afterwards."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ajar.pathway.careplan.course import ARRIVAL, courses_of, running_course
from ajar.pathway.careplan.entries import (
    AdjustmentDecided,
    BenefitReviewed,
    CourseOrdered,
    CourseStopped,
    SessionCancelled,
    SessionPlanned,
    WeightBasis,
)
from ajar.pathway.careplan.gate import latest_evaluation, why_no_course
from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, Signatory
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.entries import PatientArrived
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.chain import GENESIS, link_up
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry
from ajar.pathway.ledger.payload import Payload

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = NOW.date()
BY = Author(kind=AuthorKind.STAFF, id="1", name="A Prescriber, MD")
COURSE = UUID(int=7)
FIRST, SECOND = UUID(int=11), UUID(int=12)


def chain(*told: tuple[Payload, UUID | None] | NewEntry) -> list[Entry]:
    """These facts as one patient's entries, a minute apart."""
    entries: list[Entry] = []
    after = (0, GENESIS)
    for index, fact in enumerate(told):
        at = NOW + timedelta(minutes=index)
        new = (
            fact
            if isinstance(fact, NewEntry)
            else NewEntry(payload=fact[0], happened_at=at, encounter_id=fact[1])
        )
        _, entry = link_up(
            new, entry_id=UUID(int=100 + index), patient_id=UUID(int=99), after=after, by=BY, now=at
        )
        after = (entry.position, entry.digest)
        entries.append(entry)
    return entries


ORDER = CourseOrdered(
    course_id=COURSE,
    product="esketamine_in",
    regimen="SPRAVATO_TRD",
    indication="TRD",
    sessions=2,
    dose_mg=56,
    dose_mg_per_kg=None,
    weight_kg=None,
    weight_basis=WeightBasis.FIXED,
    intention="To sleep.",
)


def planned(number: int) -> SessionPlanned:
    return SessionPlanned(
        course_id=COURSE,
        number=number,
        product="esketamine_in",
        dose_mg=56,
        starts_at=NOW + timedelta(days=number),
        site="New York",
        phase="Induction",
    )


REVIEW = BenefitReviewed(
    course_id=COURSE, after_session=8, goes_on=True, because="better", rule_id="SPR-T3", rulebook_version="1"
)
DECISION = AdjustmentDecided(
    course_id=COURSE,
    after_session=2,
    rule_id="ADJ-4",
    suggested="same dose",
    suggested_mg=56,
    taken=False,
    because="travel",
    rulebook_version="1",
    meaning="I decide.",
)
WITHOUT_WORDS = {"because": " "}, "because must not be empty."


@pytest.mark.parametrize(
    ("entry", "changes", "words"),
    [
        (ORDER, {"sessions": 0}, "A course has 1 to 60 sessions, got 0."),
        (ORDER, {"sessions": 61}, "A course has 1 to 60 sessions, got 61."),
        (ORDER, {"dose_mg": 0}, "A dose must be more than 0 mg, got 0 mg."),
        (planned(1), {"number": 0}, "Sessions are counted from 1, got 0."),
        (planned(1), {"dose_mg": -1}, "A dose must be more than 0 mg, got -1 mg."),
        (
            planned(1),
            {"starts_at": datetime(2026, 3, 2, 15)},  # without a zone on purpose
            "starts_at must carry a time zone, got 2026-03-02T15:00:00.",
        ),
        (REVIEW, *WITHOUT_WORDS),
        (DECISION, *WITHOUT_WORDS),
        (CourseStopped(course_id=COURSE, because="No benefit"), *WITHOUT_WORDS),
        (SessionCancelled(because="Travel"), *WITHOUT_WORDS),
    ],
)
def test_an_entry_that_cannot_be_is_refused_in_words(entry: Payload, changes: dict, words: str):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        replace(entry, **changes)


def test_what_stands_at_the_edge_is_an_entry():
    assert [replace(ORDER, sessions=sessions).sessions for sessions in (1, 60)] == [1, 60]
    assert replace(DECISION, taken=True, because="").taken
    assert (replace(ORDER, dose_mg=0.5).dose_mg, replace(planned(2), dose_mg=0.1).dose_mg) == (0.5, 0.1)


TOLD: Sequence[tuple[Payload, UUID | None]] = (
    (ORDER, None),
    (planned(2), SECOND),
    (planned(1), FIRST),
)
ARRIVED = PatientArrived(room_id=UUID(int=5), room_name="Room 1")


def test_sessions_stand_in_the_order_of_their_numbers():
    entries = chain(*TOLD)
    [course] = courses_of(entries)

    assert [session.encounter_id for session in course.sessions] == [FIRST, SECOND]
    assert (course.ordered, course.order, course.stopped_because) == (entries[0], ORDER, "")
    assert [session.planned for session in course.sessions] == [entries[2], entries[1]]
    assert all(session.movable for session in course.sessions)
    assert course.running
    assert running_course([course]) == course


def test_a_session_that_has_begun_is_not_moved_from_the_plan():
    assert PatientArrived.KIND == ARRIVAL
    [course] = courses_of(chain(*TOLD, (ARRIVED, FIRST)))

    assert [session.begun for session in course.sessions] == [True, False]
    assert course.open_sessions == course.sessions[1:]


def test_a_course_whose_last_session_is_called_off_runs_no_more():
    off = SessionCancelled(because="Travel")
    [course] = courses_of(chain(*TOLD, (ARRIVED, FIRST), (off, SECOND)))

    assert course.sessions[1].cancelled_because == "Travel"
    assert not course.running
    assert running_course([course]) is None


def test_a_stopped_course_says_when_and_why():
    [course] = courses_of(chain(*TOLD, (CourseStopped(course_id=COURSE, because="No benefit"), None)))

    assert (course.stopped_because, course.stopped_at) == ("No benefit", NOW + timedelta(minutes=3))
    assert not course.running


def test_a_moved_session_stands_as_moved():
    before = chain(*TOLD)
    moved = NewEntry(
        payload=planned(5), happened_at=NOW, encounter_id=FIRST, supersedes=before[2].id, reason="Escort"
    )
    [course] = courses_of(chain(*TOLD, moved))

    assert [session.plan.number for session in course.sessions] == [2, 5]


def test_a_session_planned_without_an_encounter_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="without naming its encounter"):
        courses_of(chain((ORDER, None), (planned(1), None)))


def evaluated(outcome: Outcome, product: Product = Product.KETAMINE_IV) -> EvaluationSigned:
    return EvaluationSigned(
        outcome=outcome.value,
        indication="TRD",
        product=product.value,
        jurisdiction="US",
        rulebook_version="1",
        findings=(),
        summary="",
        meaning="I have evaluated this patient.",
    )


def signed(signatory: Signatory) -> ConsentSigned:
    document = document_for(Product.KETAMINE_IV)
    return ConsentSigned(
        document=document.id,
        document_version=document.version,
        document_digest=document.digest("en"),
        language="en",
        signatory=signatory,
        printed_name="Alma Quist",
        meaning="I agree.",
        elements=ELEMENT_IDS,
        valid_until=date(2026, 6, 1),
    )


BOTH = ((signed(Signatory.PATIENT), None), (signed(Signatory.PRESCRIBER), None))


@pytest.mark.hazard("HAZ-05")
@pytest.mark.parametrize(
    ("told", "on", "words"),
    [
        ((), TODAY, ["No evaluation", "Consent: The patient has not signed"]),
        (((evaluated(Outcome.ELIGIBLE), None), *BOTH), TODAY, []),
        (((evaluated(Outcome.ELIGIBLE_WITH_CAUTION), None), *BOTH), TODAY, []),
        (((evaluated(Outcome.DEFER), None), *BOTH), TODAY, ["says: defer"]),
        (((evaluated(Outcome.ELIGIBLE, Product.ESKETAMINE_IN), None), *BOTH), TODAY, ["No evaluation"]),
        (
            ((evaluated(Outcome.ELIGIBLE), None), (evaluated(Outcome.CONTRAINDICATED), None), *BOTH),
            TODAY,
            ["says: contraindicated"],
        ),
        (((evaluated(Outcome.ELIGIBLE), None), BOTH[0]), TODAY, ["prescriber has not signed"]),
        (((evaluated(Outcome.ELIGIBLE), None), *BOTH), date(2026, 6, 2), ["valid until 2026-06-01"]),
    ],
)
def test_a_course_waits_for_an_eligible_evaluation_and_a_valid_consent(told, on: date, words: list[str]):
    reasons = why_no_course(chain(*told), product=Product.KETAMINE_IV, on=on)

    assert len(reasons) == len(words)
    assert all(word in reason for word, reason in zip(words, reasons, strict=True))


def test_the_newest_evaluation_of_a_product_counts():
    told = chain((evaluated(Outcome.DEFER), None), (evaluated(Outcome.ELIGIBLE), None))
    found = latest_evaluation(told, Product.KETAMINE_IV)

    assert found is not None
    assert found.outcome == Outcome.ELIGIBLE


def test_a_product_without_a_consent_text_cannot_be_ordered():
    reasons = why_no_course([], product=Product.KETAMINE_IV, on=TODAY)
    assert len(reasons) == 2
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ajar.pathway.consent.library.ALL_VERSIONS", ())
        reasons = why_no_course([], product=Product.KETAMINE_IV, on=TODAY)
    assert "no text was written" in reasons[1]
