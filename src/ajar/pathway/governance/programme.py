"""Everything of the rulebook that a clinic may set, in one place. Each part keeps its own sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final

from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.careplan.tolerance import DEFAULT_TOLERANCE, ToleranceLimits
from ajar.pathway.discharge.policy import DEFAULT_POLICY as DEFAULT_DISCHARGE
from ajar.pathway.discharge.policy import DischargePolicy
from ajar.pathway.dosing.policy import READINESS_POLICY, ReadinessPolicy
from ajar.pathway.evaluation.policy import DEFAULT_POLICY as DEFAULT_EVALUATION
from ajar.pathway.evaluation.policy import EvaluationPolicy
from ajar.pathway.followup.cadence import DEFAULT_CADENCE, AskingCadence
from ajar.pathway.followup.judgements import DEFAULT_POLICY as DEFAULT_COURSE
from ajar.pathway.followup.judgements import CoursePolicy
from ajar.pathway.integration.sessions import DEFAULT_INTEGRATION, IntegrationPolicy
from ajar.pathway.maintenance.policies import POLICIES, MaintenancePolicy
from ajar.pathway.maintenance.surveillance import DEFAULT_SURVEILLANCE, SurveillancePolicy
from ajar.pathway.monitoring.cadence import Cadences
from ajar.pathway.monitoring.escalation import DEFAULT_ESCALATION, EscalationPolicy
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limits
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES
from ajar.pathway.monitoring.silence import DEFAULT_SILENCE, SilencePolicy
from ajar.pathway.paperwork.rems_policy import DEFAULT_REMS, RemsPolicy
from ajar.pathway.safety.policy import DEFAULT_SAFETY, SafetyPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The parts. `configuration` is the version of the clinic's own file; empty: the defaults."""

    evaluation: EvaluationPolicy = DEFAULT_EVALUATION
    doses: DosePolicy = DEFAULT_DOSE_POLICY
    tolerance: ToleranceLimits = DEFAULT_TOLERANCE
    readiness: ReadinessPolicy = READINESS_POLICY
    observations: Cadences = DEFAULT_CADENCES
    alarms: Limits = DEFAULT_LIMITS
    escalation: EscalationPolicy = DEFAULT_ESCALATION
    silence: SilencePolicy = DEFAULT_SILENCE
    discharge: DischargePolicy = DEFAULT_DISCHARGE
    safety: SafetyPolicy = DEFAULT_SAFETY
    rems: RemsPolicy = DEFAULT_REMS
    integration: IntegrationPolicy = DEFAULT_INTEGRATION
    asking: AskingCadence = DEFAULT_CADENCE
    course: CoursePolicy = DEFAULT_COURSE
    maintenance: Mapping[str, MaintenancePolicy] = field(default_factory=lambda: POLICIES)
    surveillance: SurveillancePolicy = DEFAULT_SURVEILLANCE
    configuration: str = ""

    def under(self, version: str) -> "Programme":
        """The same, saying whose it is: what a part produces keeps the version that produced it."""
        marked = {each.name: _marked(getattr(self, each.name), version) for each in fields(self)}
        return replace(self, **marked | {"configuration": version})


def _marked(part: Any, version: str) -> Any:
    """A part under a clinic's version; one by product, each of them."""
    if isinstance(part, Mapping):
        return MappingProxyType({key: _marked(each, version) for key, each in part.items()})
    return replace(part, version=f"{part.version} + {version}") if hasattr(part, "version") else part


DEFAULT_PROGRAMME: Final = Programme()
