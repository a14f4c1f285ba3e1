"""Instruments as Questionnaires, and answers out of a QuestionnaireResponse."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.fhir.questionnaires import (
    CANONICAL,
    CODE_SYSTEM,
    ORDINAL,
    answers_of,
    instrument_of,
    link_id,
    questionnaire,
    read_response,
)
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import outcome

PHQ9 = SCORERS["phq-9"]


def response(instrument, values, **others):
    items = [
        {"linkId": link_id(item), "answer": [value]}
        for item, value in zip(instrument.items, values, strict=True)
        if value is not None
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{CANONICAL}{instrument.id}|1",
        "item": items,
        **others,
    }


def option(form, place, value):
    return {"valueCoding": form["item"][place]["answerOption"][value]["valueCoding"]}


@pytest.mark.parametrize("name", sorted(SCORERS))
def test_every_instrument_is_a_questionnaire_with_its_items_and_its_licence(name):
    instrument = SCORERS[name]
    form = json.loads(json.dumps(questionnaire(instrument)))
    asked = [item for item in form["item"] if item["type"] != "display"]
    assert [item["linkId"] for item in asked] == [link_id(item) for item in instrument.items]
    assert len({item["linkId"] for item in form["item"]}) == len(form["item"])
    assert instrument.licence.words in form["copyright"]
    assert form["url"].startswith(CANONICAL)
    worded = "en" in instrument.wordings
    assert {item["type"] for item in asked} == {"choice" if worded else "integer"}


def test_a_form_speaks_the_language_that_was_asked_for():
    spanish = questionnaire(PHQ9, language="es")
    assert (spanish["language"], spanish["item"][1]["text"]) == ("es", "Poco interés o placer en hacer cosas")
    assert spanish["code"][0]["code"] == "44249-1"
    assert questionnaire(SCORERS["madrs"])["code"][0] == {
        "system": CODE_SYSTEM,
        "code": "madrs",
        "display": "MADRS",
    }


@given(st.data())
def test_answers_come_back_as_they_were_given(data):
    instrument = SCORERS[data.draw(st.sampled_from(sorted(SCORERS)))]
    answers = [data.draw(st.none() | st.integers(one.lowest, one.highest)) for one in instrument.items]
    values = [None if answer is None else {"valueInteger": answer} for answer in answers]
    sent = response(instrument, values)
    assert instrument_of(sent, SCORERS) is instrument
    assert answers_of(sent, instrument) == answers


def test_an_option_of_the_form_is_its_value_and_a_form_is_scored_from_it():
    form = questionnaire(PHQ9)
    chosen = [option(form, place, value) for place, value in enumerate([1, 2, 3, 0, 1, 2, 3, 0, 1], start=1)]
    answers = answers_of(response(PHQ9, chosen), PHQ9)
    assert outcome(PHQ9, answers).total == 13


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueBoolean": True}, 1),
        ({"valueDecimal": 2.0}, 2),
        ({"valueCoding": {"code": "LA6571-9", "extension": [{"url": ORDINAL, "valueDecimal": 3}]}}, 3),
        ({"valueCoding": {"code": "2", "system": CODE_SYSTEM, "extension": [{"url": "other"}]}}, 2),
    ],
)
def test_other_ways_to_say_a_value_are_read(value, expected):
    assert answers_of(response(PHQ9, [value] + [None] * 8), PHQ9)[0] == expected


@pytest.mark.parametrize(
    "value",
    [
        {"valueDecimal": 1.5},
        {"valueString": "often"},
        {"valueCoding": {"code": "2", "system": "http://example.org"}},
        {"valueCoding": {"code": "LA6571-9", "system": CODE_SYSTEM}},
    ],
)
def test_a_value_is_never_guessed(value):
    with pytest.raises(ValueError, match="answer to item 44250-9 is neither one of its options"):
        answers_of(response(PHQ9, [value] + [None] * 8), PHQ9)


def test_answers_inside_groups_are_found():
    inner = response(PHQ9, [{"valueInteger": 1}] + [None] * 8)["item"]
    grouped = response(PHQ9, [None] * 9, item=[{"linkId": "group", "item": inner}])
    assert answers_of(grouped, PHQ9)[0] == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([{"linkId": "99", "answer": [{"valueInteger": 1}]}], "no item '99'"),
        ([{"linkId": "44250-9", "answer": [{"valueInteger": 1}]}] * 2, "answered twice"),
        ([{"linkId": "44250-9", "answer": [{"valueInteger": 1}] * 2}], "has 2 answers"),
    ],
)
def test_what_does_not_belong_is_refused(sent, said):
    with pytest.raises(ValueError, match=said):
        answers_of(response(PHQ9, [None] * 9, item=sent), PHQ9)


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({}, "got no resourceType"),
        ({"resourceType": "Patient"}, "got Patient"),
        ({"resourceType": "QuestionnaireResponse"}, "The questionnaire '' is not known"),
        (
            {"resourceType": "QuestionnaireResponse", "questionnaire": "http://example.org/phq-9"},
            "is not known here; expected urn:ajar:Questionnaire: and one of: phq-9",
        ),
    ],
)
def test_a_response_to_something_else_is_refused(resource, said):
    with pytest.raises(ValueError, match=said):
        instrument_of(resource, SCORERS)


def test_a_file_is_read_whole_or_refused_in_words():
    sent = response(PHQ9, [{"valueInteger": 1}] + [None] * 8)
    assert read_response(json.dumps(sent).encode(), SCORERS) == (PHQ9, [1] + [None] * 8)
    long = response(PHQ9, [None] * 9, questionnaire="x" * 5000)
    for data in (b"{", b"[]", json.dumps(long).encode()):
        with pytest.raises(ValueError, match="Expected a QuestionnaireResponse in JSON"):
            read_response(data, SCORERS)
