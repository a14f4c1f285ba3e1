"""How the last session was borne and what the scale says, from entries alone."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ajar.pathway.careplan.adjustment import Tolerability
from ajar.pathway.careplan.course import courses_of
from ajar.pathway.careplan.entries import (
    BenefitReviewed,
    CourseOrdered,
    SessionCancelled,
    SessionPlanned,
    WeightBasis,
)
from ajar.pathway.careplan.ordering import doses_before, lines_of
from ajar.pathway.careplan.plan import Given, LineState, PlanLine
from ajar.pathway.careplan.regimens import KETAMINE_IV_INDUCTION, REGIMENS
from ajar.pathway.careplan.response import latest_risk, latest_scores, response_so_far
from ajar.pathway.careplan.review import ReviewDue, review_due, reviews_of
from ajar.pathway.careplan.tolerance import session_borne
from ajar.pathway.dosing.entries import Act, DoseOrdered, DrugGiven, PatientArrived
from ajar.pathway.evaluation.products import Product
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.instruments.outcome import Level
from ajar.pathway.ledger.chain import GENESIS, link_up
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

START = datetime(2026, 3, 9, 14, tzinfo=UTC)
BY = Author(kind=AuthorKind.STAFF, id="1", name="A Nurse, RN")
COURSE = UUID(int=7)


def chain(*told: tuple[float, Payload] | tuple[float, Payload, int]) -> list[Entry]:
    """Facts with their minute, and the number of their session, as one patient's entries."""
    entries: list[Entry] = []
    after = (0, GENESIS)
    for index, fact in enumerate(told):
        at = START + timedelta(minutes=fact[0])
        encounter = UUID(int=fact[2]) if len(fact) > 2 else None
        new = NewEntry(payload=fact[1], happened_at=at, encounter_id=encounter)
        _, entry = link_up(
            new, entry_id=UUID(int=100 + index), patient_id=UUID(int=99), after=after, by=BY, now=at
        )
        after = (entry.position, entry.digest)
        entries.append(entry)
    return entries


GIVEN = DrugGiven(
    act=Act.INFUSION_STARTED,
    product="ketamine_iv",
    amount_mg=None,
    rate_mg_per_h=52.5,
    lot="L1",
    expires_on=None,
)


def pressure(systolic: float, diastolic: float = 80) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=systolic, diastolic_mmhg=diastolic)


def noted(event: str, *, severity: Severity | None = None, serious: bool = False) -> EventNoted:
    return EventNoted(event=event, severity=severity, action="", serious=serious)


def rated(*, distress: bool) -> DissociationRated:
    return DissociationRated(items=(2, 2, 1, 0, 0, 0), distress=distress)


READY = ((-5, pressure(120)), (0, GIVEN))
CALM = (*READY, (20, pressure(140, 90)))
QUIET = "Nothing troublesome is recorded."
UNMEASURED = "Pressure before the dose and after it is not recorded."
SUSTAINED = "Pressure of 180 or 110 mmHg and more for 5 min."


