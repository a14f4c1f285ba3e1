"""What each instrument answers to a few made-up forms, word by word, as approved."""

from pathlib import Path

import pytest

from ajar.pathway.governance.plain import text_of
from ajar.pathway.instruments.change import change_between
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import outcome, risk, score, screening
from ajar.pathway.patients.facts import Sex
from tests.support.approved import assert_approved

APPROVED = Path(__file__).parent / "approved"


def lowest(instrument):
    return [item.lowest for item in instrument.items]


def highest(instrument):
    return [item.highest for item in instrument.items]


def mixed(instrument):
    """Item 1 lowest, item 2 one higher, and so on round the options of each item."""
    return [
        item.lowest + place % (min(item.highest, 7) - item.lowest + 1)
        for place, item in enumerate(instrument.items)
    ]


def first_blank(instrument):
    return [None, *highest(instrument)[1:]]


FORMS = (lowest, highest, mixed, first_blank)


def told(instrument, answers, sexes=(None,)):
    """The total, colour or what is missing; the screen's verdict; and the warning: a line each."""
    found = outcome(instrument, answers)
    screens = [screening(instrument, answers, found, sex=sex) for sex in sexes]
    return [line for line in map(text_of, [found, *screens, risk(instrument, answers)]) if line]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_instrument_says_of_a_form_what_was_approved(form):
    said = {name: told(instrument, form(instrument)) for name, instrument in SCORERS.items()}
    assert_approved(APPROVED / f"{form.__name__}.json", said)


_ = None
EDGES = {
    # From which answer, total or part a screen turns, and the colours.
    "phq-2": ([1, 1], [1, 2], [0, None]),
    "phq-9": ([1] * 7 + [2, 1], [2] * 7 + [0, 2], [0] * 6 + [_, _, 0], [0] * 6 + [_, _, _], [1] * 8 + [_]),
    "asrs-6": ([2, 2, 2, 2, 2, 2], [1, 2, 2, 3, 2, 2], [2, 2, 2, 3, 0, 0]),
    "asrs": ([2] * 18, [3] * 18, [0] * 6 + [2, 2, 2, 1, 1, 2, 1, 1, 1, 2, 1, 2], [0] * 6 + [3] * 11 + [_]),
    "mdq": (
        [1] * 6 + [0] * 7 + [1, 2],
        [1] * 7 + [0] * 6 + [1, 2],
        [1] * 7 + [0] * 6 + [0, 2],
        [1] * 7 + [0] * 6 + [1, 1],
        [1] + [0] * 12 + [_, _],
        [1, 1] + [0] * 11 + [_, _],
    ),
    "c-ssrs": (
        [0, 0, _, _, _, 0, _],
        [1, 0, _, _, _, 0, _],
        [1, 1, 1, 0, 0, 0, _],
        [1, 1, 0, 1, _, _, _],
        [0, 0, _, _, _, 1, 0],
        [0, 1, 0, 0, _, 1, _],
    ),
    "sidas": ([0, _, _, _, _], [1, 10, 0, 0, 0], [1, 0, 5, 5, 0], [1, 0, 4, 5, 0], [1, _, 0, 0, 0]),
    "dast-10": ([0] * 10, [0] * 9 + [1], [1, 0, 1] + [0] * 7, [0] + [_] * 9, [1] + [_] + [0] * 8),
    "pq-16": (
        [0, _] * 16,
        [1, 0] * 5 + [0, _] * 11,
        [1, 0] * 6 + [0, _] * 10,
        [1, 3, 1, 3, 1, 2] + [0, _] * 13,
        [1, 3, 1, 3, 1, 3] + [0, _] * 13,
        [1, _, _, _] + [0, _] * 14,
    ),
    "pq-b": ([1, 5] + [0, _] * 20, [1, 1] * 6 + [0, _] * 15, [1, _, _, 5] + [0, _] * 19),
    "sds": ([4, 4, 4], [0, 5, 0]),
    "who-5": ([3, 3, 3, 2, 2], [3, 3, 2, 2, 2], [5, 5, 5, 5, 1], [5, 5, 5, 5, 2]),
    "wsas": ([4, 4, 4, 4, _], [4, 4, 4, _, _]),
    "qids-sr16": (
        [0, 1, 2, 3, 1, 2, _, 1, _, 0, 0, 1, 0, 0, 2, 1],
        [0] * 5 + [_, 3, _, 2] + [0] * 7,
        [0] * 5 + [_, _, 1, 1] + [0] * 7,
        [0] * 11 + [_] + [0] * 4,
        [0] * 11 + [2] + [0] * 4,
    ),
    "pcl-5": (
        [2] + [0] * 4 + [2, 0] + [2, 2] + [0] * 5 + [2, 2] + [0] * 4,
        [2] + [0] * 4 + [2, 0] + [2, 2] + [0] * 5 + [2, 1] + [0] * 4,
        [1] * 20,
        [4] * 5 + [1, 1] + [4, 4, 1] + [0] * 10,
        [4] * 5 + [1, 1] + [4, 4, 0] + [0] * 10,
        [_] * 4 + [4] * 16,
        [_] * 5 + [4] * 15,
    ),
    "ede-q": (
        [2] * 5 + [4, 1, 4, 1, 4, 4, 5] + [0] * 6 + [1, 1, 1, 5, 4, 5, 5, 4, 4, 4],
        [6, 6, _, _, _] + [3] * 7 + [0] * 6 + [3] * 10,
        [_] * 7 + [3] * 5 + [0] * 6 + [3] * 10,
        [_] * 12 + [0] * 6 + [3, 3] + [_] * 8,
    ),
    "madrs": ([0] * 9 + [3], [0] * 9 + [4], [0] * 9 + [5]),
    "bss": ([0] * 19 + [1, 2], [1] + [0] * 20, [0] * 18 + [_, 0, 0]),
    "whodas-12": ([1] * 10 + [2, _],),
    "y-bocs": ([4] * 5 + [_] + [4] * 4, [_] + [4] * 9),
    "bsl-23": ([2] * 11 + [1] * 12, [2] * 12 + [1] * 11),
}
AUDIT_C = ([0, 0, 0], [3, 0, 0], [2, 1, 0], [2, 0, 1], [2, 1, 1], [4, 0, 0], [3, _, 0])


