"""How each site is certified under the Spravato REMS, which decides its duties."""

from typing import ClassVar

from django.db import models

from ajar.clinic.staff.models import Site
from ajar.pathway.safety.rems_duties import RemsSetting


class RemsSiteKind(models.Model):
    """One site's kind of certification. A site without one has an outpatient's duties."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, primary_key=True, related_name="rems_kind")
    setting = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in RemsSetting])

    class Meta:
        ordering: ClassVar = ["site"]

    def __str__(self) -> str:
        return f"{self.site}: {self.setting}"
