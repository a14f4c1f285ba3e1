"""Event tables: what they say, and what is refused by row and column."""

from contextlib import suppress
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.exchange.event_tables.columns import COMPARTMENTS, BadEventTable
from ajar.exchange.event_tables.header import Declared
from ajar.exchange.event_tables.subjects import Censoring, Observation, Subject, subjects_of
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, ChildPugh, Cyp2b6, InteractingMedicine, Person, Sex
from ajar.pharmacology.regimen import AfterHold, Route
from ajar.pharmacology.simulate import minutes, simulate
from tests.exchange.event_tables.tables import COLUMNS, FIRST_ROW, IV, ORAL, SEEN, SL, TOP, row, table


def only(*rows, top=TOP):
    (subject,) = subjects_of(table(*rows, top=top))
    return subject


def events(*rows):
    return only(*rows).regimen.events


def test_a_table_becomes_people_doses_and_observations():
    first, second = subjects_of(
        table(
            row(
                IV,
                AGE="40",
                SEX="0",
                RACE="asian",
                HTN="1",
                CYP2B6="TWO_NORMAL",
                CHILDPUGH="A",
                MEDS="rifampicin; St John's wort",
            ),
            row(SEEN, TIME="0.5"),
            row(SEEN, TIME="1", DV="31", DVID="2"),
            row(ORAL, ID="2", WT="82.5", MEDS="none"),
        )
    )
    assert first.person == Person(
        weight_kg=70.0,
        age_years=40.0,
        sex=Sex.FEMALE,
        ancestry=Ancestry.ASIAN,
        hypertension=True,
        cyp2b6=Cyp2b6.TWO_NORMAL,
        child_pugh=ChildPugh.A,
        interacting_medicines=frozenset({InteractingMedicine.RIFAMPICIN, InteractingMedicine.ST_JOHNS_WORT}),
    )
    (dose,) = first.regimen.events
    assert (dose.drug, dose.amount_mg, dose.route, dose.duration_h) == (
        Drug.RACEMATE,
        35.0,
        Route.INTRAVENOUS,
        0.5,
    )
    assert first.observations == (
        Observation(time_h=0.5, output="ketamine_venous_ng_ml", value=12.5),
        Observation(time_h=1.0, output="madrs", value=31.0),
    )
    assert (second.id, second.person, second.observations) == (
        "2",
        Person(weight_kg=82.5, interacting_medicines=frozenset()),
        (),
    )


@pytest.mark.parametrize(
    ("cell", "route"),
    [(str(number), route) for route, (number, _) in COMPARTMENTS.items()]
    + [(name.lower(), route) for route, (_, names) in COMPARTMENTS.items() for name in names],
)
def test_a_compartment_is_a_route_by_number_or_name(cell, route):
    time = {Route.INTRAVENOUS: {"DUR": "0.5"}, Route.SUBLINGUAL: {"DUR": "0.2", "SPAT": "1"}}
    (dose,) = events(row(EVID="1", AMT="28", CMT=cell, **time.get(route, {})))
    assert dose.route is route


def test_rate_and_duration_are_two_ways_to_say_one_infusion():
    by_rate, by_both = events(row(IV, DUR=".", RATE="70"), row(IV, TIME="1", RATE="70", DUR="0.5"))
    assert by_rate.duration_h == by_both.duration_h == 0.5


def test_tinf_and_ytype_are_other_names_of_dur_and_dvid():
    lines = table(row(IV), row(SEEN, TIME="1"))
    lines[len(TOP)] = lines[len(TOP)].replace("DUR", "TINF").replace("DVID", "YTYPE")
    (subject,) = subjects_of(lines)
    assert subject.regimen.events[0].duration_h == 0.5
    assert subject.observations[0].output == "ketamine_venous_ng_ml"


def test_a_lozenge_is_held_then_swallowed_or_spat_out():
    swallowed, spat_out = events(row(SL), row(SL, TIME="24", SPAT="1"))
    assert (swallowed.after_hold, spat_out.after_hold) == (AfterHold.SWALLOWED, AfterHold.SPAT_OUT)
    assert swallowed.duration_h == 0.2


