"""Instruments as FHIR R4 Questionnaires, and the answers of a QuestionnaireResponse.

An item's linkId is its LOINC code where it has one, else its number on the form. Where the text may not be
shipped, an item says its number and takes a whole number: the clinic that holds the permission fills it in.
"""

from collections.abc import Mapping
from typing import Any, Final

from ajar.exchange.fhir.outcome import Leave, RefuseBundle
from ajar.exchange.fhir.tree import Tree, load, number, text, tree, trees
from ajar.pathway.instruments.instrument import Instrument, Item, Wording

CANONICAL: Final = "urn:ajar:Questionnaire:"
CODE_SYSTEM: Final = "urn:ajar:CodeSystem:ketamine-instruments"
"""Our own codes, where LOINC has none (clinical.md 6.5)."""
LOINC: Final = "http://loinc.org"
ORDINAL: Final = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
MINIMUM: Final = "http://hl7.org/fhir/StructureDefinition/minValue"
MAXIMUM: Final = "http://hl7.org/fhir/StructureDefinition/maxValue"

Answer = int | None


def link_id(item: Item) -> str:
    """By what a form and its answers name an item."""
    return item.loinc or item.id


def questionnaire(instrument: Instrument, *, language: str = "en") -> dict[str, Any]:
    """The instrument as a Questionnaire, worded where its text is here."""
    wording = instrument.wording(language) if instrument.wordings else None
    return {
        "resourceType": "Questionnaire",
        "url": f"{CANONICAL}{instrument.id}",
        "version": instrument.version,
        "name": "".join(part.capitalize() for part in instrument.id.split("-")),
        "title": wording.title if wording else instrument.name,
        "status": "active",
        "subjectType": ["Patient"],
        "language": wording.language if wording else "en",
        "description": f"{instrument.about}; {instrument.answered_by.value}; recall: {instrument.recall}.",
        "copyright": f"{instrument.licence.words} ({instrument.licence.source})",
        "code": [_code(instrument)],
        "item": [_stem(wording), *_items(instrument, wording)] if wording else _items(instrument, None),
    }


def _code(instrument: Instrument) -> dict[str, str]:
    if instrument.panel_loinc:
        return {"system": LOINC, "code": instrument.panel_loinc, "display": instrument.name}
    return {"system": CODE_SYSTEM, "code": instrument.id, "display": instrument.name}


def _stem(wording: Wording) -> dict[str, str]:
    return {"linkId": "stem", "type": "display", "text": wording.stem}


def _items(instrument: Instrument, wording: Wording | None) -> list[dict[str, Any]]:
    return [
        {"linkId": link_id(item), "prefix": item.id}
        | (_choice(item, wording, place) if wording else _number(item))
        for place, item in enumerate(instrument.items)
    ]


def _choice(item: Item, wording: Wording, place: int) -> dict[str, Any]:
    options = [
        {
            "extension": [{"url": ORDINAL, "valueDecimal": value}],
            "valueCoding": {"system": CODE_SYSTEM, "code": str(value), "display": words},
        }
        for value, words in enumerate(wording.options)
    ]
    coded = {"code": [{"system": LOINC, "code": item.loinc}]} if item.loinc else {}
    return {**coded, "type": "choice", "text": wording.items[place], "answerOption": options}


def _number(item: Item) -> dict[str, Any]:
    return {
        "type": "integer",
        "text": f"Item {item.id}",
        "extension": [
            {"url": MINIMUM, "valueInteger": item.lowest},
            {"url": MAXIMUM, "valueInteger": item.highest},
        ],
    }


def read_response(data: bytes, known: Mapping[str, Instrument]) -> tuple[Instrument, list[Answer]]:
    """The instrument that a QuestionnaireResponse (JSON, UTF-8) answers, and the answers in its order.

    Raises:
        ValueError: it cannot be read, or as `instrument_of` and `answers_of`.
    """
    try:
        response = load(data)
        instrument = instrument_of(response, known)
        return instrument, answers_of(response, instrument)
    except (RefuseBundle, Leave) as refused:
        raise ValueError(f"Expected a QuestionnaireResponse in JSON. {refused.args[0]}") from None


def instrument_of(response: Tree, known: Mapping[str, Instrument]) -> Instrument:
    """The instrument that a response answers.

    Raises:
        ValueError: it is no QuestionnaireResponse, or of a questionnaire that is not known here.
    """
    kind = text(response.get("resourceType"))
    if kind != "QuestionnaireResponse":
        raise ValueError(f"Expected a QuestionnaireResponse, got {kind or 'no resourceType'}.")
    canonical = text(response.get("questionnaire")).split("|")[0]
    found = known.get(canonical.removeprefix(CANONICAL))
    if not canonical.startswith(CANONICAL) or found is None:
        raise ValueError(
            f"The questionnaire {canonical!r} is not known here; expected {CANONICAL} and one of: "
            f"{', '.join(known)}."
        )
    return found


def answers_of(response: Tree, instrument: Instrument) -> list[Answer]:
    """The answers in the instrument's own order; None where an item was left out.

    Raises:
        ValueError: an item the instrument does not have, one that is answered twice, or an answer that is
            neither one of its options nor a whole number. Nothing is guessed.
    """
    places = {link_id(item): place for place, item in enumerate(instrument.items)}
    answers: list[Answer] = [None] * instrument.item_count
    seen: set[str] = set()
    for item in _answered(response):
        name = text(item.get("linkId"))
        if name not in places:
            raise ValueError(f"{instrument.name} has no item {name!r}; expected: {', '.join(places)}.")
        if name in seen:
            raise ValueError(f"Item {name} of {instrument.name} is answered twice.")
        seen.add(name)
        answers[places[name]] = _value(item, name)
    return answers


def _answered(response: Tree) -> list[Tree]:
    """The items that carry an answer, also those inside groups."""
    found: list[Tree] = []
    for item in trees(response.get("item")):
        if trees(item.get("answer")):
            found.append(item)
        found.extend(_answered(item))
    return found


def _value(item: Tree, name: str) -> int:
    given = trees(item.get("answer"))
    if len(given) != 1:
        raise ValueError(f"Item {name} has {len(given)} answers; expected one.")
    value = _whole(given[0])
    if value is None:
        raise ValueError(f"The answer to item {name} is neither one of its options nor a whole number.")
    return value


def _whole(answer: Tree) -> int | None:
    """A value from an integer, a decimal, a boolean, or the ordinal value or code of an option."""
    if isinstance(said := answer.get("valueBoolean"), bool):
        return int(said)
    coding = tree(answer.get("valueCoding"))
    ordinals = [
        number(one.get("valueDecimal")) for one in trees(coding.get("extension")) if one.get("url") == ORDINAL
    ]
    numbers = (number(answer.get("valueInteger")), number(answer.get("valueDecimal")))
    for value in (*numbers, *ordinals, _code_of(coding)):
        if value is not None:
            return int(value) if value == int(value) else None
    return None


def _code_of(coding: Tree) -> float | None:
    """The code of one of our own options is its value."""
    code = text(coding.get("code"))
    return float(code) if code.isdecimal() and text(coding.get("system")) == CODE_SYSTEM else None
