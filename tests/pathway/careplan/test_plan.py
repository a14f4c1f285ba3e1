"""No plan exceeds a guard rail, whatever is edited in whatever order; a second, plain judge says so."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ajar.pathway.careplan.guard import DoseBefore, Liver, PlannedDose, is_first
from ajar.pathway.careplan.plan import (
    AddSession,
    ChangeDose,
    CoursePlan,
    Edit,
    EditRefused,
    Given,
    LineState,
    Move,
    PlanLine,
    Receiver,
    Resume,
    Skip,
    edited,
    largest_allowed_mg,
    plan_faults,
    plan_guards,
    planned_doses,
)
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product
from tests.pathway.careplan.test_rails import planned

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 3, 9, 14, tzinfo=UTC)
DAY = timedelta(days=1)
WEIGHT_KG = 70.0
AT_HOME = Product.KETAMINE_SL_HOME
BY_WEIGHT = (Product.KETAMINE_IV, Product.KETAMINE_IM, Product.KETAMINE_SC)
ON_SITE = Given(at=START - timedelta(days=7), amount_mg=200)


def line(number: int, day: float, dose_mg: float, state: LineState = LineState.OPEN) -> PlanLine:
    at = START + timedelta(days=day)
    return PlanLine(id=UUID(int=number), number=number, starts_at=at, dose_mg=dose_mg, state=state)


def course(regimen_id: str, doses_mg: list[float], *, days: list[float] | None = None, **to) -> CoursePlan:
    regimen = REGIMENS[regimen_id]
    words = {"jurisdiction": Jurisdiction.US, "age_years": 40, "indication": regimen.indication} | to
    if regimen.product in BY_WEIGHT:
        words["dose_weight_kg"] = WEIGHT_KG
    lines = [
        line(n, day, mg)
        for n, (day, mg) in enumerate(zip(days or range(0, 99, 7), doses_mg, strict=False), 1)
    ]
    return CoursePlan(
        regimen=regimen,
        receiver=Receiver(**words),
        zone=ZONE,
        lines=tuple(lines),
        before=(ON_SITE,) if regimen.product is AT_HOME or regimen.follows_a_response else (),
    )


OPENINGS = {
    "SPRAVATO_TRD": [56, 84, 84, 56, 84],
    "SPRAVATO_MDSI": [84, 84, 56, 84],
    "KETAMINE_IV_THRICE": [35, 35, 42, 49],
    "KETAMINE_IM_SERIES": [35, 52.5, 70, 87.5],
    "KETAMINE_SC_WEEKLY": [17.5, 35, 70, 70],
    "KETAMINE_SL_CLINIC": [100, 200, 300, 400],
    "KETAMINE_SL_HOME": [200, 150, 150],
    "KETAMINE_PO_WEEKLY": [100, 150, 200, 250],
}


def most_mg(product: Product, last: float | None, crisis: bool) -> float:
    """The most that may be given after the last dose, as clinical.md states it."""
    if last is None:
        first = {Product.ESKETAMINE_IN: 84 if crisis else 56, Product.KETAMINE_SC: 17.5, AT_HOME: 0}
        by_weight = 35 if product in BY_WEIGHT else 100
        return first.get(product, by_weight)
    if product is Product.KETAMINE_SC:
        return next((rung * WEIGHT_KG for rung in (0.25, 0.5, 1.0) if rung * WEIGHT_KG > last + 0.7), 70)
    after = {
        Product.ESKETAMINE_IN: 84,
        Product.KETAMINE_IV: min(70, last + 17.5),
        Product.KETAMINE_IM: min(105, last + 17.5),
        Product.KETAMINE_SL_CLINIC: min(400, last + 100),
        AT_HOME: min(400, last),
        Product.KETAMINE_PO: min(300, last + 50),
    }
    return after[product]


LEAST_MG = {Product.ESKETAMINE_IN: 56, Product.KETAMINE_PO: 25, Product.KETAMINE_SL_CLINIC: 50, AT_HOME: 50}


def judged_plainly(plan: CoursePlan) -> None:
    """The rails as clinical.md states them, line by line, without the program's own tables."""
    product, standing = (
        plan.regimen.product,
        [one for one in plan.lines if one.state is not LineState.SKIPPED],
    )
    last, rose_at = (plan.before[-1].amount_mg, plan.before[-1].at) if plan.before else (None, START)
    crisis = plan.receiver.indication is Indication.MDSI
    for one in sorted(standing, key=lambda one: one.starts_at):
        assert LEAST_MG.get(product, 0.1) <= one.dose_mg <= most_mg(product, last, crisis) + 0.05
        if product is Product.ESKETAMINE_IN:
            assert one.dose_mg in (56, 84)
        if last is None or one.dose_mg > last:
            climbed_early = last is not None and one.starts_at - rose_at < timedelta(days=7)
            assert not (product is Product.KETAMINE_SC and climbed_early)
            rose_at = one.starts_at
        last = one.dose_mg
    times = sorted(one.starts_at for one in standing)
    assert all(later - earlier >= timedelta(hours=48) for earlier, later in pairwise(times))
    weeks = Counter(at.astimezone(ZONE).isocalendar()[:2] for at in times)
    assert max(weeks.values(), default=0) <= plan.regimen.busiest_week


