"""What the patient and the escort take home in writing (clinical.md 4.8), in English and Spanish."""

from dataclasses import dataclass
from typing import Final

INSTRUCTION_IDS: Final = tuple(f"POST-{number}" for number in range(1, 7))


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


VERSION: Final = "2026-11"
SOURCES: Final = {
    "POST-1": "[USPI19 §5.8]",
    "POST-2": "[NERVANA]",
    "POST-3": "[NERVANA]",
    "POST-4": "[NERVANA]",
    "POST-5": "[NERVANA]",
    "POST-6": "design default; next-day contact [KETNZ]",
}


def _sheet(
    *, language: str, title: str, opening: str, words: tuple[str, ...], call_first: str, closing: str
) -> Sheet:
    items = tuple(
        Instruction(id=rule, text=text, source=SOURCES[rule])
        for rule, text in zip(INSTRUCTION_IDS, words, strict=True)
    )
    return Sheet(
        language=language, title=title, opening=opening, items=items, call_first=call_first, closing=closing
    )


ENGLISH: Final = _sheet(
    language="en",
    title="After your session today",
    opening="For you, and for the person who takes you home.",
    words=(
        "Do not drive or use machines until tomorrow, after a restful sleep.",
        "Do not make important decisions or sign contracts for 24 hours.",
        "No alcohol and no cannabis today and for 24 hours. No opioids and no sleeping or calming medicines "
        "(benzodiazepines) for at least 4 hours, unless your prescriber told you so.",
        "Eat and drink as you feel able.",
        "Call 911 at once for trouble breathing, a closing throat, chest pain, or if you cannot be woken "
        "properly. If you think about suicide: call or text 988, call 911, or go to an emergency department.",
        "We contact you within 24 hours to ask how you are, and whether thoughts of suicide have come up.",
    ),
    call_first="Call the clinic with any other question:",
    closing="Stay with the person who takes you home until you feel like yourself again.",
)

SPANISH: Final = _sheet(
    language="es",
    title="Después de su sesión de hoy",
    opening="Para usted, y para la persona que le lleva a casa.",
    words=(
        "No conduzca ni use máquinas hasta mañana, después de haber dormido bien.",
        "No tome decisiones importantes ni firme contratos durante 24 horas.",
        "Nada de alcohol ni de cannabis hoy y durante 24 horas. Nada de opioides ni de medicamentos para "
        "dormir o calmar (benzodiacepinas) durante al menos 4 horas, salvo que su médico se lo indique.",
        "Coma y beba según se sienta.",
        "Llame al 911 enseguida si tiene dificultad para respirar, se le cierra la garganta, le duele el "
        "pecho o no se le puede despertar bien. Si piensa en el suicidio: llame o escriba al 988, llame al "
        "911 o vaya a urgencias.",
        "Nos comunicamos con usted en 24 horas para preguntar cómo está y si han aparecido pensamientos de "
        "suicidio.",
    ),
    call_first="Llame a la clínica para cualquier otra pregunta:",
    closing="Quédese con la persona que le lleva a casa hasta que vuelva a sentirse como siempre.",
)

SHEETS: Final = {sheet.language: sheet for sheet in (ENGLISH, SPANISH)}
