"""What somebody is evaluated for: the product, what it would treat, and who would pay.

It is chosen on the page and recorded, so that a colleague and the worklist judge by the same. Nothing is
chosen beforehand: an indication that nobody named is missing information.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from ajar.clinic.patients.models import Patient
from ajar.pathway.evaluation.entries import EvaluationAskedFor
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product, Setting
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.entry import Entry, effective


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """A product for an indication and a payer; indication None where nobody has said yet."""

    product: Product
    indication: Indication | None = None
    payer: str = ""

    @property
    def query(self) -> str:
        """The purpose as part of an address."""
        named = {"product": self.product, "indication": self.indication or "", "payer": self.payer}
        return urlencode(named)

    @property
    def words(self) -> str:
        """The indication as it is signed."""
        if self.indication is None:
            return ""
        off_label = ("", ", off-label")[self.product is not Product.ESKETAMINE_IN]
        payer = f" (payer: {self.payer})" if self.payer else ""
        return f"{self.indication.label}{off_label}{payer}"


def purpose_from(product: str, indication: str, payer: str) -> Purpose | None:
    """The purpose that these words name; None where the product is not one of ours."""
    if product not in set(Product):
        return None
    known = Indication(indication) if indication in set(Indication) else None
    return Purpose(product=Product(product), indication=known, payer=payer.strip())


def recorded_purpose(entries: Iterable[Entry]) -> Purpose | None:
    """The purpose that was recorded last, if there is one."""
    for entry in reversed(effective(entries)):
        asked = entry.payload
        if isinstance(asked, EvaluationAskedFor):
            return purpose_from(asked.product, asked.indication, asked.payer)
    return None


def setting_of(patient: Patient, purpose: Purpose, ours: Programme, *, now: datetime) -> Setting:
    """The setting in which this patient is judged: their site's law, their clinic's policy."""
    return Setting(
        product=purpose.product,
        jurisdiction=jurisdiction_of(patient),
        now=now,
        indication=purpose.indication,
        payer=purpose.payer,
        policy=ours.evaluation,
        home=ours.doses.home,
        populations=ours.doses.populations,
    )


def jurisdiction_of(patient: Patient) -> Jurisdiction:
    """Whose label and law apply at the patient's site."""
    return Jurisdiction(patient.site.jurisdiction)