def edits_of(plan: CoursePlan) -> st.SearchStrategy[Edit]:
    ids = st.integers(1, 7).map(lambda number: UUID(int=number))
    times = st.integers(0, 70).map(lambda day: START + timedelta(days=day))
    doses = st.sampled_from(
        [17.5, 25, 28, 35, 42, 50, 52.5, 56, 70, 84, 87.5, 100, 105, 150, 200, 300, 400, 450]
    )
    fresh = st.integers(8, 40).map(lambda number: UUID(int=number))
    return st.one_of(
        st.builds(Move, line_id=ids, starts_at=times),
        st.builds(ChangeDose, line_id=ids, dose_mg=doses),
        st.builds(AddSession, line_id=fresh, starts_at=times, dose_mg=doses),
        st.builds(Skip, line_id=ids),
        st.builds(Resume, line_id=ids, starts_at=times),
    )


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize("regimen_id", OPENINGS)
@settings(max_examples=40)
@given(data=st.data())
def test_no_plan_exceeds_a_guard_rail_under_any_edit_order(regimen_id: str, data: st.DataObject):
    plan = course(regimen_id, OPENINGS[regimen_id])
    assert plan_faults(plan) == ()
    judged_plainly(plan)
    for edit in data.draw(st.lists(edits_of(plan), max_size=8)):
        if isinstance(edit, AddSession) and any(one.id == edit.line_id for one in plan.lines):
            continue
        try:
            plan = edited(plan, edit)
        except EditRefused as refused:
            assert all(refused.reasons)  # noqa: PT017  # a refusal says why, and the plan stands as it was
        judged_plainly(plan)


@pytest.mark.hazard("HAZ-03")
@given(data=st.data(), regimen_id=st.sampled_from(sorted(OPENINGS)))
def test_calling_a_session_off_is_never_refused_and_raises_no_dose(data: st.DataObject, regimen_id: str):
    plan = course(regimen_id, OPENINGS[regimen_id])
    for number in data.draw(st.permutations(range(1, len(plan.lines) + 1))):
        after = edited(plan, Skip(line_id=UUID(int=number)))
        pairs = zip(plan.lines, after.lines, strict=True)
        assert all(now.dose_mg <= then.dose_mg for then, now in pairs)
        plan = after


@pytest.mark.hazard("HAZ-03")
def test_who_missed_the_first_session_still_has_a_first_dose_to_come():
    plan = edited(course("SPRAVATO_TRD", [56, 84, 84]), Skip(line_id=UUID(int=1)))
    assert [one.dose_mg for one in plan.standing] == [56, 84]