@pytest.mark.parametrize(
    ("told", "tolerability", "words"),
    [
        ((), Tolerability.NOT_KNOWN, "No dose is recorded."),
        (((0, GIVEN), (20, pressure(120))), Tolerability.NOT_KNOWN, UNMEASURED),
        (((-5, pressure(120)), (0, GIVEN)), Tolerability.NOT_KNOWN, UNMEASURED),
        (CALM, Tolerability.GOOD, QUIET),
        ((*CALM, (30, rated(distress=False)), (31, noted("nausea"))), Tolerability.GOOD, QUIET),
        ((*CALM, (30, noted("chest pain"))), Tolerability.SERIOUS, "Serious: chest pain."),
        ((*CALM, (30, noted("a fall", serious=True))), Tolerability.SERIOUS, "Serious: a fall."),
        ((*CALM, (30, SedationRated(moaa_s=1))), Tolerability.SERIOUS, "MOAA/S fell to 1."),
        ((*CALM, (30, pressure(180)), (35, pressure(181))), Tolerability.SERIOUS, SUSTAINED),
        ((*CALM, (30, pressure(150, 110)), (36, pressure(150, 112))), Tolerability.SERIOUS, SUSTAINED),
        (
            (*CALM, (30, pressure(181)), (33, pressure(181))),
            Tolerability.TROUBLED,
            "Pressure rose by 61/10 mmHg.",
        ),
        (
            (*CALM, (30, pressure(181)), (33, pressure(150)), (36, pressure(182))),
            Tolerability.TROUBLED,
            "Pressure rose by 62/10 mmHg.",
        ),
        ((*CALM, (30, pressure(160))), Tolerability.TROUBLED, "Pressure rose by 40/10 mmHg."),
        ((*CALM, (30, pressure(130, 105))), Tolerability.TROUBLED, "Pressure rose by 20/25 mmHg."),
        ((*CALM, (30, noted("vomiting"))), Tolerability.TROUBLED, "vomiting."),
        (
            (*CALM, (30, noted("headache", severity=Severity.SEVERE))),
            Tolerability.TROUBLED,
            "headache, severe.",
        ),
        ((*CALM, (30, noted("panic", severity=Severity.SEVERE))), Tolerability.TROUBLED, "panic."),
        ((*CALM, (30, SedationRated(moaa_s=3))), Tolerability.TROUBLED, "MOAA/S fell to 3."),
        ((*CALM, (30, rated(distress=True))), Tolerability.TROUBLED, "Dissociation with distress."),
        (((0, GIVEN), (30, noted("vomiting"))), Tolerability.TROUBLED, "vomiting."),
        ((*CALM, (30, SedationRated(moaa_s=4)), (40, pressure(159, 104))), Tolerability.GOOD, QUIET),
        ((*READY, (20, pressure(185)), (26, pressure(185))), Tolerability.SERIOUS, SUSTAINED),
        (((-9, pressure(110)), *READY, (20, pressure(155))), Tolerability.GOOD, QUIET),
        ((*READY, (0, pressure(130)), (20, pressure(165))), Tolerability.GOOD, QUIET),
        ((*READY, (0, pressure(180)), (6, pressure(181))), Tolerability.GOOD, QUIET),
    ],
)
def test_how_a_session_was_borne(told, tolerability: Tolerability, words: str):
    found = session_borne(chain(*told))
    assert found.tolerability is tolerability
    assert " ".join(found.because) == words


def phq9(total: int) -> QuestionnaireAnswered:
    items = tuple(min(3, max(0, total - 3 * place)) for place in range(9))
    return answered("phq-9", items)


def answered(instrument: str, items: tuple[int | None, ...]) -> QuestionnaireAnswered:
    return QuestionnaireAnswered(
        instrument=instrument,
        instrument_version="1",
        language="en",
        mode=Mode.SELF_WEB,
        items=items,
        recall="2 weeks",
        occasion="",
    )


A_DAY = 1440
NONE_BEFORE = "No PHQ-9 in the 28 days before the first dose."


@pytest.mark.parametrize(
    ("told", "fall_percent", "worsened", "words"),
    [
        ((), None, None, NONE_BEFORE),
        (((-28 * A_DAY - 1, phq9(20)),), None, None, NONE_BEFORE),
        (((-28 * A_DAY, phq9(20)),), None, None, "No PHQ-9 since the first dose."),
        (((-A_DAY, phq9(20)), (0, phq9(18))), None, None, "No PHQ-9 since the first dose."),
        (((0, phq9(20)), (A_DAY, phq9(10))), 50, False, "PHQ-9 20 before the first dose, 10 now."),
        (
            ((-A_DAY, phq9(20)), (A_DAY, phq9(8)), (8 * A_DAY, phq9(15))),
            25,
            True,
            "PHQ-9 20 before the first dose, 15 now.",
        ),
        (((-A_DAY, phq9(0)), (A_DAY, phq9(5))), None, False, "The PHQ-9 was 0 before the first dose."),
    ],
)
def test_the_response_is_told_on_one_instrument(told, fall_percent, worsened, words: str):
    found = response_so_far(chain(*told), ("phq-9", "madrs"), first_dose_at=START)
    assert (found.instrument, found.because) == ("phq-9", words)
    assert (found.fall_percent, found.worsened) == (fall_percent, worsened)


