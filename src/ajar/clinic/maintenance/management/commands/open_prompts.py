"""`python -m ajar.clinic.manage open_prompts`: once a day, open the tasks of what is due by now."""

from typing import Any

from django.core.management.base import BaseCommand

from ajar.clinic import clock
from ajar.clinic.maintenance.models import SurveillanceRow
from ajar.clinic.maintenance.services import open_prompt_tasks
from ajar.clinic.patients.models import Patient


class Command(BaseCommand):
    """Opens each task once, however often it runs."""

    help = "Open tasks for long-term checks that are due, and for what the watch has found."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Walk every patient who has ever had a dose."""
        watched = SurveillanceRow.objects.order_by().values("patient_id").distinct()
        patients = Patient.objects.filter(pk__in=watched).select_related("site")
        count = open_prompt_tasks(patients=patients, now=clock.now())
        self.stdout.write(f"{count} tasks of long-term checks stand open.")