def test_a_rung_of_the_ladder_that_was_skipped_is_not_jumped():
    plan = edited(course("KETAMINE_SC_WEEKLY", [17.5, 35, 70]), Skip(line_id=UUID(int=2)))
    assert [one.dose_mg for one in plan.standing] == [17.5, 35]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (ChangeDose(line_id=UUID(int=1), dose_mg=84), "SPR-T1"),
        (ChangeDose(line_id=UUID(int=2), dose_mg=112), "SPR-T6"),
        (ChangeDose(line_id=UUID(int=9), dose_mg=56), "No session of this plan that is open"),
        (Resume(line_id=UUID(int=1), starts_at=START), "No session of this plan that is skipped"),
        (Move(line_id=UUID(int=2), starts_at=START + timedelta(hours=24)), "at least 48 h apart"),
        (AddSession(line_id=UUID(int=9), starts_at=START + timedelta(days=1), dose_mg=56), "48 h"),
    ],
)
def test_an_edit_that_breaks_a_rail_is_refused_with_its_rule(edit: Edit, words: str):
    with pytest.raises(EditRefused, match=words):
        edited(course("SPRAVATO_TRD", [56, 84, 84]), edit)


def test_a_regimen_ends_where_it_ends():
    plan = course("SPRAVATO_MDSI", [84] * 8)
    with pytest.raises(EditRefused, match="8 sessions at most"):
        edited(plan, AddSession(line_id=UUID(int=9), starts_at=START + timedelta(days=70), dose_mg=84))


def test_a_long_pause_makes_the_next_dose_a_first_one():
    plan = replace(course("SPRAVATO_TRD", [84]), before=(Given(at=START - timedelta(days=30), amount_mg=84),))
    assert plan_faults(plan) == ()
    again = replace(plan, before=(Given(at=START - timedelta(days=300), amount_mg=84),))
    assert "SPR-T1" in plan_faults(again)[0]


def test_doses_of_an_earlier_course_count_for_the_week():
    plan = replace(
        course("SPRAVATO_TRD", [56]), before=(Given(at=START - timedelta(hours=24), amount_mg=56),)
    )
    assert "at least 48 h apart" in plan_faults(plan)[0]


def test_soft_rails_are_told_once_and_after_the_hard_ones():
    plan = course("KETAMINE_IV_THRICE", [35, 49, 56, 90])
    found = plan_guards(plan)
    assert [guard.rule_id for guard in found] == ["IV-07"] * 3
    assert found[0].strength == "hard_stop"
    assert any(guard.second_signature for guard in found)


def test_sessions_that_were_given_are_facts_and_not_judged_again():
    plan = course("SPRAVATO_TRD", [84])
    given = replace(plan, lines=(replace(plan.lines[0], state=LineState.GIVEN),))
    assert plan_faults(given) == ()
    assert plan_guards(given) == ()


def moved_in_place(plan: CoursePlan) -> Move:
    """An edit that changes nothing, so that only the rails do."""
    return Move(line_id=plan.lines[0].id, starts_at=plan.lines[0].starts_at)


SIX_TENTHS = DosePolicy(iv=replace(DEFAULT_DOSE_POLICY.iv, at_most_mg_per_kg=0.6))
AGAIN_FIRST = DosePolicy(first_again_after_days=20)
A_MONTH_AGO = (Given(at=START - timedelta(days=30), amount_mg=84),)


def test_a_clinic_that_draws_a_rail_tighter_is_heard_in_every_edit():
    plan = course("KETAMINE_IV_INDUCTION", [35, 49])
    assert [one.dose_mg for one in edited(plan, moved_in_place(plan), SIX_TENTHS).lines] == [35, 42]
    assert plan_faults(plan) == ()
    assert "Session 2: An infusion is at most 0.6 mg/kg" in plan_faults(plan, SIX_TENTHS)[0]
    assert edited(plan, ChangeDose(line_id=UUID(int=2), dose_mg=52.5)).lines[1].dose_mg == 52.5
    with pytest.raises(EditRefused, match=r"at most 0\.6 mg/kg"):
        edited(plan, ChangeDose(line_id=UUID(int=2), dose_mg=49), SIX_TENTHS)


