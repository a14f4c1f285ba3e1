"""What is written down with a score, and short forms that grow."""

import re
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.instruments.administration import ADMINISTRATIONS, modes_of
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered, QuestionnaireRecorded, TextFrom
from ajar.pathway.instruments.gad7 import GAD7
from ajar.pathway.instruments.instrument import Permission
from ajar.pathway.instruments.outcome import total_text
from ajar.pathway.instruments.phq9 import PHQ2, PHQ9
from ajar.pathway.instruments.recording import RULEBOOK_VERSION, recorded
from ajar.pathway.instruments.registry import INSTRUMENTS, SCORERS
from ajar.pathway.instruments.stepped import STEPS, Step, asks_more, instrument_after
from ajar.pathway.instruments.supplied import SuppliedItem, SuppliedWording, WordingRefused, supplied_wording
from ajar.pathway.ledger.codec import decode, encode
from ajar.pathway.ledger.payload import payload_class


@pytest.mark.parametrize("name", sorted(SCORERS))
def test_every_instrument_can_be_recorded_with_all_that_a_reader_needs(name):
    instrument = SCORERS[name]
    mode = modes_of(instrument)[0].mode
    entry = recorded(
        instrument, items=[None] * instrument.item_count, mode=mode, language="en", occasion="baseline"
    )
    assert decode(payload_class(entry.KIND, 2), encode(entry)) == entry
    assert entry.recall_days == instrument.recall_window / timedelta(days=1)
    assert entry.licence == instrument.licence.permission.code
    assert entry.rulebook_version == RULEBOOK_VERSION
    assert entry.instrument_version == instrument.version
    assert (entry.recall, entry.language, entry.mode) == (instrument.recall, "en", mode)
    assert (entry.occasion, entry.items) == ("baseline", (None,) * instrument.item_count)
    assert (entry.text_from, entry.attribution) == (TextFrom.SHIPPED, "")


def test_an_entry_of_the_first_version_stays_readable():
    old = {
        "instrument": "phq-9",
        "instrument_version": "Pfizer 1999",
        "language": "en",
        "mode": "staff_read",
        "items": [1, 2, None],
        "recall": "2 weeks",
        "occasion": "baseline",
    }
    read = decode(payload_class("questionnaire.answered", 1), old)
    assert isinstance(read, QuestionnaireAnswered)
    assert not isinstance(read, QuestionnaireRecorded)
    assert read.items == (1, 2, None)


