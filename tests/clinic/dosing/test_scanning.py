"""A package's code in the lot's field: the form takes lot and expiry from it, or says why not."""

from datetime import date

import pytest
import time_machine
from biip.checksums import gs1_standard_check_digit
from django.http import HttpResponse
from django.test import Client

from ajar.clinic.dosing.judging import DISPENSED_KINDS
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.entries import LozengesDispensed
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.routes import PlanDay, taken_at_clinic
from tests.clinic.dosing.scenario import Day
from tests.support.people import PIN, SignIn


def code(ndc: str, fields: str) -> str:
    """What a scanner types of a package with this US drug code."""
    payload = f"003{ndc}"
    return f"01{payload}{gs1_standard_check_digit(payload)}{fields}"


SPRAVATO = code("5045802802", "1727110010AB123\x1d21S9")
KETALAR = code("4202311310", "1727113010KT77")
HUNDRED = code("0409205105", "1727113010HU1")
OF_A_PHARMACY = "(01)07032069804988(17)271130(10)LOT-7"


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


def post(client: Client, day: Day, step: str, **data: object) -> HttpResponse:
    said = {"expected": decision_position(day.patient.pk), **data}
    return client.post(f"/encounters/{day.encounter_id}/{step}/", said)  # type: ignore[return-value]


def by_both(day: Day) -> dict[str, object]:
    return {"second": day.second.pk, "pin": PIN}


@pytest.mark.hazard("HAZ-03")
@pytest.mark.hazard("HAZ-04")
def test_a_scan_of_a_spray_answers_lot_and_expiry(at_work: Client, spray: Day, room: Room) -> None:
    spray.arrived(room).vitals().asked().ordered()
    page = at_work.get(f"/encounters/{spray.encounter_id}/").content.decode()
    assert f'data-scan="/encounters/{spray.encounter_id}/scan/"' in page
    assert "Expires</label>" in page  # not "(optional)": whoever types a lot types its expiry
    nothing = post(at_work, spray, "check", lot="AB123", expires_on="", **by_both(spray))
    assert b"This field is required" in nothing.content
    other = post(at_work, spray, "check", lot=KETALAR, expires_on="", **by_both(spray))
    assert (
        b"This package is Ketamine 10 mg/mL, 20 mL vial (PRD-02); the order is for Esketamine"
        in other.content
    )
    differs = post(at_work, spray, "check", lot=SPRAVATO, expires_on="2027-12-01", **by_both(spray))
    assert b"The code says it expires 30 Nov 2027, not 1 Dec 2027." in differs.content
    dropped = post(at_work, spray, "check", lot=SPRAVATO.replace("\x1d", ""), **by_both(spray))
    assert b"A separator is missing from this scan" in dropped.content
    overlong = post(at_work, spray, "check", lot="L" * 41, expires_on="2027-12-01", **by_both(spray))
    assert b"A lot has at most 40 characters" in overlong.content
    assert session_now(spray.encounter_id).check is None
    assert post(at_work, spray, "check", lot=SPRAVATO, expires_on="", **by_both(spray)).status_code == 302
    check = session_now(spray.encounter_id).check
    assert check is not None
    assert (check.lot, check.expires_on) == ("AB123", date(2027, 11, 30))


@pytest.mark.hazard("HAZ-03")
def test_what_the_page_has_read_is_read_again_beside_the_strength(
    at_work: Client, infusion: Day, room: Room
) -> None:
    infusion.arrived(room).vitals().asked().ordered()
    read = {"lot": "HU1", "expires_on": "2027-11-30", "scan": HUNDRED, "diluent": "0.9 % saline"}
    strength = post(at_work, infusion, "check", **read, concentration_mg_per_ml="10", **by_both(infusion))
    assert b"10 mg/mL was chosen as printed on the vial" in strength.content
    lot = post(
        at_work,
        infusion,
        "check",
        **read | {"lot": "HU2"},
        concentration_mg_per_ml="100",
        **by_both(infusion),
    )
    assert b"Lot HU1 was scanned, not HU2." in lot.content
    post(at_work, infusion, "check", **read, concentration_mg_per_ml="100", **by_both(infusion))
    check = session_now(infusion.encounter_id).check
    assert check is not None
    assert (check.lot, check.expires_on, check.concentration_mg_per_ml) == ("HU1", date(2027, 11, 30), 100.0)


def test_lozenges_are_handed_out_by_a_scan(at_work: Client, plan: PlanDay, room: Room) -> None:
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = plan(Product.KETAMINE_SL_HOME).ordered()
    page = at_work.get(f"/encounters/{day.encounter_id}/").content.decode()
    assert "data-scan-said" in page
    handed = {"unit_mg": "100", "pharmacy": "Quay", "doses": "1"}
    unsaid = post(at_work, day, "dispense", lot="(10)LOT-7", expires_on="", **handed)
    assert b"This field is required" in unsaid.content
    unread = post(at_work, day, "dispense", lot="", expires_on="never", **handed)
    assert unread.status_code == 422
    assert post(at_work, day, "dispense", lot=OF_A_PHARMACY, expires_on="", **handed).status_code == 302
    [kept] = all_entries(day.patient.pk, kinds=DISPENSED_KINDS)
    assert isinstance(kept.payload, LozengesDispensed)
    assert (kept.payload.lot, kept.payload.expires_on) == ("LOT-7", date(2027, 11, 30))


def test_the_page_asks_before_it_sends(at_work: Client, spray: Day, infusion: Day) -> None:
    recorded = LedgerEntry.objects.count()
    read = post(at_work, spray, "scan", lot=f"]d2{SPRAVATO}")
    said = "Lot AB123, expires 30 Nov 2027."
    assert read.json() == {"lot": "AB123", "expires_on": "2027-11-30", "said": said}  # type: ignore[attr-defined]
    assert post(at_work, spray, "scan", lot="AB123").json() == {"said": ""}  # type: ignore[attr-defined]
    without = post(at_work, spray, "scan", lot="(10)AB123").json()  # type: ignore[attr-defined]
    assert (without["expires_on"], "does not say the expiry" in without["said"]) == ("", True)
    refused = {
        "": {"lot": ""},
        "not a day": {"lot": SPRAVATO, "expires_on": "soon"},
        "another day": {"lot": SPRAVATO, "expires_on": "2027-12-01"},
        "another product": {"lot": KETALAR},
        "expired": {"lot": code("5045802802", "1726030110AB1")},
    }
    for why, told in refused.items():
        answer = post(at_work, spray, "scan", **told)
        assert answer.status_code == 422, why
        assert answer.json()["refused"]  # type: ignore[attr-defined]
    strength = post(at_work, infusion, "scan", lot=HUNDRED, concentration_mg_per_ml="50")
    assert "50 mg/mL was chosen" in strength.json()["refused"]  # type: ignore[attr-defined]
    assert LedgerEntry.objects.count() == recorded