def test_a_clinic_says_after_how_long_the_first_dose_comes_again():
    plan = replace(course("SPRAVATO_TRD", [84]), before=A_MONTH_AGO)
    assert plan_faults(plan) == ()
    assert "SPR-T1" in plan_faults(plan, AGAIN_FIRST)[0]
    assert [one.dose_mg for one in edited(plan, moved_in_place(plan), AGAIN_FIRST).lines] == [56]


def test_a_pause_of_exactly_that_long_is_not_a_new_beginning():
    half_a_year = START - timedelta(days=180)
    plan = replace(course("SPRAVATO_TRD", [84]), before=(Given(at=half_a_year, amount_mg=84),))
    assert plan_faults(plan) == ()
    longer = replace(plan, before=(Given(at=half_a_year - timedelta(minutes=1), amount_mg=84),))
    assert "SPR-T1" in plan_faults(longer)[0]


def test_each_dose_stands_beside_the_one_before_it_in_time():
    earlier = (
        Given(at=START - timedelta(days=3), amount_mg=49),
        Given(at=START - timedelta(days=10), amount_mg=31.5, dose_mg_per_kg=0.44),
    )
    plan = replace(course("KETAMINE_IV_INDUCTION", [49, 35.3]), before=earlier, duration_min=40)
    assert [(dose.number, dose.dose_mg_per_kg, dose.before) for _, dose in planned_doses(plan)] == [
        (3, 0.7, DoseBefore(amount_mg=49, dose_mg_per_kg=0.7, days_since_rise=3)),
        (4, 0.504, DoseBefore(amount_mg=49, dose_mg_per_kg=0.7, days_since_rise=10)),
    ]
    once = replace(plan, before=earlier[1:])
    first = next(dose for _, dose in planned_doses(once))
    assert first.before == DoseBefore(amount_mg=31.5, dose_mg_per_kg=0.44, days_since_rise=10)


def test_a_session_whose_earlier_ones_the_plan_does_not_hold_is_no_first_one():
    plan = course("SPRAVATO_TRD", [56, 84, 84, 84])
    half = replace(plan, lines=plan.lines[2:])
    assert [is_first(dose) for _, dose in planned_doses(plan)] == [True, False, False, False]
    assert [is_first(dose) for _, dose in planned_doses(half)] == [False, False]


OLDER_EU = {"jurisdiction": Jurisdiction.EU, "age_years": 65}
ASKED = DosePolicy(populations=Populations(ancestry_eu_start_28_mg=True))


@pytest.mark.parametrize(
    ("plan", "policy", "rule_ids"),
    [
        (course("SPRAVATO_TRD", [56], **OLDER_EU), DEFAULT_DOSE_POLICY, {"POP-4"}),
        (course("SPRAVATO_TRD", [56], jurisdiction=Jurisdiction.EU), ASKED, {"POP-6"}),
        (
            course("SPRAVATO_TRD", [56], jurisdiction=Jurisdiction.EU, lower_start_ancestry=False),
            ASKED,
            set(),
        ),
        (replace(course("KETAMINE_IV_THRICE", [35]), duration_min=101), DEFAULT_DOSE_POLICY, {"IV-04"}),
    ],
)
def test_a_plan_is_judged_by_who_receives_it_and_how(
    plan: CoursePlan, policy: DosePolicy, rule_ids: set[str]
):
    assert {guard.rule_id for guard in plan_guards(plan, policy)} == rule_ids


def test_a_week_is_that_of_the_clinics_own_calendar():
    sunday_night = (datetime(2026, 3, 15, 21, tzinfo=ZONE) - START) / timedelta(days=1)
    plan = course("SPRAVATO_TRD", [56, 84, 84], days=[0, 3, sunday_night])
    words = "at most 2 a calendar week; this week has 2 already."
    assert plan_faults(plan) == tuple(f"Session {number}: {words}" for number in (1, 2, 3))


def test_a_session_that_was_called_off_comes_back_where_it_is_asked_for():
    plan = edited(course("SPRAVATO_TRD", [56, 84, 84]), Skip(line_id=UUID(int=3)))
    at = START + timedelta(days=21)
    back = edited(plan, Resume(line_id=UUID(int=3), starts_at=at))
    assert back.lines == (*plan.lines[:2], line(3, 21, 84))


