"""What is asked on the session page. Each form belongs to one step; errors say what was expected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.alongside import standing_in
from ajar.clinic.dosing.asking import ReadinessForm
from ajar.clinic.dosing.fields import StepForm, pin_field
from ajar.clinic.dosing.fields import at_site as at_site
from ajar.clinic.dosing.fields import moment_field as moment_field
from ajar.clinic.dosing.fields import reason_field as reason_field
from ajar.clinic.dosing.moving import Monitor
from ajar.clinic.dosing.page import Seen, counted_mg, left_mg
from ajar.clinic.dosing.scanning import LotForm
from ajar.clinic.dosing.selectors import rooms_for, second_people
from ajar.clinic.governance.selectors import programme
from ajar.clinic.scheduling.models import Room
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.dosing.drug import BODY_SITE_ASKED, HELD_IN_MOUTH
from ajar.pathway.dosing.entries import Act, Residue
from ajar.pathway.dosing.preparation import VIALS_MG_PER_ML, Diluent, Prepared
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.evaluation.products import AT_HOME, BY_MOUTH, Product


class ArriveForm(StepForm):
    """Which room."""

    room = forms.ChoiceField(label=_("Room"), widget=forms.RadioSelect)
    rooms: Mapping[str, Room] = {}

    def prepare(self, seen: Seen) -> None:
        """Free treatment rooms of the site; a dose at home has none."""
        if seen.session.product in AT_HOME:
            del self.fields["room"]
            return
        self.rooms = {str(room.pk): room for room in rooms_for(seen.encounter.site)}
        field = self.fields["room"]
        field.choices = [(key, room.name) for key, room in self.rooms.items()]  # type: ignore[attr-defined]
        if len(self.rooms) == 1:
            field.initial = next(iter(self.rooms))


class MoveForm(StepForm):
    """Which other room, why, and whether the monitor goes along."""

    room = forms.ChoiceField(
        label=_("New room"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the room that the patient is moved to."),
            "invalid_choice": _("That room is not free any more. Choose another one."),
        },
    )
    because = reason_field(_("Reason, such as a broken monitor"), required=False)
    along = forms.BooleanField(
        label=_("The monitor goes along"),
        help_text=_("Leave it out where the monitor stays: its readings belong to whoever is in its room."),
        required=False,
    )
    rooms: Mapping[str, Room] = {}

    def prepare(self, seen: Seen) -> None:
        """The free rooms of the site, each with the monitor that stands there; none outside a room."""
        session = seen.session
        if session.stage not in IN_ROOM or session.room_id is None:
            return
        self.rooms = {str(room.pk): room for room in rooms_for(seen.encounter.site)}
        devices = standing_in([session.room_id, *(room.pk for room in self.rooms.values())])
        field = self.fields["room"]
        field.choices = [  # type: ignore[attr-defined]
            (key, monitored(room.name, devices.get(room.pk, ())) if devices else room.name)
            for key, room in self.rooms.items()
        ]
        if here := devices.get(session.room_id):
            words = _("The monitor goes along: %(devices)s")
            self.fields["along"].label = words % {"devices": ", ".join(here)}
        else:
            del self.fields["along"]

    @property
    def monitor(self) -> Monitor:
        """What becomes of the devices of the old room."""
        return Monitor.GOES_ALONG if self.cleaned_data.get("along") else Monitor.STAYS


def monitored(room_name: str, devices: Sequence[str]) -> str:
    """A room and the monitor that stands there, so that nobody is moved away from one unawares."""
    if not devices:
        return _("%(room)s · no monitor is known there") % {"room": room_name}
    return _("%(room)s · monitor %(devices)s") % {"room": room_name, "devices": ", ".join(devices)}


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


class CheckForm(LotForm):
    """The vial, the device or the box beside the order: by two people, or by one where the policy says so."""

    concentration_mg_per_ml = forms.TypedChoiceField(
        label=_("Concentration, as printed on the vial"),
        coerce=float,
        choices=[(f"{strength:g}", f"{strength:g} mg/mL") for strength in VIALS_MG_PER_ML],
        widget=forms.RadioSelect,
    )
    diluent = forms.ChoiceField(
        label=_("Diluted with an equal volume of"),
        help_text=_("100 mg/mL never goes into a vein undiluted, and is used at once (PRD-07)."),
        required=False,
        choices=[("", _("Not diluted")), *((one.value, one.value) for one in Diluent)],
    )
    unit_mg = forms.FloatField(label=_("One unit, as printed"), min_value=0)
    second = forms.ChoiceField(label=_("Second person"))
    pin = pin_field(_("Signing PIN of the second person"))

    def prepare(self, seen: Seen) -> None:
        """Ask what this product's label says, and a colleague where two check."""
        super().prepare(seen)
        product = Product(seen.session.product)
        wanted = {*LotForm.base_fields} | CHECK_ASKS.get(product, frozenset())
        self.people = {str(one.pk): one for one in second_people(seen.viewer, seen.encounter.site)}
        if programme().readiness.needs_two(product):
            wanted |= {"second", "pin"}
            choices = [("", _("Choose")), *((key, one.titled_name) for key, one in self.people.items())]
            self.fields["second"].choices = choices  # type: ignore[attr-defined]
        for name in set(self.fields) - wanted:
            del self.fields[name]

    def prepared(self) -> Prepared:
        """What the label and the preparer say."""
        data = self.cleaned_data
        return Prepared(
            concentration_mg_per_ml=data.get("concentration_mg_per_ml"),
            diluent=Diluent(data["diluent"]) if data.get("diluent") else None,
            unit_mg=data.get("unit_mg"),
        )


