"""Rows of a candidate's file as the entries that a chart would hold. Each was checked against its table."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ajar.exchange.candidates.tests import TESTS
from ajar.pathway.evaluation.diagnoses import coded
from ajar.pathway.evaluation.entries import ScoreReported
from ajar.pathway.instruments.answers import Mode, QuestionnaireRecorded
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import BOUNDS, VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    LabRecorded,
    MedicationRecorded,
    Pregnancy,
    PregnancyMethod,
    PregnancyRecorded,
    TrialOutcome,
)

Row = Mapping[str, Any]
Make = Callable[[Row], Payload]


def diagnosis(row: Row) -> ConditionRecorded:
    """A diagnosis; a name without a code stands for its code where it is on the list."""
    return ConditionRecorded(
        condition=coded(_coding(row)),
        status=ConditionStatus(row.get("status", ConditionStatus.ACTIVE)),
        onset_on=_day(row, "since"),
        abated_on=_day(row, "until"),
    )


def medicine(row: Row) -> MedicationRecorded:
    """A medicine, taken now unless the row says otherwise."""
    return MedicationRecorded(
        medicine=_coding(row),
        active=row.get("active", True),
        dose_text=row.get("dose", ""),
        route_text=row.get("route", ""),
        started_on=_day(row, "since"),
        ended_on=_day(row, "until"),
    )


def allergy(row: Row) -> AllergyRecorded:
    """An allergy."""
    return AllergyRecorded(
        substance=_coding(row), reaction=row.get("reaction", ""), active=row.get("active", True)
    )


def vitals(row: Row) -> VitalsMeasured:
    """A set of vital signs.

    Raises:
        ValueError: no value at all, or half of a blood pressure.
    """
    measured: dict[str, Any] = {name: row.get(name) for name in BOUNDS}
    return VitalsMeasured(**measured, at_rest=row.get("at_rest"))


def lab(row: Row) -> LabRecorded:
    """A laboratory result.

    Raises:
        ValueError: no test, or no result, or a unit that the test by that name does not have.
    """
    if ("test" in row) == ("loinc" in row):
        raise ValueError("expected either test or loinc, and not both.")
    if "value" not in row and "text" not in row:
        raise ValueError("expected a value, or the result in text.")
    named = TESTS.get(row.get("test", ""))
    unit = row.get("unit", named.unit if named else "")
    if named and "value" in row and unit != named.unit:
        raise ValueError(f"expected the unit {named.unit!r} for {named.display}, got {unit!r}.")
    return LabRecorded(
        test=_test(row["loinc"], row["loinc"]) if named is None else _test(named.loinc, named.display),
        value=row.get("value"),
        value_text=row.get("text", ""),
        unit=unit,
        upper_normal=row.get("upper_normal"),
    )


def _test(loinc: str, display: str) -> Coding:
    return Coding(system=CodeSystem.LOINC if loinc else CodeSystem.TEXT, code=loinc, display=display)


def pregnancy(row: Row) -> PregnancyRecorded:
    """A pregnancy test or statement."""
    return PregnancyRecorded(status=Pregnancy(row["status"]), method=PregnancyMethod(row["method"]))


def trial(row: Row) -> AntidepressantTrialRecorded:
    """A trial of an antidepressant."""
    return AntidepressantTrialRecorded(
        drug=row["drug"],
        max_dose_text=row.get("dose", ""),
        weeks=row["weeks"],
        adequate_dose=row.get("adequate_dose"),
        this_episode=row.get("this_episode", True),
        outcome=TrialOutcome(row.get("outcome", TrialOutcome.UNKNOWN)),
        stopped_for_intolerance=row.get("stopped_for_intolerance", False),
    )


def score(row: Row) -> QuestionnaireRecorded | ScoreReported:
    """A questionnaire's answers, or the result that somebody reported.

    Raises:
        ValueError: neither or both, or the instrument refuses the answers.
    """
    reported = "total" in row or "level" in row
    if reported == ("answers" in row):
        raise ValueError("expected either answers, or a total or level, and not both.")
    if reported:
        return ScoreReported(instrument=row["instrument"], total=row.get("total"), level=row.get("level", ""))
    return _answered(row)


def _answered(row: Row) -> QuestionnaireRecorded:
    instrument = SCORERS.get(row["instrument"])
    if instrument is None:
        raise ValueError(f"the items of {row['instrument']} are not known here: give its total.")
    mode = Mode(row.get("mode", Mode.CLINICIAN))
    return recorded(instrument, items=row["answers"], mode=mode, language="en", occasion="screening")


def _coding(row: Row) -> Coding:
    if ("code" in row) != ("system" in row):
        raise ValueError("expected code and system together.")
    system = CodeSystem(row.get("system", CodeSystem.TEXT))
    return Coding(system=system, code=row.get("code", ""), display=row["name"])


def _day(row: Row, name: str) -> date | None:
    return date.fromisoformat(row[name]) if name in row else None
