"""What a prescriber asks for, between the form and the services."""

from dataclasses import dataclass

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.dose import CalculatedDose
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.guards import Guard, PlannedDose, guards
from ajar.pathway.careplan.layout import Wish
from ajar.pathway.careplan.regimens import Regimen
from ajar.pathway.evaluation.products import Jurisdiction


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRequest:
    """A course for one patient at one site. `calculated` is None for products in fixed doses."""

    patient: Patient
    site: Site
    wish: Wish
    indication: str
    intention: str
    calculated: CalculatedDose | None = None

    @property
    def regimen(self) -> Regimen:
        """The regimen asked for."""
        return self.wish.regimen

    @property
    def weight_basis(self) -> WeightBasis:
        """What the dose stands on."""
        return self.calculated.basis if self.calculated else WeightBasis.FIXED

    def guards(self) -> list[Guard]:
        """Every guard rail that the first or the later dose does not keep."""
        return list(dict.fromkeys(found for number in (1, 2) for found in guards(self._planned(number))))

    def _planned(self, number: int) -> PlannedDose:
        return PlannedDose(
            product=self.regimen.product,
            number=number,
            amount_mg=self.wish.dose_mg(number),
            dose_mg_per_kg=self.calculated.dose_mg_per_kg if self.calculated else None,
            jurisdiction=Jurisdiction(self.site.jurisdiction),
            age_years=self.patient.person.age_on(self.wish.first_day),
        )
