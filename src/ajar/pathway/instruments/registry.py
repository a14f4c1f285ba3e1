"""Every instrument by its id: those that are asked, and those of which only the scorer is here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ajar.pathway.instruments import (
    attention,
    bipolar,
    bladder,
    borderline,
    depression,
    eating,
    functioning,
    gad7,
    obsessions,
    phq9,
    psychosis,
    session,
    social_anxiety,
    substances,
    suicide,
    trauma,
)
from ajar.pathway.instruments.instrument import Instrument

SCORERS: Final[Mapping[str, Instrument]] = MappingProxyType(
    {
        instrument.id: instrument
        for instrument in (
            phq9.PHQ9,
            phq9.PHQ2,
            gad7.GAD7,
            gad7.GAD2,
            depression.QIDS_SR16,
            depression.MADRS,
            depression.MADRS_S,
            trauma.PCL5,
            obsessions.OCI_R,
            obsessions.Y_BOCS,
            obsessions.Y_BOCS_II,
            suicide.C_SSRS,
            suicide.SIDAS,
            suicide.BSS,
            attention.ASRS,
            attention.ASRS_6,
            borderline.BSL_23,
            eating.EDE_Q,
            eating.EDE_QS,
            psychosis.PQ_16,
            psychosis.PQ_B,
            bipolar.MDQ,
            bipolar.HCL_32,
            substances.AUDIT_C,
            substances.DAST_10,
            session.CADSS_6,
            session.MOAA_S,
            session.ALDRETE,
            bladder.BPIC_SS,
            bladder.ICSI,
            bladder.ICPI,
            functioning.SDS,
            functioning.WSAS,
            functioning.WHODAS_12,
            functioning.WHO_5,
            social_anxiety.LSAS,
        )
    }
)
"""The master table (clinical.md 6.1), in its order, and the observations of a session (4.4, 4.5, 4.7)."""

INSTRUMENTS: Final[Mapping[str, Instrument]] = MappingProxyType(
    {name: instrument for name, instrument in SCORERS.items() if instrument.wordings}
)
"""What patients can be asked on a screen: those whose text ships. The others are recorded by staff."""


def instrument_named(name: str) -> Instrument:
    """The instrument of this id.

    Raises:
        LookupError: there is none; the message lists those there are.
    """
    if name not in SCORERS:
        raise LookupError(f"There is no instrument {name!r}; there are: {', '.join(SCORERS)}.")
    return SCORERS[name]
