"""Forms of the board and the pages beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site


def pin_field() -> forms.CharField:
    """The signer's own PIN."""
    return forms.CharField(
        label=_("Your signing PIN"),
        max_length=32,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class TileForm(forms.Form):
    """Which alarm was seen, none: someone looked in; and who was in the room when the tile was drawn."""

    alarm = forms.CharField(max_length=120, required=False)
    encounter = forms.UUIDField(required=False)


class HandOverForm(forms.Form):
    """What the board does not say, and the signature of who leaves."""

    notes = forms.CharField(
        label=_("What the board does not say"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    pin = pin_field()


class AcceptForm(forms.Form):
    """The signature of who comes."""

    pin = pin_field()


class RoomNameForm(forms.Form):
    """One room and its new name."""

    room = forms.ModelChoiceField(queryset=Room.objects.none(), label=_("Room"))
    name = forms.CharField(label=_("New name"), max_length=40)

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = self.fields["room"]
        if isinstance(rooms, forms.ModelChoiceField):
            rooms.queryset = Room.objects.filter(site=site).order_by("position", "name")