def written(answers):
    return " ".join("-" if answer is None else str(answer) for answer in answers)


def test_at_its_edges_every_instrument_says_what_was_approved():
    said = {
        f"{name}: {written(answers)}": told(SCORERS[name], answers)
        for name, forms in EDGES.items()
        for answers in forms
    }
    said |= {
        f"audit-c: {written(answers)}": told(SCORERS["audit-c"], answers, (None, *Sex)) for answers in AUDIT_C
    }
    assert_approved(APPROVED / "edges.json", said)


CHANGES = {
    "phq-9": (
        (20, 10),
        (20, 11),
        (12, 8),
        (12, 7),
        (7, 12),
        (10, 4),
        (10, 5),
        (0, 0),
        (9, 4),
        (8, 4),
        (4, 9),
    ),
    "y-bocs": ((20, 13), (20, 14), (20, 15), (20, 16), (20, 12)),
    "pcl-5": ((40, 36), (40, 35), (40, 31), (40, 30), (40, 20), (35, 40)),
    "who-5": ((20, 28), (20, 32), (40, 28)),
    "gad-7": ((10, 6), (10, 5), (12, 4)),
    "qids-sr16": ((12, 6), (12, 5)),
}


def scored(instrument, total):
    """A total of an instrument whose answers may be anything; those of the WHO-5 count four times."""
    left, answers = total // (4 if instrument.id == "who-5" else 1), []
    for item in instrument.items:
        answers.append(min(left, item.highest))
        left -= answers[-1]
    if instrument.id == "qids-sr16":  # of each domain only the highest answer counts
        places = [1, 5, 6, 10, 11, 12, 13, 14, 15]
        answers = [0] * 16
        for place in places:
            answers[place - 1] = min(3, total)
            total -= answers[place - 1]
    return score(instrument, answers)


def test_what_a_change_means_is_what_was_approved():
    said = {
        f"{name}: {before} to {after}": change_between(
            SCORERS[name], scored(SCORERS[name], before), scored(SCORERS[name], after)
        )
        for name, pairs in CHANGES.items()
        for before, after in pairs
    }
    assert_approved(APPROVED / "changes.json", {name: text_of(change) for name, change in said.items()})
