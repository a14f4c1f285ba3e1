"""The replay of a session: every moment at which something was recorded, and what was known then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import Http404

from ajar.clinic.dosing.page import Seen, since_dose
from ajar.clinic.governance.selectors import programme, programme_at
from ajar.clinic.ledger.selectors import all_entries, encounter_entries
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.governance.configuration import ConfigurationRefused
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.entry import effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.due import Due
from ajar.pathway.monitoring.needs import Needs, needs_of
from ajar.pathway.monitoring.replay import Known, Moment, Rules, known_at, moments

SPEEDS: Final = (20, 60, 300)
"""How many times as fast as the session a replay may run by itself (design default)."""
SHOWN_VALUES: Final = 6
"""Of each signal, so many of the newest values; the flowsheet has them all."""
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueThen:
    """A check as it was due at a moment: '4 min late', or 'in 6 min'."""

    due: Due
    minutes: int

    @property
    def is_late(self) -> bool:
        """Was it overdue then?"""
        return self.due.overdue_by > timedelta(0)


def moment_in(told: tuple[Moment, ...], asked: str | None) -> Moment:
    """The moment asked for, the last one where none was.

    Raises:
        Http404: nothing was recorded, or there is no such moment.
    """
    numbers = {str(moment.number): moment for moment in told}
    if asked is None and told:
        return told[-1]
    if asked not in numbers:
        raise Http404("No such moment in this session.")
    return numbers[asked]


def replay_page(seen: Seen, asked: str | None) -> dict[str, Any]:
    """What the page shows at the moment asked for.

    Raises:
        Http404: there is no such moment.
    """
    entries = encounter_entries(seen.encounter.pk, viewer=seen.viewer)
    told = moments(entries)
    moment = moment_in(told, asked)
    ours, then_in_force = programme_then(moment.at)
    rules = Rules(
        limits=ours.alarms,
        cadences=ours.observations,
        jurisdiction=seen.encounter.site.jurisdiction,
        needs=needs_then(seen, moment.at),
    )
    known = known_at(entries, moment, rules)
    return {
        "encounter": seen.encounter,
        "session": seen.session,
        "moments": told,
        "moment": moment,
        "before": told[moment.number - 2] if moment.number > 1 else None,
        "next": told[moment.number] if moment.number < len(told) else None,
        "known": known,
        "dues": dues_then(known),
        "since_dose": since_dose(known.session, now=moment.at) if known.session else "",
        "then_in_force": then_in_force,
        "needs": rules.needs,
        "speeds": SPEEDS,
        "shown_values": f":{SHOWN_VALUES}",
    }


def programme_then(at: datetime) -> tuple[Programme, bool]:
    """The limits and plans in force at a moment; the present ones, and False, where those cannot be read."""
    try:
        return programme_at(at), True
    except ConfigurationRefused:
        return programme(), False


def needs_then(seen: Seen, at: datetime) -> Needs:
    """What the newest evaluation signed until then asked of the watching."""
    kinds = (EvaluationSigned.KIND, EnteredInError.KIND)
    recorded = [
        entry for entry in all_entries(seen.encounter.patient_id, kinds=kinds) if entry.recorded_at <= at
    ]
    signed = [entry.payload for entry in effective(recorded) if isinstance(entry.payload, EvaluationSigned)]
    ours = [one.findings for one in signed if one.product == seen.session.product]
    return needs_of(ours[-1] if ours else ())


def dues_then(known: Known) -> list[DueThen]:
    """The checks that were due, in whole minutes from that moment."""
    return [DueThen(due=due, minutes=round(abs(due.at - known.at) / MINUTE)) for due in known.dues]
