"""The fields of which the session page's forms are made, and the form that knows what the page saw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.page import Seen

MOMENT_FORMATS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
LONGEST_TYPED: Final = 250
"""Characters of what a scanner types: more than a code holds, so that none is cut off and read as another."""

YES_NO: Final = [("yes", _("Yes")), ("no", _("No"))]


class StepForm(forms.Form):
    """A decision on this chart: it says which position of the chart the page was drawn from."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, seen: Seen, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{type(self).__name__}_%s")
        self.seen = seen
        self.prepare(seen)

    def prepare(self, seen: Seen) -> None:
        """Fill choices and starting values from what is known."""

    def told(self) -> dict[str, Any]:
        """What was typed, without the position of the chart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "expected"}


def moment_field(label: Any, hint: Any = "") -> forms.DateTimeField:
    """A day and time of day at the site."""
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=False,
        input_formats=MOMENT_FORMATS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


def at_site(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A time as it was typed, at the site: Django read it in its own zone."""
    return moment.replace(tzinfo=zone) if moment else None


class AskedChoice(forms.ChoiceField):
    """A question of the day. Leaving it open is accepted here and judged by the rules: unasked is not no."""

    def validate(self, value: Any) -> None:
        """Refuse what is no answer; let an open question through."""
        if value not in self.empty_values:
            super().validate(value)


class AskedMoment(forms.DateTimeField):
    """A time that is asked for every day; left open it is judged by the rules."""

    def validate(self, value: Any) -> None:
        """An open question is no error of the form."""


class AskedText(forms.CharField):
    """Words that are asked for every day; left open they are judged by the rules."""

    def validate(self, value: Any) -> None:
        """An open question is no error of the form."""


def yes_no(label: Any) -> AskedChoice:
    """A yes-or-no question of the day."""
    return AskedChoice(label=label, choices=YES_NO, widget=forms.RadioSelect)


def asked_moment(label: Any) -> AskedMoment:
    """A day and time of day at the site."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return AskedMoment(label=label, input_formats=MOMENT_FORMATS, widget=widget)


def answer(text: str) -> bool | None:
    """Yes, no, or not asked."""
    return {"yes": True, "no": False}.get(text)


def pin_field(label: Any) -> forms.CharField:
    """A signing PIN."""
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.CharField(label=label, widget=forms.PasswordInput(attrs=attrs), max_length=8)


def reason_field(label: Any, *, required: bool) -> forms.CharField:
    """A reason in words."""
    return forms.CharField(label=label, required=required, max_length=400)


class ExpiryInput(forms.DateInput):
    """May be left empty in the browser: the code on the package says it as well."""

    def use_required_attribute(self, initial: Any) -> bool:
        """The form asks for it where no scan has said it."""
        return False


class ExpiryField(forms.DateField):
    """The last day printed on a package; left open it is asked by the form, once the lot has been read."""

    def validate(self, value: Any) -> None:
        """An open question is no error of the field."""


def expiry_field() -> forms.DateField:
    """The last day printed on a label."""
    widget = ExpiryInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return ExpiryField(label=_("Expires"), widget=widget)


def lot_field() -> forms.CharField:
    """A lot as printed, or what a scanner types: all fields of the package's code."""
    attrs = {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=_("Lot, as printed"), widget=forms.TextInput(attrs=attrs), max_length=LONGEST_TYPED
    )
