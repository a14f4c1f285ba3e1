"""Crisis help by country, as data with its source. Shown on the screen where a risk answer was given.

A number that nobody has checked is marked; a clinic confirms its own country's before it opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way to reach help now. `action` is a tel:, sms: or https: address for one tap."""

    label: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisHelp:
    """What to show in one country and language: first the line that listens, last the emergency number."""

    country: str  # ISO 3166-1 alpha-2; "" where the country is not known
    language: str
    heading: str
    lines: tuple[Line, ...]
    source: str
    verified: bool


US_SOURCE: Final = "988lifeline.org, what to expect (press 2, text AYUDA); clinical.md POST-5 (911, 988)"
UNVERIFIED: Final = "from general knowledge, verify"

EN_HEADING: Final = "You do not have to be alone with this. You can talk to someone now."
ES_HEADING: Final = "No tiene que estar a solas con esto. Puede hablar con alguien ahora."

HELP: Final[Mapping[tuple[str, str], CrisisHelp]] = MappingProxyType(
    {
        ("US", "en"): CrisisHelp(
            country="US",
            language="en",
            heading=EN_HEADING,
            lines=(
                Line(
                    label="Call 988, Suicide and Crisis Lifeline, day and night",
                    action="tel:988",
                ),
                Line(label="Text 988", action="sms:988"),
                Line(label="In immediate danger, call 911", action="tel:911"),
            ),
            source=US_SOURCE,
            verified=True,
        ),
        ("US", "es"): CrisisHelp(
            country="US",
            language="es",
            heading=ES_HEADING,
            lines=(
                Line(
                    label="Llame al 988 y oprima el 2, de día y de noche",
                    action="tel:988",
                ),
                Line(
                    label="Envíe AYUDA por mensaje de texto al 988",
                    action="sms:988?body=AYUDA",
                ),
                Line(label="En peligro inmediato, llame al 911", action="tel:911"),
            ),
            source=US_SOURCE,
            verified=True,
        ),
        ("CA", "en"): CrisisHelp(
            country="CA",
            language="en",
            heading=EN_HEADING,
            lines=(
                Line(
                    label="Call 988, Suicide Crisis Helpline, day and night",
                    action="tel:988",
                ),
                Line(label="Text 988", action="sms:988"),
                Line(label="In immediate danger, call 911", action="tel:911"),
            ),
            source=UNVERIFIED,
            verified=False,
        ),
        ("", "en"): CrisisHelp(
            country="",
            language="en",
            heading=EN_HEADING,
            lines=(
                Line(
                    label="Find a line in your country: findahelpline.com",
                    action="https://findahelpline.com",
                ),
                Line(
                    label="In immediate danger, call your local emergency number (112 in Europe)",
                    action="tel:112",
                ),
            ),
            source=UNVERIFIED,
            verified=False,
        ),
        ("", "es"): CrisisHelp(
            country="",
            language="es",
            heading=ES_HEADING,
            lines=(
                Line(
                    label="Busque una línea en su país: findahelpline.com",
                    action="https://findahelpline.com",
                ),
                Line(
                    label="En peligro inmediato, llame al número de emergencias de su país (112 en Europa)",
                    action="tel:112",
                ),
            ),
            source=UNVERIFIED,
            verified=False,
        ),
    }
)


def crisis_help(country: str, language: str) -> CrisisHelp:
    """Help for a country (ISO 3166-1 alpha-2) and language (BCP 47).

    The right country in English comes before the right language for no country: a number that works is
    worth more than a sentence that reads well.
    """
    place, tongue = country.upper(), language.split("-")[0].lower()
    for key in ((place, tongue), (place, "en"), ("", tongue)):
        if found := HELP.get(key):
            return found
    return HELP[("", "en")]
