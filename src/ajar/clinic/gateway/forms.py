"""Resolving a held message, and saying where a device stands."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site

REASON = {"rows": 2}
NO_REASON = _("Write why, so that the next person understands.")


class AssignForm(forms.Form):
    """Which session the readings belong to, and why."""

    encounter = forms.ChoiceField(
        label=_("Session"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the session these readings belong to.")},
    )
    reason = forms.CharField(
        label=_("Why it belongs there"),
        widget=forms.Textarea(attrs=REASON),
        max_length=500,
        error_messages={"required": NO_REASON},
    )

    def __init__(self, *arguments: Any, sessions: QuerySet[DosingNow], **options: Any) -> None:
        super().__init__(*arguments, **options)
        encounter = cast(forms.ChoiceField, self.fields["encounter"])
        encounter.choices = [(str(session.pk), words_of(session)) for session in sessions]

    @property
    def encounter_id(self) -> UUID:
        """The session chosen."""
        return UUID(self.cleaned_data["encounter"])


def words_of(session: DosingNow) -> str:
    """A session as a person recognises it: who, where, since when."""
    since = localtime(session.arrived_at, session.site.zone) if session.arrived_at else None
    when = f", arrived {since:%d %b %H:%M %Z}" if since else ""
    return f"{session.patient.name} ({session.patient.mrn}), {session.room_name}{when}, now {session.stage}"


class DismissForm(forms.Form):
    """Why the message is set aside, and whether others like it are as well."""

    reason = forms.CharField(
        label=_("Why it is set aside"),
        widget=forms.Textarea(attrs=REASON),
        max_length=500,
        error_messages={"required": NO_REASON},
    )
    others = forms.BooleanField(label=_("Also the others like it"), required=False)


class BindForm(forms.Form):
    """A device and the room it stands in."""

    device = forms.CharField(
        label=_("Device identifier"),
        max_length=100,
        help_text=_("As the device names itself in its messages: OBX-18 or MSH-3."),
    )
    room: forms.ModelChoiceField[Room] = forms.ModelChoiceField(Room.objects.none(), label=_("Room"))
    since = forms.DateTimeField(
        label=_("Since"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("By the clock of the site. Leave it empty for now."),
    )

    def __init__(self, *arguments: Any, rooms: QuerySet[Room], **options: Any) -> None:
        super().__init__(*arguments, **options)
        cast("forms.ModelChoiceField[Room]", self.fields["room"]).queryset = rooms

    def clean(self) -> dict[str, Any]:
        """`since` as the wall clock of the room's site means it."""
        cleaned = super().clean() or {}
        room, since = cleaned.get("room"), cleaned.get("since")
        if room is not None and since is not None:
            cleaned["since"] = since.replace(tzinfo=room.site.zone)
        return cleaned


class KeyForm(forms.Form):
    """A new key: what it is called, whose devices it speaks for, and whether for one alone."""

    name = forms.CharField(
        label=_("Name of the key"),
        max_length=100,
        help_text=_("Such as the gateway or the device that will hold it."),
        error_messages={"required": _("Give the key a name.")},
    )
    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), error_messages={"required": _("Choose a site.")}
    )
    device = forms.CharField(
        label=_("Only for this device"),
        max_length=100,
        required=False,
        help_text=_("The device's identifier. Leave it empty for a gateway that speaks for several."),
    )

    def __init__(self, *arguments: Any, sites: QuerySet[Site], **options: Any) -> None:
        super().__init__(*arguments, **options)
        cast("forms.ModelChoiceField[Site]", self.fields["site"]).queryset = sites
