"""Every regimen that can be ordered, by its id."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ajar.pathway.careplan.regimen import Phase, Regimen, SessionLength
from ajar.pathway.careplan.regimens_by_mouth import KETAMINE_PO_WEEKLY, KETAMINE_SL_CLINIC, KETAMINE_SL_HOME
from ajar.pathway.careplan.regimens_infused import (
    KETAMINE_IV_CONSOLIDATION,
    KETAMINE_IV_EIGHT,
    KETAMINE_IV_FOUR,
    KETAMINE_IV_INDUCTION,
    KETAMINE_IV_THRICE,
)
from ajar.pathway.careplan.regimens_injected import KETAMINE_IM_SERIES, KETAMINE_SC_TWICE, KETAMINE_SC_WEEKLY
from ajar.pathway.careplan.regimens_nasal import SPRAVATO_MAINTENANCE, SPRAVATO_MDSI, SPRAVATO_TRD

__all__ = ["KETAMINE_IV_INDUCTION", "REGIMENS", "SPRAVATO_TRD", "Phase", "Regimen", "SessionLength"]

REGIMENS: Final[Mapping[str, Regimen]] = MappingProxyType(
    {
        regimen.id: regimen
        for regimen in (
            SPRAVATO_TRD,
            SPRAVATO_MDSI,
            SPRAVATO_MAINTENANCE,
            KETAMINE_IV_INDUCTION,
            KETAMINE_IV_EIGHT,
            KETAMINE_IV_FOUR,
            KETAMINE_IV_THRICE,
            KETAMINE_IV_CONSOLIDATION,
            KETAMINE_IM_SERIES,
            KETAMINE_SC_WEEKLY,
            KETAMINE_SC_TWICE,
            KETAMINE_SL_CLINIC,
            KETAMINE_SL_HOME,
            KETAMINE_PO_WEEKLY,
        )
    }
)