def test_additional_doses_are_written_out_between_later_rows():
    found = events(row(IV, ADDL="2", II="48"), row(ORAL, TIME="24"))
    assert [dose.start_h for dose in found] == [0.0, 24.0, 48.0, 96.0]


def test_nasal_devices_five_minutes_apart_are_one_session():
    subject = only(
        row(EVID="1", AMT="28", CMT="NASAL", DRUG="esketamine", ADDL="2", II="0.08333"),
        row(EVID="1", AMT="28", CMT="NASAL", DRUG="ESKETAMINE", TIME="72"),
    )
    assert [len(session.events) for session in subject.regimen.sessions] == [3, 1]


def test_a_session_ends_where_the_occasion_changes_or_half_a_day_passes():
    subject = only(
        row(ORAL, OCC="1"),
        row(ORAL, TIME="1", OCC="1"),
        row(ORAL, TIME="2", OCC="2"),
        row(ORAL, TIME="14", OCC="2"),
    )
    assert [len(session.events) for session in subject.regimen.sessions] == [2, 1, 1]


def test_someone_without_a_dose_has_no_regimen():
    assert only(row(SEEN)).regimen is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_dose_and_an_observation_at_one_time_may_come_in_either_order(order):
    rows = [row(ORAL, TIME="2"), row(SEEN, TIME="2")]
    subject = only(*(rows[place] for place in order))
    assert subject.regimen.sessions[0].start_h == subject.observations[0].time_h == 2.0


def test_no_concentration_jumps_at_a_dose_so_the_order_changes_no_level():
    twice = only(row(ORAL, ADDL="1", II="12"), top=TOP).regimen
    times_h = minutes(hours=12)
    once = only(row(ORAL)).regimen
    person = Person(weight_kg=70.0)
    before, after = simulate(once, person, times_h=times_h), simulate(twice, person, times_h=times_h)
    plasma = [name for name in before.curves if name.endswith("_ng_ml")]
    assert all(abs(before[name][-1] - after[name][-1]) < 1e-9 for name in plasma)


def test_a_covariate_holds_for_the_subject_in_whatever_row_it_stands():
    rows = [row(ORAL, WT="."), row(EVID="2", TIME="1", WT="81", AGE="33"), row(SEEN, TIME="2", WT=".")]
    assert only(*rows).person == Person(weight_kg=81.0, age_years=33.0)


def test_what_was_asked_but_not_measured_and_what_was_out_of_range():
    subject = only(
        row(SEEN, DV=".", MDV="1"),
        row(SEEN, TIME="1", CENS="1", DV="2"),
        row(SEEN, TIME="2", CENS="1", DV="2", LIMIT="0"),
        row(SEEN, TIME="3", CENS="-1", DV="900", CMT="2"),
    )
    assert [(seen.value, seen.censoring, seen.lowest) for seen in subject.observations] == [
        (None, Censoring.NONE, None),
        (2.0, Censoring.BELOW, None),
        (2.0, Censoring.BELOW, 0.0),
        (900.0, Censoring.ABOVE, None),
    ]


def test_one_output_needs_no_dvid():
    declared = Declared(drug=Drug.RACEMATE, measured={7: "madrs"})
    lines = table(row(SEEN, DVID="."), top=())
    (subject,) = subjects_of(lines, declared=declared)
    assert subject.observations[0].output == "madrs"
    (subject,) = subjects_of(table(row(SEEN, DVID="."), top=(TOP[0], "# DV: phq9\n")))
    assert subject.observations[0].output == "phq9"


def test_a_table_longer_than_the_memory_is_read_one_subject_at_a_time():
    def endless():
        yield from table()
        number = 0
        while True:
            number += 1
            yield row(IV, ID=str(number))

    assert [subject.id for subject in islice(subjects_of(endless()), 3)] == ["1", "2", "3"]


