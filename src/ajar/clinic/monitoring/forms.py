"""Recording what is seen. What cannot be is refused at its field; what is unusual is asked about once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic import clock
from ajar.clinic.dosing.forms import at_site, moment_field, reason_field
from ajar.pathway.monitoring.entries import Severity
from ajar.pathway.monitoring.events import TERMS
from ajar.pathway.observations.vitals import BOUNDS, Implausible, TakenBy, VitalsMeasured

FLOOR_FIELDS: Final = (
    "systolic_mmhg",
    "diastolic_mmhg",
    "heart_rate_bpm",
    "spo2_percent",
    "respiratory_rate_per_min",
)
SHORT: Final = {
    "systolic_mmhg": _("Systolic"),
    "diastolic_mmhg": _("Diastolic"),
    "heart_rate_bpm": _("Heart rate"),
    "spo2_percent": _("SpO2"),
    "respiratory_rate_per_min": _("Breaths"),
}
MOAA_S: Final = [
    (5, _("5 · responds readily to name in normal tone")),
    (4, _("4 · lethargic response to name in normal tone")),
    (3, _("3 · only after name called loudly or repeatedly")),
    (2, _("2 · only after mild prodding or shaking")),
    (1, _("1 · only after painful trapezius squeeze")),
    (0, _("0 · no response to painful trapezius squeeze")),
]
AGO_MIN: Final = (1, 2, 5, 10, 15)
"""How long ago a quick event may have been without typing its time."""
CADSS_ITEMS: Final = (1, 2, 6, 7, 15, 22)


class TimedForm(forms.Form):
    """Something seen now, or a while ago: then it keeps both its times.

    `once` is the form's own key. `tapped_at` and `author` come with what a browser kept while the network
    was away: when it was entered, and by whom (static/monitoring/keep.js).
    """

    measured_at = moment_field(_("Measured earlier, at"), _("Leave empty for now."))
    once = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    tapped_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    author = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_tapped_at(self) -> datetime | None:
        """A moment with its zone, as the browser writes it."""
        try:
            told = self.cleaned_data["tapped_at"]
            moment = datetime.fromisoformat(told) if told else None
        except ValueError:
            moment = None
        if self.cleaned_data["tapped_at"] and (moment is None or moment.tzinfo is None):
            raise forms.ValidationError(_("The time at which this was entered cannot be read."))
        return moment

    def moment(self, zone: ZoneInfo) -> datetime | None:
        """When it was measured, if not now."""
        return at_site(self.cleaned_data.get("measured_at"), zone) or self.cleaned_data.get("tapped_at")


class VitalsForm(TimedForm):
    """One set of vital signs. Nothing is filled in: the value before stands as a shadow."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.ask = ""  # what a person is asked to confirm, and why
        self.unusual = ""
        for name in FLOOR_FIELDS:
            attrs = {"inputmode": "numeric", "autocomplete": "off"}
            widget = forms.TextInput(attrs=attrs)
            self.fields[name] = forms.FloatField(label=SHORT[name], required=False, widget=widget)

    @property
    def values(self) -> dict[str, float]:
        """What was typed."""
        return {name: value for name in FLOOR_FIELDS if (value := self.cleaned_data.get(name)) is not None}

    @property
    def spelled(self) -> str:
        """The values in one line: what a person confirms."""
        pressure = "/".join(f"{self.values[name]:g}" for name in FLOOR_FIELDS[:2] if name in self.values)
        rest = [f"{SHORT[name]} {self.values[name]:g}" for name in FLOOR_FIELDS[2:] if name in self.values]
        return ", ".join([pressure, *rest] if pressure else rest)

    def vitals(self) -> VitalsMeasured | None:
        """The set as a fact, or None with every refusal standing at its field."""
        if self._impossible():
            return None
        try:
            confirmed = self.cleaned_data["confirmed"] == self.spelled
            typed: dict[str, Any] = {**self.values}
            return VitalsMeasured(**typed, taken_by=TakenBy.HAND, confirmed_unusual=confirmed)
        except Implausible as refused:
            self.add_error(refused.field, str(refused))
        except ValueError as refused:
            self.add_error(None, str(refused))
        return None

    def _impossible(self) -> bool:
        """Name every value that cannot be, not only the first; pressure is one value."""
        typed, groups = self.values, (FLOOR_FIELDS[:2], *((name,) for name in FLOOR_FIELDS[2:]))
        for group in groups:
            if together := {name: typed[name] for name in group if name in typed}:
                self._refuse_impossible(together)
        return bool(self.errors)

    def _refuse_impossible(self, together: dict[str, Any]) -> None:
        try:
            VitalsMeasured(**together)
        except Implausible as refused:
            self.add_error(refused.field, str(refused))


class SedationForm(TimedForm):
    """MOAA/S."""

    moaa_s = forms.TypedChoiceField(
        label=_("Responsiveness (MOAA/S)"), choices=MOAA_S, coerce=int, widget=forms.RadioSelect
    )


class DissociationForm(TimedForm):
    """CADSS-6: the six items are read from the clinic's own copy of the scale."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        choices = [(score, str(score)) for score in range(5)]
        for item in CADSS_ITEMS:
            label = _("CADSS item %(number)d") % {"number": item}
            self.fields[f"item_{item}"] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, widget=forms.RadioSelect
            )
        self.fields["distress"] = forms.TypedChoiceField(
            label=_("Does it distress?"),
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
        )

    @property
    def items(self) -> tuple[int, ...]:
        """The six answers, in the order of the scale."""
        return tuple(self.cleaned_data[f"item_{item}"] for item in CADSS_ITEMS)


class EventForm(TimedForm):
    """Something happened. A quick button sends the event alone, and how many minutes ago it was."""

    ago_min = forms.TypedChoiceField(
        label=_("When"),
        required=False,
        coerce=int,
        choices=[
            ("", _("Now")),
            *((minutes, _("%(n)d min ago") % {"n": minutes}) for minutes in AGO_MIN),
        ],
    )

    event = forms.CharField(
        label=_("What"), max_length=80, widget=forms.TextInput(attrs={"list": "event-terms"})
    )
    severity = forms.ChoiceField(
        label=_("How bad"),
        required=False,
        choices=[("", _("Not graded")), *((one.value, one.value.capitalize()) for one in Severity)],
    )
    action = forms.CharField(label=_("What was done"), required=False, max_length=200)
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def moment(self, zone: ZoneInfo) -> datetime | None:
        """When it happened, if not now."""
        said, ago_min = super().moment(zone), self.cleaned_data.get("ago_min") or 0
        return (said or clock.now()) - timedelta(minutes=ago_min) if ago_min else said

    @property
    def graded(self) -> Severity | None:
        """The severity, where someone graded it."""
        chosen = self.cleaned_data["severity"]
        return Severity(chosen) if chosen else None


class AlarmForm(forms.Form):
    """Which alarm, and what was done about it (empty: it has been seen)."""

    alarm = forms.CharField(widget=forms.HiddenInput)
    action = forms.CharField(label=_("What was done"), required=False, max_length=200)


class TakeBackForm(forms.Form):
    """It should never have been recorded."""

    reason = reason_field(_("Why it is wrong"), required=True)


def event_terms() -> list[str]:
    """Every listed event."""
    return list(TERMS)


def unit_of(field: str) -> str:
    """The unit of a vital sign."""
    return BOUNDS[field].unit
