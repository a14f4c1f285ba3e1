"""The form in which staff take a questionnaire down: one field an item, as the text at hand allows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ajar.clinic.instruments.wordings import FormText
from ajar.pathway.instruments.administration import modes_of
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import Instrument, Item
from ajar.pathway.instruments.supplied import SuppliedItem

YES_OR_NO: Final = 1
"""An item whose highest answer is this one is answered with yes or no."""


class RecordingForm(forms.Form):
    """The answers, how they were asked for, and when. Any item may stay open."""

    mode = forms.ChoiceField(label=gettext_lazy("How it was asked"), widget=forms.RadioSelect)
    occasion = forms.CharField(
        label=gettext_lazy("Why it is asked"),
        max_length=60,
        help_text=gettext_lazy("Such as “baseline” or “after dose 3”."),
    )
    answered_on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    answered_time = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(
        self, *args: Any, instrument: Instrument, text: FormText, zone: ZoneInfo, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instrument, self.zone = instrument, zone
        self.names = [f"item_{number}" for number in range(1, instrument.item_count + 1)]
        for name, item, words in zip(self.names, instrument.items, text.items, strict=True):
            self.fields[name] = _field(item, words)
        choices = [(one.mode.value, one.display) for one in modes_of(instrument)]
        self.fields["mode"].choices = choices  # type: ignore[attr-defined]
        self.fields["mode"].initial = choices[0][0]

    @property
    def items(self) -> list[BoundField]:
        """The answers' fields in their order."""
        return [self[name] for name in self.names]

    @property
    def answers(self) -> tuple[int | None, ...]:
        """The answers that are whole numbers within the item's range; None for the rest."""
        self.is_valid()  # fills cleaned_data with what is whole, and keeps what was refused later
        cleaned = self.cleaned_data
        found = [cleaned.get(name) for name in self.names]
        return tuple(int(answer) if answer not in (None, "") else None for answer in found)

    @property
    def administered(self) -> Mode:
        """How it was given."""
        return Mode(self.cleaned_data["mode"])

    @property
    def answered(self) -> datetime:
        """When it was answered, in the site's time."""
        data = self.cleaned_data
        return datetime.combine(data["answered_on"], data["answered_time"], tzinfo=self.zone)


def initial_of(draft: Sequence[int | None], *, now: datetime) -> dict[str, Any]:
    """The answers kept so far, and now as the time."""
    kept = {f"item_{number}": answer for number, answer in enumerate(draft, start=1) if answer is not None}
    return kept | {"answered_on": now.date(), "answered_time": now.time()}


def _field(item: Item, text: SuppliedItem) -> forms.Field:
    label = f"{item.id}. {text.words}" if text.words else _("Item %(id)s") % {"id": item.id}
    options = text.options or ((_("no"), _("yes")) if item.highest == YES_OR_NO else ())
    if options:
        choices = [(item.lowest + place, words) for place, words in enumerate(options)]
        return forms.TypedChoiceField(
            label=label,
            choices=choices,
            coerce=int,
            widget=forms.RadioSelect,
            required=False,
            empty_value=None,
        )
    attrs = {"inputmode": "numeric", "min": item.lowest, "max": item.highest, "autocomplete": "off"}
    return forms.IntegerField(
        label=label,
        min_value=item.lowest,
        max_value=item.highest,
        required=False,
        widget=forms.NumberInput(attrs=attrs),
        help_text=_("%(lowest)s to %(highest)s") % {"lowest": item.lowest, "highest": item.highest},
    )
