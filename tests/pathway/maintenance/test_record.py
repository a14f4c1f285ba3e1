"""What a chart says about maintenance: which course counts, its doses, consent and evaluation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest

from ajar.pathway.careplan.entries import CourseOrdered, CourseStopped, SessionPlanned, WeightBasis
from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.entries import Act, DrugGiven
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.followup.scores import course_of
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.maintenance.booster import MaintenanceState
from ajar.pathway.maintenance.entries import IntervalSet, MaintenanceStopped, StopReason
from ajar.pathway.maintenance.record import MaintenanceRecord, record_of

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ALMA = UUID(int=7)


class Chart:
    """Entries in chain order, each a day after the one before unless it says when."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, payload: Payload, *, day: float, encounter: UUID | None = None) -> "Chart":
        moment = START + timedelta(days=day)
        position = len(self.entries) + 1
        author = Author(kind=AuthorKind.STAFF, id="p", name="Prescriber")
        self.entries.append(
            Entry(
                id=uuid5(ALMA, str(position)),
                patient_id=ALMA,
                position=position,
                encounter_id=encounter,
                payload=payload,
                happened_at=moment,
                recorded_at=moment,
                recorded_by=author,
                source=Source.KEYBOARD,
                source_ref="",
                supersedes=None,
                reason="",
                previous_digest="",
                digest="",
            )
        )
        return self

    def course(
        self, number: int, days: list[float], *, product: str = "ketamine_iv", sessions: int
    ) -> "Chart":
        course_id = UUID(int=number)
        order = CourseOrdered(
            course_id=course_id,
            product=product,
            regimen="any",
            indication="trd",
            sessions=sessions,
            dose_mg=35,
            dose_mg_per_kg=0.5,
            weight_kg=70,
            weight_basis=WeightBasis.ACTUAL,
            intention="",
        )
        self.add(order, day=days[0] - 1 if days else 0)
        for place, day in enumerate(days, start=1):
            self.session(course_id, place, day, product)
        return self

    def session(self, course_id: UUID, place: int, day: float, product: str) -> None:
        encounter = uuid5(course_id, str(place))
        plan = SessionPlanned(
            course_id=course_id,
            number=place,
            product=product,
            dose_mg=35,
            starts_at=START + timedelta(days=day),
            site="New York",
            phase="induction",
        )
        act = DrugGiven(
            act=Act.INFUSION_STARTED,
            product=product,
            amount_mg=None,
            rate_mg_per_h=52.5,
            lot="K1",
            expires_on=None,
        )
        self.add(plan, day=day, encounter=encounter)
        self.add(act, day=day, encounter=encounter)
        self.add(replace(act, act=Act.RESUMED), day=day + 0.01, encounter=encounter)

    def consent(self, *, day: float, signatory: Signatory) -> "Chart":
        document = document_for("ketamine_iv")
        signed = ConsentSigned(
            document=document.id,
            document_version=document.version,
            document_digest=document.digest("en"),
            language="en",
            signatory=signatory,
            printed_name="Someone",
            meaning="I agree.",
            elements=ELEMENT_IDS,
            valid_until=date(2027, 3, 1),
        )
        return self.add(signed, day=day)


def evaluated(product: str = "ketamine_iv") -> EvaluationSigned:
    return EvaluationSigned(
        outcome="eligible",
        indication="trd",
        product=product,
        jurisdiction="US",
        rulebook_version="1",
        findings=(),
        summary="",
        meaning="Suitable.",
    )


SIX = [0, 3, 7, 10, 14, 17]


def test_before_a_course_is_ordered_there_is_nothing_to_say():
    assert record_of([]) is None


def test_doses_are_counted_once_a_session_from_their_first_drug():
    record = record_of(Chart().course(1, SIX, sessions=6).entries)
    assert record is not None
    assert record.doses == tuple(START + timedelta(days=day) for day in SIX)
    assert (record.product, record.sessions_planned, record.course_stopped) == ("ketamine_iv", 6, False)


def test_a_booster_ordered_later_goes_on_with_the_course_it_follows():
    record = record_of(Chart().course(1, SIX, sessions=6).course(2, [24], sessions=1).entries)
    assert record is not None
    assert (record.sessions_planned, len(record.doses)) == (6, 7)


def test_a_second_whole_course_counts_anew():
    record = record_of(Chart().course(1, SIX, sessions=6).course(2, [200, 203], sessions=6).entries)
    assert record is not None
    assert (record.sessions_planned, len(record.doses)) == (6, 2)


