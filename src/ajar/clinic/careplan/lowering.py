"""What one change of a plan does to the doses after it: lowered where the rails no longer allow them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from ajar.clinic.careplan.chart import course_plan
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.course import Course
from ajar.pathway.careplan.plan import CoursePlan, Edit, LineState, edited
from ajar.pathway.careplan.policy import DosePolicy
from ajar.pathway.ledger.entry import Entry, NewEntry

LOWERED: Final = "Lowered by the rails, because an earlier session changed: {because}"


def after_edit(
    patient: Patient,
    course: Course,
    entries: Sequence[Entry],
    site: Site,
    edit: Edit,
    policy: DosePolicy,
    *,
    now: datetime,
) -> CoursePlan:
    """The plan after an edit.

    Raises:
        EditRefused: a rail is broken.
    """
    return edited(course_plan(patient, course, entries, site, now=now), edit, policy)


def lowered_entries(
    course: Course, after: CoursePlan, edit: Edit, *, because: str, now: datetime
) -> list[NewEntry]:
    """A new plan entry for each other session whose dose the edit lowered, with the reason."""
    planned = {session.encounter_id: session for session in course.sessions}
    found = []
    for line in after.lines:
        session = planned.get(line.id)
        if session is None or line.id == edit.line_id or line.state is not LineState.OPEN:
            continue
        if line.dose_mg < session.plan.dose_mg:
            found.append(
                NewEntry(
                    payload=replace(session.plan, dose_mg=line.dose_mg),
                    happened_at=now,
                    encounter_id=line.id,
                    supersedes=session.planned.id,
                    reason=LOWERED.format(because=because),
                )
            )
    return found
