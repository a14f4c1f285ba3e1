"""The Patient Health Questionnaire, nine items (PHQ-9).

Free to use: "No permission required to reproduce, translate, display or distribute" (Pfizer;
clinical.md 6.4). The wording is the developers' own, in English and in their Spanish for the USA,
compared with public copies (ReproNim/reproschema-library, activities/PHQ-9; a scan of the Pfizer
Spanish form). Scoring: clinical.md 6.1 and 6.2.
"""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from ajar.pathway.instruments.instrument import (
    AnsweredBy,
    Answers,
    ChangeRule,
    Instrument,
    Item,
    MissingRule,
    SafetyItem,
    Sourced,
    Wording,
    ungraded,
)
from ajar.pathway.instruments.licences import PFIZER
from ajar.pathway.instruments.outcome import Band, Outcome, Scored
from ajar.pathway.instruments.scoring import summed
from ajar.pathway.instruments.screens import at_least

ENGLISH: Final = Wording(
    language="en",
    title="Patient Health Questionnaire (PHQ-9)",
    stem="Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    items=(
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Trouble falling or staying asleep, or sleeping too much",
        "Feeling tired or having little energy",
        "Poor appetite or overeating",
        "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        (
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so "
            "fidgety or restless that you have been moving around a lot more than usual"
        ),
        "Thoughts that you would be better off dead or of hurting yourself in some way",
    ),
    options=(
        "Not at all",
        "Several days",
        "More than half the days",
        "Nearly every day",
    ),
    closing=(
        "If you checked off any problems, how difficult have these problems made it for you to do your "
        "work, take care of things at home, or get along with other people?"
    ),
    closing_options=(
        "Not difficult at all",
        "Somewhat difficult",
        "Very difficult",
        "Extremely difficult",
    ),
    attribution=(
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an "
        "educational grant from Pfizer Inc. No permission required to reproduce, translate, display or "
        "distribute."
    ),
    source="Pfizer, PHQ-9, English; Kroenke 2001, J Gen Intern Med 16:606",
)

SPANISH: Final = Wording(
    language="es",
    title="Cuestionario sobre la salud del paciente-9 (PHQ-9)",
    stem=(
        "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias debido a los siguientes "
        "problemas?"
    ),
    items=(
        "Poco interés o placer en hacer cosas",
        "Se ha sentido decaído(a), deprimido(a) o sin esperanzas",
        "Ha tenido dificultad para quedarse o permanecer dormido(a), o ha dormido demasiado",
        "Se ha sentido cansado(a) o con poca energía",
        "Sin apetito o ha comido en exceso",
        (
            "Se ha sentido mal con usted mismo(a) – o que es un fracaso o que ha quedado mal con usted "
            "mismo(a) o con su familia"
        ),
        (
            "Ha tenido dificultad para concentrarse en ciertas actividades, tales como leer el periódico o "
            "ver la televisión"
        ),
        (
            "¿Se ha movido o hablado tan lento que otras personas podrían haberlo notado? o lo contrario – "
            "muy inquieto(a) o agitado(a) que ha estado moviéndose mucho más de lo normal"
        ),
        "Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera",
    ),
    options=(
        "Ningún día",
        "Varios días",
        "Más de la mitad de los días",
        "Casi todos los días",
    ),
    closing=(
        "Si marcó cualquiera de los problemas, ¿qué tanta dificultad le han dado estos problemas para "
        "hacer su trabajo, encargarse de las tareas del hogar, o llevarse bien con otras personas?"
    ),
    closing_options=(
        "No ha sido difícil",
        "Un poco difícil",
        "Muy difícil",
        "Extremadamente difícil",
    ),
    attribution=(
        "Elaborado por los doctores Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke y colegas, "
        "mediante una subvención educativa otorgada por Pfizer Inc. No se requiere permiso para "
        "reproducir, traducir, presentar o distribuir."
    ),
    source="Pfizer, PHQ-9, Spanish for the USA",
)

ITEM_LOINC: Final = (  # clinical.md 6.2 [SPIER], in the form's order; not in numerical order
    "44250-9",
    "44255-8",
    "44259-0",
    "44254-1",
    "44251-7",
    "44258-2",
    "44252-5",
    "44253-3",
    "44260-8",
)

SYNDROME_ITEMS: Final = 5
"""Items at "more than half the days" for the algorithm view (clinical.md 6.2 [HAMFHT])."""

