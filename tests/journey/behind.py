"""What happens behind the browser, through the services: `python -m tests.journey.behind ACT JSON`."""

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from ajar.clinic.demo.day import Team, Telling  # noqa: E402
from ajar.clinic.demo.office import open_office as open_synthetic_office  # noqa: E402
from ajar.clinic.demo.whole import tell_whole_session  # noqa: E402
from ajar.clinic.dosing.models import DosingNow  # noqa: E402
from ajar.clinic.scheduling.models import Room  # noqa: E402
from ajar.pathway.dosing.stage import Stage  # noqa: E402
from ajar.pathway.staff.roles import Role  # noqa: E402


def open_office(*, now: str) -> str:
    """Sites, rooms, staff and slots of the synthetic clinic, without a patient."""
    open_synthetic_office(now=datetime.fromisoformat(now))
    return "open"


def rest_of_course(*, patient: str) -> str:
    """Every planned session from arrival to release, each at its planned time; when the last began."""
    last_at = ""
    for row in DosingNow.objects.filter(patient_id=patient, stage=Stage.PLANNED).order_by("starts_at"):
        nurses = row.site.accounts.filter(role=Role.NURSE).order_by("printed_name")
        team = Team(nurse=nurses[0], second=nurses[1], prescriber=row.site.accounts.get(role=Role.PRESCRIBER))
        room = Room.objects.filter(site=row.site, kind=Room.Kind.TREATMENT).earliest("position")
        begins_at = row.starts_at + timedelta(minutes=25)
        tell_whole_session(
            Telling(encounter_id=row.pk, index=1, room=room, first_drug_at=begins_at, team=team)
        )
        last_at = begins_at.isoformat()
    return last_at


ACTS: dict[str, Any] = {"open_office": open_office, "rest_of_course": rest_of_course}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(ACTS[sys.argv[1]](**json.loads(sys.argv[2]))))
