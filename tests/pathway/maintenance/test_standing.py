"""Where a patient stands: every step from the entries alone, and what to do next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from ajar.pathway.careplan.entries import (
    CourseOrdered,
    CourseStopped,
    SessionCancelled,
    SessionPlanned,
    WeightBasis,
)
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.discharge.entries import LeftAgainstAdvice, Released
from ajar.pathway.evaluation.entries import Answer, EvaluationSigned, HistoryAnswered
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload
from ajar.pathway.maintenance.standing import NEXT, STEP_KINDS, Standing, Step, standing
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import AntidepressantTrialRecorded, TrialOutcome

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
COURSE, OLDER_COURSE = UUID(int=10), UUID(int=11)


def entry(payload: Payload, *, session: int | None = None, supersedes: UUID | None = None) -> Entry:
    """A recorded fact, in session number `session` or in none."""
    return Entry(
        id=uuid4(),
        patient_id=UUID(int=1),
        position=1,
        encounter_id=UUID(int=100 + session) if session else None,
        payload=payload,
        happened_at=NOW,
        recorded_at=NOW,
        recorded_by=Author(kind=AuthorKind.STAFF, id="1", name="Someone, RN"),
        source=Source.KEYBOARD,
        source_ref="",
        supersedes=supersedes,
        reason="typed wrongly" if supersedes else "",
        previous_digest="",
        digest="",
    )


def evaluated(outcome: Outcome = Outcome.ELIGIBLE) -> Entry:
    return entry(
        EvaluationSigned(
            outcome=outcome,
            indication="trd",
            product="ketamine_iv",
            jurisdiction="US",
            rulebook_version="1",
            findings=(),
            summary="",
            meaning="Judged.",
        )
    )


def signed(signatory: Signatory) -> Entry:
    return entry(
        ConsentSigned(
            document="ketamine-iv",
            document_version="1",
            document_digest="abc",
            language="en",
            signatory=signatory,
            printed_name="Someone",
            meaning="I agree.",
            elements=(),
            valid_until=date(2027, 1, 1),
        )
    )


def ordered(course_id: UUID = COURSE, *, sessions: int = 2) -> Entry:
    return entry(
        CourseOrdered(
            course_id=course_id,
            product="ketamine_iv",
            regimen="KETAMINE_IV_INDUCTION",
            indication="trd",
            sessions=sessions,
            dose_mg=35,
            dose_mg_per_kg=0.5,
            weight_kg=70,
            weight_basis=WeightBasis.ACTUAL,
            intention="",
        )
    )


def planned(number: int, course_id: UUID = COURSE) -> Entry:
    plan = SessionPlanned(
        course_id=course_id,
        number=number,
        product="ketamine_iv",
        dose_mg=35,
        starts_at=NOW,
        site="New York",
        phase="induction",
    )
    return entry(plan, session=number)


def released(number: int) -> Entry:
    done = Released(
        handed_to="Sam",
        handed_to_relation="brother",
        instructions_language="en",
        instructions_given_to=("patient",),
        ready_without_rule_min=None,
    )
    return entry(done, session=number)


def walked_out(number: int) -> Entry:
    left = LeftAgainstAdvice(unmet=("minimum stay",), because="wanted to go", advised="to stay")
    return entry(left, session=number)


def called_off(number: int) -> Entry:
    return entry(SessionCancelled(because="a cold"), session=number)


ASKED = entry(HistoryAnswered(question="aneurysm", answer=Answer.NO))
TRIED = entry(
    AntidepressantTrialRecorded(
        drug="sertraline",
        max_dose_text="200 mg",
        weeks=8,
        adequate_dose=True,
        this_episode=True,
        outcome=TrialOutcome.UNDER_25,
        stopped_for_intolerance=False,
    )
)
WEIGHED = entry(VitalsMeasured(weight_kg=70))
BY_PATIENT, BY_PRESCRIBER = signed(Signatory.PATIENT), signed(Signatory.PRESCRIBER)
BY_PATIENT_AGAIN, BY_PRESCRIBER_AGAIN = signed(Signatory.PATIENT), signed(Signatory.PRESCRIBER)
WITHDRAWN = entry(ConsentWithdrawn(document="ketamine-iv", withdrawn_by="the patient"))
READY = (evaluated(), BY_PATIENT, BY_PRESCRIBER)
BEGUN = (*READY, ordered(), planned(1), planned(2))
STOPPED = entry(CourseStopped(course_id=COURSE, because="no effect"))
OLDER = (*READY, ordered(OLDER_COURSE), planned(8, OLDER_COURSE), planned(9, OLDER_COURSE))
OLDER_STOPPED = entry(CourseStopped(course_id=OLDER_COURSE, because="moved away"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((), "screened"),
        ((WEIGHED,), "screened"),
        ((ASKED,), "in evaluation"),
        ((TRIED,), "in evaluation"),
        ((ASKED, evaluated(Outcome.NEEDS_INFORMATION)), "not eligible now"),
        ((ASKED, evaluated(Outcome.DEFER)), "not eligible now"),
        ((ASKED, evaluated(Outcome.CONTRAINDICATED)), "not eligible now"),
        ((evaluated(Outcome.CONTRAINDICATED), evaluated()), "consent open"),
        ((*READY, evaluated(Outcome.DEFER)), "not eligible now"),
        ((evaluated(Outcome.ELIGIBLE_WITH_CAUTION),), "consent open"),
        ((evaluated(), BY_PATIENT), "consent open"),
        ((evaluated(), BY_PRESCRIBER), "consent open"),
        (READY, "plan open"),
        ((*READY, WITHDRAWN), "consent open"),
        ((*READY, WITHDRAWN, BY_PATIENT_AGAIN), "consent open"),
        ((*READY, WITHDRAWN, BY_PATIENT_AGAIN, BY_PRESCRIBER_AGAIN), "plan open"),
        (BEGUN, "in course, 0 of 2"),
        ((*BEGUN, released(1)), "in course, 1 of 2"),
        ((*BEGUN, walked_out(1)), "in course, 1 of 2"),
        ((*BEGUN, released(1), WITHDRAWN), "consent open, 1 of 2"),
        ((*BEGUN, called_off(1)), "in course, 0 of 2"),
        ((*BEGUN, released(1), called_off(2)), "course done, 1 of 2"),
        ((*BEGUN, released(1), walked_out(2)), "course done, 2 of 2"),
        ((*BEGUN, released(1), released(2), WITHDRAWN), "course done, 2 of 2"),
        ((*BEGUN, released(1), called_off(2), STOPPED), "course stopped, 1 of 2"),
        ((*OLDER, released(8), released(9), ordered(), planned(1), planned(2)), "in course, 0 of 2"),
        ((*OLDER, OLDER_STOPPED, ordered(), planned(1), planned(2), released(1)), "in course, 1 of 2"),
    ],
)
def test_the_step_is_read_from_the_entries(told: Sequence[Entry], words: str):
    assert standing(told).words == words


def test_what_was_entered_in_error_takes_no_step():
    first = evaluated()
    taken_back = entry(EnteredInError(), supersedes=first.id)
    assert standing([ASKED, first, taken_back]).step is Step.EVALUATING


def test_a_corrected_outcome_counts_as_corrected():
    first = evaluated(Outcome.ELIGIBLE)
    corrected = entry(evaluated(Outcome.DEFER).payload, supersedes=first.id)
    assert standing([first, corrected]).step is Step.NOT_ELIGIBLE


@pytest.mark.parametrize("step", Step)
def test_every_step_says_what_comes_next(step):
    assert Standing(step=step).next_step == NEXT[step]
    assert NEXT[step].endswith(".")


def test_the_kinds_named_are_all_that_is_read():
    told = [WEIGHED, *BEGUN, WEIGHED, released(1), called_off(2), STOPPED, WITHDRAWN]
    for length in range(len(told) + 1):
        read = [one for one in told[:length] if one.payload.KIND in STEP_KINDS]
        assert standing(read) == standing(told[:length])