def test_columns_without_a_meaning_a_mark_at_the_start_and_empty_lines_do_no_harm():
    lines = ["\ufeff# units: TIME=h, AMT=mg base, WT=kg\n", "\n", "ID,TIME,EVID,AMT,CMT,DV,WT,DRUG,SITE\n"]
    lines += ["1,0,1,50,ORAL,.,70,esketamine,north\n", "\n"]
    (subject,) = subjects_of(lines)
    assert subject.regimen.events[0].drug is Drug.ESKETAMINE


CELLS = st.one_of(
    st.text(max_size=6),
    st.floats().map(repr),
    st.integers(-5, 5).map(str),
    st.sampled_from(["1e999", "-0", "1e-320", "0x1", "Infinity", "１", "IV", ".", "", "1 "]),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([IV, SL, ORAL, SEEN]), st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=4))
def test_whatever_stands_in_the_cells_is_read_or_refused_by_row_and_column(kind, cells):
    quoted = {column: '"' + text.replace('"', '""') + '"' for column, text in cells.items()}
    with suppress(BadEventTable):
        list(subjects_of(table(row(kind, **quoted))))


@given(st.lists(st.text(), max_size=5))
def test_a_file_of_anything_else_is_refused_too(lines):
    with pytest.raises(BadEventTable):
        list(subjects_of(lines))


