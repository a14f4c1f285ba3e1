"""Writing down an integration session."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ajar.pathway.integration.checklists import (
    DOSING_STEPS,
    HOME_PRACTICE,
    PREPARATION_GOALS,
    STANCE,
    Checklist,
    add_on_list,
)
from ajar.pathway.integration.entries import IntegrationHeld, Purpose, RiskRating, SessionHeld
from ajar.pathway.integration.sessions import SESSION_TYPES
from ajar.pathway.integration.window import Dose

LONGEST_TEXT = 20_000
HEADINGS = ("insights", "emotions", "thought_patterns", "change")
NOTE_TEXTS = ("intention", "themes", "affect", "scales", "plan")
TICK_FIELDS = ("goals", "steps", "home", "add_ons")


def _text(label: Any, hint: Any = "", *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _ticks(checklist: Checklist) -> forms.MultipleChoiceField:
    """The lines of a checklist, to be ticked."""
    return forms.MultipleChoiceField(
        label=checklist.name,
        help_text=checklist.source,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(item.id, item.words) for item in checklist.items],
    )


class SessionForm(forms.Form):
    """The session as therapist and patient agreed to share it."""

    stance = STANCE

    purpose = forms.ChoiceField(
        label=_("What it was for"),
        widget=forms.RadioSelect,
        choices=[
            (Purpose.INTEGRATION, _("Integration, after a dose")),
            (Purpose.PREPARATION, _("Preparation, before the doses")),
            (Purpose.DOSING, _("With the dose itself")),
            (Purpose.BOOSTER, _("After a booster")),
            (Purpose.POST_SERIES, _("Closing of the series")),
        ],
    )
    dose = forms.ChoiceField(label=_("Which dose it follows"), required=False)
    held_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    began = forms.TimeField(
        label=_("Began at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Lasted"), min_value=1, max_value=300)
    attendees = forms.CharField(
        label=_("Who was there"), max_length=200, help_text=_("The patient and you, and anyone else.")
    )
    goals = _ticks(PREPARATION_GOALS)
    steps = _ticks(DOSING_STEPS)
    intention = _text(_("Intention"), _("What the session was for, in the patient's words."), rows=2)
    themes = _text(_("Themes"), rows=2)
    affect = _text(_("Affect"), rows=2)
    risk = forms.ChoiceField(
        label=_("Risk rating"),
        widget=forms.RadioSelect,
        required=False,
        initial=RiskRating.NOT_ASKED,
        choices=[
            (RiskRating.NOT_ASKED, _("Not asked")),
            (RiskRating.NONE, _("None")),
            (RiskRating.LOW, _("Low")),
            (RiskRating.MODERATE, _("Moderate: the prescriber is told today")),
            (RiskRating.HIGH, _("High: the prescriber is told within the hour")),
        ],
    )
    scales = _text(_("Scales"), _("Which were taken; their scores stand in the follow-up."), rows=2)
    insights = _text(_("Insights"), _("What became clear."))
    emotions = _text(_("Emotions"), _("What was felt, then and now."))
    thought_patterns = _text(_("Thought patterns"), _("What is thought differently."))
    change = _text(_("Change"), _("What will be done differently."))
    home_practice = _text(_("Practice at home"), _("What, how often, until when."))
    home = _ticks(HOME_PRACTICE)
    adherence_percent = forms.IntegerField(
        label=_("Practice done since last time"), min_value=0, max_value=100, required=False
    )
    add_ons = _ticks(add_on_list(None))
    plan = _text(_("Plan"), _("What comes next, and until when."), rows=2)
    patient_may_read = forms.TypedChoiceField(
        label=_("May the patient read this"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, on their own page")), ("no", _("No, only the team"))],
        coerce=lambda value: value == "yes",
    )

    def __init__(self, *args: Any, doses: Sequence[Dose], zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        words = [(str(dose.encounter_id), dose_words(dose, zone)) for dose in doses]
        self.fields["dose"].choices = [("", _("No dose")), *words]  # type: ignore[attr-defined]
        self.fields["began"].help_text = _("In the site's time, %(zone)s.") % {"zone": zone.key}

    def clean(self) -> dict[str, Any]:
        """At least one heading says something; a preparation follows no dose."""
        data = super().clean() or {}
        if not any(data.get(name, "").strip() for name in HEADINGS):
            self.add_error("insights", _("Write something under at least one of the four headings."))
        if data.get("purpose") == Purpose.PREPARATION and data.get("dose"):
            self.add_error("dose", _("A preparation session comes before the doses; choose “No dose”."))
        return data

    @property
    def held_at(self) -> datetime:
        """When the session began, in the site's time."""
        data = self.cleaned_data
        return datetime.combine(data["held_on"], data["began"], tzinfo=self.zone)

    @property
    def held(self) -> SessionHeld:
        """What is to be recorded."""
        data = self.cleaned_data
        texts = {name: data[name] for name in (*HEADINGS, *NOTE_TEXTS, "home_practice", "attendees")}
        return SessionHeld(
            session_type=SESSION_TYPES[Purpose(data["purpose"])].id,
            risk=RiskRating(data["risk"] or RiskRating.NOT_ASKED),
            covered=tuple(ticked for name in TICK_FIELDS for ticked in data[name]),
            adherence_percent=data["adherence_percent"],
            dosing_encounter_id=UUID(data["dose"]) if data["dose"] else None,
            minutes=data["minutes"],
            patient_may_read=data["patient_may_read"],
            purpose=Purpose(data["purpose"]),
            **texts,
        )


class NewSessionForm(SessionForm):
    """A session, and the therapist's own note beside it."""

    private_note = _text(
        _("Private note"),
        _("Kept apart from the record. Only you can read it; nobody else here can, in any role."),
    )


class CorrectionForm(SessionForm):
    """A session written again, and why."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=300)


class PrivateNoteForm(forms.Form):
    """One's own note, written again, and why (the reason is as private as the note)."""

    text = forms.CharField(
        label=_("Private note"), widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST_TEXT
    )
    reason = forms.CharField(label=_("Why it is changed"), max_length=300)


def dose_words(dose: Dose, zone: ZoneInfo) -> str:
    """Such as 'Dose 3, 4 March 2026'."""
    day = date_format(dose.at.astimezone(zone).date(), "j F Y")
    return str(_("Dose %(number)s, %(day)s") % {"number": dose.number, "day": day})


def initial_of(held: IntegrationHeld, held_at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The form's values for a session that was recorded before."""
    began = held_at.astimezone(zone)
    kept = (*HEADINGS, "home_practice", "attendees", "minutes", "purpose")
    texts = {name: getattr(held, name) for name in kept}
    if isinstance(held, SessionHeld):
        texts |= {name: getattr(held, name) for name in (*NOTE_TEXTS, "risk", "adherence_percent")}
        texts |= {name: list(held.covered) for name in TICK_FIELDS}
    return texts | {
        "dose": str(held.dosing_encounter_id or ""),
        "held_on": began.date(),
        "began": began.time(),
        "patient_may_read": "yes" if held.patient_may_read else "no",
    }
