"""What a prescriber signs: an accepted precaution, the conclusion; and why a fact is taken back."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.pathway.evaluation.products import Product


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


INDICATIONS: Final[Mapping[Product, Sequence[tuple[str, Any]]]] = {
    Product.ESKETAMINE_IN: (("treatment-resistant depression", _("Treatment-resistant depression")),),
    Product.KETAMINE_IV: (
        ("treatment-resistant depression, off-label", _("Treatment-resistant depression (off-label)")),
        ("major depression, off-label", _("Major depression (off-label)")),
    ),
}


class SignForm(forms.Form):
    """The prescriber's signature under the outcome that the page showed."""

    outcome = forms.CharField(widget=forms.HiddenInput)
    expected = forms.IntegerField(widget=forms.HiddenInput)
    indication = forms.ChoiceField(label=_("Evaluated for"))
    pin = forms.CharField(
        label=_("Your signing PIN"),
        max_length=32,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indication"].choices = INDICATIONS.get(product, INDICATIONS[Product.KETAMINE_IV])  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    """Why a fact is taken back."""

    reason = forms.CharField(label=_("Why this is taken back"), max_length=300)
