"""The session note: every section assembled from the entries, and what is missing before it can be signed.

What is `required` can still be recorded late, under its true time; what can no longer be had (a blood
pressure at 40 minutes that nobody took) is named as a gap and does not keep the note from its signature.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ajar.pathway.discharge.entries import DischargeAssessed, LeftAgainstAdvice, Released
from ajar.pathway.discharge.series import after, dissociation, last_before, pressure, sedation, series
from ajar.pathway.dosing.entries import DoseEnded, DrugGiven, ReadinessAnswered
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import CLOSED, Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.paperwork.entries import RemsAnswered
from ajar.pathway.paperwork.note_sections import (
    Telling,
    adverse_facts,
    discharge_facts,
    drug_facts,
    event_facts,
    integration_facts,
    order_facts,
    plan_facts,
    rating_facts,
    readiness_facts,
)
from ajar.pathway.paperwork.note_vitals import VitalsRow, vitals_table
from ajar.pathway.paperwork.rems_signs import pressure_at_40
from ajar.pathway.paperwork.told import Fact, all_of
from ajar.pathway.safety.rems_duties import Duty, RemsSetting, asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the note, under its heading."""

    id: str
    title: str
    facts: tuple[Fact, ...]

    @property
    def origin(self) -> tuple[Entry, ...]:
        """The one entry that every line came from, where there is one: said once, not on every line."""
        from_ = {fact.entries for fact in self.facts}
        return next(iter(from_)) if len(from_) == 1 and len(self.facts) > 1 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something the note lacks. `required` keeps it from being signed."""

    section: str
    words: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The whole note as it stands."""

    sections: tuple[Section, ...]
    vitals: tuple[VitalsRow, ...]
    missing: tuple[Missing, ...]

    @property
    def required(self) -> tuple[Missing, ...]:
        """What keeps it from being signed."""
        return tuple(one for one in self.missing if one.required)

    @property
    def gaps(self) -> tuple[Missing, ...]:
        """What cannot be had any more."""
        return tuple(one for one in self.missing if not one.required)


SECTIONS: tuple[tuple[str, str, Callable[[Telling], tuple[Fact, ...]]], ...] = (
    ("plan", "Plan", plan_facts),
    ("readiness", "Readiness", readiness_facts),
    ("order", "Order and check", order_facts),
    ("drug", "Drug given", drug_facts),
    ("ratings", "Sedation and dissociation", rating_facts),
    ("events", "Events", event_facts),
    ("adverse", "Adverse events", adverse_facts),
    ("discharge", "Discharge", discharge_facts),
    ("integration", "Integration", integration_facts),
)


def session_note(
    session: Session,
    entries: Sequence[Entry],
    *,
    zone: tzinfo,
    integration_at: datetime | None,
    certified_as: RemsSetting,
) -> Note:
    """The note of one session.

    `entries` are all of the patient's, in chain order; `integration_at` is the integration appointment
    that follows this dose, where one is booked; `certified_as` says what the REMS asks of the site.
    """
    stands = effective(entries)
    ours = [entry for entry in stands if entry.encounter_id == session.encounter_id]
    telling = Telling(
        session=session,
        ours=ours,
        patient=stands,
        zone=zone,
        integration_at=integration_at,
        certified_as=certified_as,
    )
    return Note(
        sections=tuple(
            Section(id=section, title=title, facts=tell(telling)) for section, title, tell in SECTIONS
        ),
        vitals=vitals_table(session, ours),
        missing=tuple(_missing(telling)),
    )


def _missing(telling: Telling) -> list[Missing]:
    session = telling.session
    if session.stage not in CLOSED:
        words = f"The session is still open ({session.stage}): release the patient first."
        return [Missing(section="discharge", words=words, required=True)]
    if session.stage is Stage.CANCELLED:
        return []
    checks = [*_drug_missing(telling), *_observations_missing(telling), *_leaving_missing(telling)]
    return [one for one in checks if one is not None]


def _need(section: str, words: str, *, there: bool, required: bool = True) -> Missing | None:
    return None if there else Missing(section=section, words=words, required=required)


def _drug_missing(telling: Telling) -> list[Missing | None]:
    session, ours = telling.session, telling.ours
    stayed = not all_of(ours, LeftAgainstAdvice)
    asked = bool(all_of(ours, ReadinessAnswered))
    ended = bool(all_of(ours, DoseEnded))
    return [
        _need("readiness", "Readiness was not asked.", there=asked, required=False),
        _need("order", "No order is recorded.", there=session.order is not None),
        _need("order", "No second person checked the order.", there=session.check is not None),
        _need("drug", "No drug is recorded.", there=bool(all_of(ours, DrugGiven))),
        _need("drug", "The end of the dose is not recorded.", there=ended, required=stayed),
    ]


def _observations_missing(telling: Telling) -> list[Missing | None]:
    session, ours = telling.session, telling.ours
    stayed = not all_of(ours, LeftAgainstAdvice)
    first_at, pressures = session.first_dose_at, series(ours, pressure)
    rated = after(series(ours, sedation), first_at)
    felt = after(series(ours, dissociation), first_at)
    checks = [
        _need(
            "vitals", "No blood pressure before the dose.", there=last_before(pressures, first_at) is not None
        ),
        _need(
            "vitals",
            "No blood pressure after the dose.",
            there=bool(after(pressures, session.last_drug_at)),
            required=stayed,
        ),
        _need("ratings", "Sedation was not rated after the dose.", there=bool(rated), required=stayed),
        _need("ratings", "Dissociation was not rated after the dose.", there=bool(felt), required=stayed),
    ]
    if session.product == Product.ESKETAMINE_IN:
        at_40 = pressure_at_40(session, ours)
        words = "No blood pressure 30 to 50 minutes after the first device."
        checks.append(_need("vitals", words, there=at_40 is not None, required=False))
    return checks


def _leaving_missing(telling: Telling) -> list[Missing | None]:
    ours = telling.ours
    left = bool(all_of(ours, LeftAgainstAdvice))
    checks = [
        _need("discharge", "Nobody assessed the patient before leaving.",
              there=bool(all_of(ours, DischargeAssessed)), required=not left),
        _need("discharge", "How the patient left is not recorded.",
              there=left or bool(all_of(ours, Released))),
        _need("integration", "No integration session is booked.",
              there=telling.integration_at is not None, required=False),
    ]  # fmt: skip
    files_form = asks(telling.certified_as, Duty.MONITORING_FORM)
    if telling.session.product == Product.ESKETAMINE_IN and files_form:
        words = "The questions of the REMS form are not answered."
        checks.append(_need("discharge", words, there=bool(all_of(ours, RemsAnswered))))
    return checks
