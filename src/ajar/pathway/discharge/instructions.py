"""What the patient and whoever stays with them take home in writing (clinical.md 4.8): English and Spanish.

The sheet follows the product: after a lozenge at home nobody is taken home, and the chaperone reads it too.
Telephone numbers follow the law of the place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.evaluation.products import AT_HOME, Jurisdiction, Product

VERSION: Final = "2026-11"
INSTRUCTION_IDS: Final = tuple(f"POST-{number}" for number in range(1, 7))
SOURCES: Final = {
    "POST-1": "[USPI19 §5.8]",
    "POST-2": "[NERVANA]",
    "POST-3": "[NERVANA]",
    "POST-4": "[NERVANA]",
    "POST-5": "[NERVANA]; numbers outside the US from general knowledge, verify",
    "POST-6": "design default; next-day contact [KETNZ]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction with its rule id."""

    id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole sheet in one language."""

    language: str
    title: str
    opening: str
    items: tuple[Instruction, ...]
    call_first: str
    closing: str

    def __post_init__(self) -> None:
        given = tuple(item.id for item in self.items)
        if given != INSTRUCTION_IDS:
            raise ValueError(f"The sheet covers POST-1 to POST-6 in order, got {', '.join(given)}.")


class Place(StrEnum):
    """Where the dose was taken, which is where the patient stays or leaves from."""

    CLINIC = "clinic"
    HOME = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language: what is said at each place, and what everywhere."""

    titles: Mapping[Place, str]
    openings: Mapping[Place, str]
    closings: Mapping[Place, str]
    contact: Mapping[Place, str]  # POST-6
    alike: tuple[str, ...]  # POST-1 to POST-4
    emergency: str  # POST-5, with {number}
    suicide: str  # POST-5, with {number}
    crisis_line: str  # with {crisis}
    either: str  # between the numbers of two countries
    call_first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Whom to call: the emergency numbers, each with where it holds if not everywhere, and a crisis line."""

    emergency: tuple[str, ...]
    crisis: str = ""


NUMBERS: Final[Mapping[Jurisdiction, Numbers]] = {
    Jurisdiction.US: Numbers(emergency=("911",), crisis="988"),
    Jurisdiction.CA: Numbers(emergency=("911",), crisis="988"),
    Jurisdiction.EU: Numbers(emergency=("112",)),
    Jurisdiction.ANZ: Numbers(emergency=("000 (Australia)", "111 (New Zealand)")),
}

WORDS: Final[Mapping[str, Words]] = {
    "en": Words(
        titles={Place.CLINIC: "After your session today", Place.HOME: "After your dose at home"},
        openings={
            Place.CLINIC: "For you, and for the person who takes you home.",
            Place.HOME: "For you, and for the person who stays with you.",
        },
        closings={
            Place.CLINIC: "Stay with the person who takes you home until you feel like yourself again.",
            Place.HOME: "Your chaperone stays with you for three to four hours after the dose, and longer if "
            "you do not feel like yourself again.",
        },
        contact={
            Place.CLINIC: "We contact you within 24 hours to ask how you are, and whether thoughts of "
            "suicide have come up.",
            Place.HOME: "Send us a message when the session is over. We contact you within 24 hours to ask "
            "how you are, and whether thoughts of suicide have come up.",
        },
        alike=(
            "Do not drive or use machines until tomorrow, after a restful sleep.",
            "Do not make important decisions or sign contracts for 24 hours.",
            "No alcohol and no cannabis today and for 24 hours. No opioids and no sleeping or calming "
            "medicines (benzodiazepines) for at least 4 hours, unless your prescriber told you so.",
            "Eat and drink as you feel able.",
        ),
        emergency="Call {number} at once for trouble breathing, a closing throat, chest pain, or if you "
        "cannot be woken properly.",
        suicide="If you think about suicide: {crisis}call {number}, or go to an emergency department.",
        crisis_line="call or text {crisis}, ",
        either=" or ",
        call_first="Call the clinic with any other question:",
    ),
    "es": Words(
        titles={Place.CLINIC: "Después de su sesión de hoy", Place.HOME: "Después de su dosis en casa"},
        openings={
            Place.CLINIC: "Para usted, y para la persona que le lleva a casa.",
            Place.HOME: "Para usted, y para la persona que se queda con usted.",
        },
        closings={
            Place.CLINIC: "Quédese con la persona que le lleva a casa hasta que vuelva a sentirse como "
            "siempre.",
            Place.HOME: "Su acompañante se queda con usted de tres a cuatro horas después de la dosis, y más "
            "tiempo si todavía no se siente como siempre.",
        },
        contact={
            Place.CLINIC: "Nos comunicamos con usted en 24 horas para preguntar cómo está y si han aparecido "
            "pensamientos de suicidio.",
            Place.HOME: "Envíenos un mensaje cuando termine la sesión. Nos comunicamos con usted en 24 horas "
            "para preguntar cómo está y si han aparecido pensamientos de suicidio.",
        },
        alike=(
            "No conduzca ni use máquinas hasta mañana, después de haber dormido bien.",
            "No tome decisiones importantes ni firme contratos durante 24 horas.",
            "Nada de alcohol ni de cannabis hoy y durante 24 horas. Nada de opioides ni de medicamentos para "
            "dormir o calmar (benzodiacepinas) durante al menos 4 horas, salvo que su médico se lo indique.",
            "Coma y beba según se sienta.",
        ),
        emergency="Llame al {number} enseguida si tiene dificultad para respirar, se le cierra la garganta, "
        "le duele el pecho o no se le puede despertar bien.",
        suicide="Si piensa en el suicidio: {crisis}llame al {number} o vaya a urgencias.",
        crisis_line="llame o escriba al {crisis}, ",
        either=" o al ",
        call_first="Llame a la clínica para cualquier otra pregunta:",
    ),
}

LANGUAGES: Final = tuple(WORDS)


def place_of(product: str) -> Place:
    """Where a dose of this product is taken."""
    return Place.HOME if product in AT_HOME else Place.CLINIC


def sheet_for(product: Product | str, language: str, jurisdiction: Jurisdiction) -> Sheet:
    """The sheet for this product in this language; in English where it is written in no such language."""
    spoken = language if language in WORDS else LANGUAGES[0]
    words, place = WORDS[spoken], place_of(product)
    texts = (*words.alike, _emergency(words, NUMBERS[jurisdiction]), words.contact[place])
    return Sheet(
        language=spoken,
        title=words.titles[place],
        opening=words.openings[place],
        items=tuple(
            Instruction(id=rule, text=text, source=SOURCES[rule])
            for rule, text in zip(INSTRUCTION_IDS, texts, strict=True)
        ),
        call_first=words.call_first,
        closing=words.closings[place],
    )


def _emergency(words: Words, numbers: Numbers) -> str:
    number = words.either.join(numbers.emergency)
    crisis = words.crisis_line.format(crisis=numbers.crisis) if numbers.crisis else ""
    urgent, suicide = words.emergency.format(number=number), words.suicide
    return f"{urgent} {suicide.format(number=number, crisis=crisis)}"
