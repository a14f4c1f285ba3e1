"""Everything a patient or visitor can read is there in Spanish, with the same blanks to fill in."""

import re

import pytest
from babel.messages.catalog import Message
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tools.messages import gathered, kept

CLINIC = "src/ajar/clinic/"
FOR_PATIENTS = tuple(
    CLINIC + place
    for place in (
        "bedside/home",
        "bedside/services.py",
        "bedside/templates/bedside/closed.html",
        "bedside/templates/bedside/screen.html",
        "careplan/templates/careplan/course.html",
        "careplan/templates/careplan/plan.html",
        "careplan/fans.py",
        "consent/",
        "followup/linkviews.py",
        "followup/services.py",
        "followup/templates/followup/closed.html",
        "followup/templates/followup/invited.html",
        "followup/templates/followup/sent.html",
        "instruments/",
        "integration/templates/integration/headings.html",
        "scheduling/services.py",
        "screening/",
        "staff/middleware.py",
        "staff/templates/account/",
        "web/apps.py",
        "web/chain",
        "web/home_session_views.py",
        "web/portal",
        "web/public.py",
        "web/spans.py",
        "web/templates/403.html",
        "web/templates/403_csrf.html",
        "web/templates/404.html",
        "web/templates/500.html",
        "web/templates/cotton/",
        "web/templates/web/account_menu.html",
        "web/templates/web/base.html",
        "web/templates/web/base_public.html",
        "web/templates/web/chain.html",
        "web/templates/web/claim.html",
        "web/templates/web/fan_drawing.html",
        "web/templates/web/fan_status.html",
        "web/templates/web/home.html",
        "web/templates/web/how_it_works.html",
        "web/templates/web/portal/",
        "web/templates/web/score_drawing.html",
        "web/templates/web/theme_switch.html",
        "web/templatetags/",
    )
)
"""Where the texts stand that a patient or visitor may meet. A new public page adds its place here."""
BLANK = re.compile(r"%\(\w+\)s|\{\w+\}")


def shown_to_patients() -> list[Message]:
    return [
        message
        for message in gathered()
        if message.id and any(place.startswith(FOR_PATIENTS) for place, _ in message.locations)
    ]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_there_are_texts_for_patients_to_check():
    assert len(shown_to_patients()) > 300


def test_every_text_that_a_patient_can_read_is_there_in_spanish():
    catalogue = kept("es")
    missing = []
    for message in shown_to_patients():
        found = catalogue.get(forms(message.id)[0], message.context)
        if found is None or not found.string or not all(forms(found.string)):
            missing.append(message.id)
    assert missing == [], "translate them in clinic/locale/es/LC_MESSAGES/django.po"


def blanks(texts: tuple[str, ...]) -> set[str]:
    return {blank for text in texts for blank in BLANK.findall(text)}


def test_a_translation_has_the_blanks_of_its_original():
    translated = [message for message in kept("es") if message.id and any(forms(message.string))]
    wrong = [
        (message.id, message.string)
        for message in translated
        if any(blanks((text,)) != blanks(forms(message.id)) for text in forms(message.string))
    ]
    assert wrong == []


def test_nothing_is_translated_twice_under_a_doubt():
    """A fuzzy entry is a guess of a program, and Django would not show it."""
    assert [message.id for message in kept("es") if message.fuzzy] == []


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Call 988", "Llame al 988"),
        ("Next question", "Siguiente pregunta"),
        ("Nothing to do now", "Nada que hacer por ahora"),
    ],
)
def test_the_compiled_texts_are_the_ones_django_shows(english, spanish):
    with translation.override("es"):
        assert gettext(english) == spanish
        assert ngettext("That is %(n)s point lower.", "That is %(n)s points lower.", 3) % {"n": 3} == (
            "Son 3 puntos menos."
        )


@pytest.mark.parametrize("name", ["web:home", "web:how-it-works"])
def test_a_public_page_says_in_which_language_it_is(client, name):
    client.cookies["django_language"] = "es"
    text = client.get(reverse(name)).content.decode()
    assert '<html lang="es"' in text
    assert "Puntos clave" in text or "En resumen" in text