COUNTS_FROM: Final = (2,) * 8 + (1,)
"""The answer from which each item counts there; item 9 counts if present at all (verify)."""


def _with_algorithm(instrument: Instrument, answers: Answers) -> Outcome:
    """The sum, and whether the answers have the shape of a major depressive syndrome. Not a diagnosis."""
    found = summed()(instrument, answers)
    often = [(answer or 0) >= from_ for answer, from_ in zip(answers, COUNTS_FROM, strict=True)]
    if isinstance(found, Scored) and any(often[:2]) and sum(often) >= SYNDROME_ITEMS:
        return replace(found, notes=(SYNDROME,))
    return found


SYNDROME: Final = (
    "Five items or more at “more than half the days”, item 1 or 2 among them: the shape of a major "
    "depressive syndrome; a clinician decides (clinical.md 6.2 [HAMFHT]; for item 9, verify)."
)

PHQ9: Final = Instrument(
    id="phq-9",
    version="Pfizer 1999",
    name="PHQ-9",
    about="depression",
    answered_by=AnsweredBy.SELF,
    recall="2 weeks",
    recall_window=timedelta(weeks=2),
    least_interval=timedelta(weeks=1),  # clinical.md MBC-5, design default
    items=tuple(
        Item(id=str(number), highest=3, loinc=loinc) for number, loinc in enumerate(ITEM_LOINC, start=1)
    ),
    highest_total=27,
    scoring=_with_algorithm,
    wordings=MappingProxyType({"en": ENGLISH, "es": SPANISH}),
    bands=(
        Band(id="minimal", label="minimal", lowest=0, highest=4),
        Band(id="mild", label="mild", lowest=5, highest=9),
        Band(id="moderate", label="moderate", lowest=10, highest=14),
        Band(id="moderately_severe", label="moderately severe", lowest=15, highest=19),
        Band(id="severe", label="severe", lowest=20, highest=27),
    ),
    bands_source="clinical.md 6.1 [SPIER]; Kroenke 2001",
    missing=MissingRule(
        at_most=2,
        never=frozenset({9}),
        source="clinical.md 6.2: at most 2 of items 1-8; item 9 never (MBC-4)",
        verified=False,
    ),
    safety_items=(
        SafetyItem(
            number=9,
            about="thoughts of being better off dead or of self-harm",
            fires_at=1,
            urgent_at=2,
            rule_id="PHQ9-ITEM9",
            source="clinical.md 6.2: gate at 1 [SPIER]; urgency at 2 is a design default",
        ),
    ),
    change=ChangeRule(
        response_fall_percent=Sourced(value=50, source="clinical.md MBC-3 [ELEKTD]"),
        remission_below=Sourced(
            value=5,
            source="clinical.md 6.1; from general knowledge, verify",
            verified=False,
        ),
        reliable_points=Sourced(
            value=6,
            source="Gyani 2013, Behav Res Ther 51:597 (reliable change); from general knowledge, verify",
            verified=False,
        ),
        important_points=Sourced(
            value=5,
            source="clinical.md 6.1: classic MCID 5 (verify); newer anchors average 3.7 [BAUER21] [KOUN22]",
            verified=False,
        ),
    ),
    panel_loinc="44249-1",
    total_loinc="44261-6",
    licence=PFIZER,
    source="clinical.md 6.1 and 6.2",
)

PHQ2: Final = Instrument(
    id="phq-2",
    version="Pfizer 1999",
    name="PHQ-2",
    about="depression, first two items of the PHQ-9",
    answered_by=AnsweredBy.SELF,
    recall="2 weeks",
    recall_window=timedelta(weeks=2),
    least_interval=timedelta(weeks=1),
    items=PHQ9.items[:2],
    highest_total=6,
    scoring=summed(),
    bands=ungraded(6),
    bands_source="clinical.md 6.1: screen only",
    screen=at_least(3, source="clinical.md 6.1; from general knowledge, verify", verified=False),
    wordings=MappingProxyType(
        {
            language: replace(wording, title="PHQ-2", items=wording.items[:2], closing="", closing_options=())
            for language, wording in PHQ9.wordings.items()
        }
    ),
    panel_loinc="55757-9",
    total_loinc="55758-7",
    licence=PFIZER,
    source="clinical.md 6.1 and 6.5",
)

CLOSING_LOINC: Final = "69722-7"
"""The tenth, unscored question on difficulty (clinical.md 6.2)."""
