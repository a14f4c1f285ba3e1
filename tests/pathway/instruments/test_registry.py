"""Laws that every instrument of the master table keeps (clinical.md 6.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.instruments.instrument import NO_BANDS, Permission
from ajar.pathway.instruments.outcome import Scored, Triaged, Unscored
from ajar.pathway.instruments.registry import INSTRUMENTS, SCORERS, instrument_named
from ajar.pathway.instruments.score import outcome, risk, screening
from ajar.pathway.patients.facts import Sex

RANGES = {
    "phq-9": 27,
    "phq-2": 6,
    "gad-7": 21,
    "gad-2": 6,
    "qids-sr16": 27,
    "madrs": 60,
    "madrs-s": 54,
    "pcl-5": 80,
    "oci-r": 72,
    "y-bocs": 40,
    "y-bocs-ii": 50,
    "sidas": 50,
    "bss": 38,
    "bsl-23": 4,
    "ede-q": 6,
    "ede-qs": 36,
    "pq-16": 16,
    "pq-b": 105,
    "mdq": 13,
    "hcl-32": 32,
    "audit-c": 12,
    "dast-10": 10,
    "cadss-6": 24,
    "moaa-s": 5,
    "bpic-ss": 38,
    "icsi": 20,
    "icpi": 16,
    "sds": 30,
    "wsas": 40,
    "whodas-12": 48,
    "who-5": 100,
    "lsas": 144,
}


@st.composite
def answered(draw):
    instrument = SCORERS[draw(st.sampled_from(sorted(SCORERS)))]
    items = [draw(st.none() | st.integers(item.lowest, item.highest)) for item in instrument.items]
    return instrument, items


@given(answered())
def test_every_scorer_is_total_over_its_domain(case):
    instrument, answers = case
    found = outcome(instrument, answers)
    if isinstance(found, Scored):
        assert 0 <= found.total <= instrument.highest_total
        assert found.band in instrument.bands
        assert found.band.lowest <= found.total <= found.band.highest or instrument.id == "bsl-23"
    if isinstance(found, Unscored):
        assert found.missing
        assert all(answers[number - 1] is None for number in found.missing)
        assert found.because
    for sex in (None, *Sex):
        seen = screening(instrument, answers, found, sex=sex)
        assert (seen is None) is (instrument.screen is None)
    if isinstance(found, Triaged):
        assert all(answers[number - 1] == 1 for number in found.because)


@given(answered(), st.data())
def test_what_is_outside_the_answers_is_refused(case, data):
    instrument, answers = case
    at = data.draw(st.integers(0, len(answers) - 1))
    item = instrument.items[at]
    answers[at] = data.draw(st.sampled_from([item.lowest - 1, item.highest + 1]))
    with pytest.raises(ValueError, match="takes"):
        outcome(instrument, answers)
    with pytest.raises(ValueError, match="items, got"):
        outcome(instrument, answers[:-1])


@given(answered())
def test_a_warning_needs_no_complete_form(case):
    instrument, answers = case
    for safety in instrument.safety_items:
        answer = answers[safety.number - 1]
        if answer is not None and answer >= safety.fires_at:
            assert risk(instrument, answers) is not None


@pytest.mark.parametrize(("name", "highest"), sorted(RANGES.items()))
def test_the_range_is_that_of_the_master_table(name, highest):
    assert SCORERS[name].highest_total == highest
    worst = [item.highest for item in SCORERS[name].items]
    if name not in ("sidas", "dast-10"):  # items of these are turned round
        assert outcome(SCORERS[name], worst).total == highest


@pytest.mark.parametrize("name", sorted(SCORERS))
def test_an_instrument_says_its_source_its_licence_and_its_recall(name):
    instrument = SCORERS[name]
    assert "clinical.md" in instrument.source
    assert "clinical.md" in instrument.licence.source
    assert "clinical.md" in instrument.bands_source
    assert instrument.recall
    assert instrument.about
    shipped = instrument.licence.permission is Permission.SHIPPED
    assert bool(instrument.wordings) is shipped
    assert (instrument.bands[0].label == NO_BANDS) is (len(instrument.bands) == 1)


def test_a_text_that_may_not_be_shipped_is_asked_for():
    with pytest.raises(LookupError, match=r"^MADRS has no text here\. Free in clinical use"):
        SCORERS["madrs"].wording("en")
    assert SCORERS["gad-7"].wording("es").language == "en"


def test_an_unknown_instrument_is_answered_with_those_there_are():
    with pytest.raises(LookupError, match=r"^There is no instrument 'phq9'; there are: phq-9, phq-2"):
        instrument_named("phq9")
    assert instrument_named("phq-9") is INSTRUMENTS["phq-9"]
