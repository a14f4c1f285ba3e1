"""FSM-1: site certified and unexpired, patient enrolled."""

from dataclasses import replace
from datetime import date

import pytest

from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.dosing.rems import RemsStanding, SiteCertification, enrolment_of, why_not_rems
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.ledger.payload import EnteredInError
from tests.pathway.dosing.history import entry

TODAY = date(2026, 3, 2)
CERTIFIED = SiteCertification(
    number="C-1", representative="Imran Vale, MD", certified_on=date(2026, 1, 1), valid_until=TODAY
)
ENROLLED = RemsEnrolled(
    enrolled_on=TODAY,
    reference="R-1",
    setting_id="S-1",
    prescriber="Imran Vale, MD",
    patient_signed_on=TODAY,
    prescriber_signed_on=TODAY,
)


@pytest.mark.parametrize(
    ("certification", "enrolment", "words"),
    [
        (CERTIFIED, ENROLLED, []),
        (None, ENROLLED, ["certification is not on file"]),
        (CERTIFIED, None, ["enrolment is not on file"]),
        (None, None, ["certification", "enrolment"]),
        (replace(CERTIFIED, valid_until=date(2026, 3, 1)), ENROLLED, ["to 2026-03-01"]),
        (replace(CERTIFIED, certified_on=date(2026, 3, 3), valid_until=date(2027, 1, 1)), ENROLLED, ["from"]),
        (CERTIFIED, replace(ENROLLED, enrolled_on=date(2026, 3, 3)), ["from 2026-03-03, not before"]),
    ],
)
def test_a_spray_needs_both(
    certification: SiteCertification | None, enrolment: RemsEnrolled | None, words: list[str]
) -> None:
    standing = RemsStanding(certification=certification, enrolment=enrolment)
    reasons = why_not_rems(standing, Product.ESKETAMINE_IN, Jurisdiction.US, TODAY)
    assert len(reasons) == len(words)
    assert all(word in reason for word, reason in zip(words, reasons, strict=True))


@pytest.mark.parametrize("product", [product for product in Product if product is not Product.ESKETAMINE_IN])
def test_nothing_else_stands_under_the_rems(product: Product) -> None:
    nothing = RemsStanding(certification=None, enrolment=None)
    assert why_not_rems(nothing, product, Jurisdiction.US, TODAY) == []


def test_the_rems_is_of_the_united_states() -> None:
    nothing = RemsStanding(certification=None, enrolment=None)
    assert why_not_rems(nothing, Product.ESKETAMINE_IN, Jurisdiction.EU, TODAY) == []


def test_the_newest_enrolment_counts_unless_it_was_taken_back() -> None:
    first, newer = entry(ENROLLED), entry(replace(ENROLLED, reference="R-2"), position=2)
    assert enrolment_of([first, newer]) == newer.payload
    wrong = entry(EnteredInError(), position=3, supersedes=newer.id)
    assert enrolment_of([first, newer, wrong]) == ENROLLED
    assert enrolment_of([]) is None


@pytest.mark.parametrize("late", ["patient_signed_on", "prescriber_signed_on"])
def test_nobody_is_enrolled_before_both_have_signed(late: str) -> None:
    with pytest.raises(ValueError, match="once both have signed"):
        replace(ENROLLED, **{late: date(2026, 3, 3)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"number": " "}, "certification number"),
        ({"representative": ""}, "representative"),
        ({"valid_until": date(2025, 1, 1)}, "ends"),
    ],
)
def test_a_certification_that_cannot_be_is_refused(changes: dict[str, object], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        replace(CERTIFIED, **changes)  # type: ignore[arg-type]
