"""Every kind of entry there is: importing this module registers them all for reading."""

from ajar.pathway.careplan import entries as careplan
from ajar.pathway.consent import entries as consent
from ajar.pathway.discharge import entries as discharge
from ajar.pathway.dosing import entries as dosing
from ajar.pathway.dosing import forecast as forecasts
from ajar.pathway.evaluation import entries as evaluation
from ajar.pathway.followup import entries as followup
from ajar.pathway.instruments import answers as instruments
from ajar.pathway.integration import entries as integration
from ajar.pathway.maintenance import entries as maintenance
from ajar.pathway.monitoring import entries as monitoring
from ajar.pathway.observations import vitals as observations
from ajar.pathway.paperwork import entries as paperwork
from ajar.pathway.patients import facts as patients
from ajar.pathway.safety import entries as safety

MODULES = (
    patients,
    observations,
    instruments,
    evaluation,
    consent,
    careplan,
    dosing,
    forecasts,
    monitoring,
    discharge,
    safety,
    integration,
    followup,
    maintenance,
    paperwork,
)
