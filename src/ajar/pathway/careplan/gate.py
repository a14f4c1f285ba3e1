"""What must stand before a course can be ordered: a signed, eligible evaluation and a valid consent."""

from collections.abc import Iterable
from datetime import date

from ajar.pathway.consent.documents import UnknownDocument
from ajar.pathway.consent.library import document_for
from ajar.pathway.consent.validity import consent_standing
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, effective


def why_no_course(entries: Iterable[Entry], *, product: Product, on: date) -> tuple[str, ...]:
    """Every reason why a course of this product cannot be ordered on a day; empty when it can.

    `entries` are the patient's, in chain order.
    """
    told = list(entries)
    reasons = []
    signed = latest_evaluation(told, product)
    if signed is None:
        reasons.append(f"No evaluation for {product.label} has been signed.")
    elif not Outcome(signed.outcome).is_eligible:
        reasons.append(f"The signed evaluation for {product.label} says: {Outcome(signed.outcome).label}.")
    reasons += _why_no_consent(told, product, on)
    return tuple(reasons)


def _why_no_consent(told: list[Entry], product: Product, on: date) -> list[str]:
    try:
        standing = consent_standing(told, document_for(product), on)
    except UnknownDocument:
        return [f"Consent: no text was written for {product.label} yet; it cannot be given without one."]
    return [] if standing.valid else [f"Consent: {standing.because}"]


def latest_evaluation(entries: Iterable[Entry], product: Product) -> EvaluationSigned | None:
    """The newest signed conclusion for a product."""
    signed = [
        entry.payload
        for entry in effective(entries)
        if isinstance(entry.payload, EvaluationSigned) and entry.payload.product == product
    ]
    return signed[-1] if signed else None
