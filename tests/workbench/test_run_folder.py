"""A run's folder: whole or not at all, never over what is not a run."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ajar.workbench import figures, run_folder, simulating
from ajar.workbench.run_folder import OURS, filled, refuse_taken

COURSE = "--product ketamine-iv --dose 35 --over 40min --doses 2 --every weekly --days 9"
LINE = ("simulate", *COURSE.split())
ALONE = ("session.png", "session.svg", "course.png", "course.svg", "chain.png", "chain.svg")


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Pictures are drawn in test_figures; here they are only put into their folder."""

    def pictures(answer):
        compared = ("compare.png", "compare.svg") if answer.models else ()
        return dict.fromkeys((*ALONE, *compared), b"picture")

    monkeypatch.setattr(figures, "pictures", pictures)


@pytest.fixture
def run(ajar, tmp_path):
    out = tmp_path / "run"
    said = ajar(*LINE, "--out", out)
    assert said.code == 0, said.err
    return out


def test_it_holds_tables_pictures_and_the_summary(ajar, run):
    names = {path.name for path in run.iterdir()}
    assert names == OURS - {"bands.csv", "compare.png", "compare.svg"}
    assert json.loads((run / "summary.json").read_text()) == json.loads(ajar(*LINE, "--json").out)
    head, *rows = (run / "curves.csv").read_text().splitlines()
    assert head == "id,time_h,output,value,unit,status,model,model_version"
    table = pq.read_table(run / "curves.parquet")
    assert table.num_rows == len(rows)
    assert json.loads(table.schema.metadata[b"ajar"])["units"]["cadss"] == "{score}"


def test_people_add_their_bands_and_models_their_picture(ajar, tmp_path):
    out = tmp_path / "deep" / "run"
    assert ajar(*LINE, "--population", 20, "--compare", "--out", out).code == 0
    assert {path.name for path in out.iterdir()} == OURS
    head, *rows = (out / "bands.csv").read_text().splitlines()
    assert head.startswith("time_h,output,quantile,value,unit")
    assert {row.split(",")[1] for row in rows} >= {"ketamine_venous_ng_ml", "madrs_change"}
    assert head not in rows


def test_an_earlier_run_is_replaced_whole(ajar, run):
    before = (run / "summary.json").read_text()
    assert ajar(*LINE, "--weight", 90, "--out", run).code == 0
    assert (run / "summary.json").read_text() != before
    assert [path.name for path in run.parent.iterdir()] == ["run"]


def test_an_empty_folder_may_be_filled(ajar, tmp_path):
    (tmp_path / "run").mkdir()
    assert ajar(*LINE, "--out", tmp_path / "run").code == 0


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"thesis.tex": ""}, "holds thesis.tex"),
        ({"summary.json": '{"ajar": "simulate"}', "thesis.tex": ""}, "holds thesis.tex"),
        ({"summary.json": "{}"}, "no summary explains"),
        ({"summary.json": "not json"}, "no summary explains"),
        ({"summary.json": "[]"}, "no summary explains"),
        ({"curves.csv": ""}, "no summary explains"),
    ],
)
def test_what_somebody_else_made_is_left_alone(ajar, tmp_path, files, expected):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    said = ajar(*LINE, "--out", tmp_path)
    assert said.code == 1
    assert expected in said.err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(ValueError, match="is a file"):
        refuse_taken(tmp_path / "run")


def test_a_failure_leaves_nothing_and_keeps_the_earlier_run(ajar, run, monkeypatch):
    before = {path.name: path.read_bytes() for path in run.iterdir()}

    def broken(_answer):
        raise OSError(28, "No space left on device", "curves.csv")

    monkeypatch.setattr(simulating, "answer_json", broken)
    said = ajar(*LINE, "--out", run)
    assert (said.code, said.err, said.out) == (1, "curves.csv: No space left on device.\n", "")
    assert {path.name: path.read_bytes() for path in run.iterdir()} == before
    assert [path.name for path in run.parent.iterdir()] == ["run"]


def test_a_swap_that_fails_puts_the_earlier_run_back(run, monkeypatch):
    rename = Path.rename

    def stubborn(path, target):
        if path.suffix == ".part":
            raise OSError("busy")
        return rename(path, target)

    monkeypatch.setattr(run_folder.Path, "rename", stubborn)
    with pytest.raises(OSError, match="busy"), filled(run):
        pass
    assert (run / "summary.json").exists()
    assert [path.name for path in run.parent.iterdir()] == ["run"]