def test_a_session_that_is_moved_to_the_front_is_the_first_and_takes_its_dose():
    plan = edited(course("SPRAVATO_TRD", [56, 84]), Move(line_id=UUID(int=2), starts_at=START - 7 * DAY))
    assert [(one.number, one.dose_mg) for one in plan.standing] == [(2, 56), (1, 56)]


def test_sessions_are_added_up_to_the_last_that_the_regimen_knows():
    def added(doses_mg: list[float], dose_mg: float) -> PlanLine:
        edit = AddSession(line_id=UUID(int=9), starts_at=START + 70 * DAY, dose_mg=dose_mg)
        return edited(course("SPRAVATO_MDSI", doses_mg), edit).lines[-1]

    assert [added([84] * 7, 84).number, added([], 84).number] == [8, 1]


HALF_FIRST = DosePolicy(lozenge=replace(DEFAULT_DOSE_POLICY.lozenge, first_at_most_mg=50))


@pytest.mark.parametrize(
    ("dose", "policy", "most_mg"),
    [
        (planned(Product.KETAMINE_IV, 0.5), DEFAULT_DOSE_POLICY, 35),
        (planned(Product.KETAMINE_IV, 0.8, after=0.5), DEFAULT_DOSE_POLICY, 52.5),
        (planned(Product.KETAMINE_IV, 1.2, after=0.9), DEFAULT_DOSE_POLICY, 70),
        (planned(Product.KETAMINE_IV, 0.8, after=0.55), SIX_TENTHS, 42),
        (planned(Product.KETAMINE_SL_CLINIC, 250, after=100), DEFAULT_DOSE_POLICY, 200),
        (planned(Product.KETAMINE_SL_CLINIC, 100), HALF_FIRST, 50),
        (planned(Product.KETAMINE_PO, 100, after=25), DEFAULT_DOSE_POLICY, 75),
        (planned(Product.ESKETAMINE_IN, 84), DEFAULT_DOSE_POLICY, 56),
    ],
)
def test_the_largest_allowed_dose_is_found(dose: PlannedDose, policy: DosePolicy, most_mg: float):
    weight_kg = WEIGHT_KG if dose.product in BY_WEIGHT else None
    assert largest_allowed_mg(dose, weight_kg, policy) == most_mg


def test_without_a_weight_nothing_per_kilogram_is_allowed():
    assert largest_allowed_mg(planned(Product.KETAMINE_IV, 0.6), None) is None


def test_a_refusal_says_its_reasons_one_after_the_other():
    with pytest.raises(EditRefused, match=r"^One\. Two\.$") as refused:
        raise EditRefused("One.", "Two.")
    assert refused.value.reasons == ("One.", "Two.")


def test_where_nothing_is_allowed_a_skip_leaves_the_fault_for_the_order_to_refuse():
    plan = course("SPRAVATO_TRD", [56, 84], liver=Liver.SEVERE)
    after = edited(plan, Skip(line_id=UUID(int=1)))
    assert "POP-8" in plan_faults(after)[0]
    dose = next(dose for _, dose in planned_doses(after))
    assert largest_allowed_mg(dose, None) is None


@given(st.floats(0.3, 3.0), st.sampled_from(BY_WEIGHT))
def test_the_largest_allowed_dose_is_allowed_and_no_larger_than_asked(per_kg: float, product: Product):
    asked_mg = round(per_kg * WEIGHT_KG, 1)
    dose = PlannedDose(
        product=product,
        number=1,
        amount_mg=asked_mg,
        dose_mg_per_kg=round(asked_mg / WEIGHT_KG, 3),
        jurisdiction=Jurisdiction.US,
        age_years=40,
    )
    found = largest_allowed_mg(dose, WEIGHT_KG)
    assume(found is not None)
    assert found is not None
    assert found <= asked_mg
    assert found / WEIGHT_KG <= 0.501
