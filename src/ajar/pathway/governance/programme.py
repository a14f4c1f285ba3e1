"""Everything of the rulebook that a clinic may set, in one place. Each part keeps its own sources."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ajar.pathway.discharge.stay import STAY_RULES, StayRule
from ajar.pathway.maintenance.booster import POLICIES, MaintenancePolicy
from ajar.pathway.monitoring.cadence import CADENCES, Cadence
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The parts. `configuration` is the version of the clinic's own file; empty: the defaults."""

    alarms: Limits = DEFAULT_LIMITS
    cadences: Mapping[str, Cadence]
    stays: Mapping[str, StayRule]
    maintenance: Mapping[str, MaintenancePolicy]
    configuration: str = ""

    def under(self, version: str) -> "Programme":
        """The same, saying whose it is: alarms keep the version that raised them."""
        alarms = replace(self.alarms, version=f"{self.alarms.version} + {version}")
        return replace(self, alarms=alarms, configuration=version)


DEFAULT_PROGRAMME: Final = Programme(cadences=CADENCES, stays=STAY_RULES, maintenance=POLICIES)