CONTEXT = {
    "instrument": "madrs",
    "instrument_version": "1",
    "language": "en",
    "mode": Mode.CLINICIAN,
    "items": (0,),
    "recall": "about 7 days",
    "occasion": "baseline",
    "recall_days": 7.0,
    "licence": "slot",
    "text_from": TextFrom.ELSEWHERE,
    "attribution": "",
    "rulebook_version": "1",
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"recall_days": -1.0}, "recall_days must be 0 or more, got -1.0."),
        ({"recall_days": float("inf")}, "recall_days must be 0 or more, got inf."),
        ({"instrument": ""}, "instrument must not be empty."),
        ({"language": ""}, "language must not be empty."),
        ({"licence": " "}, "licence must not be empty."),
        ({"rulebook_version": ""}, "rulebook_version must not be empty."),
        ({"text_from": TextFrom.CLINIC}, "attribution of the clinic's own text must not be empty."),
        ({"items": ()}, "A questionnaire needs at least one item."),
    ],
)
def test_an_entry_without_its_context_is_refused(changes, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        QuestionnaireRecorded(**(CONTEXT | changes))


def test_a_clinics_own_text_is_kept_with_its_attribution():
    kept = QuestionnaireRecorded(**(CONTEXT | {"text_from": TextFrom.CLINIC, "attribution": "© its owner"}))
    assert {field.name for field in fields(kept)} >= {"text_from", "attribution"}


def test_every_mode_has_one_code_and_every_instrument_a_mode_for_staff():
    assert Mode.STAFF_READ.label == "staff read"
    assert Permission.FREE_BUT_NOT_HERE.code == "free-but-not-here"
    assert set(ADMINISTRATIONS) == set(Mode)
    assert len({one.code for one in ADMINISTRATIONS.values()}) == len(Mode)
    assert all(modes_of(instrument) for instrument in SCORERS.values())


def test_patients_are_asked_only_what_may_be_shown_to_them():
    assert set(INSTRUMENTS) == {"phq-9", "phq-2", "gad-7", "gad-2"}
    assert all(one.licence.permission is Permission.SHIPPED for one in INSTRUMENTS.values())


@pytest.mark.parametrize("name", sorted(STEPS))
@given(answers=st.lists(st.none() | st.integers(0, 3), min_size=2, max_size=2))
def test_a_short_form_grows_where_it_is_positive_or_says_nothing(name, answers):
    step = STEPS[name]
    negative = None not in answers and sum(answers) < 3
    assert asks_more(step, answers) is not negative
    assert instrument_after(step.short, 1, answers) is step.short
    assert instrument_after(step.short, 2, answers) is (step.short if negative else step.full)
    assert instrument_after(step.full, 2, answers) is step.full


def test_a_short_form_is_the_beginning_of_its_long_one():
    with pytest.raises(ValueError, match=r"^PHQ-2 is not the beginning of GAD-7\.$"):
        Step(short=PHQ2, full=GAD7, positive_from=3, source="")


MADRS = SCORERS["madrs"]
SEVEN_OPTIONS = "Item 1: expected 7 options, from the lowest answer, or none."
ITEM = {"words": "…", "options": list("abcdefg")}
FILE = {
    "instrument": "madrs",
    "language": "en",
    "title": "A title",
    "attribution": "© its owner",
    "permission": "Letter of 3 May",
    "items": [ITEM] * 10,
}


def test_a_clinics_own_text_is_read():
    item = SuppliedItem(words="…", options=tuple("abcdefg"))
    expected = SuppliedWording(
        instrument="madrs",
        language="en",
        title="A title",
        stem="Over the last week",
        items=(item,) * 10,
        attribution="© its owner",
        permission="Letter of 3 May",
    )
    assert supplied_wording(MADRS, FILE | {"stem": "Over the last week"}) == expected
    assert supplied_wording(MADRS, FILE) == replace(expected, stem="")
    assert supplied_wording(MADRS, FILE | {"items": [{"words": "…"}] * 10}).items[0].options == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"instrument": "phq-9"}, "This file is for 'phq-9', expected 'madrs'."),
        ({"items": [ITEM] * 9}, "MADRS needs a list of 10 items."),
        ({"items": ["…"] * 10}, "Item 1: expected an object with words and options, got '…'."),
        ({"items": [{"words": "…", "options": ["a"]}] * 10}, SEVEN_OPTIONS),
        ({"items": [{"words": "…", "options": [*"abcdef", 7]}] * 10}, SEVEN_OPTIONS),
        ({"items": [{"words": "…", "options": [*"abcdefgh"]}] * 10}, SEVEN_OPTIONS),
        ({"items": [{"words": "…", "options": "abcdefg"}] * 10}, SEVEN_OPTIONS),
        ({"items": tuple([ITEM] * 10)}, "MADRS needs a list of 10 items."),
        ({"items": [{"options": []}] * 10}, "words: expected a text, got None."),
        ({"attribution": " "}, "attribution: expected a text, got ' '."),
        ({"permission": None}, "permission: expected a text, got None."),
        ({"language": ""}, "language: expected a text, got ''."),
        ({"title": 5}, "title: expected a text, got 5."),
        ({"stem": ""}, "stem: expected a text, got ''."),
        ({"instrument": None}, "instrument: expected a text, got None."),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(changes, words):
    with pytest.raises(WordingRefused, match=f"^{re.escape(words)}$"):
        supplied_wording(MADRS, FILE | changes)


def test_each_item_has_the_options_of_its_own_answers():
    pairs = SCORERS["pq-b"]
    items = [{"words": "…", "options": ["no", "yes"]}, {"words": "…", "options": list("abcde")}] * 21
    read = supplied_wording(pairs, FILE | {"instrument": "pq-b", "items": items})
    assert [len(item.options) for item in read.items[:3]] == [2, 5, 2]


@pytest.mark.parametrize(("short", "full"), [("phq-2", "phq-9"), ("gad-2", "gad-7")])
def test_a_short_form_is_asked_in_the_words_of_the_long_one(short, full):
    whole, first = SCORERS[full].wording("en"), SCORERS[short].wording("en")
    assert first.title == short.upper()
    assert (first.stem, first.options, first.items) == (whole.stem, whole.options, whole.items[:2])
    assert (first.closing, first.closing_options) == ("", ())


def test_no_text_is_put_in_the_place_of_one_that_ships():
    with pytest.raises(WordingRefused, match=r"^PHQ-9 ships with its text; none is put in its place\.$"):
        supplied_wording(PHQ9, FILE)


@pytest.mark.parametrize(("total", "words"), [(12.0, "12"), (40 / 23, "1.74"), (0, "0"), (100, "100")])
def test_a_total_is_written_as_people_write_it(total, words):
    assert total_text(total) == words