def test_the_second_instrument_speaks_where_the_first_is_silent():
    told = chain((-A_DAY, answered("gad-7", (2,) * 7)), (A_DAY, answered("gad-7", (1,) * 7)))
    found = response_so_far(told, ("phq-9", "gad-7"), first_dose_at=START)
    assert (found.instrument, found.fall_percent) == ("gad-7", 50)


def test_an_unfinished_form_is_no_score():
    assert latest_scores(chain((0, answered("phq-9", (None,) * 9))), ("phq-9",)) == {}
    assert latest_scores(chain((0, phq9(9)), (5, phq9(11)), (9, phq9(12))), ("phq-9",)) == {"phq-9": 12}


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ((), None),
        (((0, pressure(120)), (1, answered("phq-9", (0,) * 9))), None),
        (((0, answered("c-ssrs", (0, 0, None, None, None, 0, None))),), Level.NONE),
        (((0, answered("c-ssrs", (1, 1, 0, 1, 0, 0, None))),), Level.RED),
        (
            (
                (0, answered("c-ssrs", (0, 0, None, None, None, 0, None))),
                (5, answered("c-ssrs", (1, None, None, None, None, None, None))),
            ),
            None,
        ),
        (
            (
                (0, answered("c-ssrs", (0, 0, None, None, None, 0, None))),
                (0, answered("c-ssrs", (1, 1, 0, 1, 0, 0, None))),
            ),
            Level.RED,
        ),
    ],
)
def test_the_newest_screener_counts_and_one_without_a_colour_is_unknown(told, level):
    found = latest_risk(chain(*told))
    assert (found[0] if found else None) == level


def ordered(**changes) -> CourseOrdered:
    words = {
        "course_id": COURSE,
        "product": "ketamine_iv",
        "regimen": "KETAMINE_IV_INDUCTION",
        "indication": "TRD",
        "sessions": 2,
        "dose_mg": 35.0,
        "dose_mg_per_kg": 0.5,
        "weight_kg": 70.0,
        "weight_basis": WeightBasis.ACTUAL,
        "intention": "",
    } | changes
    return CourseOrdered(**words)


def planned(number: int, product: str = "ketamine_iv", course_id: UUID = COURSE) -> SessionPlanned:
    return SessionPlanned(
        course_id=course_id,
        number=number,
        product=product,
        dose_mg=35,
        starts_at=START + timedelta(days=3 * number),
        site="New York",
        phase="Induction",
    )


ARRIVED = PatientArrived(room_id=UUID(int=5), room_name="Room 1")
ON_THE_DAY = DoseOrdered(
    product="ketamine_iv", amount_mg=28.3, duration_min=40, devices=None, meaning="I order.", because="dizzy"
)


def test_a_dose_that_was_ordered_lower_on_the_day_is_the_one_that_counts():
    told = chain(
        (0, ordered()),
        (0, planned(1), 1),
        (0, planned(2), 2),
        (5, ARRIVED, 1),
        (6, ON_THE_DAY, 1),
        (7, GIVEN, 1),
    )
    course = courses_of(told)[0]
    (before,) = doses_before([course], Product.KETAMINE_IV)
    assert before == Given(at=START + timedelta(days=3), amount_mg=28.3, dose_mg_per_kg=0.404)
    assert lines_of(course) == (
        PlanLine(
            id=UUID(int=1),
            number=1,
            starts_at=START + timedelta(days=3),
            dose_mg=28.3,
            state=LineState.GIVEN,
        ),
        PlanLine(id=UUID(int=2), number=2, starts_at=START + timedelta(days=6), dose_mg=35),
    )
    assert doses_before([course], Product.KETAMINE_IV, but_for=COURSE) == ()
    assert doses_before([course], Product.KETAMINE_IM) == ()


