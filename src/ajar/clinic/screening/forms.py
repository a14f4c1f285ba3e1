"""What a visitor types: a number to be called at, and who they are when they book."""

from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ajar.clinic import clock
from ajar.clinic.scheduling.models import Slot
from ajar.pathway.patients.facts import Sex

ADULT_YEARS: Final = 18
"""Younger people are outside the programme (clinical.md CI-18, POP-1)."""
OLDEST_YEARS: Final = 120


class CallForm(forms.Form):
    """Where to call."""

    phone = forms.RegexField(
        label=_("Your phone number"),
        regex=r"^\+?[0-9 ().-]{7,20}$",
        error_messages={"invalid": _("Write a phone number with its area code, such as 212 555 0134.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class IdentityForm(forms.Form):
    """Who books. Asked only once a time is kept."""

    given_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        help_text=_("As your medical records have it; doses and normal ranges can depend on it."),
        choices=[
            (Sex.FEMALE.value, _("Female")),
            (Sex.MALE.value, _("Male")),
            (Sex.OTHER.value, _("Other")),
            (Sex.UNKNOWN.value, _("I prefer not to say")),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.RegexField(
        label=_("Phone"),
        required=False,
        help_text=_("We need an e-mail address or a phone number."),
        regex=r"^\+?[0-9 ().-]{7,20}$",
        error_messages={"invalid": _("Write a phone number with its area code, such as 212 555 0134.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language you prefer"), choices=settings.LANGUAGES)

    def clean_birth_date(self) -> date:
        """Refuse days that lie ahead, ages nobody reaches, and people the programme does not treat."""
        born: date = self.cleaned_data["birth_date"]
        today = timezone.localdate(clock.now())
        age_years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if not 0 <= age_years <= OLDEST_YEARS:
            raise forms.ValidationError(_("Expected a date of birth in the past."))
        if age_years < ADULT_YEARS:
            raise forms.ValidationError(
                _("This programme treats adults from 18 years. A paediatrician or the 988 line can help now.")
            )
        return born

    def clean(self) -> dict[str, Any]:
        """One way to reach the person is needed."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Give an e-mail address or a phone number, so that we can reach you."))
        return cleaned


class ReasonForm(forms.Form):
    """Why an appointment is given up. Nobody has to say."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class SlotForm(forms.Form):
    """The time that was chosen."""

    slot = forms.ModelChoiceField(queryset=Slot.objects.all())
