"""`ajar score`: answers in, a score, a colour or the reason why none."""

import json
from argparse import Namespace

import pytest

from ajar.workbench.scores import NO_SCORE, REFUSED, SCORED, score


def ajar_score(*words, sex="", as_json=False, **others):
    instrument, *answers = words or ("",)
    asked = {"response": "", "form": False, "language": "en"} | others
    return score(Namespace(instrument=instrument, answers=answers, sex=sex, json=as_json, **asked))


@pytest.mark.parametrize(
    ("words", "sex", "code", "said"),
    [
        ("phq-9 1 2 3 0 1 2 3 0 1", "", SCORED, ["PHQ-9 13 of 27: moderate", "item 9", "contact today"]),
        ("phq-9 2 2 1 - 3 1 - 0 2", "", SCORED, ["filled with the mean: 4, 7", "contact at once"]),
        ("phq-9 2 2 2 2 2 2 2 2 -", "", NO_SCORE, ["no score. Item 9", "somebody should ask"]),
        (
            "pcl-5 " + "1 " * 20,
            "",
            SCORED,
            ["PCL-5 20 of 80: no published bands", "B: 5", "Screen: negative"],
        ),
        ("audit-c 3 0 0", "male", SCORED, ["how often", "Screen: negative"]),
        ("audit-c 3 0 0", "", SCORED, ["Screen: needs information"]),
        ("c-ssrs 0 1 0 1 0 0 -", "", SCORED, ["C-SSRS screener: red (items 4). Act at once"]),
        ("c-ssrs 0 0 - - - 0 -", "", SCORED, ["C-SSRS screener: none. No answer asks for action."]),
        ("gad-7 0 0 0 0 0 0 0", "", SCORED, ["GAD-7 0 of 21: minimal", "verify"]),
    ],
)
def test_what_comes_of_answers_is_said_in_words(words, sex, code, said, capsys):
    assert ajar_score(*words.split(), sex=sex) == code
    printed = capsys.readouterr().out
    for part in (*said, "Source: clinical.md"):
        assert part in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("phq9 1", "There is no instrument 'phq9'"),
        ("phq-9 1 2", "PHQ-9 has 9 items, got 2 answers."),
        ("phq-9 1 2 3 4 1 1 1 1 1", "PHQ-9 item 4 takes 0 to 3, got 4."),
        (
            "phq-9 1 2 three 4 1 1 1 1 1",
            "Answer 3 is a whole number, or - where it was left out; got 'three'.",
        ),
        ("phq-9 1 2 1.5 1 1 1 1 1 1", "got '1.5'"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_what_was_expected(words, said, capsys):
    assert ajar_score(*words.split()) == REFUSED
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_a_machine_reads_the_same(capsys):
    assert ajar_score("phq-9", *["1", "2", "3", "0", "1", "2", "3", "0", "1"], as_json=True) == SCORED
    seen = json.loads(capsys.readouterr().out)
    assert (seen["outcome"], seen["total"], seen["band"]["id"]) == ("scored", 13, "moderate")
    assert seen["warning"]["item"] == 9
    assert ajar_score("c-ssrs", *["0", "1", "0", "1", "0", "0", "-"], as_json=True) == SCORED
    assert json.loads(capsys.readouterr().out)["level"] == "red"
    assert ajar_score("phq-9", *["------9", "2", "2"], as_json=True) == REFUSED


def test_without_an_instrument_it_lists_them(capsys):
    assert ajar_score() == SCORED
    assert "pcl-5       PCL-5: post-traumatic stress" in capsys.readouterr().out


def test_a_form_is_printed_and_its_answers_are_scored_from_fhir(tmp_path, capsys):
    assert ajar_score("phq-9", form=True, language="es") == SCORED
    form = json.loads(capsys.readouterr().out)
    asked = [item for item in form["item"] if item["type"] == "choice"]
    assert asked[0]["text"] == "Poco interés o placer en hacer cosas"
    answers = [{"linkId": item["linkId"], "answer": [{"valueInteger": 1}]} for item in asked]
    sent = {"resourceType": "QuestionnaireResponse", "questionnaire": form["url"], "item": answers}
    file = tmp_path / "response.json"
    file.write_text(json.dumps(sent))
    assert ajar_score(response=str(file)) == SCORED
    assert "PHQ-9 9 of 27: mild" in capsys.readouterr().out


def test_answers_that_contradict_each_other_or_are_not_there_are_refused(tmp_path, capsys):
    file = tmp_path / "response.json"
    file.write_text(
        '{"resourceType": "QuestionnaireResponse", "questionnaire": "urn:ajar:Questionnaire:gad-7"}'
    )
    assert ajar_score("phq-9", response=str(file)) == REFUSED
    assert "answers gad-7, not phq-9" in capsys.readouterr().err
    assert ajar_score("gad-7", "1", response=str(file)) == REFUSED
    assert "not in both" in capsys.readouterr().err
    assert ajar_score(response=str(tmp_path / "nowhere.json")) == REFUSED
    assert "nowhere.json" in capsys.readouterr().err
    assert ajar_score("madrss", form=True) == REFUSED
