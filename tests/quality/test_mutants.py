"""What is read from mutmut's files, and what may survive."""

import json
from pathlib import Path

import pytest

from tools.mutants import Explanation, explanations, report
from tools.mutated import Mutant, survivors, tried

MUTATED = '''
def x_total__mutmut_orig(a, b):
    """A sum."""
    return a + b


def x_total__mutmut_1(a, b):
    """A sum."""
    return a - b


def x_total__mutmut_2(a, b):
    """XXA sum.XX"""
    return a + b
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One mutated file: the first mutant was killed, the second survived, a third was not tried."""
    (tmp_path / "sums.py").write_text(MUTATED)
    codes = {f"sums.x_total__mutmut_{number}": code for number, code in ((1, 1), (2, 0), (3, None))}
    (tmp_path / "sums.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    return tmp_path


def test_survivors_are_read_with_the_lines_that_differ(folder: Path) -> None:
    assert tried(folder) == 2
    assert list(survivors(folder)) == [
        Mutant(name="sums.x_total__mutmut_2", before='"""A sum."""', after='"""XXA sum.XX"""')
    ]


def test_only_what_nobody_explained_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = [
        Mutant(name="a.x_f__mutmut_1", before="x", after='"XXxXX"'),
        Mutant(name="a.x_g__mutmut_1", before="x", after="y"),
    ]
    words = Explanation(pattern="XX", because="Only words.")
    assert report(found, [words], 10) == found[1:]
    said = capsys.readouterr()
    assert "Only words." in said.out
    assert "2 of 10 mutants survived (20.0%); 1 without an explanation." in said.out
    assert "a.x_g__mutmut_1" in said.err


def test_every_explanation_says_why() -> None:
    assert all(len(one.because) > 20 for one in explanations())
