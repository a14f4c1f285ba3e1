"""An adverse event as it is typed. The grade is a person's; the facts can suggest it and never set it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ajar.clinic.dosing.fields import MOMENT_FORMATS
from ajar.clinic.dosing.forms import at_site, moment_field, reason_field
from ajar.clinic.governance.selectors import programme
from ajar.pathway.safety.entries import AdverseEventRecorded, Outcome, Relatedness, Seriousness
from ajar.pathway.safety.grading import Care, GradeFacts, Intake, Limits, PressureFact, suggested_grade
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.safety.terms import BY_NAME, DICTIONARY_VERSION, GENERIC, TERMS

CHOOSE: Final = ("", _("Choose"))
NOT_SERIOUS: Final = "no"
OPEN: Final = ("", _("not said"))


def _choice(
    label: Any, choices: list[tuple[Any, Any]], *, required: bool, hint: Any = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint)


def _named(words: Any) -> list[tuple[str, str]]:
    return [(one.value, one.value.capitalize()) for one in words]


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, input_formats=MOMENT_FORMATS, widget=widget)


class AdverseEventForm(forms.Form):
    """What, since when, how bad, what was done, how it ended, why, and whether it is serious."""

    term = _choice(_("What happened"), [CHOOSE, *((term.name, term.name) for term in TERMS)], required=True)
    note = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "A rise of blood pressure with the dose is told here, with its peak and how long it lasted."
        ),
    )
    onset_at = _moment(_("Since"))
    ended_at = moment_field(_("Until, if it is over"))
    grade = _choice(
        _("Severity"),
        [
            ("", _("Suggest one from what it led to")),
            *((str(g), f"{g} · {words}") for g, words in GENERIC.items()),
        ],
        required=False,
    )
    care = _choice(_("What was needed"), [OPEN, *_named(Care)], required=False)
    limits = _choice(_("What it kept the person from"), [OPEN, *_named(Limits)], required=False)
    intake = _choice(_("With nausea: eating and drinking"), [OPEN, *_named(Intake)], required=False)
    alt_times = forms.FloatField(
        label=_("With the liver: ALT, times the upper limit of normal"), required=False, min_value=0.01
    )
    action = forms.CharField(label=_("What was done"), max_length=400)
    outcome = _choice(_("How it stands"), [CHOOSE, *_named(Outcome)], required=True)
    relatedness = _choice(_("Was it the drug?"), [CHOOSE, *_named(Relatedness)], required=True)
    seriousness = _choice(
        _("Is it serious?"),
        [CHOOSE, (NOT_SERIOUS, _("Not serious")), *_named(Seriousness)],
        required=True,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        zone: ZoneInfo,
        pressure: PressureFact | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.zone, self.pressure = zone, pressure
        self.event: AdverseEventRecorded | None = None

    def clean(self) -> dict[str, Any]:
        """One event that can be true, or the reason why not; a missing grade comes back with a suggestion."""
        data = super().clean() or {}
        if self.errors:
            return data
        term = BY_NAME[data["term"]]
        if term.graded and not data["grade"]:
            self.add_error("grade", self._suggestion(data))
        else:
            self._take(data)
        return data

    def _suggestion(self, data: dict[str, Any]) -> str:
        facts = GradeFacts(
            care=Care(data["care"]) if data["care"] else None,
            limits=Limits(data["limits"]) if data["limits"] else None,
            intake=Intake(data["intake"]) if data["intake"] else None,
            alt_times_upper_limit=data["alt_times"],
            pressure=self.pressure,
        )
        grade = suggested_grade(data["term"], facts, programme().safety)
        if grade.value is None:
            return _now("No grade follows. %(why)s") % {"why": grade.because}
        words = _now("%(why)s That makes grade %(grade)s. Choose it if you agree.")
        return words % {"why": grade.because, "grade": grade.value}

    def _take(self, data: dict[str, Any]) -> None:
        serious = data["seriousness"]
        try:
            self.event = AdverseEventRecorded(
                term=data["term"],
                grade=int(data["grade"]) if data["grade"] else None,
                onset_at=self._at(data["onset_at"]) or data["onset_at"],
                ended_at=self._at(data["ended_at"]),
                action=data["action"],
                outcome=Outcome(data["outcome"]),
                relatedness=Relatedness(data["relatedness"]),
                seriousness=None if serious == NOT_SERIOUS else Seriousness(serious),
                note=data["note"].strip(),
                dictionary_version=DICTIONARY_VERSION,
            )
        except ValueError as refused:
            self.add_error(None, str(refused))

    def _at(self, moment: datetime | None) -> datetime | None:
        return at_site(moment, self.zone)


class UpdateForm(AdverseEventForm):
    """The same, with why it is said anew."""

    reason = reason_field(_("Why this is recorded anew"), required=True)


def typed_at(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment as it would be typed at the site: Django would show an aware one in its own zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def initial_of(event: AdverseEventRecorded, zone: ZoneInfo) -> dict[str, Any]:
    """A recorded event as the form shows it."""
    return {
        "term": event.term,
        "note": event.note,
        "onset_at": typed_at(event.onset_at, zone),
        "ended_at": typed_at(event.ended_at, zone) if event.ended_at else None,
        "grade": str(event.grade or ""),
        "action": event.action,
        "outcome": event.outcome.value,
        "relatedness": event.relatedness.value,
        "seriousness": event.seriousness.value if event.seriousness else NOT_SERIOUS,
    }


class SettingForm(forms.Form):
    """How one site is certified."""

    setting = forms.ChoiceField(
        label=_("Certified as"), choices=_named(RemsSetting), widget=forms.RadioSelect
    )
