"""What is due when, by product (clinical.md 4.1)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.session import DrugAct, Session, fold
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.monitoring.cadence import Cadence, Check, FixedCheck, Interval
from ajar.pathway.monitoring.due import Due, ahead, all_due, every_of, last_times, next_due
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.latest import fold as fold_vitals
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs, needs_of
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES, STAFF_AND_EQUIPMENT, cadence_of
from ajar.pathway.observations.vitals import SedationRated, VitalsMeasured
from tests.pathway.dosing.history import ENCOUNTER, ORDERED, PLANNED, START, chain, entry, given

ALL = dict.fromkeys(Check, START)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def session(stage: Stage, *, dosed: bool = False) -> Session:
    """Arrived at minute 0; first dose, where there is one, at minute 20."""
    planned = fold(chain((PLANNED, 0)))
    assert planned is not None
    act = DrugAct(at=at(20), entry_id=ENCOUNTER, given=given(Act.INFUSION_STARTED, rate_mg_per_h=50.0))
    arrived_at = None if stage is Stage.PLANNED else START
    return replace(planned, stage=stage, arrived_at=arrived_at, acts=(act,) if dosed else ())


def due_of(
    product: str, stage: Stage, last: dict[Check, datetime], *, check: Check = Check.VITALS, now: float = 30
) -> datetime | None:
    dosed = stage not in (Stage.PLANNED, Stage.ARRIVED, Stage.READY)
    dues = all_due(session(stage, dosed=dosed), last, cadence_of(product), now=at(now))
    return next((due.at for due in dues if due.check is check), None)


@pytest.mark.parametrize("product", Product)
def test_before_the_dose_a_baseline_is_due_once(product: str) -> None:
    assert due_of(product, Stage.ARRIVED, {}) == at(15)
    assert due_of(product, Stage.READY, {Check.VITALS: at(-30)}) == at(15)
    assert due_of(product, Stage.READY, ALL) is None


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.DISCHARGED, Stage.CANCELLED])
def test_nothing_is_due_where_nobody_is_in_the_room(stage: Stage) -> None:
    assert next_due(session(stage), {}, cadence_of("ketamine_iv"), now=START) is None


@pytest.mark.parametrize(
    ("stage", "last_minute", "expected"),
    [
        (Stage.DOSING, 0, 60),  # the 40-minute check, counted from the first device
        (Stage.OBSERVED, 0, 60),
        (Stage.OBSERVED, 49, 60),  # measured 29 minutes after: before the window opens
        (Stage.OBSERVED, 50, 80),  # 30 minutes after: the window is open, so it counts
        (Stage.OBSERVED, 60, 90),
        (Stage.RECOVERED, 90, 120),
    ],
)
def test_the_spray_is_measured_at_40_minutes_and_every_30_after(
    stage: Stage, last_minute: float, expected: float
) -> None:
    assert due_of("esketamine_in", stage, {Check.VITALS: at(last_minute)}) == at(expected)


@pytest.mark.parametrize(
    ("stage", "last_minute", "expected"),
    [(Stage.DOSING, 0, 30), (Stage.DOSING, 31, 41), (Stage.OBSERVED, 60, 75), (Stage.RECOVERED, 75, 90)],
)
def test_the_infusion_is_measured_every_10_minutes_and_every_15_after(
    stage: Stage, last_minute: float, expected: float
) -> None:
    assert due_of("ketamine_iv", stage, {Check.VITALS: at(last_minute)}) == at(expected)


def test_an_infusion_never_measured_is_due_from_its_start() -> None:
    assert due_of("ketamine_iv", Stage.DOSING, {}) == at(30)


def test_dissociation_is_asked_at_40_minutes_and_not_repeated() -> None:
    assert due_of("ketamine_iv", Stage.OBSERVED, ALL, check=Check.DISSOCIATION) == at(60)
    done = ALL | {Check.DISSOCIATION: at(58)}
    assert due_of("ketamine_iv", Stage.OBSERVED, done, check=Check.DISSOCIATION) is None
    assert due_of("ketamine_iv", Stage.DOSING, ALL, check=Check.SEDATION) is None


@pytest.mark.hazard("HAZ-17")
def test_the_first_due_is_named_with_its_source() -> None:
    due = next_due(session(Stage.DOSING, dosed=True), ALL, cadence_of("ketamine_iv"), now=at(36))
    assert due is not None
    assert (due.check, due.at, due.overdue_by) == (Check.VITALS, at(30), timedelta(minutes=6))
    assert due.source.startswith("MON-3")
    assert due.lateness(DEFAULT_LIMITS) is Priority.LOW


@pytest.mark.hazard("HAZ-17")
def test_nothing_is_late_before_it_is_due() -> None:
    due = Due(check=Check.VITALS, at=at(30), overdue_by=timedelta(0), source="MON-3")
    assert due.lateness(DEFAULT_LIMITS) is None


def test_the_last_times_are_those_of_the_newest_values() -> None:
    vitals = fold_vitals(
        [
            entry(VitalsMeasured(systolic_mmhg=120.0, diastolic_mmhg=80.0), position=1, minute=3),
            entry(SedationRated(moaa_s=5), position=2, minute=4),
        ],
        encounter_id=ENCOUNTER,
    )
    assert last_times(vitals) == {Check.VITALS: at(3), Check.SEDATION: at(4)}


def test_a_product_without_a_plan_is_not_run() -> None:
    with pytest.raises(LookupError, match="No observation plan for 'ketamine_pr'"):
        cadence_of("ketamine_pr")


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="opens_min <= at_min <= closes_min"):
        FixedCheck(check=Check.VITALS, at_min=40, opens_min=45, closes_min=50)


def test_every_plan_names_its_rule_and_source() -> None:
    for cadence in DEFAULT_CADENCES.plans:
        assert cadence.id.startswith("MON-")
        assert "clinical.md" in cadence.source


@pytest.mark.parametrize(
    ("product", "stage", "last_minute", "expected"),
    [
        # Injections: every 10 min in the first half hour, every 15 afterwards; dosed at minute 20.
        (Product.KETAMINE_IM, Stage.OBSERVED, 0, 30),
        (Product.KETAMINE_IM, Stage.OBSERVED, 49, 59),
        (Product.KETAMINE_SC, Stage.OBSERVED, 50, 65),
        (Product.KETAMINE_SC, Stage.RECOVERED, 95, 110),
        (Product.KETAMINE_SL_CLINIC, Stage.DOSING, 0, 50),
        (Product.KETAMINE_PO, Stage.OBSERVED, 50, 80),
        (Product.KETAMINE_SL_HOME, Stage.OBSERVED, 0, 80),
    ],
)
def test_each_route_has_its_own_pace(
    product: Product, stage: Stage, last_minute: float, expected: float
) -> None:
    assert due_of(product, stage, {Check.VITALS: at(last_minute)}) == at(expected)


def test_at_home_a_check_in_is_due_every_15_minutes() -> None:
    home = Product.KETAMINE_SL_HOME
    assert due_of(home, Stage.ARRIVED, {Check.VITALS: START}, check=Check.CONTACT) == at(15)
    assert due_of(home, Stage.OBSERVED, {Check.CONTACT: at(40)}, check=Check.CONTACT) == at(55)


def test_the_european_plan_asks_for_pressure_alone_before_the_spray() -> None:
    european = cadence_of(Product.ESKETAMINE_IN, jurisdiction="EU")
    assert (european.id, european.before) == ("MON-2", (Check.VITALS,))
    assert cadence_of(Product.ESKETAMINE_IN, jurisdiction="CA").id == "MON-1"
    assert cadence_of(Product.KETAMINE_IV, jurisdiction="EU").id == "MON-3"


@pytest.mark.hazard("HAZ-17")
def test_the_pressure_at_40_minutes_is_missing_at_50() -> None:
    plan = cadence_of(Product.ESKETAMINE_IN)
    due = next_due(session(Stage.OBSERVED, dosed=True), {}, plan, now=at(70))
    assert due is not None
    assert (due.at, due.missing_at) == (at(60), at(70))


@pytest.mark.parametrize(
    ("product", "closer_min"),
    [
        (Product.ESKETAMINE_IN, 15),
        (Product.KETAMINE_IV, 5),
        (Product.KETAMINE_SC, 5),
        (Product.KETAMINE_PO, 15),
    ],
)
def test_a_finding_brings_pressure_closer(product: Product, closer_min: float) -> None:
    needs = needs_of(["DDI-04", "AGE-1"])
    plan, now = cadence_of(product), at(20)
    (due, *_) = [
        due
        for due in all_due(session(Stage.DOSING, dosed=True), {}, plan, now=now, needs=needs)
        if due.check is Check.VITALS
    ]
    assert due.at == at(20 + closer_min)


def test_the_check_at_40_minutes_stays_where_readings_come_closer() -> None:
    plan, needs = cadence_of(Product.ESKETAMINE_IN), needs_of(["CA-02"])
    made = {Check.VITALS: at(48)}  # 28 minutes after the spray: before the window opens
    dues = all_due(session(Stage.OBSERVED, dosed=True), made, plan, now=at(48), needs=needs)
    assert {due.check: due.at for due in dues}[Check.VITALS] == at(60)


def test_needs_are_read_from_the_findings() -> None:
    needs = needs_of(["POP-7", "DDI-05.1", "CA-02"])
    assert (needs.closer, needs.longer_min) == (("CA-02", "DDI-05"), 60)
    assert "MAO inhibitor" in needs.why
    assert "60 min longer" in needs.why
    assert needs_of([]) == NO_NEEDS
    assert NO_NEEDS.why == ""
    assert Needs(closer=("the prescriber asks",)).why == "the prescriber asks: watched more closely"
    with pytest.raises(ValueError, match="longer_min must be 0 or more and finite, got -1"):
        Needs(longer_min=-1)


def test_a_closer_check_may_be_the_only_repeated_one() -> None:
    interval = Interval(check=Check.SEDATION, during_min=None, after_min=15, closer_min=10)
    assert every_of(interval, Stage.DOSING, 5, needs_of(["CA-02"])) == 10
    assert every_of(interval, Stage.DOSING, 5, NO_NEEDS) is None


@pytest.mark.parametrize("product", Product)
def test_the_rest_of_the_session_is_told_ahead_to_its_end(product: Product) -> None:
    plan = cadence_of(product)
    moments = ahead(session(Stage.DOSING, dosed=True), {}, plan, now=at(20))
    minutes = [moment.minute for moment in moments]
    assert minutes == sorted(minutes)
    assert len(set(minutes)) == len(minutes)
    assert minutes[-1] <= plan.watched_min
    assert Check.VITALS in moments[-1].checks or Check.VITALS in moments[-2].checks
    longer = ahead(session(Stage.DOSING, dosed=True), {}, plan, now=at(20), needs=needs_of(["POP-7"]))
    assert longer[-1].minute > minutes[-1]
    assert ahead(session(Stage.READY), {}, plan, now=at(20)) == ()


def test_the_infusion_told_ahead_ends_when_it_was_ordered_to_end() -> None:
    running = replace(session(Stage.DOSING, dosed=True), order=ORDERED)
    moments = ahead(running, {}, cadence_of(Product.KETAMINE_IV), now=at(20))
    vitals = [moment.minute for moment in moments if Check.VITALS in moment.checks]
    assert vitals == [10, 20, 30, 40, 55, 70, 85, 100]
    assert not any(moment.overdue for moment in moments)
    assert moments[0].words == "Vital signs"
    late = ahead(running, {}, cadence_of(Product.KETAMINE_IV), now=at(35))
    assert [moment.overdue for moment in late[:2]] == [True, False]


def test_sedation_is_not_late_at_the_moment_the_infusion_ends() -> None:
    ended = replace(session(Stage.OBSERVED, dosed=True), dose_ended_at=at(60))
    dues = all_due(ended, {}, cadence_of(Product.KETAMINE_IV), now=at(60))
    assert {due.check: due.at for due in dues}[Check.SEDATION] == at(75)


@pytest.mark.hazard("HAZ-17")
@with_any(st.sampled_from(Product), st.sampled_from([Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED]))
def test_silence_after_the_dose_always_becomes_an_alarm(product: Product, stage: Stage) -> None:
    dues = all_due(session(stage, dosed=True), {}, cadence_of(product), now=at(20 + 60 + 10))
    found = [due.lateness(DEFAULT_LIMITS) for due in dues if due.check is Check.VITALS]
    assert found == [Priority.MEDIUM]


@with_any(
    st.sampled_from(Product),
    st.sampled_from([Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED]),
    st.floats(20, 200),
    st.floats(0, 120),
)
def test_an_observation_made_is_not_overdue_before_its_interval(
    product: Product, stage: Stage, made_min: float, passed_min: float
) -> None:
    plan = cadence_of(product)
    made = dict.fromkeys(Check, at(made_min))
    for due in all_due(session(stage, dosed=True), made, plan, now=at(made_min + passed_min)):
        interval = plan.interval(due.check)
        fixed = [one.at_min - one.opens_min for one in plan.fixed if one.check is due.check]
        every = [] if interval is None else [interval.during_min, interval.early_min, interval.after_min]
        least_min = min(one for one in (*fixed, *every) if one is not None)
        if passed_min < least_min:
            assert due.overdue_by == timedelta(0)


PLAN = cadence_of(Product.ESKETAMINE_IN)
VITALS_EVERY_30 = Interval(check=Check.VITALS, during_min=30, after_min=30)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"product": "ketamine_sl"}, "MON-1.product must be one of .*, got 'ketamine_sl'"),
        ({"jurisdictions": ("MARS",)}, "MON-1.jurisdictions must be of US, .*, got 'MARS'"),
        ({"before": (Check.SEDATION,)}, "MON-1.before must include vital signs"),
        ({"repeated": (VITALS_EVERY_30, VITALS_EVERY_30)}, "repeated must name each check once"),
        ({"repeated": ()}, "repeated must give vital signs during_min and after_min"),
        ({"repeated": (replace(VITALS_EVERY_30, after_min=None),)}, "silence has to become an alarm"),
        ({"baseline_within_min": 0}, "baseline_within_min must be 1 to 60, got 0"),
        ({"watched_min": float("inf")}, "watched_min must be at least 1 and finite, got inf"),
        ({"id": ""}, "id must not be empty"),
    ],
)
def test_a_plan_refuses_to_leave_a_patient_unobserved(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(PLAN, **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"after_min": 121}, "after_min of vital signs must be 1 to 120 minutes, got 121"),
        ({"closer_min": 0}, "closer_min of vital signs must be 1 to 120 minutes, got 0"),
        ({"early_min": 5}, "early_min and early_until_min of vital signs belong together"),
    ],
)
def test_an_interval_is_neither_endless_nor_nothing(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(VITALS_EVERY_30, **fields)


def plans_with(plan: Cadence) -> tuple[Cadence, ...]:
    return tuple(plan if one.id == plan.id else one for one in DEFAULT_CADENCES.plans)


def test_the_pressure_at_40_minutes_is_not_the_clinics_to_drop() -> None:
    put_off = FixedCheck(check=Check.VITALS, at_min=45, opens_min=30, closes_min=50)
    for fixed in ((), (put_off,)):
        with pytest.raises(ValueError, match=r"MON-1\.fixed must keep vital signs at 40 min, closing by 50"):
            replace(DEFAULT_CADENCES, plans=plans_with(replace(PLAN, fixed=fixed)))
    sooner = FixedCheck(check=Check.VITALS, at_min=35, opens_min=30, closes_min=45)
    stricter = replace(DEFAULT_CADENCES, plans=plans_with(replace(PLAN, fixed=(sooner,))))
    assert cadence_of(Product.ESKETAMINE_IN, cadences=stricter).fixed == (sooner,)


def test_every_product_has_one_plan_for_each_law() -> None:
    with pytest.raises(ValueError, match="no plan for 'esketamine_in'"):
        replace(DEFAULT_CADENCES, plans=DEFAULT_CADENCES.plans[1:])
    with pytest.raises(ValueError, match="one plan for each product and jurisdiction"):
        replace(DEFAULT_CADENCES, plans=(*DEFAULT_CADENCES.plans, PLAN))
    assert len(STAFF_AND_EQUIPMENT) == 8
