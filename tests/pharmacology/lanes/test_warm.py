"""Compiling once, at installation."""

import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from ajar.pharmacology.lanes import warm as installation
from ajar.pharmacology.lanes.kernel import folder_of
from ajar.pharmacology.lanes.warm import forget, warm


def test_warming_says_how_long_it_took():
    said = []
    warm(said.append)
    assert len(said) == 1
    assert said[0].startswith("The engine is compiled")


def test_what_was_compiled_from_other_sources_is_forgotten_and_nothing_else(tmp_path):
    for name in ("compiled-old", "compiled-new", "walk"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kernel.nbi").write_bytes(b"")
    forget(tmp_path, but=tmp_path / "compiled-new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["compiled-new", "walk"]


def test_what_is_compiled_is_named_by_every_source(tmp_path):
    (tmp_path / "caller.py").write_text("from callee import one")
    (tmp_path / "callee.py").write_text("one = 1")
    before = folder_of(tmp_path)
    assert folder_of(tmp_path) == before
    (tmp_path / "callee.py").write_text("one = 2")
    assert folder_of(tmp_path) != before


def test_the_installation_forgets_first_and_says_what_it_does(monkeypatch, capsys):
    done = []
    monkeypatch.setattr(installation, "forget", lambda kept, *, but: done.append(but.parent == kept))
    monkeypatch.setattr(installation, "warm", lambda say: say("ready"))
    assert installation.main() == 0
    assert done == [True]
    assert capsys.readouterr().out.endswith("ready\n")


def test_it_runs_as_a_program(monkeypatch, capsys):
    monkeypatch.setattr(Path, "glob", lambda *_: [])
    with pytest.raises(SystemExit) as ended:
        run_path(installation.__file__, run_name="__main__")
    assert ended.value.code == 0
    assert "The engine is compiled" in capsys.readouterr().out


def test_the_readable_model_starts_without_the_compiler():
    asked = (
        "import sys; import ajar.pharmacology.simulate, ajar.pharmacology.forecast;"
        "print('numba' in sys.modules)"
    )
    seen = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert seen.stdout.strip() == "False"
