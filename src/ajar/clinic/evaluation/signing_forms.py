"""What a prescriber signs: an accepted precaution, the conclusion; and why a fact is taken back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.evaluation.resistance_definitions import ResistanceDefinition, payers


class AcceptForm(forms.Form):
    """A precaution accepted, with the reason and the signer's PIN."""

    rule_id = forms.CharField(widget=forms.HiddenInput)
    datum = forms.CharField(widget=forms.HiddenInput)
    expected = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Why, and what will be done about it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pin = forms.CharField(
        label=_("Your signing PIN"),
        max_length=32,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SignForm(forms.Form):
    """The prescriber's signature under the outcome that the page showed."""

    outcome = forms.CharField(widget=forms.HiddenInput)
    expected = forms.IntegerField(widget=forms.HiddenInput)
    pin = forms.CharField(
        label=_("Your signing PIN"),
        max_length=32,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PurposeForm(forms.Form):
    """What somebody is evaluated for. Nothing is chosen beforehand."""

    product = forms.ChoiceField(label=_("Product"), choices=[(one.value, one.label) for one in Product])
    indication = forms.ChoiceField(
        label=_("What it is for"),
        required=False,
        choices=[("", _("Not chosen yet")), *((one.value, one.label) for one in Indication)],
    )
    payer = forms.ChoiceField(
        label=_("Payer"),
        required=False,
        help_text=_("Decides which definition of treatment resistance is asked for."),
    )

    def __init__(self, *args: Any, definitions: Sequence[ResistanceDefinition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The label's definition")), *((one, one) for one in payers(definitions))]
        self.fields["payer"].choices = choices  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    """Why a fact is taken back."""

    reason = forms.CharField(label=_("Why this is taken back"), max_length=300)
