"""A record that cannot be is refused in words, and a history knows which session each belongs to."""

from math import inf, nan

import pytest

from ajar.pharmacology.fit.records import Kind
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.model import Circumstances
from tests.pharmacology.fit.people import history, record


@pytest.mark.parametrize(
    ("kind", "time_h", "value", "more", "words"),
    [
        (Kind.SYSTOLIC, 1.0, 12.0, {}, "sbp_mmhg is from 30 to 300, got 12"),
        (Kind.SYSTOLIC, -1.0, 120.0, {}, "0 h or later, got -1"),
        (Kind.SYSTOLIC, inf, 120.0, {}, "0 h or later, got inf"),
        (Kind.CADSS, 1.0, 93.0, {}, "cadss is from 0 to 92, got 93"),
        (Kind.CADSS, 1.0, nan, {}, "from 0 to 92, got nan"),
        (Kind.SEDATION, 1.0, 3.5, {}, "moaas is a whole number, got 3.5"),
        (Kind.NAUSEA, 1.0, 2.0, {}, "nausea is from 0 to 1"),
        (Kind.PHQ9, 1.0, 28.0, {}, "phq9 is from 0 to 27"),
        (Kind.KETAMINE_LEVEL, 1.0, 0.0, {}, "0 is not a measurement: give the limit, with below=True"),
        (Kind.MADRS, 1.0, 20.0, {"below": True}, "Only a blood level is below its limit"),
        (Kind.MADRS, 1.0, 20.0, {"assay_cv": 0.1}, "Only a blood level has an assay"),
        (Kind.KETAMINE_LEVEL, 1.0, 20.0, {"assay_cv": 1.0}, "from 0 to below 1, got 1.0"),
    ],
)
def test_what_cannot_be_is_refused(kind, time_h, value, more, words):
    with pytest.raises(ValueError, match=words):
        record(kind, time_h, value, **more)


def test_records_come_in_order_of_time_and_belong_to_the_session_last_begun():
    seen = history(record(Kind.SYSTOLIC, 169.0), record(Kind.SYSTOLIC, 1.0))
    assert [one.time_h for one in seen.records] == [1.0, 169.0]
    assert [seen.session_of(one) for one in seen.records] == [1, 2]


def test_a_reading_before_a_session_may_say_which_it_belongs_to():
    before = record(Kind.SYSTOLIC, 167.5, session=2)
    assert history(before).session_of(before) == 2


@pytest.mark.parametrize(
    ("records", "more", "words"),
    [
        ([record(Kind.SYSTOLIC, 1.0, session=5)], {}, "sessions 1 to 4, got 5"),
        ([record(Kind.CADSS, 30.0)], {}, "30 h from the start of session 1"),
        ([record(Kind.MADRS, 30.0)], {"circumstances": Circumstances()}, "MADRS before the first dose"),
        (
            [record(Kind.SYSTOLIC, 1.0)],
            {"circumstances": Circumstances(options={Option.NORKETAMINE_OPPOSES_PRESSURE})},
            "does not know the option",
        ),
    ],
)
def test_a_history_that_cannot_be_fitted_is_refused(records, more, words):
    with pytest.raises(ValueError, match=words):
        history(*records, **more)
