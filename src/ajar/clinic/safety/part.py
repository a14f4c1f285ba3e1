"""The session page's part for adverse events: what is recorded, what waits to be, and where to do it."""

from typing import Final

from ajar.clinic.dosing.page import Part, Seen, register_part
from ajar.clinic.governance.selectors import programme
from ajar.clinic.safety.selectors import session_entries
from ajar.clinic.staff.policy import Action
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.safety.entries import AdverseEventRecorded
from ajar.pathway.safety.report import report, suggestions

KINDS: Final = (AdverseEventRecorded.KIND, EventNoted.KIND, EnteredInError.KIND)
"""Never the thousands of readings: a rise of pressure is looked for on the page of adverse events itself."""


def adverse_events(seen: Seen) -> Part | None:
    """Shown once drug has been given, to who may read the paperwork."""
    if not seen.session.acts or not seen.may(Action.SEE_PAPERWORK):
        return None
    entries = session_entries(seen.session.encounter_id, viewer=seen.viewer, kinds=KINDS)
    context = {"lines": report(entries), "suggested": suggestions(seen.session, entries, programme().safety)}
    return Part(template="safety/part.html", context=context)


register_part("adverse-events", adverse_events)
