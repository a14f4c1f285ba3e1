"""The command line, as somebody types it."""

from typing import NamedTuple

import pytest

from ajar.cli import main


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def ajar(capsys):
    """Run `ajar` with these words; its exit code, what it printed and what it complained about."""

    def run(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return run
