"""From a chart to the facts that the long-term watch reads."""

from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from typing import Final

from ajar.pathway.evaluation.products import Product
from ajar.pathway.followup.scores import doses_from, points_from
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.bladder import BPIC_SS, ICSI
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.maintenance.entries import MisuseSignNoted, SurveillanceDone, SurveillanceResult
from ajar.pathway.maintenance.policies import POLICIES
from ajar.pathway.maintenance.record import RECORD_KINDS, MaintenanceRecord, Policies, record_of
from ajar.pathway.maintenance.surveillance import (
    DEFAULT_SURVEILLANCE,
    SurveillancePolicy,
    Watched,
    phases_of,
)
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import LabRecorded

LIVER_TESTS: Final = frozenset({"1742-6", "1920-8"})
"""ALT and AST (LOINC; from general knowledge, verify): a result of either stands for the liver panel."""

WATCH_KINDS: Final = (
    *RECORD_KINDS,
    SurveillanceDone.KIND,
    MisuseSignNoted.KIND,
    QuestionnaireAnswered.KIND,
    VitalsMeasured.KIND,
    LabRecorded.KIND,
)
"""The kinds of entry that `watched_from` reads."""


def watched_from(
    entries: Iterable[Entry],
    *,
    zone: tzinfo,
    policies: Policies = POLICIES,
    surveillance: SurveillancePolicy = DEFAULT_SURVEILLANCE,
) -> Watched:
    """Read the facts from a patient's entries, given in chain order. `zone` is where days are counted."""
    told = list(entries)
    standing, record = effective(told), record_of(told, policies)
    course = _days(record, zone)
    weights = _weights(standing, zone)
    done, noted = _done(standing, zone, surveillance)
    if weights:
        done["weight"] = weights[-1][0]
    return Watched(
        doses=tuple(at.astimezone(zone).date() for at in doses_from(told)),
        course_began=course[0] if course else None,
        phases=_phases(record, course, policies),
        done=done,
        concerns_noted=noted,
        bpic=_totals(told, BPIC_SS, zone),
        icsi=_totals(told, ICSI, zone),
        pressures=_pressures(standing, zone),
        weights_kg=weights,
        signs=_signs(standing),
        ended=record is not None and bool(record.stopped_because),
    )


def _days(record: MaintenanceRecord | None, zone: tzinfo) -> tuple[date, ...]:
    return tuple(at.astimezone(zone).date() for at in record.doses) if record else ()


def _phases(
    record: MaintenanceRecord | None, doses: tuple[date, ...], policies: Policies
) -> tuple[date, ...]:
    if record is None:
        return ()
    policy = policies.get(record.product, policies[Product.KETAMINE_IV])
    return phases_of(doses, record.sessions_planned, policy)


def _done(
    standing: Sequence[Entry], zone: tzinfo, surveillance: SurveillancePolicy
) -> tuple[dict[str, date], dict[str, str]]:
    """When each check was last done, and what stood in its last result where that was a concern."""
    done: dict[str, date] = {}
    noted: dict[str, str] = {}
    known = {check.id for check in surveillance.checks}
    for entry in standing:
        for check_id, on in _checked(entry, zone):
            done[check_id] = max(on, done.get(check_id, on))
        payload = entry.payload
        if isinstance(payload, SurveillanceDone) and payload.check in known:
            noted.pop(payload.check, None)
            if payload.result is SurveillanceResult.CONCERN:
                noted[payload.check] = payload.words
    return done, noted


def _checked(entry: Entry, zone: tzinfo) -> list[tuple[str, date]]:
    """Which check this entry stands for, and on which day."""
    on = entry.happened_at.astimezone(zone).date()
    match entry.payload:
        case SurveillanceDone(check=check_id, done_on=done_on):
            return [(check_id, done_on)]
        case QuestionnaireAnswered(instrument=name) if name in (BPIC_SS.id, ICSI.id):
            return [("bladder", on)]
        case LabRecorded(test=test) if test.code in LIVER_TESTS:
            return [("liver", on)]
    return []


def _totals(told: Sequence[Entry], instrument: Instrument, zone: tzinfo) -> tuple[tuple[date, float], ...]:
    return tuple(
        (point.answered_at.astimezone(zone).date(), point.total)
        for point in points_from(told, instrument)
        if point.total is not None
    )


def _pressures(standing: Sequence[Entry], zone: tzinfo) -> tuple[tuple[date, float, float], ...]:
    """The first pressure of each day: what stood before the drug raised it."""
    first: dict[date, tuple[float, float]] = {}
    for entry in sorted(standing, key=lambda entry: entry.happened_at):
        vitals = entry.payload
        if not isinstance(vitals, VitalsMeasured):
            continue
        high, low = vitals.systolic_mmhg, vitals.diastolic_mmhg
        if high is not None and low is not None:
            first.setdefault(entry.happened_at.astimezone(zone).date(), (high, low))
    return tuple((on, *pair) for on, pair in sorted(first.items()))


def _weights(standing: Sequence[Entry], zone: tzinfo) -> tuple[tuple[date, float], ...]:
    found = [
        (entry.happened_at.astimezone(zone).date(), entry.payload.weight_kg)
        for entry in sorted(standing, key=lambda entry: entry.happened_at)
        if isinstance(entry.payload, VitalsMeasured) and entry.payload.weight_kg is not None
    ]
    return tuple(found)


def _signs(standing: Sequence[Entry]) -> tuple[tuple[date, str], ...]:
    found = [
        (entry.payload.noticed_on, entry.payload.sign.label)
        for entry in standing
        if isinstance(entry.payload, MisuseSignNoted)
    ]
    return tuple(sorted(found))
