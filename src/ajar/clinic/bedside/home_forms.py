"""What is entered at home: the cuff's numbers by the same rules as everywhere, and the chaperone's word."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.bedside.home_words import EMPTY, EXPECTED, PRESSURE, STATEMENTS
from ajar.clinic.monitoring.forms import VitalsForm
from ajar.pathway.observations.vitals import BOUNDS, Implausible, TakenBy, VitalsMeasured

HOME_FIELDS: Final = ("systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm", "spo2_percent")
LABELS: Final = {
    "systolic_mmhg": _("Upper number"),
    "diastolic_mmhg": _("Lower number"),
    "heart_rate_bpm": _("Pulse"),
    "spo2_percent": _("Oxygen"),
}


class HomeVitalsForm(VitalsForm):
    """A set of values now, typed or read from the device; `device` is what the device calls itself."""

    device = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for name in set(self.fields) - {*HOME_FIELDS, "device", "confirmed"}:
            del self.fields[name]
        for name in HOME_FIELDS:
            self.fields[name].label = LABELS[name]

    @property
    def spelled(self) -> str:
        """The values in one line, in no language: what a person confirms."""
        return ", ".join(f"{value:g} {BOUNDS[name].unit}" for name, value in self.values.items())

    def vitals(self) -> VitalsMeasured | None:
        """The set as a fact, taken by the patient; None with every refusal standing at its field."""
        if not self.values:
            self.add_error("systolic_mmhg", EMPTY)
            return None
        if (found := super().vitals()) is None:
            return None
        return replace(found, taken_by=TakenBy.PATIENT, device_id=self.cleaned_data["device"].strip())

    def _refuse_impossible(self, together: dict[str, Any]) -> None:
        """The same refusal as everywhere, said in the patient's language."""
        try:
            VitalsMeasured(**together)
        except Implausible as refused:
            self.add_error(refused.field, self._words(refused.field, together))

    def _words(self, field: str, together: dict[str, Any]) -> Any:
        bounds, typed = BOUNDS[field], together.get(field)
        if typed is None or bounds.lowest <= typed <= bounds.highest:
            return PRESSURE
        return EXPECTED % {"lowest": f"{bounds.lowest:g}", "highest": f"{bounds.highest:g}"}


class AttestForm(forms.Form):
    """The adult beside the patient: who they are, and each statement agreed to."""

    chaperone_name = forms.CharField(label=_("Your name"), max_length=120)
    chaperone_phone = forms.CharField(
        label=_("Your telephone"), max_length=32, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for number, statement in enumerate(STATEMENTS, start=1):
            self.fields[f"statement_{number}"] = forms.BooleanField(label=statement)
