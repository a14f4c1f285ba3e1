"""The calibration tables: whole, sourced, and refused where they are not."""

from dataclasses import replace

import pytest

from ajar.pharmacology.calibration.datum import Computation, Datum, Provenance, Use
from ajar.pharmacology.calibration.tables import COLUMNS, TABLES, calibration_data, data_in
from ajar.pharmacology.models import MODELS
from ajar.pharmacology.published import kamp_2020_curves
from ajar.pharmacology.regimen import Route
from ajar.pharmacology.validation.crowd import CROWD_READINGS
from ajar.pharmacology.validation.plasma import PLASMA_READINGS
from ajar.pharmacology.validation.scenarios import SCENARIOS
from ajar.pharmacology.validation.trials import ARMS, TRIAL_READINGS

DATA = calibration_data()
EVERY = [datum for data in DATA.values() for datum in data]


def test_every_table_is_read():
    assert list(DATA) == list(TABLES)
    assert all(DATA.values())


def test_an_id_stands_once_in_all_tables():
    assert len({datum.name for datum in EVERY}) == len(EVERY)


@pytest.mark.parametrize("datum", EVERY, ids=lambda datum: datum.name)
def test_a_number_says_where_it_is_from_and_how_it_is_computed(datum):
    assert datum.source.startswith(("pharmacology.md ", "evidence.md "))
    if datum.computed is None:
        assert datum.note
        return
    readings = {**PLASMA_READINGS, **CROWD_READINGS, **TRIAL_READINGS}
    assert datum.computed.reading in readings
    assert datum.computed.scenario in {**SCENARIOS, **ARMS}
    assert set(datum.computed.models) <= {"u1", *MODELS}


def test_what_was_recalled_judges_nothing():
    recalled = [datum for datum in EVERY if not datum.tag.verified]
    assert recalled
    assert not any(datum.use is Use.JUDGED for datum in recalled)


def test_the_kamp_curves_here_are_those_of_the_published_module():
    for start, curve in (("kamp_s_", kamp_2020_curves.ESKETAMINE), ("kamp_r_", kamp_2020_curves.ARKETAMINE)):
        points = [
            datum
            for datum in DATA["intravenous"]
            if datum.name.startswith(start) and datum.computed and datum.computed.reading == "at"
        ]
        assert [(datum.time_h, datum.value) for datum in points] == list(
            zip(curve.times_h, curve.nmol_ml, strict=True)
        )
        judged = [(datum.time_h, datum.value) for datum in points if datum.use is Use.JUDGED]
        assert judged == list(curve.trusted)


HEAD = ",".join(COLUMNS)
CELLS = {
    "id": "one",
    "use": "judged",
    "study": "Somebody 2000",
    "route": "nasal",
    "product": "esketamine",
    "dose": "84 mg",
    "people": "10",
    "site": "venous plasma",
    "quantity": "esketamine; peak",
    "time_h": "",
    "value": "100",
    "low": "90",
    "high": "110",
    "interval": "95 % CI",
    "sd": "",
    "unit": "ng/mL",
    "tag": "A",
    "source": "somewhere",
    "scenario": "nasal_84",
    "output": "esketamine_venous",
    "reading": "cmax",
    "models": "u1;perez_ruixo_2021",
    "note": "",
}


def text(*rows):
    return "\n".join([HEAD, *(",".join(row[name] for name in COLUMNS) for row in rows)])


def test_a_row_becomes_a_datum():
    (datum,) = data_in(text(CELLS), table="nasal")
    assert (datum.name, datum.route, datum.people, datum.tag) == ("one", Route.NASAL, 10, Provenance.A)
    assert datum.bounds() == (90.0, 110.0, "95 % CI")
    assert datum.computed == Computation(
        scenario="nasal_84",
        output="esketamine_venous",
        reading="cmax",
        models=("u1", "perez_ruixo_2021"),
    )


def test_an_empty_cell_is_not_known():
    bare = {**CELLS, "route": "", "people": "", "low": "", "high": "", "interval": ""}
    (datum,) = data_in(text(bare), table="nasal")
    assert (datum.route, datum.people, datum.bounds()) == (None, None, None)


def test_from_sd_and_people_comes_an_interval():
    spread = {**CELLS, "low": "", "high": "", "interval": "", "sd": "20", "people": "16"}
    (datum,) = data_in(text(spread), table="nasal")
    low, high, words = datum.bounds()
    assert (low, high) == pytest.approx((100 - 1.959964 * 5, 100 + 1.959964 * 5))
    assert "SD and n" in words


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"study": ""}, r"Table nasal, line 2: one: study is empty"),
        ({"id": ""}, "A number: name is empty"),
        ({"value": "inf"}, "one: every number is finite"),
        ({"value": "much"}, "line 2: could not convert"),
        ({"high": ""}, "both its ends"),
        ({"interval": ""}, "says what it is"),
        ({"value": "120"}, "120 is outside 90 to 110"),
        ({"tag": "G"}, "recalled, not re-read judges nothing"),
        ({"tag": "Q"}, "a tag is one of A, B, C, D, V, S, G, got 'Q'"),
        ({"use": "liked"}, "'liked' is not a valid Use"),
        ({"route": "rectal"}, "'rectal' is not a valid Route"),
        ({"scenario": ""}, "a number is compared if it says how"),
        ({"use": "not compared"}, "a number is compared if it says how"),
        ({"use": "not compared", "scenario": ""}, "a number that is not compared says why"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(changed, reason):
    with pytest.raises(ValueError, match=reason):
        data_in(text({**CELLS, **changed}), table="nasal")


def test_a_target_may_lie_beside_the_value_of_one_trial():
    aimed = {**CELLS, "value": "120", "interval": "target of somebody"}
    assert data_in(text(aimed), table="nasal")[0].value == 120.0


def test_an_id_twice_is_refused():
    with pytest.raises(ValueError, match="Table nasal: an id stands once; twice: one"):
        data_in(text(CELLS, CELLS), table="nasal")


@pytest.mark.parametrize("head", ["", "id,value", HEAD.upper()])
def test_other_columns_are_refused(head):
    with pytest.raises(ValueError, match="Table nasal: the columns are id, use, study"):
        data_in(head, table="nasal")


def test_a_datum_is_a_value():
    datum = EVERY[0]
    assert replace(datum) == datum
    assert isinstance(datum, Datum)
