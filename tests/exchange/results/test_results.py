"""Results as tables: every digit, with unit, status and model, in CSV and Parquet."""

import csv
import io
import json

import numpy as np
import pytest
from pyarrow import parquet as arrow

from ajar.exchange.results import parquet
from ajar.exchange.results.bands import band_lines
from ajar.exchange.results.csvfile import TIDY, tidy_lines, wide_lines
from ajar.exchange.results.parquet import Origin, write_tidy, write_wide
from ajar.exchange.results.simulated import Simulated
from ajar.pharmacology.course import Curve
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.forecast import forecast
from ajar.pharmacology.models import model_named
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, intravenous, nasal_devices
from ajar.pharmacology.simulate import simulate, simulate_member
from ajar.pharmacology.u1.parameters import VERSION

TIMES_H = np.array([0.0, 0.5, 1 / 3 + 0.5])
PERSON = Person(weight_kg=70.0)
REGIMEN = course(nasal_devices(devices=1))
OUTPUTS = ["ketamine_venous_ng_ml", "cadss"]
ORIGIN = Origin(seed=7, notes=("Research and teaching; not dosing advice.",))


def people(count=2):
    for index in range(count):
        seen = simulate_member(REGIMEN, PERSON, seed=7, index=index, times_h=TIMES_H)
        yield Simulated.course(seen, identity=f'member {index}, "made"').only(OUTPUTS)


def by_domino():
    model = model_named("domino_1982")
    regimen = course(intravenous(drug=Drug.RACEMATE, amount_mg=30.0, duration_h=0.5))
    seen = model.concentrations(PERSON, regimen, TIMES_H)
    return Simulated.published(model, seen, TIMES_H, identity="typical")


def test_a_tidy_csv_has_one_row_a_value_with_everything_in_it():
    rows = list(csv.reader(tidy_lines(people())))
    assert tuple(rows[0]) == TIDY
    assert len(rows) == 1 + 2 * 2 * 3
    first = next(people())
    assert rows[3] == [
        'member 0, "made"',
        repr(float(TIMES_H[2])),
        "ketamine_venous_ng_ml",
        repr(float(first.curves["ketamine_venous_ng_ml"].values[2])),
        "ng/mL",
        "established",
        "u1",
        VERSION,
    ]
    assert rows[4][4] == "{score}"


def test_a_wide_csv_has_units_in_its_heading():
    rows = list(csv.reader(wide_lines(people())))
    assert rows[0] == ["id", "time_h", "ketamine_venous_ng_ml [ng/mL]", "cadss [{score}]"]
    values = np.array([[float(cell) for cell in row[1:]] for row in rows[1:4]])
    first = next(people())
    np.testing.assert_array_equal(values[:, 0], TIMES_H)
    np.testing.assert_array_equal(values[:, 2], first.curves["cadss"].values)


def test_models_may_stand_in_one_tidy_table():
    rows = list(csv.reader(tidy_lines([next(people()), by_domino()])))
    assert {(row[6], row[7]) for row in rows[1:]} == {("u1", VERSION), ("domino_1982", "as published")}
    assert rows[-1][2:5:2] == ["ketamine_plasma_ng_ml", "ng/mL"]


@pytest.mark.parametrize("rows_a_group", [1, 1_000_000])
def test_a_tidy_parquet_says_the_same_as_the_csv(monkeypatch, rows_a_group):
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", rows_a_group)
    sink = io.BytesIO()
    write_tidy(sink, people(), origin=ORIGIN)
    table = arrow.read_table(sink)
    assert tuple(table.column_names) == TIDY
    written = list(csv.reader(tidy_lines(people())))[1:]
    assert [[*map(str, row.values())] for row in table.to_pylist()] == written


def test_a_parquet_says_its_model_seed_units_and_labels():
    sink = io.BytesIO()
    write_wide(sink, people(), origin=ORIGIN)
    schema = arrow.read_schema(sink)
    said = json.loads(schema.metadata[b"ajar"])
    assert (said["model"], said["model_version"], said["seed"]) == ("u1", VERSION, 7)
    assert said["units"] == {"time_h": "h", "ketamine_venous_ng_ml": "ng/mL", "cadss": "{score}"}
    assert said["status"]["cadss"] == "established"
    assert said["notes"] == ["Research and teaching; not dosing advice."]
    assert schema.field("cadss").metadata == {
        b"unit": b"{score}",
        b"label": b"Dissociation, CADSS",
        b"status": b"established",
    }
    table = arrow.read_table(sink)
    first = next(people())
    np.testing.assert_array_equal(
        table["ketamine_venous_ng_ml"].to_numpy()[:3], first.curves["ketamine_venous_ng_ml"].values
    )


def test_a_whole_course_keeps_all_of_its_curves():
    seen = simulate(REGIMEN, PERSON, times_h=TIMES_H)
    assert Simulated.course(seen, identity="typical").curves.keys() == seen.curves.keys()


def test_a_forecast_is_one_row_a_quantile():
    seen = forecast(REGIMEN, PERSON, times_h=TIMES_H, outputs=OUTPUTS, people=20, seed=3)
    rows = list(csv.DictReader(band_lines(seen)))
    assert len(rows) == 2 * 5 * 3
    last = rows[-1]
    assert float(last["value"]) == seen["cadss"].quantiles[0.95][2]
    assert {name: last[name] for name in ("output", "quantile", "unit", "people", "seed", "model")} == {
        "output": "cadss",
        "quantile": "0.95",
        "unit": "{score}",
        "people": "20",
        "seed": "3",
        "model": "u1",
    }


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: list(tidy_lines([])), "at least one simulated person"),
        (lambda: list(wide_lines([next(people()), by_domino()])), "one row a value can hold both"),
        (lambda: write_wide(io.BytesIO(), [next(people()), by_domino()], origin=ORIGIN), "can hold both"),
        (lambda: next(people()).only([]), "has no curves"),
        (lambda: next(people()).only(["phq9"]), "no output 'phq9'; there are: ketamine_venous_ng_ml, cadss"),
        (
            lambda: Simulated(
                id="1",
                model="u1",
                model_version="1",
                times_h=TIMES_H,
                curves={"a": Curve(label="A", unit="1", status=Status.PLAUSIBLE, values=np.zeros(2))},
            ),
            r"a of 1 has \(2,\) values at \(3,\) times",
        ),
    ],
)
def test_what_makes_no_table_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()