CHECK_ASKS: Final = (
    {Product.KETAMINE_IV: frozenset({"concentration_mg_per_ml", "diluent"})}
    | dict.fromkeys(BODY_SITE_ASKED, frozenset({"concentration_mg_per_ml"}))
    | dict.fromkeys(BY_MOUTH, frozenset({"unit_mg"}))
)
"""What the check asks besides lot and expiry."""


class ConfirmForm(StepForm):
    """Nothing more to ask."""


class StartForm(StepForm):
    """Where the line is."""

    line_site = forms.CharField(label=_("Line site, such as left forearm 22 G"), max_length=80)


class DeviceForm(StepForm):
    """The next device, now."""


class InjectForm(StepForm):
    """Into a muscle or under the skin. The volume in the syringe is typed, not filled in."""

    amount_mg = forms.FloatField(label=_("Amount"), min_value=0)
    volume_ml = forms.FloatField(label=_("Volume in the syringe"), min_value=0)
    body_site = forms.CharField(label=_("Where, such as left deltoid"), max_length=80)

    def prepare(self, seen: Seen) -> None:
        """Start from what is left of the order."""
        self.fields["amount_mg"].initial = f"{left_mg(seen.session):g}"


class TakeForm(StepForm):
    """A lozenge placed, or drug swallowed, now."""

    amount_mg = forms.FloatField(label=_("Amount"), min_value=0)

    def prepare(self, seen: Seen) -> None:
        """Start from what is left of the order."""
        self.fields["amount_mg"].initial = f"{left_mg(seen.session):g}"


class DispenseForm(LotForm):
    """Doses handed out for home."""

    doses = forms.IntegerField(label=_("Doses handed out"), min_value=1, initial=1)
    unit_mg = forms.FloatField(label=_("One unit, as printed"), min_value=0)
    pharmacy = forms.CharField(label=_("Pharmacy"), max_length=80)


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
    held_min = forms.FloatField(label=_("Held in the mouth"), min_value=0)
    residue = forms.ChoiceField(
        label=_("What was left of it"),
        choices=[(Residue.SWALLOWED.value, _("Swallowed")), (Residue.SPAT.value, _("Spat out"))],
        widget=forms.RadioSelect,
    )
    because = reason_field(_("Reason, if not as ordered"), required=False)

    def prepare(self, seen: Seen) -> None:
        """Show what is counted now as a shadow, never as a value that grows old on an open page."""
        if seen.session.product not in HELD_IN_MOUTH:
            del self.fields["held_min"], self.fields["residue"]
        self.fields["total_mg"].widget.attrs["placeholder"] = f"{counted_mg(seen.session, now=seen.now):g}"


class CancelForm(StepForm):
    """Why it will not happen."""

    because = reason_field(_("Why this session will not happen"), required=True)


FORMS: dict[str, type[StepForm]] = {
    "arrive": ArriveForm,
    "move": MoveForm,
    "readiness": ReadinessForm,
    "accept": AcceptForm,
    "order": OrderForm,
    "check": CheckForm,
    "confirm": ConfirmForm,
    "start": StartForm,
    "device": DeviceForm,
    "inject": InjectForm,
    "take": TakeForm,
    "dispense": DispenseForm,
    "change": ChangeForm,
    "bolus": BolusForm,
    "end": EndForm,
    "cancel": CancelForm,
}


def forms_for(seen: Seen, names: Iterable[str], expected: int) -> dict[str, forms.Form]:
    """The forms of these names, the refused one with what was typed."""
    fresh = {name: FORMS[name](seen=seen, initial={"expected": expected}) for name in names}
    return {**fresh, **seen.bound}
