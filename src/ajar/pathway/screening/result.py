"""What a self-screening result says in words: a score, what it means, and that it is no diagnosis.

Reading age about 10 to 12; nothing cheerful, nothing alarming (practice.md 4.3). The sentences are
data in English and Spanish, so that a page never puts words of its own beside a score. They describe
the answers; they never name an illness the person might have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.score import Scored, Unscored, total_text

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultInWords:
    """The parts of a result page, in the order in which they are read."""

    headline: str
    meaning: str
    limits: str
    exclusions: str
    next_step: str


HEADLINE: Final[Texts] = MappingProxyType(
    {
        "en": "Your score is {total} of {highest}: {band} symptoms.",
        "es": "Su puntuación es {total} de {highest}: síntomas {band}.",
    }
)

PLAIN_HEADLINE: Final[Texts] = MappingProxyType(
    {"en": "Your score is {total} of {highest}.", "es": "Su puntuación es {total} de {highest}."}
)
"""For a screen that has no bands, such as the PHQ-2."""

PLAIN_MEANING: Final[Texts] = MappingProxyType(
    {
        "en": "These questions were the short form. Your answers did not call for the longer one.",
        "es": "Estas preguntas eran la forma corta. Sus respuestas no requieren la forma larga.",
    }
)

BAND_WORDS: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        "en": {
            "minimal": "minimal",
            "mild": "mild",
            "moderate": "moderate",
            "moderately_severe": "moderately severe",
            "severe": "severe",
        },
        "es": {
            "minimal": "mínimos",
            "mild": "leves",
            "moderate": "moderados",
            "moderately_severe": "moderadamente graves",
            "severe": "graves",
        },
    }
)

MEANING: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        "en": {
            "minimal": "In the last 2 weeks you had few of the problems that this questionnaire asks about.",
            "mild": "In the last 2 weeks you had some of these problems on some days.",
            "moderate": "In the last 2 weeks you had several of these problems often enough that talking "
            "with a clinician is worth it.",
            "moderately_severe": "In the last 2 weeks you had many of these problems on many days. We "
            "recommend talking with a clinician soon.",
            "severe": "In the last 2 weeks you had most of these problems nearly every day. We recommend "
            "talking with a clinician soon.",
        },
        "es": {
            "minimal": "En las últimas 2 semanas tuvo pocos de los problemas de este cuestionario.",
            "mild": "En las últimas 2 semanas tuvo algunos de estos problemas algunos días.",
            "moderate": "En las últimas 2 semanas tuvo varios de estos problemas con frecuencia; vale la "
            "pena hablar con un profesional.",
            "moderately_severe": "En las últimas 2 semanas tuvo muchos de estos problemas muchos días. Le "
            "recomendamos hablar pronto con un profesional.",
            "severe": "En las últimas 2 semanas tuvo la mayoría de estos problemas casi todos los días. Le "
            "recomendamos hablar pronto con un profesional.",
        },
    }
)

LIMITS: Final[Texts] = MappingProxyType(
    {
        "en": "This is not a diagnosis. A questionnaire cannot know why you feel this way; a clinician "
        "can ask, and can look for other causes.",
        "es": "Esto no es un diagnóstico. Un cuestionario no puede saber por qué se siente así; un "
        "profesional puede preguntar y buscar otras causas.",
    }
)

EXCLUSIONS: Final[Texts] = MappingProxyType(
    {
        "en": "Before any treatment with ketamine a clinician checks your heart and blood pressure, past "
        "strokes or aneurysms, pregnancy, past psychosis or mania, alcohol and drug use, your liver, and "
        "your other medicines. It is not for everyone.",
        "es": "Antes de cualquier tratamiento con ketamina, un profesional revisa su corazón y presión "
        "arterial, derrames o aneurismas previos, embarazo, psicosis o manía previas, consumo de alcohol "
        "y drogas, su hígado y sus otros medicamentos. No es para todas las personas.",
    }
)

NEXT_STEP: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        "en": {
            "watch": "If this lasts or gets worse, talk with your doctor, or take the questionnaire again in "
            "two weeks.",
            "consult": "You can book a consultation here. You do not need to decide about a treatment today.",
        },
        "es": {
            "watch": "Si esto dura o empeora, hable con su médico o repita el cuestionario en dos semanas.",
            "consult": "Puede reservar aquí una consulta. No tiene que decidir hoy sobre un tratamiento.",
        },
    }
)

NO_SCORE: Final[Texts] = MappingProxyType(
    {
        "en": "There is no score yet. Not answered: {items}. You can go back and answer.",
        "es": "Todavía no hay puntuación. Falta responder: {items}. Puede volver y responder.",
    }
)

CONSULT_FROM_TOTAL: Final = 10
"""From here the page offers a consultation first: the usual cut for further assessment (Kroenke 2001;
from general knowledge, verify). Below it booking stays possible, only quieter."""


def in_words(instrument: Instrument, result: Scored | Unscored, language: str) -> ResultInWords:
    """The result page's sentences in `language` (BCP 47); English where there is no translation."""
    tongue = _tongue(language)
    if isinstance(result, Unscored):
        items = ", ".join(str(number) for number in result.missing)
        headline, meaning, step = NO_SCORE[tongue].format(items=items), "", "watch"
    else:
        band = BAND_WORDS[tongue].get(result.band.id)
        headline = (HEADLINE if band else PLAIN_HEADLINE)[tongue].format(
            total=total_text(result.total), highest=total_text(instrument.highest_total), band=band
        )
        meaning = MEANING[tongue].get(result.band.id, PLAIN_MEANING[tongue])
        step = "consult" if result.total >= CONSULT_FROM_TOTAL else "watch"
    return ResultInWords(
        headline=headline,
        meaning=meaning,
        limits=LIMITS[tongue],
        exclusions=EXCLUSIONS[tongue],
        next_step=NEXT_STEP[tongue][step],
    )


def _tongue(language: str) -> str:
    short = language.split("-")[0].lower()
    return short if short in LIMITS else "en"
