"""What monitoring adds to the session page: alarms, newest values, what is due, and ways to record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ajar.clinic.dosing.page import Part, Seen, register_part
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.monitoring.forms import (
    FLOOR_FIELDS,
    SHORT,
    DissociationForm,
    EventForm,
    SedationForm,
    VitalsForm,
    event_terms,
    unit_of,
)
from ajar.clinic.monitoring.selectors import Watch, alarm_key_of, vitals_now, watch, watching_of
from ajar.clinic.staff.policy import Action
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import AT_HOME
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.events import CHECKED_IN, QUICK, TERMS, Term
from ajar.pathway.monitoring.latest import DISSOCIATION, SEDATION, Measured, VitalsNow
from ajar.pathway.observations.vitals import VitalsMeasured

RECENT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value as it is shown: '142/88' mmHg, with its time and who took it."""

    signal: str
    label: str
    text: str
    unit: str
    at: datetime | None
    by: str


SHOWN: Final = (
    ("systolic_mmhg", "BP", "mmHg"),
    ("heart_rate_bpm", "HR", "/min"),
    ("spo2_percent", "SpO2", "%"),
    ("respiratory_rate_per_min", "RR", "/min"),
)
RATED: Final = ((SEDATION, "MOAA/S", "of 5"), (DISSOCIATION, "CADSS-6", "of 24"))


def shown_value(vitals: VitalsNow, signal: str, label: str, unit: str) -> Value:
    """A signal's newest value; pressure as a pair."""
    newest = vitals.latest(signal)
    text = number(newest)
    if signal == "systolic_mmhg" and newest is not None:
        text = f"{text}/{number(vitals.latest('diastolic_mmhg'))}"
    return Value(
        signal=signal,
        label=label,
        text=text,
        unit=unit,
        at=newest.at if newest else None,
        by=newest.by if newest else "",
    )


def number(measured: Measured | None) -> str:
    """A value without needless decimals."""
    return f"{measured.value:g}" if measured else ""


def shown_values(vitals: VitalsNow) -> list[Value]:
    """The four vital signs of a tile."""
    return [shown_value(vitals, *row) for row in SHOWN]


def rated_values(vitals: VitalsNow) -> list[Value]:
    """Sedation and dissociation."""
    return [shown_value(vitals, *row) for row in RATED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One input of the vitals pad, with the value before as its shadow."""

    name: str
    label: str
    unit: str
    typed: str
    ghost: str
    errors: tuple[str, ...]


def boxes(form: VitalsForm, vitals: VitalsNow) -> list[Box]:
    """The inputs in the order in which a monitor is read."""
    return [
        Box(
            name=name,
            label=str(SHORT[name]),
            unit=unit_of(name),
            typed=str(form[name].value() or ""),
            ghost=number(vitals.latest(name)),
            errors=tuple(str(error) for error in form[name].errors),
        )
        for name in FLOOR_FIELDS
    ]


def recent(encounter_id: UUID) -> list[Entry]:
    """The sets of vital signs recorded last, newest first: what may be corrected."""
    kinds = (VitalsMeasured.KIND, EnteredInError.KIND)
    rows = LedgerEntry.objects.filter(encounter_id=encounter_id, kind__in=kinds).order_by("-seq")
    told = effective(entry_of(row) for row in reversed(rows[: 2 * RECENT]))
    sets = [entry for entry in told if isinstance(entry.payload, VitalsMeasured)]
    return sorted(sets, key=lambda entry: entry.happened_at, reverse=True)[:RECENT]


def quick_terms(product: str) -> list[Term]:
    """What is noted with one tap: at home, that a check was answered comes first."""
    names = (CHECKED_IN, *QUICK) if product in AT_HOME else QUICK
    return [TERMS[name] for name in names]


def observing(seen: Seen) -> Part | None:
    """The part of the page for a patient who has arrived."""
    session = seen.session
    if session.stage in (Stage.PLANNED, Stage.CANCELLED):
        return None
    watching = watching_of(session.encounter_id)
    watched = watch(session, vitals_now(session.encounter_id), now=seen.now, watching=watching)
    return Part(template="monitoring/part.html", context=context_of(seen, watched))


def context_of(seen: Seen, watched: Watch) -> dict[str, Any]:
    """What the part shows."""
    vitals = watched.vitals
    form = seen.bound.get("vitals") or VitalsForm()
    return {
        "watch": watched,
        "alarm_key": alarm_key_of(watched.alarms),
        "values": shown_values(vitals),
        "rated": rated_values(vitals),
        "boxes": boxes(form, vitals) if isinstance(form, VitalsForm) else [],
        "vitals": form,
        "sedation": seen.bound.get("sedation") or SedationForm(),
        "dissociation": seen.bound.get("dissociation") or DissociationForm(),
        "event": seen.bound.get("event") or EventForm(),
        "quick": quick_terms(seen.session.product),
        "terms": event_terms(),
        "recent": recent(seen.session.encounter_id),
        "after": seen.after,
        "may_record": seen.may(Action.RUN_SESSION),
    }


register_part("observing", observing)