ROWS_REFUSED = [
    # the row, the column that is at fault, words of the message
    (row(IV, ID="."), "ID", "whose row this is, found nothing"),
    (row(IV, TIME="8:30"), "TIME", "a number, or . for nothing, found '8:30'"),
    (row(IV, TIME="."), "TIME", "a time from 0"),
    (row(IV, TIME="-1"), "TIME", "a time from 0"),
    (row(IV, TIME="1e9"), "TIME", "a time from 0"),
    (row(IV, EVID="."), "EVID", "0 observation, 1 dose or 2 other, found nothing"),
    (row(IV, EVID="5"), "EVID", "0 observation, 1 dose or 2 other, found '5'"),
    (row(IV, EVID="0.5"), "EVID", "a whole number"),
    (row(IV, EVID="3"), "EVID", "a reset starts somebody over"),
    (row(IV, EVID="4"), "EVID", "a reset starts somebody over"),
    (row(IV, AMT="."), "AMT", "above 0 mg, found nothing"),
    (row(IV, AMT="0"), "AMT", "above 0 mg"),
    (row(IV, AMT="-35"), "AMT", "above 0 mg, found '-35'"),
    (row(IV, AMT="nan"), "AMT", "a finite number"),
    (row(IV, AMT="inf"), "AMT", "a finite number"),
    (row(IV, AMT="1_0"), "AMT", "a finite number"),
    (row(IV, AMT="35 mg"), "AMT", "a number, or . for nothing, found '35 mg'"),
    (row(IV, AMT="35000"), "AMT", "was it meant in another unit"),
    (row(IV, CMT="."), "CMT", "the route of the dose: 1 IV, 2 IM, 3 SC, 4 SL, 5 ORAL, 6 NASAL"),
    (row(IV, CMT="0"), "CMT", "the route of the dose"),
    (row(IV, CMT="9"), "CMT", "a route: 1 IV"),
    (row(IV, CMT="RECTAL"), "CMT", "a route: 1 IV"),
    (row(SEEN, CMT="RECTAL"), "CMT", "a route: 1 IV"),
    (row(IV, RATE="-1", DUR="."), "RATE", "modelled ones"),
    (row(IV, RATE="-2", DUR="."), "RATE", "modelled ones"),
    (row(IV, RATE="-3", DUR="."), "RATE", "above 0 mg/h"),
    (row(IV, DUR="-1"), "DUR", "above 0 h"),
    (row(IV, DUR="."), "DUR", "no model takes a dose into a vein at once"),
    (row(IV, RATE="0", DUR="0"), "DUR", "no model takes a dose into a vein at once"),
    (row(IV, RATE="70", DUR="1"), "DUR", "0.5 h, which is AMT / RATE"),
    (row(IV, DUR="2400"), "DUR", "an infusion of at most 336 h"),
    (row(IV, DUR=".", RATE="1e-320"), "RATE", "an infusion of at most 336 h"),
    (row(ORAL, RATE="10"), "RATE", "oral route has no rate"),
    (row(ORAL, DUR="0.5"), "DUR", "oral route takes no time"),
    (row(SL, DUR="."), "DUR", "the hold time of a lozenge"),
    (row(SL, DUR="10"), "DUR", "at most 1 h, found '10'"),
    (row(SL, SPAT="."), "SPAT", "a lozenge ends in one of them"),
    (row(SL, SPAT="2"), "SPAT", "0 or 1"),
    (row(ORAL, SPAT="0"), "SPAT", ". for a dose by the oral route"),
    (row(IV, SS="1", II="24"), "SS", "write the doses that led to the steady state"),
    (row(IV, ADDL="3"), "II", "the hours between the doses that ADDL adds, found nothing"),
    (row(IV, II="24"), "ADDL", "how many doses follow at the interval II"),
    (row(IV, ADDL="-1", II="24"), "ADDL", "additional doses"),
    (row(IV, ADDL="1000000", II="24"), "ADDL", "additional doses"),
    (row(IV, ADDL="1", II="-24"), "II", "an interval above 0 h"),
    (row(IV, MDV="0"), "MDV", "a dose row holds no measurement"),
    (row(IV, DRUG="cocaine"), "DRUG", "one of RACEMATE, ESKETAMINE, ARKETAMINE, found 'cocaine'"),
    (row(SEEN, AMT="5"), "AMT", "on an observation"),
    (row(SEEN, DV="."), "DV", "a value, or MDV 1"),
    (row(SEEN, DV="BLQ"), "DV", "a number, or . for nothing, found 'BLQ'"),
    (row(SEEN, DVID="3"), "DVID", "1 ketamine_venous_ng_ml, 2 madrs, found '3'"),
    (row(SEEN, DVID="."), "DVID", "1 ketamine_venous_ng_ml, 2 madrs, found nothing"),
    (row(SEEN, CENS="2"), "CENS", "0, 1 (below DV) or -1 (above DV)"),
    (row(SEEN, LIMIT="1"), "LIMIT", "with CENS 1 a number below DV"),
    (row(SEEN, CENS="1", LIMIT="20"), "LIMIT", "with CENS 1 a number below DV"),
    (row(IV, WT="."), "WT", "a weight in kg"),
    (row(IV, WT="7000"), "WT", "39 to 170"),
    (row(IV, AGE="12"), "AGE", "18 to 86"),
    (row(IV, SEX="2"), "SEX", "one of FEMALE, MALE, 0, 1, found '2'"),
    (row(IV, RACE="1"), "RACE", "one of OTHER, ASIAN, JAPANESE, found '1'"),
    (row(IV, HTN="yes"), "HTN", "a number"),
    (row(IV, CHILDPUGH="D"), "CHILDPUGH", "one of A, B, C, found 'D'"),
    (row(IV, MEDS="RIFAMPICIN;WATER"), "MEDS", "one of CLARITHROMYCIN, "),
    ("1,0,1\n", "ID", "26 cells, found 3"),
    ('"1,0\n', "ID", "cells separated by commas"),
]


@pytest.mark.parametrize(
    ("line", "column", "words"), ROWS_REFUSED, ids=[each[0].strip() for each in ROWS_REFUSED]
)
def test_a_row_that_cannot_be_is_refused_by_row_and_column(line, column, words):
    with pytest.raises(BadEventTable) as refused:
        list(subjects_of(table(row(ORAL, ID="0"), line)))
    assert str(refused.value).startswith(f"Row {FIRST_ROW + 1}, column {column}: expected ")
    assert words in str(refused.value)
    assert (refused.value.row, refused.value.column) == (FIRST_ROW + 1, column)


