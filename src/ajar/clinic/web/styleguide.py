"""Invented values for the styleguide: every component in every state, for eyes and for browser tests."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ajar.clinic.careplan.fans import Fan, Quantiles, Tick
from ajar.clinic.web.charts import Band, Dose, Measured, ScoreChart, ScoreSeries, score_chart
from ajar.pharmacology.estimates import Status

PHQ9_BANDS: Final = (
    Band(name="minimal", lowest=0),
    Band(name="mild", lowest=5),
    Band(name="moderate", lowest=10),
    Band(name="moderately severe", lowest=15),
    Band(name="severe", lowest=20),
)
STAGES: Final = ("planned", "arrived", "ready", "dosing", "observed", "recovered", "discharged", "cancelled")
THEMES: Final = ("light", "dark", "contrast")
FIRST_DAY: Final = date(2026, 3, 2)
SCORES: Final = ((0, 21.0), (7, 15.0), (14, 11.0), (21, None), (28, 8.0), (42, 6.0), (56, 9.0))
DOSE_DAYS: Final = (1, 4, 8, 11, 15, 18, 36)


class SampleForm(forms.Form):
    """One field of each kind."""

    weight_kg = forms.DecimalField(label="Weight", help_text="In light clothes, without shoes.", min_value=20)
    systolic_mmhg = forms.IntegerField(label="Systolic pressure", min_value=40, max_value=260)
    escort = forms.CharField(label="Who takes you home", required=False)
    route = forms.ChoiceField(
        label="Product", choices=[("spray", "Esketamine spray"), ("iv", "Ketamine by drip")]
    )
    pregnant = forms.ChoiceField(
        label="Could you be pregnant?",
        widget=forms.RadioSelect,
        choices=[("no", "No"), ("yes", "Yes"), ("unknown", "I don't know")],
    )
    agreed = forms.BooleanField(label="The patient has read this page aloud")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


TABS: Final = ("Overview", "Evaluation", "Consent", "Plan", "Sessions", "Integration", "Follow-up")


def sample_chart() -> ScoreChart:
    """Twelve weeks of an invented PHQ-9 with one missed form."""
    measured = [
        Measured(on=FIRST_DAY + timedelta(days=days), score=score, band=band_of(score))
        for days, score in SCORES
    ]
    series = ScoreSeries(
        instrument="PHQ-9",
        caption="PHQ-9 fell 12 points since 2 March, a reliable change; one form was missed.",
        maximum=27,
        direction="higher = more symptoms",
        measured=measured,
        bands=PHQ9_BANDS,
        doses=[
            Dose(on=FIRST_DAY + timedelta(days=days), label=f"Dose {number}")
            for number, days in enumerate(DOSE_DAYS, start=1)
        ],
        reliable_change=5,
    )
    return score_chart(series)


def band_of(score: float | None) -> str:
    """The name of the zone a score falls in."""
    if score is None:
        return ""
    return next(band.name for band in reversed(PHQ9_BANDS) if band.lowest <= score)


def samples(*, now: datetime) -> dict[str, Any]:
    """The context of the styleguide page."""
    wrong = SampleForm(data={"weight_kg": "7", "systolic_mmhg": "900", "route": "spray"})
    return {
        "themes": THEMES,
        "stages": STAGES,
        "form": SampleForm(),
        "wrong": wrong,
        "chart": sample_chart(),
        "empty_chart": empty_chart(),
        "fans": [sample_fan(status) for status in Status],
        "moments": sample_moments(now),
        "options": [
            (0, _("Not at all")),
            (1, _("Several days")),
            (2, _("More than half the days")),
            (3, _("Nearly every day")),
        ],
        "crumbs": [
            {"url": "/", "label": "Patients"},
            {"url": "/", "label": "Maria G."},
            {"label": "Session 3"},
        ],
        "tabs": [{"url": "#", "label": label, "current": label == "Sessions"} for label in TABS],
    }


def sample_fan(status: Status) -> Fan:
    """An invented forecast of four hours, established to some degree."""
    rise = (0.0, 12.0, 18.0, 9.0, 4.0)
    low, lower, middle, upper, high = (
        tuple(value * share for value in rise) for share in (0.2, 0.6, 1.0, 1.4, 2.1)
    )
    return Fan(
        name=f"An output that is {status}",
        unit="points",
        status=status,
        direction="↑ higher = more",
        caption="At its height half of people are between 11 and 25 points, and 9 in 10 between 4 and 38.",
        times=(0.0, 0.5, 1.0, 2.0, 4.0),
        quantiles=Quantiles(low=low, lower=lower, middle=middle, upper=upper, high=high),
        ticks=[Tick(at=float(hour), label=f"{hour} h") for hour in range(5)],
        doses=(0.0,),
        dose_word="dose",
        given_over=0.0 if status is Status.UNPROVEN else 40 / 60,
        measured=((1.0, 22.0),) if status is Status.PLAUSIBLE else (),
    )


def empty_chart() -> ScoreChart:
    """A chart before anything was answered."""
    return score_chart(
        ScoreSeries(
            instrument="PHQ-9",
            caption="No form has been answered yet.",
            maximum=27,
            direction="higher = more symptoms",
            measured=(),
            bands=PHQ9_BANDS,
        )
    )


def sample_moments(now: datetime) -> dict[str, datetime]:
    """One moment for each state a value or a due time can be in."""
    return {
        "fresh": now - timedelta(minutes=6),
        "stale": now - timedelta(minutes=18),
        "overdue": now - timedelta(minutes=26),
        "soon": now + timedelta(minutes=4),
        "ahead": now + timedelta(hours=2, minutes=10),
        "late": now - timedelta(minutes=7),
    }