def test_doses_of_several_courses_stand_in_the_order_of_time():
    later, earlier = (
        courses_of(
            chain((0, ordered(course_id=each)), (0, planned(day, course_id=each), day), (5, GIVEN, day))
        )
        for each, day in ((COURSE, 4), (UUID(int=8), 2))
    )
    found = doses_before([*later, *earlier], Product.KETAMINE_IV)
    assert [one.at for one in found] == [START + timedelta(days=6), START + timedelta(days=12)]


def test_a_session_that_was_called_off_is_a_skipped_line():
    told = chain((0, ordered()), (0, planned(1), 1), (5, SessionCancelled(because="ill"), 1))
    assert [line.state for line in lines_of(courses_of(told)[0])] == [LineState.SKIPPED]


def test_a_lozenge_on_site_counts_for_one_at_home():
    lozenge = {"product": "ketamine_sl_clinic", "regimen": "KETAMINE_SL_CLINIC", "dose_mg_per_kg": None}
    told = chain(
        (0, ordered(**lozenge)), (0, planned(1, "ketamine_sl_clinic"), 1), (5, ARRIVED, 1), (6, GIVEN, 1)
    )
    (before,) = doses_before(courses_of(told), Product.KETAMINE_SL_HOME)
    assert before.dose_mg_per_kg is None


def review(after_session: int = 6) -> BenefitReviewed:
    return BenefitReviewed(
        course_id=COURSE,
        after_session=after_session,
        goes_on=True,
        because="better",
        rule_id="IV-18",
        rulebook_version="1",
    )


def test_the_benefit_is_to_be_judged_once_the_series_is_given():
    begun = chain((0, ordered()), (0, planned(1), 1), (0, planned(2), 2), (5, ARRIVED, 1), (6, GIVEN, 1))
    assert review_due(courses_of(begun)[0], KETAMINE_IV_INDUCTION, ()) is None
    given = chain(
        (0, ordered()),
        (0, planned(1), 1),
        (0, planned(2), 2),
        (5, ARRIVED, 1),
        (6, ARRIVED, 2),
        (7, review()),
    )
    course = courses_of(given)[0]
    due = review_due(course, KETAMINE_IV_INDUCTION, ())
    assert due is not None
    assert (due.rule_id, due.after_session) == ("IV-18", 6)
    assert due.source == "clinical.md IV-18, design default; analogue of SPR-T3"
    assert review_due(course, KETAMINE_IV_INDUCTION, reviews_of(given, course)) is None
    assert review_due(course, REGIMENS["SPRAVATO_MAINTENANCE"], ()) is None
    nasal = review_due(course, REGIMENS["SPRAVATO_TRD"], ())
    assert nasal == ReviewDue(
        after_session=8, rule_id="SPR-T3", source="clinical.md SPR-T3 [EPOC]; [HCP-TRD]"
    )
    last_ahead = chain((0, ordered()), (0, planned(5), 1), (0, planned(6), 2), (5, ARRIVED, 1))
    assert review_due(courses_of(last_ahead)[0], KETAMINE_IV_INDUCTION, ()) is None
    ahead = chain((0, ordered()), (0, planned(1), 1))
    assert review_due(courses_of(ahead)[0], KETAMINE_IV_INDUCTION, ()) is None
    for arrived in ((), ((1, ARRIVED, 1),)):
        off = chain((0, ordered()), (0, planned(1), 1), *arrived, (2, SessionCancelled(because="ill"), 1))
        assert review_due(courses_of(off)[0], KETAMINE_IV_INDUCTION, ()) is None
