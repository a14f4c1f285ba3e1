"""What the REMS form is filled from, and what one field's projection hands back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.patients.facts import Person
from ajar.pathway.safety.rems_duties import RemsSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone with a name, or a place with an address, as the office keeps it."""

    name: str
    lines: tuple[str, ...] = ()

    def missing(self) -> str:
        """What is not filled in, in words."""
        return "" if self.name and all(self.lines) else "not complete in the clinic's settings"

    def text(self) -> str:
        """In one line."""
        return ", ".join(part for part in (self.name, *self.lines) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What the form is filled from.

    `entries` are all of the patient's, in chain order; `given_name` and `family_name` come from the
    office, like the place and the monitor's telephone.
    """

    session: Session
    entries: Sequence[Entry]
    person: Person
    given_name: str
    family_name: str
    place: Contact
    monitor: Contact | None
    zone: tzinfo
    certified_as: RemsSetting

    @property
    def ours(self) -> list[Entry]:
        """The effective entries of this encounter."""
        return [e for e in effective(self.entries) if e.encounter_id == self.session.encounter_id]

    @property
    def known_at_leaving(self) -> list[Entry]:
        """The patient's effective entries as they stood when the session was closed (or stand now).

        What is learned later, such as a medicine begun the month after, does not change this form.
        """
        closed_at = self.session.closed_at
        return effective(e for e in self.entries if closed_at is None or e.recorded_at <= closed_at)

    @property
    def treatment_on(self) -> date:
        """The day of the first device, by the site's calendar."""
        moment = self.session.first_dose_at or self.session.plan.starts_at
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What one projection found."""

    text: str = ""
    entries: tuple[Entry, ...] = ()
    missing: str = ""
    concern: str = ""
