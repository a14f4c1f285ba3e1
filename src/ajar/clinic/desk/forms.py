"""Registering a patient at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.patients.models import Patient


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