def test_a_course_of_another_product_does_not_count():
    chart = Chart().course(1, SIX, sessions=6).course(2, [200], sessions=8, product="esketamine_in")
    record = record_of(chart.entries)
    assert record is not None
    assert (record.product, len(record.doses)) == ("esketamine_in", 1)


def test_where_every_course_was_short_all_of_them_count():
    record = record_of(Chart().course(1, [0], sessions=2).course(2, [30], sessions=1).entries)
    assert record is not None
    assert (record.sessions_planned, len(record.doses)) == (2, 2)


def test_a_product_without_rules_or_consent_text_is_still_a_record():
    record = record_of(Chart().course(1, [0], sessions=1, product="ketamine_pr").entries)
    assert record is not None
    assert (record.product, record.consent_until) == ("ketamine_pr", None)
    two = Chart().course(1, [0, 3], sessions=2, product="ketamine_pr")
    record = record_of(two.course(2, [9], sessions=1, product="ketamine_pr").entries)
    assert record is not None
    assert record.sessions_planned == 1  # where nobody says what a whole induction is, each order is one


def test_a_stopped_course_says_so():
    stop = CourseStopped(course_id=UUID(int=1), because="moved away")
    record = record_of(Chart().course(1, [0], sessions=6).add(stop, day=2).entries)
    assert record is not None
    assert record.course_stopped


@pytest.mark.parametrize(
    ("signed", "withdrawn", "expected"),
    [
        ([Signatory.PATIENT, Signatory.PRESCRIBER], False, date(2027, 3, 1)),
        ([Signatory.PATIENT], False, None),
        ([Signatory.PATIENT, Signatory.PRESCRIBER], True, None),
        ([], False, None),
    ],
)
def test_consent_stands_only_where_both_signed_and_nobody_took_it_back(signed, withdrawn, expected):
    chart = Chart().course(1, SIX, sessions=6)
    for signatory in signed:
        chart.consent(day=-2, signatory=signatory)
    if withdrawn:
        document = document_for("ketamine_iv").id
        chart.add(ConsentWithdrawn(document=document, withdrawn_by="Alma Quist"), day=18)
    record = record_of(chart.entries)
    assert record is not None
    assert record.consent_until == expected


def test_the_last_evaluation_counts_on_the_patients_own_day():
    chart = Chart().add(evaluated(), day=-30).add(evaluated(), day=-10).course(1, SIX, sessions=6)
    record = record_of(chart.entries)
    assert record is not None
    state = record.state(course_of(PHQ9, [], record.doses, zone=UTC), UTC)
    assert state.last_evaluation_on == (START - timedelta(days=10)).date()
    assert state.doses == record.doses


def test_the_state_holds_every_fact_on_the_patients_own_days():
    """Half a day after START it is late in the evening in New York, and in UTC the next day."""
    new_york = ZoneInfo("America/New_York")
    record = MaintenanceRecord(
        product="ketamine_iv",
        sessions_planned=3,
        doses=(START, START + timedelta(days=3)),
        course_stopped=True,
        consent_until=date(2027, 3, 1),
        evaluated_at=START - timedelta(days=9.5),
        interval_days=10,
        interval_set_at=START + timedelta(days=4.5),
        stopped_because="Urinary symptoms",
    )
    scores = course_of(PHQ9, [], record.doses, zone=new_york)
    assert record.state(scores, new_york) == MaintenanceState(
        doses=record.doses,
        sessions_planned=3,
        course_stopped=True,
        scores=scores,
        valid_consent_until=date(2027, 3, 1),
        last_evaluation_on=date(2026, 2, 20),
        zone=new_york,
        interval_days=10,
        interval_set_on=date(2026, 3, 6),
        stopped_because="Urinary symptoms",
    )


def test_what_is_said_with_the_order_counts_for_it():
    order_at = SIX[0] - 1
    said = IntervalSet(product="ketamine_iv", interval_days=14, because="holds", rulebook_version="1")
    ended = MaintenanceStopped(product="ketamine_iv", reason=StopReason.BLADDER, words=" ")
    chart = Chart().course(1, SIX, sessions=6).add(said, day=order_at).add(ended, day=order_at)
    record = record_of(chart.entries)
    assert record is not None
    assert (record.interval_days, record.stopped_because) == (14, "Urinary symptoms")


def test_without_an_evaluation_the_state_says_none():
    record = record_of(Chart().course(1, SIX, sessions=6).entries)
    assert record is not None
    assert record.state(course_of(PHQ9, [], record.doses, zone=UTC), UTC).last_evaluation_on is None
