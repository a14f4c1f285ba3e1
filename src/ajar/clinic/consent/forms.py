"""Signing, countersigning and taking back."""

from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ajar.clinic.consent.services import same_name
from ajar.clinic.patients.models import Patient
from ajar.pathway.consent.documents import ConsentDocument, Element


def _expected() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SignForm(forms.Form):
    """Every part ticked, and the name typed. Carries the digest of the words on the page."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    language = forms.CharField(widget=forms.HiddenInput, max_length=5)
    expected = _expected()
    typed_name = forms.CharField(
        label=_("Your full name"), max_length=161, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        document: ConsentDocument,
        language: str,
        patient: Patient,
        expected: int,
    ) -> None:
        initial = {"digest": document.digest(language), "language": language, "expected": expected}
        super().__init__(data, initial=initial)
        self.patient = patient
        self.text = document.text(language)
        for element in self.text.elements:
            self.fields[element.id] = forms.BooleanField(
                label=_("I have understood this part"),
                error_messages={"required": _("Tick this part when you have understood it.")},
            )
        self.fields["typed_name"].help_text = _("Type it exactly like this: %(name)s") % {
            "name": patient.name
        }

    def parts(self) -> Iterator[tuple[Element, BoundField]]:
        """Each part of the text with its tick."""
        return ((element, self[element.id]) for element in self.text.elements)

    def clean_typed_name(self) -> str:
        """The patient's own name, letter for letter."""
        typed: str = self.cleaned_data["typed_name"]
        if not same_name(typed, self.patient.name):
            raise forms.ValidationError(
                _("Type your full name exactly like this: %(name)s") % {"name": self.patient.name}
            )
        return typed

    @property
    def ticked(self) -> list[str]:
        """The ids of the parts that were ticked."""
        return [element.id for element in self.text.elements if self.cleaned_data.get(element.id)]


class CountersignForm(forms.Form):
    """The prescriber's PIN."""

    expected = _expected()
    pin = forms.CharField(
        label=_("Your signing PIN"),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WithdrawForm(forms.Form):
    """Taking consent back: a reason may be given, none is needed."""

    expected = _expected()
    because = forms.CharField(
        label=_("Reason, if you want to give one"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
