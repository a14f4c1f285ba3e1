"""Every product from the door, or the video, to the end of its dose; and what closes the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ajar.clinic.dosing import services
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.dosing.services import NotReady
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.scheduling.models import Room
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.drug import DrugRefused
from ajar.pathway.dosing.entries import OrderChecked, Residue
from ajar.pathway.dosing.home import HomeRefused
from ajar.pathway.dosing.policy import CheckedBy
from ajar.pathway.dosing.preparation import AS_BOUGHT, PreparationRefused, Prepared
from ajar.pathway.dosing.session import fold
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import BY_MOUTH, Product
from tests.clinic.dosing.routes import (
    WITH_CHAPERONE,
    PlanDay,
    handed_out,
    ready_day,
    taken_at_clinic,
)
from tests.clinic.dosing.scenario import DOSES_MG, HELD, Day, c_ssrs
from tests.support.configured import set_by_clinic

HOME = Product.KETAMINE_SL_HOME


@pytest.mark.parametrize("product", [one for one in Product if one is not Product.ESKETAMINE_IN])
def test_a_product_goes_from_the_door_to_observation(plan: PlanDay, product: Product, room: Room) -> None:
    day = ready_day(plan, product, room)
    assert session_now(day.encounter_id).stage is Stage.READY
    day.after(5).started().after(20).ended()
    session = session_now(day.encounter_id)
    assert (session.stage, session.total_mg) == (Stage.OBSERVED, DOSES_MG[product])
    assert session == fold(all_encounter_entries(day.encounter_id))
    ends_with_dose = product in BY_MOUTH or product is Product.KETAMINE_IV
    assert session.last_drug_at == day.after(25 if ends_with_dose else 5).now
    ended = LedgerEntry.objects.get(kind="dose.ended", encounter_id=day.encounter_id)
    assert ('"residue":"spat"' in ended.payload) == (product in HELD)


@pytest.mark.hazard("HAZ-03")
def test_an_injection_says_where_and_its_volume_agrees(plan: PlanDay, room: Room) -> None:
    day = plan(Product.KETAMINE_IM).ready(room)

    def inject(amount_mg: float, volume_ml: float, body_site: str = "left deltoid") -> None:
        services.give_injection(
            encounter_id=day.encounter_id,
            amount_mg=amount_mg,
            volume_ml=volume_ml,
            body_site=body_site,
            by=day.nurse,
            now=day.now,
            expected=ANYWHERE,
        )

    with pytest.raises(DrugRefused, match="where it is injected"):
        inject(35.0, 0.7, " ")
    with pytest.raises(PreparationRefused, match=r"0\.7 mL of this vial"):
        inject(35.0, 7.0)
    with pytest.raises(DrugRefused, match="the order is 35 mg"):
        inject(40.0, 0.8)
    inject(20.0, 0.4)
    with pytest.raises(DrugRefused, match="the order is 35 mg"):
        inject(20.0, 0.4)
    inject(15.0, 0.3, "right deltoid")


@pytest.mark.hazard("HAZ-03")
def test_100_mg_per_ml_never_goes_into_a_vein_undiluted(infusion: Day, room: Room) -> None:
    day = infusion.arrived(room).vitals().asked().ordered()

    def check(prepared: Prepared) -> None:
        services.check_order(
            encounter_id=day.encounter_id,
            second=day.second,
            lot="L",
            expires_on=(day.now + timedelta(days=9)).date(),
            prepared=prepared,
            by=day.nurse,
            now=day.now,
            expected=ANYWHERE,
        )

    for prepared, match in (
        (AS_BOUGHT, "printed on the vial"),
        (Prepared(concentration_mg_per_ml=100.0), "PRD-07"),
    ):
        with pytest.raises(PreparationRefused, match=match):
            check(prepared)
    assert session_now(day.encounter_id).check is None


def test_one_person_checks_where_the_policy_allows_it_and_never_an_injection(
    plan: PlanDay,
    room: Room,
) -> None:
    for product in (Product.KETAMINE_PO, Product.KETAMINE_SC):
        day = plan(product).arrived(room).ordered()

        def check(day: Day = day) -> None:
            services.check_order(
                encounter_id=day.encounter_id,
                second=None,
                lot="L",
                expires_on=(day.now + timedelta(days=9)).date(),
                prepared=Prepared(concentration_mg_per_ml=50.0, unit_mg=100.0),
                by=day.nurse,
                now=day.now,
                expected=ANYWHERE,
            )

        with pytest.raises(DrugRefused, match="two people"):
            check()
        if product is Product.KETAMINE_PO:
            lighter = ("readiness.checked_by", CheckedBy.TWO_FOR_INJECTIONS)
            set_by_clinic(lighter, by=day.prescriber, now=day.now)
            check()
            checked = session_now(day.encounter_id).check
            assert isinstance(checked, OrderChecked)
            assert checked.second_person == ""
        services.cancel_session(
            encounter_id=day.encounter_id, because="done", by=day.nurse, now=day.now, expected=ANYWHERE
        )


def test_a_lozenge_does_not_end_before_its_hold_is_said(plan: PlanDay, room: Room) -> None:
    day = plan(Product.KETAMINE_SL_CLINIC).ready(room).started().after(12)
    ending = {"encounter_id": day.encounter_id, "by": day.nurse, "now": day.now, "expected": ANYWHERE}
    with pytest.raises(DrugRefused, match="how many minutes"):
        services.end_dose(total_mg=100.0, because="", residue=Residue.SPAT, **ending)  # type: ignore[arg-type]
    assert session_now(day.encounter_id).stage is Stage.DOSING


@pytest.mark.hazard("HAZ-01")
def test_the_first_lozenge_is_never_taken_at_home(plan: PlanDay, room: Room) -> None:
    with pytest.raises(NotReady, match="Never the first dose at home"):
        plan(HOME).ordered()
    plan(Product.KETAMINE_SL_CLINIC).ready(room).started().after(12).ended()
    day = plan(HOME).ordered()
    with pytest.raises(HomeRefused, match="SL-06"):
        handed_out(day)  # still here, not released
    day.arrived(None).vitals().asked(home=WITH_CHAPERONE)
    with pytest.raises(DrugRefused, match="not handed out"):
        day.checked_alone()
    with pytest.raises(NotReady, match="First dose at the clinic"):
        day.confirmed()


@pytest.mark.hazard("HAZ-01")
@pytest.mark.parametrize(
    ("home", "vitals", "match"),
    [
        (None, {}, "Adult chaperone"),
        (replace(WITH_CHAPERONE, chaperone_present=False), {}, "Adult chaperone"),
        (replace(WITH_CHAPERONE, seen_by_video=False), {}, "Video check-in"),
        (WITH_CHAPERONE, {"systolic_mmhg": 141.0}, "Blood pressure at home"),
    ],
)
def test_a_home_dose_is_refused_with_its_reason(
    plan: PlanDay,
    room: Room,
    home: object,
    vitals: dict[str, float],
    match: str,
) -> None:
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = handed_out(plan(HOME).ordered())
    day.arrived(None).vitals(**vitals).asked(home=home).checked_alone()
    with pytest.raises(NotReady, match=match):
        day.confirmed()
    assert session_now(day.encounter_id).stage is Stage.ARRIVED


@pytest.mark.hazard("HAZ-05")
def test_at_red_no_dose_is_ordered_for_home(plan: PlanDay, room: Room) -> None:
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = plan(HOME)
    day.note(c_ssrs(4))
    with pytest.raises(NotReady, match=r"C-SSRS is red.*PRT-2"):
        day.ordered()


@pytest.mark.hazard("HAZ-05")
def test_a_screener_that_turns_red_closes_the_way_of_a_dose_that_was_ready(plan: PlanDay, room: Room) -> None:
    day = ready_day(plan, HOME, room)
    day.note(c_ssrs(4))
    with pytest.raises(NotReady, match=r"C-SSRS is red.*PRT-2"):
        day.started()
    assert session_now(day.encounter_id).stage is Stage.READY


def test_only_one_dose_is_in_the_patients_hands_until_stable(plan: PlanDay, room: Room) -> None:
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = plan(HOME).ordered()
    with pytest.raises(HomeRefused, match="At most 1"):
        handed_out(day, 2)
    handed_out(day)
    with pytest.raises(HomeRefused, match="1 handed out"):
        handed_out(day)


def test_home_has_no_room_and_everything_else_has_one(plan: PlanDay, room: Room) -> None:
    with pytest.raises(NotReady, match="no room"):
        plan(HOME).arrived(room)
    with pytest.raises(NotReady, match="Choose a room"):
        plan(Product.KETAMINE_IM).arrived(None)


def test_nothing_but_lozenges_for_home_is_handed_out(plan: PlanDay) -> None:
    with pytest.raises(HomeRefused, match="Only lozenges"):
        handed_out(plan(Product.KETAMINE_PO).ordered())
    with pytest.raises(DrugRefused, match="not ordered"):
        handed_out(plan(HOME))


@pytest.mark.hazard("HAZ-05")
def test_without_a_written_consent_nothing_is_given(
    plan: PlanDay, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = plan(Product.KETAMINE_IM).arrived(room).vitals().asked().ordered().checked()
    monkeypatch.setattr("ajar.pathway.consent.library.ALL_VERSIONS", ())
    monkeypatch.setattr("ajar.clinic.dosing.judging.document_for", document_for)
    with pytest.raises(NotReady, match="no consent document"):
        day.confirmed()
