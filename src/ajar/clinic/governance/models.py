"""The clinic's configurations: each signed file as it was signed, never changed afterwards."""

from typing import Any, ClassVar

from django.db import models

from ajar.clinic.staff.models import Account


class SignedConfiguration(models.Model):
    """One signed file. The newest is in force; the others say what was in force before."""

    version = models.CharField(max_length=60, unique=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=240)
    meaning = models.CharField(max_length=240)
    signed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.version

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once.

        Raises:
            TypeError: it is there already; a new version is signed instead.
        """
        if not self._state.adding:
            raise TypeError("A signed configuration is never changed; sign a new version.")
        super().save(*args, **kwargs)
