"""A score that somebody else reported: its total, or its verdict in a word."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ajar.clinic.evaluation.forms import CHOOSE, FactForm, Measured, day_field
from ajar.pathway.evaluation.entries import ScoreReported

REPORTED: Final = (
    ("stop-bang", "STOP-BANG", 8),
    ("bpic-ss", "BPIC-SS", 38),
    ("icsi", "ICSI", 20),
    ("mdq", "MDQ", None),
    ("c-ssrs", "C-SSRS", None),
    ("mmse", "MMSE", 30),
    ("moca", "MoCA", 30),
    ("phq-9", "PHQ-9", 27),
    ("gad-7", "GAD-7", 21),
)
"""Instruments that the rules read, and their highest total; None: read by its verdict or colour."""
HIGHEST: Final = {instrument: highest for instrument, _name, highest in REPORTED}
NAMES: Final = {instrument: name for instrument, name, _highest in REPORTED}
VERDICTS: Final = {
    "mdq": ("positive", "negative"),
    "c-ssrs": ("none", "yellow", "orange", "red"),
}


class ScoreForm(FactForm):
    """One result without its items."""

    instrument = forms.ChoiceField(
        label=_("Instrument"), choices=[CHOOSE, *((one, name) for one, name, _highest in REPORTED)]
    )
    total = Measured(_("Total"), "")
    level = forms.ChoiceField(
        label=_("Verdict or colour"),
        required=False,
        choices=[
            ("", _("None: it has a total")),
            ("negative", _("MDQ negative")),
            ("positive", _("MDQ positive")),
            ("none", _("C-SSRS without a colour")),
            ("yellow", _("C-SSRS yellow")),
            ("orange", _("C-SSRS orange")),
            ("red", _("C-SSRS red")),
        ],
    )
    reported_by = forms.CharField(label=_("Reported by"), required=False, max_length=120)
    day = day_field()

    def clean(self) -> dict[str, Any]:
        """A total within its range, or the verdict that this instrument gives."""
        data = super().clean()
        instrument = data.get("instrument")
        if instrument and "total" not in self.errors:
            self._refuse_impossible(instrument, data.get("total"), data.get("level", ""))
        return data

    def _refuse_impossible(self, instrument: str, total: float | None, level: str) -> None:
        highest, verdicts = HIGHEST[instrument], VERDICTS.get(instrument, ())
        if verdicts and level not in verdicts:
            words = _now("%(name)s is read by one of: %(verdicts)s.")
            self.add_error("level", words % {"name": NAMES[instrument], "verdicts": ", ".join(verdicts)})
        if highest is not None and (total is None or not 0 <= total <= highest):
            words = _now("%(name)s runs from 0 to %(highest)s.")
            self.add_error("total", words % {"name": NAMES[instrument], "highest": highest})
        if level and not verdicts:
            words = _now("%(name)s has a total and no colour.")
            self.add_error("level", words % {"name": NAMES[instrument]})

    def payload(self) -> ScoreReported:
        """The result."""
        data = self.cleaned_data
        return ScoreReported(
            instrument=data["instrument"],
            total=data.get("total"),
            level=data.get("level", ""),
            reported_by=data.get("reported_by", ""),
        )
