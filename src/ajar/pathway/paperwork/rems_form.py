"""The REMS monitoring form of one session, filled from the entries, with what is missing.

A projection: nothing is typed twice, nothing is guessed, and each value names the entries it came from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ajar.pathway.evaluation.medicines import DrugClass
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.paperwork import rems_facts as facts
from ajar.pathway.paperwork import rems_signs as signs
from ajar.pathway.paperwork.deadline import Deadline
from ajar.pathway.paperwork.rems_chart import Chart, Filled
from ajar.pathway.paperwork.rems_fields import FieldSpec, Need, fields_of
from ajar.pathway.paperwork.rems_policy import DEFAULT_REMS, RemsPolicy
from ajar.pathway.safety.rems_duties import Duty, asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One field as it stands: its text, where it came from, and what is missing or wrong."""

    spec: FieldSpec
    text: str
    entries: tuple[Entry, ...] = ()
    missing: str = ""
    concern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemsForm:
    """The whole form."""

    generation: str
    values: tuple[Value, ...]
    deadline: Deadline

    @property
    def missing(self) -> tuple[Value, ...]:
        """Fields that must be filled in and are not."""
        return tuple(value for value in self.values if value.missing)

    @property
    def concerns(self) -> tuple[Value, ...]:
        """Fields whose value someone should look at."""
        return tuple(value for value in self.values if value.concern)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoForm:
    """There is no form to file, and why."""

    because: str


PROJECTIONS: Final[Mapping[str, Callable[[Chart], Filled]]] = {
    "name": facts.patient_name,
    "middle-initial": facts.middle_initial,
    "birth-date": facts.birth_date,
    "sex": facts.sex,
    "first-treatment": facts.first_treatment,
    "enrolled": facts.enrolled,
    "benzodiazepines": facts.medicine(DrugClass.BENZODIAZEPINE, "benzodiazepines"),
    "sedative-hypnotics": facts.medicine(DrugClass.SEDATIVE, "sedative_hypnotics"),
    "stimulants": facts.medicine(DrugClass.STIMULANT, "stimulants"),
    "mao-inhibitors": facts.medicine(DrugClass.MAOI, "mao_inhibitors"),
    "opioids": facts.medicine(DrugClass.OPIOID, "opioids"),
    "monitor": facts.monitor,
    "setting": facts.setting,
    "treatment-date": facts.treatment_date,
    "dose": facts.dose,
    "lots": facts.lots,
    "duration": facts.duration,
    "ready-without-rule": facts.ready_without_rule,
    "vitals-before-acceptable": facts.acceptable_before,
    "vitals-after-acceptable": facts.acceptable_after,
    "pressure-before": signs.pressure_before,
    "pressure-40": signs.pressure_40,
    "pressure-after": signs.pressure_after,
    "sedation": signs.sedation,
    "dissociation": signs.dissociation,
    "respiratory-depression": signs.respiratory_depression,
    "serious-event": facts.serious_event,
    "completed-by": facts.completed_by,
}


def rems_form(chart: Chart, policy: RemsPolicy = DEFAULT_REMS) -> RemsForm | NoForm:
    """The form of one session, or the reason why there is none (trap 8: an inpatient setting files none)."""
    if chart.session.product != Product.ESKETAMINE_IN:
        return NoForm(because="No REMS form: racemic ketamine is not under a REMS.")
    if not asks(chart.certified_as, Duty.MONITORING_FORM):
        return NoForm(
            because="No REMS form: an inpatient setting files none (REMS-03). Every suspected adverse event "
            "is reported to the programme instead."
        )
    if chart.session.first_dose_at is None:
        return NoForm(because="No REMS form: no drug was given in this session.")
    specs = fields_of(policy.generation)
    return RemsForm(
        generation=policy.generation.words,
        values=tuple(_value(spec, PROJECTIONS[spec.id](chart), chart) for spec in specs),
        deadline=Deadline(treatment_on=chart.treatment_on, policy=policy),
    )


def _value(spec: FieldSpec, filled: Filled, chart: Chart) -> Value:
    wanted = spec.need is Need.ALWAYS or (spec.need is Need.IF_FIRST and facts.is_first_treatment(chart))
    missing = filled.missing if wanted else ""
    return Value(spec=spec, text=filled.text, entries=filled.entries, missing=missing, concern=filled.concern)