@pytest.mark.parametrize(
    ("rows", "number", "column", "words"),
    [
        ([row(IV, TIME="5"), row(SEEN, TIME="4")], 1, "TIME", "5 h or later"),
        ([row(IV), row(IV, ID="2"), row(SEEN)], 2, "ID", "to stand together"),
        ([row(IV), row(SEEN, WT="71")], 1, "WT", "70.0, as in a row before: one value a subject"),
        ([row(IV, MEDS="NONE"), row(SEEN, MEDS="EFAVIRENZ")], 1, "MEDS", "as in a row before"),
        ([row(IV, OCC="1"), row(IV, OCC="2")], 0, "OCC", "one after the other"),
    ],
)
def test_rows_that_do_not_go_together_are_refused(rows, number, column, words):
    with pytest.raises(
        BadEventTable, match=f"^Row {FIRST_ROW + number}, column {column}: expected "
    ) as refused:
        list(subjects_of(table(*rows)))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("top", "row_number", "column", "words"),
    [
        ((), 1, "TIME", "its unit in a comment '# units: TIME=h, AMT=mg base', found none"),
        (("# units: TIME=h\n",), 1, "AMT", "its unit in a comment"),
        (("# units: TIME=min, AMT=mg base\n",), 1, "TIME", "the unit h, found 'min'"),
        (("# units: TIME=h, AMT=mg\n",), 1, "AMT", "the unit mg base, found 'mg'"),
        (("# units: TIME=h, AMT=mg base, HEIGHT=cm\n",), 1, "HEIGHT", "one of TIME, AMT"),
        (("# units: hours\n",), 1, "units", "pairs NAME=VALUE"),
        ((TOP[0], "# drug: heroin\n"), 2, "DRUG", "one of RACEMATE"),
        ((TOP[0], "# DV 1: Plasma level\n"), 2, "DV 1", "the name of an output"),
        ((TOP[0], "# codes WT: 0=light\n"), 2, "WT", "one of DRUG, SEX, RACE, CYP2B6, CHILDPUGH, MEDS"),
        ((TOP[0], "# codes SEX: 0=neither\n"), 2, "SEX", "one of FEMALE, MALE"),
    ],
)
def test_units_and_words_are_stated_and_never_guessed(top, row_number, column, words):
    with pytest.raises(BadEventTable, match=f"^Row {row_number}, column {column}: expected ") as refused:
        list(subjects_of(table(row(IV), top=top)))
    assert words in str(refused.value)


def test_a_dose_of_no_stated_drug_is_refused():
    with pytest.raises(BadEventTable, match="column DRUG: expected the drug, here or in a comment"):
        list(subjects_of(table(row(IV), top=TOP[:1])))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "Row 1, column ID: expected a heading"),
        (["# units: TIME=h, AMT=mg base\n"], "Row 1, column ID: expected a heading"),
        ([*TOP, "ID,TIME,EVID,AMT,CMT,WT\n"], "Row 7, column DV: expected this column, found no such column"),
        ([*TOP, "ID,TIME,EVID,AMT,CMT,DV,WT,DUR,TINF\n"], "Row 7, column DUR: expected one such column"),
    ],
)
def test_a_heading_without_what_is_needed_is_refused(lines, words):
    with pytest.raises(BadEventTable, match=words):
        list(subjects_of(lines))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Declared(measured={1: "ng/mL"}), "a name such as ketamine_venous_ng_ml"),
        (lambda: Observation(time_h=float("nan"), output="madrs", value=1.0), "finite numbers"),
        (
            lambda: Observation(time_h=0.0, output="madrs", value=None, censoring=Censoring.BELOW),
            "not measured",
        ),
        (lambda: Observation(time_h=0.0, output="madrs", value=1.0, lowest=0.0), "below its limit"),
        (lambda: Subject(id=" ", person=Person(weight_kg=70.0), regimen=None, observations=()), "has an ID"),
        (
            lambda: Subject(
                id="1",
                person=Person(weight_kg=70.0),
                regimen=None,
                observations=(
                    Observation(time_h=1.0, output="madrs", value=1.0),
                    Observation(time_h=0.0, output="madrs", value=1.0),
                ),
            ),
            "in order of time",
        ),
    ],
)
def test_facts_refuse_what_cannot_be(make, words):
    with pytest.raises(ValueError, match=words):
        make()
