"""Today's questions as a form (DAY-1 to DAY-7, and the gate of a dose at home)."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.fields import (
    AskedChoice,
    AskedText,
    StepForm,
    answer,
    asked_moment,
    at_site,
    yes_no,
)
from ajar.clinic.dosing.page import Seen
from ajar.clinic.dosing.selectors import prescribers_at
from ajar.pathway.dosing.entries import AtHome, ReadinessAnswered
from ajar.pathway.evaluation.products import AT_HOME, NASAL

HOME_FIELDS: Final = (
    "chaperone_name",
    "chaperone_phone",
    "chaperone_is_adult",
    "chaperone_present",
    "seen_by_video",
    "place",
)
TELEPHONE: Final = {"inputmode": "tel"}


class ReadinessForm(StepForm):
    """Nothing is filled in from last time."""

    use_required_attribute = False

    last_solids_at = asked_moment(_("Last solid food"))
    last_liquids_at = asked_moment(_("Last clear liquids"))
    escort_name = AskedText(label=_("Who takes the patient home"), max_length=120)
    escort_phone = AskedText(
        label=_("Their telephone"), max_length=40, widget=forms.TextInput(attrs=TELEPHONE)
    )
    prescriber_on_site = AskedChoice(label=_("Prescriber on site until release"))
    seen_by_video = yes_no(_("The patient is seen by video"))
    place = AskedText(label=_("Where the patient is, for help to be sent"), max_length=200)
    chaperone_name = AskedText(label=_("Chaperone with the patient"), max_length=120)
    chaperone_phone = AskedText(
        label=_("The chaperone's telephone"), max_length=40, widget=forms.TextInput(attrs=TELEPHONE)
    )
    chaperone_is_adult = yes_no(_("The chaperone is an adult"))
    chaperone_present = yes_no(_("The chaperone is in the room and says so"))
    intoxication_signs = yes_no(_("Signs of intoxication"))
    new_medicines = yes_no(_("New medicines since the last visit"))
    new_symptoms = yes_no(_("New symptoms since the last visit"))
    suicidal_thoughts_since_last_visit = yes_no(
        _("Suicidal thoughts or behaviour since the last visit (C-SSRS, since last contact)")
    )
    cssrs_highest_item = forms.TypedChoiceField(
        label=_("If so, the highest C-SSRS item answered yes"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("None")),
            ("1", _("1, wish to be dead")),
            ("2", _("2, thoughts without a method")),
            ("3", _("3, a method, no intent")),
            ("4", _("4, some intent, no plan")),
            ("5", _("5, plan and intent")),
            ("6", _("6, behaviour or preparation")),
        ],
    )
    could_be_pregnant = yes_no(_("Could be pregnant (missed period, not tested)"))
    stimulant_today = yes_no(_("A stimulant medicine this morning"))
    nasal_product_within_1_h = yes_no(_("Nasal steroid or decongestant in the last hour"))
    will_drive = yes_no(_("Means to drive or do anything hazardous before tomorrow, after a night's sleep"))
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def prepare(self, seen: Seen) -> None:
        """Ask only what this product and this person are asked."""
        product = seen.session.product
        unasked: set[str] = set()
        if product not in NASAL:
            unasked |= {"nasal_product_within_1_h", "prescriber_on_site"}
        unasked |= {"escort_name", "escort_phone"} if product in AT_HOME else set(HOME_FIELDS)
        if seen.encounter.patient.sex == "male":
            unasked.add("could_be_pregnant")
        for name in unasked:
            del self.fields[name]
        if "prescriber_on_site" in self.fields:
            names = [one.titled_name for one in prescribers_at(seen.encounter.site)]
            choices = [("", _("Choose")), *((name, name) for name in names)]
            self.fields["prescriber_on_site"].choices = choices  # type: ignore[attr-defined]

    def answered(self) -> ReadinessAnswered:
        """The answers as a fact."""
        data, zone = self.cleaned_data, self.seen.encounter.site.zone
        return ReadinessAnswered(
            last_solids_at=at_site(data["last_solids_at"], zone),
            last_liquids_at=at_site(data["last_liquids_at"], zone),
            escort_name=self._words("escort_name"),
            escort_phone=self._words("escort_phone"),
            intoxication_signs=self._said("intoxication_signs"),
            new_medicines=self._said("new_medicines"),
            new_symptoms=self._said("new_symptoms"),
            suicidal_thoughts_since_last_visit=self._said("suicidal_thoughts_since_last_visit"),
            nasal_product_within_1_h=self._said("nasal_product_within_1_h"),
            stimulant_today=self._said("stimulant_today"),
            could_be_pregnant=self._said("could_be_pregnant"),
            note=self._words("note"),
            cssrs_highest_item=data["cssrs_highest_item"],
            will_drive=self._said("will_drive"),
            prescriber_on_site=self._words("prescriber_on_site"),
            home=self._at_home() if "place" in self.fields else None,
        )

    def _at_home(self) -> AtHome:
        return AtHome(
            chaperone_name=self._words("chaperone_name"),
            chaperone_phone=self._words("chaperone_phone"),
            chaperone_is_adult=self._said("chaperone_is_adult"),
            chaperone_present=self._said("chaperone_present"),
            seen_by_video=self._said("seen_by_video"),
            place=self._words("place"),
        )

    def _said(self, name: str) -> bool | None:
        return answer(self.cleaned_data.get(name, ""))

    def _words(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "").strip()
