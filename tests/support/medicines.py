"""Recorded medicines with a dose and a route, in words."""

from ajar.pathway.evaluation.candidate import Fact
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import CodeSystem, Coding, MedicationRecorded
from tests.support.candidates import fact


def recorded(
    name: str, *, dose: str = "", route: str = "", atc: str = "", rxnorm: str = ""
) -> MedicationRecorded:
    """A medicine that is taken now."""
    system = CodeSystem.ATC if atc else CodeSystem.RXNORM if rxnorm else CodeSystem.TEXT
    return MedicationRecorded(
        medicine=Coding(system=system, code=atc or rxnorm, display=name),
        active=True,
        dose_text=dose,
        route_text=route,
        started_on=None,
        ended_on=None,
    )


def taking(name: str, dose: str = "", route: str = "", *, atc: str = "", rxnorm: str = "") -> Fact[Payload]:
    """The same as a fact, an hour old."""
    return fact(recorded(name, dose=dose, route=route, atc=atc, rxnorm=rxnorm))
