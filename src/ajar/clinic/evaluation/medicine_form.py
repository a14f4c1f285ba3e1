"""The form of one medicine: what a name is taken for is shown while typing; a misspelling is asked about."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ajar.clinic.evaluation.forms import CHOOSE, FactForm
from ajar.pathway.evaluation.formulary.ingredient import MedicineRoute
from ajar.pathway.evaluation.medicines import Recognised, corrected, recognise
from ajar.pathway.patients.facts import CodeSystem, Coding, MedicationRecorded

ROUTES = [
    ("", _("Not said")),
    (MedicineRoute.MOUTH, _("By mouth")),
    (MedicineRoute.NOSE, _("Into the nose")),
    (MedicineRoute.LUNG, _("Inhaled")),
    (MedicineRoute.INJECTION, _("Injected")),
    (MedicineRoute.PATCH, _("As a patch")),
    (MedicineRoute.SKIN, _("On the skin")),
    (MedicineRoute.EYE, _("Into the eye")),
    (MedicineRoute.EAR, _("Into the ear")),
    (MedicineRoute.OTHER, _("Another way")),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMedicine:
    """What the typed name turned out to be."""

    name: str
    recognised: Recognised

    @property
    def words(self) -> str:
        """Ingredients with their classes, such as "sertraline (SSRI, antidepressant)"."""
        classes = ", ".join(sorted(drug_class.value for drug_class in self.recognised.classes))
        return f"{', '.join(sorted(self.recognised.ingredients)) or self.name} ({classes})"

    @property
    def unknown(self) -> str:
        """The words that nobody knows; the whole name where it has no word at all."""
        return ", ".join(self.recognised.unknown) or self.name


class MedicineForm(FactForm):
    """A medicine, by name or by its RxNorm or ATC code."""

    name = forms.CharField(
        label=_("Medicine"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.RegexField(
        r"^(\d{1,8}|[A-Za-z]\d{2}[A-Za-z]{2}\d{2})$",
        label=_("RxNorm or ATC code"),
        required=False,
        error_messages={"invalid": _("Digits only for RxNorm; ATC looks like N05BA01.")},
    )
    dose_text = forms.CharField(
        label=_("Dose, as taken"),
        required=False,
        max_length=120,
        help_text=_("Amount and how often, such as 0.5 mg twice a day."),
    )
    route_text = forms.ChoiceField(label=_("How it is taken"), required=False, choices=ROUTES)
    active = forms.TypedChoiceField(
        label=_("Taken now?"),
        choices=[CHOOSE, ("yes", _("Yes")), ("no", _("No, stopped"))],
        coerce=lambda value: value == "yes",
    )
    asks = ""  # the name that is being asked about
    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def typed(self) -> TypedMedicine | None:
        """What is typed so far, looked up; None where nothing is."""
        name = str(self.data.get(self.add_prefix("name"), "")).strip()
        if not name:
            return None
        return TypedMedicine(name=name, recognised=recognise(self._coding(name)))

    @property
    def take(self) -> str:
        """The name of the buttons that take a suggestion."""
        return self.add_prefix("take")

    def clean_name(self) -> str:
        """The typed name, or with the misspelt word put right where somebody pressed that button."""
        typed: str = self.cleaned_data["name"]
        taken = self.data.get(self.take, "")
        if taken not in recognise(self._coding(typed)).suggestions:
            return typed
        right = corrected(typed, taken)
        self._show("name", right)
        return right

    def clean(self) -> dict[str, Any]:
        """A name that may be misspelt is asked about once; the answer counts only for that name."""
        data = super().clean()
        name = data.get("name", "")
        likely = recognise(self._coding(name)).suggestions if name else ()
        if likely and not self.errors and data.get("asked_about") != name:
            self.asks = name
            words = _now("Not recognised. Did you mean %(names)s? Take it below, or record it as typed.")
            self.add_error("name", words % {"names": ", ".join(likely)})
            self._show("asked_about", name)
        return data

    @property
    def may_be_judged(self) -> bool:
        """A name is judged while it is still being asked about: the findings ask about it as well."""
        self.is_valid()
        return not self.errors or (bool(self.asks) and set(self.errors) == {"name"})

    def payload(self) -> MedicationRecorded:
        """The medicine."""
        data = self.cleaned_data
        return MedicationRecorded(
            medicine=self._coding(data.get("name") or self.asks),
            active=data["active"],
            dose_text=data["dose_text"],
            route_text=data["route_text"],
            started_on=None,
            ended_on=None,
        )

    def _coding(self, name: str) -> Coding:
        code = str(self.data.get(self.add_prefix("code"), "")).strip().upper()
        by_shape = CodeSystem.RXNORM if code.isdigit() else CodeSystem.ATC
        return Coding(system=by_shape if code else CodeSystem.TEXT, code=code, display=name.strip())

    def _show(self, field: str, value: str) -> None:
        """Show another value than was typed when the form is drawn again."""
        self.data = dict(self.data.items()) | {self.add_prefix(field): value}
