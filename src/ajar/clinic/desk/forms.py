"""Registering a patient at the desk."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ajar.clinic import clock
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account

OLDEST_YEARS: Final = 120
"""Nobody alive is older; a year of birth before that is a slip of the finger (design default)."""


class PatientForm(forms.ModelForm[Patient]):
    """Who the patient is and how to reach them."""

    class Meta:
        model = Patient
        fields = ("given_name", "family_name", "birth_date", "sex", "email", "phone", "language", "site")
        widgets = {"birth_date": forms.DateInput(attrs={"type": "date"})}
        labels = {
            "given_name": _("Given name"),
            "family_name": _("Family name"),
            "birth_date": _("Date of birth"),
        }

    def __init__(self, *args: Any, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = by.sites.all()  # type: ignore[attr-defined]  # a model choice

    def clean_birth_date(self) -> date:
        """A day in the life of someone living."""
        born: date = self.cleaned_data["birth_date"]
        today = timezone.localdate(clock.now())
        if not today.year - OLDEST_YEARS <= born.year or born > today:
            raise forms.ValidationError(_("A date of birth lies in the past, at most 120 years ago."))
        return born
