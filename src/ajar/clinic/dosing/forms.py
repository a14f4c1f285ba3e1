"""What is asked on the session page. Each form belongs to one step; errors say what was expected."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.page import Seen, counted_mg
from ajar.clinic.dosing.selectors import rooms_for, second_people
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.dosing.entries import Act, ReadinessAnswered
from ajar.pathway.evaluation.products import Product

MOMENT_FORMATS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
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


class ArriveForm(StepForm):
    """Which room."""

    room = forms.ChoiceField(label=_("Room"), widget=forms.RadioSelect)

    def prepare(self, seen: Seen) -> None:
        """Free treatment rooms of the site; a taken one is listed as taken."""
        self.rooms = {str(room.pk): room for room in rooms_for(seen.encounter.site)}
        field = self.fields["room"]
        field.choices = [(key, room.name) for key, room in self.rooms.items()]  # type: ignore[attr-defined]
        if len(self.rooms) == 1:
            field.initial = next(iter(self.rooms))


class ReadinessForm(StepForm):
    """Today's questions (DAY-1 to DAY-7). Nothing is filled in from last time."""

    use_required_attribute = False

    last_solids_at = asked_moment(_("Last solid food"))
    last_liquids_at = asked_moment(_("Last clear liquids"))
    escort_name = AskedText(label=_("Who takes the patient home"), max_length=120)
    escort_phone = AskedText(
        label=_("Their telephone"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    intoxication_signs = yes_no(_("Signs of intoxication"))
    new_medicines = yes_no(_("New medicines since the last visit"))
    new_symptoms = yes_no(_("New symptoms since the last visit"))
    suicidal_thoughts_since_last_visit = yes_no(_("Suicidal thoughts since the last visit"))
    could_be_pregnant = yes_no(_("Could be pregnant (missed period, not tested)"))
    stimulant_today = yes_no(_("A stimulant medicine this morning"))
    nasal_product_within_1_h = yes_no(_("Nasal steroid or decongestant in the last hour"))
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def prepare(self, seen: Seen) -> None:
        """Ask only what this product and this person are asked."""
        if seen.session.product != Product.ESKETAMINE_IN:
            del self.fields["nasal_product_within_1_h"]
        if seen.encounter.patient.sex == "male":
            del self.fields["could_be_pregnant"]

    def answered(self) -> ReadinessAnswered:
        """The answers as a fact."""
        data, zone = self.cleaned_data, self.seen.encounter.site.zone
        asked = [name for name, field in self.fields.items() if isinstance(field.widget, forms.RadioSelect)]
        return ReadinessAnswered(
            last_solids_at=at_site(data["last_solids_at"], zone),
            last_liquids_at=at_site(data["last_liquids_at"], zone),
            escort_name=data["escort_name"].strip(),
            escort_phone=data["escort_phone"].strip(),
            note=data["note"].strip(),
            **{"nasal_product_within_1_h": None, "could_be_pregnant": None}
            | {name: answer(data[name]) for name in asked},
        )


class AcceptForm(StepForm):
    """A prescriber accepts one finding, with a reason and a signature."""

    rule_id = forms.CharField(widget=forms.HiddenInput)
    because = reason_field(_("Why the session may go ahead"), required=True)
    pin = pin_field(_("Your signing PIN"))


class OrderForm(StepForm):
    """The order, filled in from the plan."""

    amount_mg = forms.FloatField(label=_("Amount"), min_value=0)
    duration_min = forms.FloatField(label=_("Over"), min_value=1, max_value=240)
    because = reason_field(_("Reason, if it differs from the plan"), required=False)
    pin = pin_field(_("Your signing PIN"))

    def prepare(self, seen: Seen) -> None:
        """Start from the planned amount and the regimen's duration; sprays have no duration."""
        session = seen.session
        self.fields["amount_mg"].initial = f"{session.plan.dose_mg:g}"
        infused = [r.infusion_min for r in REGIMENS.values() if r.product == session.product]
        if session.product != Product.KETAMINE_IV:
            del self.fields["duration_min"]
        else:
            self.fields["duration_min"].initial = next((f"{m:g}" for m in infused if m), None)


class CheckForm(StepForm):
    """Two people look at the vial or device and at the order."""

    lot = forms.CharField(label=_("Lot, as printed"), max_length=40)
    expires_on = forms.DateField(
        label=_("Expires"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    second = forms.ChoiceField(label=_("Second person"))
    pin = pin_field(_("Signing PIN of the second person"))

    def prepare(self, seen: Seen) -> None:
        """Colleagues at this site who may check."""
        self.people = {str(one.pk): one for one in second_people(seen.viewer, seen.encounter.site)}
        choices = [("", _("Choose")), *((key, one.titled_name) for key, one in self.people.items())]
        self.fields["second"].choices = choices  # type: ignore[attr-defined]


class ConfirmForm(StepForm):
    """Nothing more to ask."""


class StartForm(StepForm):
    """Where the line is."""

    line_site = forms.CharField(label=_("Line site, such as left forearm 22 G"), max_length=80)


class DeviceForm(StepForm):
    """The next device, now."""


class ChangeForm(StepForm):
    """Pause, resume, or another rate."""

    act = forms.ChoiceField(
        label=_("What"),
        widget=forms.RadioSelect,
        choices=[
            (Act.PAUSED.value, _("Pause")),
            (Act.RESUMED.value, _("Resume")),
            (Act.RATE_CHANGED.value, _("Change the rate")),
        ],
    )
    rate_mg_per_h = forms.FloatField(label=_("New rate"), required=False, min_value=0)
    because = reason_field(_("Reason"), required=True)


class BolusForm(StepForm):
    """An injection beside the infusion."""

    amount_mg = forms.FloatField(label=_("Bolus"), min_value=0)
    because = reason_field(_("Reason"), required=True)


class EndForm(StepForm):
    """How much it was in all. Left empty, it is what was counted up to the moment of sending."""

    total_mg = forms.FloatField(
        label=_("Given in all"), help_text=_("Empty: as counted."), required=False, min_value=0
    )
    because = reason_field(_("Reason, if not as ordered"), required=False)

    def prepare(self, seen: Seen) -> None:
        """Show what is counted now as a shadow, never as a value that grows old on an open page."""
        self.fields["total_mg"].widget.attrs["placeholder"] = f"{counted_mg(seen.session, now=seen.now):g}"


class CancelForm(StepForm):
    """Why it will not happen."""

    because = reason_field(_("Why this session will not happen"), required=True)


FORMS: dict[str, type[StepForm]] = {
    "arrive": ArriveForm,
    "readiness": ReadinessForm,
    "accept": AcceptForm,
    "order": OrderForm,
    "check": CheckForm,
    "confirm": ConfirmForm,
    "start": StartForm,
    "device": DeviceForm,
    "change": ChangeForm,
    "bolus": BolusForm,
    "end": EndForm,
    "cancel": CancelForm,
}


def forms_for(seen: Seen, names: Iterable[str], expected: int) -> dict[str, forms.Form]:
    """The forms of these names, the refused one with what was typed."""
    fresh = {name: FORMS[name](seen=seen, initial={"expected": expected}) for name in names}
    return {**fresh, **seen.bound}
