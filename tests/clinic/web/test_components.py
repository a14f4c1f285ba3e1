"""Components, as the page gets them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

NOW = datetime(2026, 3, 2, 15, 42, tzinfo=UTC)


def rendered(source: str, *, cookie: str = "", **context: Any) -> str:
    """A piece of template, as a page would show it."""
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["ajar-theme"] = cookie
    template = engines["django"].from_string(CottonCompiler().process(source))
    return " ".join(template.render({"now": NOW, **context}, request).split())


def test_a_reading_shows_its_unit_and_its_age() -> None:
    html = rendered('<c-reading label="SpO2" value="97" unit="%" :at="at" />', at=NOW - timedelta(minutes=6))
    assert "<b>97</b><span>%</span>" in html
    assert ">6 min ago</time>" in html
    assert 'data-state="fresh"' in html


@pytest.mark.parametrize(("minutes", "state"), [(10, "fresh"), (18, "stale"), (30, "overdue")])
def test_a_reading_grows_old(minutes: int, state: str) -> None:
    html = rendered(
        '<c-reading label="BP" value="142/88" unit="mmHg" :at="at" due-after-min="15" />',
        at=NOW - timedelta(minutes=minutes),
    )
    assert f'data-state="{state}"' in html


def test_a_value_that_was_not_taken_is_not_a_zero() -> None:
    html = rendered('<c-reading label="Breaths" unit="/min" />')
    assert 'data-state="absent"' in html
    assert "not taken" in html


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        ("pass", "Pass"),
        ("stop", "Stop"),
        ("precaution", "Precaution"),
        ("needs_information", "Needs information"),
    ],
)
def test_a_finding_says_its_verdict_in_a_word_with_rule_and_source(verdict: str, word: str) -> None:
    html = rendered(
        '<c-finding verdict="{{ verdict }}" rule="CI-03" source="USPI">Why.</c-finding>', verdict=verdict
    )
    assert f"{word}</span>" in html
    assert "<b>CI-03</b> · USPI" in html


@pytest.mark.parametrize(("priority", "prefix"), [("high", "***"), ("medium", "**"), ("low", "*")])
def test_an_alarm_is_colour_and_drawing_and_words(priority: str, prefix: str) -> None:
    html = rendered('<c-alarm priority="{{ priority }}">SBP 184 &gt; 170</c-alarm>', priority=priority)
    assert f'data-priority="{priority}"' in html
    assert f'<span aria-hidden="true">{prefix}</span>' in html
    assert f"{priority.capitalize()} alarm:" in html
    assert "<svg" in html


def test_an_unanswered_form_has_no_score() -> None:
    html = rendered('<c-score instrument="PHQ-9" missing="item 4 not answered" />')
    assert "No score" in html
    assert "item 4 not answered" in html


def test_a_private_person_is_only_initials() -> None:
    html = rendered('<c-person name="Maria Garcia" private />')
    assert "Maria" not in html
    assert "MG" in html


def test_nothing_is_selected_before_the_person_answers() -> None:
    options = [(0, "Not at all"), (1, "Several days")]
    html = rendered('<c-radio-stack name="q" legend="Q" :options="options" />', options=options)
    assert "checked" not in html
    chosen = rendered('<c-radio-stack name="q" legend="Q" :options="options" :chosen="0" />', options=options)
    assert chosen.count("checked") == 1
    assert 'value="0" checked' in chosen


class Weighed(forms.Form):
    """One number and one tick."""

    weight_kg = forms.DecimalField(label="Weight", help_text="Without shoes.", min_value=20)
    agreed = forms.BooleanField(label="Read aloud")


def test_a_refused_field_keeps_what_was_typed_and_points_to_its_error() -> None:
    form = Weighed(data={"weight_kg": "7"})
    html = rendered(
        '<c-error-summary :form="form" /><c-field :field="form.weight_kg" unit="kg" />', form=form
    )
    assert 'value="7"' in html
    assert 'href="#id_weight_kg"' in html
    assert 'id="id_weight_kg_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<span>kg</span>" in html


def test_a_tick_stands_before_its_words() -> None:
    html = rendered('<c-field :field="form.agreed" />', form=Weighed())
    assert html.index('type="checkbox"') < html.index("Read aloud")


@pytest.mark.parametrize(
    ("cookie", "page", "floor"),
    [
        ("", "auto", "dark"),
        ("light", "light", "dark"),
        ("contrast", "contrast", "contrast"),
        ("x", "auto", "dark"),
    ],
)
def test_a_person_chooses_the_light_but_the_floor_stays_dark(cookie: str, page: str, floor: str) -> None:
    html = rendered("{% load ajar_ui %}{% theme %}/{% floor_theme %}", cookie=cookie)
    assert html == f"{page}/{floor}"


def test_clocks_show_their_zone() -> None:
    html = rendered("{% load ajar_ui %}{% clock now %} {% day_and_clock now %}")
    assert "15:42 UTC" in html
    assert "Mon 2 Mar 2026, 15:42 UTC" in html
