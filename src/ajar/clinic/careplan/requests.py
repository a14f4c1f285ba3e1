"""What a prescriber asks for, between the form and the services."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ajar.clinic import clock
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.dose import Body, CalculatedDose
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.guard import Guard, Liver
from ajar.pathway.careplan.home import HomeFacts
from ajar.pathway.careplan.layout import Wish
from ajar.pathway.careplan.ordering import OrderedCourse, course_guards, nominal_lines
from ajar.pathway.careplan.plan import CoursePlan, Given, Receiver
from ajar.pathway.careplan.policy import DosePolicy
from ajar.pathway.careplan.regimen import Regimen
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Indication, Jurisdiction
from ajar.pathway.scheduling.availability import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the chart knows that the rails ask for."""

    liver: Liver = Liver.NOT_KNOWN
    lower_start_ancestry: bool | None = None
    before: tuple[Given, ...] = ()
    fall_percent: float | None = None
    eating_disorder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRequest:
    """A course for one patient at one site. `calculated` is None for products in fixed doses.

    `because` and `second_signature_by` answer the rails that ask for a reason or a second prescriber.
    """

    patient: Patient
    site: Site
    wish: Wish
    indication: str
    intention: str
    calculated: CalculatedDose | None = None
    body: Body | None = None
    condition: Indication | None = None
    because: str = ""
    second_signature_by: str = ""
    known: Known = Known()
    home: HomeFacts | None = None

    @property
    def regimen(self) -> Regimen:
        """The regimen asked for."""
        return self.wish.regimen

    @property
    def weight_basis(self) -> WeightBasis:
        """What the dose stands on."""
        return self.calculated.basis if self.calculated else WeightBasis.FIXED

    @property
    def first_mg(self) -> float:
        """The dose of the first session."""
        return self.wish.dose_mg(1)

    @property
    def first_mg_per_kg(self) -> float | None:
        """The first dose per kilogram, where the dose stands on a weight."""
        found = self.calculated
        return found.dose_mg_per_kg * self.first_mg / found.amount_mg if found else None

    def guards(self, policy: DosePolicy) -> list[Guard]:
        """Every rail that the course does not keep, hard stops first."""
        return course_guards(self._ordered(), policy, now=clock.now())

    def unanswered(self, policy: DosePolicy) -> list[str]:
        """What a rail asks for and nobody has given: a reason, or a second prescriber, in words."""
        soft = [guard for guard in self.guards(policy) if guard.strength is Strength.SOFT_STOP]
        asked = [f"{one.because} ({one.rule_id}) Write why." for one in soft if not self.because.strip()]
        unsigned = [one for one in soft if one.second_signature and not self.second_signature_by]
        return asked + [f"{one.because} ({one.rule_id})" for one in unsigned]

    def _ordered(self) -> OrderedCourse:
        eating = Indication.EATING if self.known.eating_disorder else self.condition
        return OrderedCourse(
            plan=self._plan(),
            condition=self.condition,
            fall_percent=self.known.fall_percent,
            body=self.body,
            basis=self.weight_basis,
            weight_indication=eating,
            home=self.home,
        )

    def _plan(self) -> CoursePlan:
        wish = self.wish
        doses_mg = [wish.dose_mg(number) for number in range(1, wish.sessions + 1)]
        return CoursePlan(
            regimen=wish.regimen,
            receiver=self._receiver(),
            zone=wish.zone,
            lines=nominal_lines(self._nominal_times(), doses_mg),
            before=self.known.before,
            duration_min=wish.regimen.infusion_min,
        )

    def _nominal_times(self) -> list[datetime]:
        first = moment(self.wish.first_day, self.wish.at, self.wish.zone)
        return [first + timedelta(days=day) for day in self.regimen.nominal_days(self.wish.sessions)]

    def _receiver(self) -> Receiver:
        return Receiver(
            jurisdiction=Jurisdiction(self.site.jurisdiction),
            age_years=self.patient.person.age_on(self.wish.first_day),
            dose_weight_kg=self.calculated.dose_weight_exact_kg if self.calculated else None,
            indication=self.condition or self.regimen.indication,
            liver=self.known.liver,
            lower_start_ancestry=self.known.lower_start_ancestry,
        )
