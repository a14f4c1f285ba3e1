"""Compiling once, at installation."""

import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from ajar.pharmacology.lanes import warm as installation
from ajar.pharmacology.lanes.warm import forget, warm


def test_warming_says_how_long_it_took():
    said = []
    warm(said.append)
    assert len(said) == 1
    assert said[0].startswith("The engine is compiled")


def test_what_was_compiled_before_is_forgotten_and_nothing_else(tmp_path):
    for name in ("walk.walk-1.py311.nbi", "walk.walk-1.py311.1.nbc", "walk.cpython-311.pyc"):
        (tmp_path / name).write_bytes(b"")
    forget(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["walk.cpython-311.pyc"]


def test_the_installation_forgets_first_and_says_what_it_does(monkeypatch, capsys):
    done = []
    monkeypatch.setattr(installation, "forget", lambda folder: done.append(folder.name))
    monkeypatch.setattr(installation, "warm", lambda say: say("ready"))
    assert installation.main() == 0
    assert done == ["__pycache__"]
    assert capsys.readouterr().out.endswith("ready\n")


def test_it_runs_as_a_program(monkeypatch, capsys):
    monkeypatch.setattr(Path, "glob", lambda *_: [])
    with pytest.raises(SystemExit) as ended:
        run_path(installation.__file__, run_name="__main__")
    assert ended.value.code == 0
    assert "The engine is compiled" in capsys.readouterr().out


def test_the_readable_model_starts_without_the_compiler():
    modules = "ajar.pharmacology.simulate, ajar.pharmacology.forecast"
    asked = f"import sys, {modules}; print('numba' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert seen.stdout.strip() == "False"
