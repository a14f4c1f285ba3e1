"""`ajar simulate`: the printed reference outputs from outside, what is refused, and what a file may say."""

import json

import pytest

from ajar.pharmacology.models import MODELS, model_named
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import course, nasal_devices
from ajar.workbench.question import DAILY_UNTIL
from tests.pharmacology.u1.test_reference_outputs import DROPS_AT_H, PRINTED, agrees

INFUSED = "--product ketamine-iv --over 40min"
LINES = {
    "IV racemate 35 mg/40 min": f"{INFUSED} --dose 0.5mg/kg",
    "IV racemate 70 mg/40 min": f"{INFUSED} --dose 70mg",
    "IV esketamine 17.5 mg/40 min": "--product esketamine-iv --over 0.66666666666666667h --dose 17.5",
    "IM racemate 35 mg": "--product ketamine-im --dose 35",
    "IM racemate 70 mg": "--product ketamine-im --dose 1mg/kg",
    "SL racemate 100 mg, hold 10": "--product ketamine-lozenge --dose 100mg --hold 10min",
    "SL racemate 200 mg, hold 20": "--product ketamine-lozenge --dose 200 --hold 20min",
    "oral racemate 50 mg": "--product ketamine-oral --dose 50mg",
    "nasal esketamine 28 mg": "--product spravato --dose 32.3mg --salt hydrochloride",
    "nasal esketamine 56 mg": "--product esketamine-nasal --dose 56",
    "nasal esketamine 84 mg": "--product spravato --dose 84",
}
PEAKS = ("s_effect_site_peak_ng_ml", "cadss_peak", "sbp_rise_peak_mmhg", "nmda_block_peak_share")
WHEN = ("40_min", "2_h", "4_h", "day_1", "day_3", "day_7", "day_14")


def summary(ajar, line):
    said = ajar("simulate", *line.split(), "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


class TestTheReferenceOutputs:
    """pharmacology.md 6, read from the summary by its keys alone."""

    @pytest.mark.parametrize("scenario", PRINTED)
    def test_a_summary_is_the_printed_one(self, ajar, scenario):
        found = summary(ajar, f"{LINES[scenario]} --weight 70")
        venous, area, arterial, norketamine, effect, *rest, drops = PRINTED[scenario].split()
        for key, printed in (
            ("ketamine_venous_ng_ml", venous),
            ("ketamine_arterial_ng_ml", arterial),
            ("norketamine_ng_ml", norketamine),
        ):
            height, _, minute = printed.partition("@")
            assert agrees(found[key]["cmax"], height, within=0.01), key
            assert abs(found[key]["tmax_h"] * 60 - int(minute)) < 1.5, key
        assert agrees(found["ketamine_venous_ng_ml"]["auc_0_24"], area, within=0.01)
        for key, printed in zip(PEAKS, (effect.partition("@")[0], *rest), strict=True):
            assert agrees(found[key], printed, within=0.01), key
        assert len(WHEN) == len(DROPS_AT_H)
        for when, printed in zip(WHEN, drops.split("/"), strict=True):
            assert agrees(-found[f"madrs_change_{when}"], printed, within=0.03), when

    @pytest.mark.parametrize(
        ("line", "days", "printed"),
        [
            (
                f"{LINES['nasal esketamine 84 mg']} --doses 8 --every tue,fri",
                (1, 8, 15, 27, 35, 42),
                "13.2/18.8/19.5/14.6/3.8/1.3",
            ),
            (f"{INFUSED} --dose 35 --doses 6 --every 3x/week", (1, 5, 12, 19, 26), "11.2/18.3/20.0/5.9/2.0"),
        ],
    )
    def test_a_course_builds_up_and_fades_as_printed(self, ajar, line, days, printed):
        found = summary(ajar, line)
        for day, drop in zip(days, printed.split("/"), strict=True):
            assert agrees(-found[f"madrs_change_day_{day}"], drop, within=0.03), day


REFUSED = {
    "no product": ("--dose 84", "Expected --product"),
    "no dose": ("--product spravato", "Expected --dose"),
    "another product": ("--product ketamine-pr --dose 84", "there are: spravato"),
    "zero": (f"{INFUSED} --dose 0", "above 0 in mg or mg/kg"),
    "negative": (f"{INFUSED} --dose=-35mg", "got '-35mg'"),
    "not a number": (f"{INFUSED} --dose nan", "got 'nan'"),
    "infinite": (f"{INFUSED} --dose inf", "got 'inf'"),
    "overflowing": (f"{INFUSED} --dose 1e999", "got '1e999'"),
    "grams a kilogram": (f"{INFUSED} --dose 0.5g/kg", "such as 84, 84mg or 0.5mg/kg, got '0.5g/kg'"),
    "micrograms": (f"{INFUSED} --dose 35000ug", "in mg or mg/kg"),
    "millilitres": (f"{INFUSED} --dose 1mL", "in mg or mg/kg"),
    "words": (f"{INFUSED} --dose some", "in mg or mg/kg"),
    "absurd for each kilogram": (f"{INFUSED} --dose 500mg/kg", "more than any dose"),
    "more than is known": (f"{INFUSED} --dose 2.5mg/kg", "known up to 2 mg/kg"),
    "another salt": (f"{INFUSED} --dose 35 --salt sulfate", "base or hydrochloride"),
    "half a device": ("--product spravato --dose 42", "expected 28, 56, 84 mg"),
    "four devices": ("--product spravato --dose 112", "expected 28, 56, 84 mg"),
    "devices by weight": ("--product spravato --dose 1.2mg/kg", "devices of 28 mg"),
    "an infusion of no length": ("--product ketamine-iv --dose 35", "--over 40min"),
    "a length without a unit": ("--product ketamine-iv --dose 35 --over 40", "with its unit"),
    "no length": ("--product ketamine-iv --dose 35 --over 0min", "above 0"),
    "a lozenge not held": ("--product ketamine-lozenge --dose 100", "--hold 10min"),
    "a lozenge held for hours": ("--product ketamine-lozenge --dose 100 --hold 10h", "at most 1 h"),
    "an injection over time": ("--product ketamine-im --dose 35 --over 40min", "is not one"),
    "an infusion held": (f"{INFUSED} --dose 35 --hold 10min", "lozenges and films"),
    "a spray spat out": ("--product spravato --dose 84 --spit-out", "lozenges and films"),
    "several doses unspaced": (f"{INFUSED} --dose 35 --doses 6", "--every tue,fri"),
    "no doses": (f"{INFUSED} --dose 35 --doses 0", "from 1 to"),
    "half a dose": (f"{INFUSED} --dose 35 --doses 2.5 --every 3d", "a whole number"),
    "an unknown rhythm": (f"{INFUSED} --dose 35 --doses 6 --every often", "weekdays (tue,fri)"),
    "a day twice": (f"{INFUSED} --dose 35 --doses 6 --every tue,tue", "weekdays (tue,fri)"),
    "years of it": (f"{INFUSED} --dose 35 --doses 60 --every weekly", "past 366 days"),
    "fewer days than the course": (f"{INFUSED} --dose 35 --doses 6 --every 7d --days 20", "from 36 to"),
    "too light": (f"{INFUSED} --dose 35 --weight 12", "39 to 170 kg"),
    "pounds": (f"{INFUSED} --dose 35 --weight 154lb", "a number of kg"),
    "too young": (f"{INFUSED} --dose 35 --age 12", "18 to 86 years"),
    "another sex": (f"{INFUSED} --dose 35 --sex F", "female or male"),
    "another genotype": (f"{INFUSED} --dose 35 --cyp2b6 *2/*2", "*1/*6"),
    "a liver nobody studied": (f"{INFUSED} --dose 35 --child-pugh C", "was not studied"),
    "a medicine nobody lists": (f"{INFUSED} --dose 35 --medicines aspirin", "'aspirin' is none"),
    "an adjustment nobody made": (f"{INFUSED} --dose 35 --adjust height", "expected sex, age"),
    "symptoms off the scale": (f"{INFUSED} --dose 35 --madrs 61", "at most 60"),
    "too few people": (f"{INFUSED} --dose 35 --population 5", "from 20 to"),
    "a negative seed": (f"{INFUSED} --dose 35 --seed=-1", "from 0 to"),
    "too many hours": (f"{INFUSED} --dose 35 --hours 48", "1 to 24 h"),
    "no such model": (f"{INFUSED} --dose 35 --model zhao", "the published models are"),
    "a model that was not built": (f"{INFUSED} --dose 35 --model zhao_2012", "not available"),
    "a model of another route": ("--product ketamine-oral --dose 50 --model domino_1982", "does not apply"),
    "a model of another drug": (f"{INFUSED} --dose 35 --model fanta_2015", "not of racemic ketamine"),
    "a model of another form": (
        "--product esketamine-lozenge --dose 50 --hold 10min --model simons_2022",
        "studied as oral thin film",
    ),
    "people by a published model": (
        f"{INFUSED} --dose 35 --model kamp_2020 --population 100",
        "has concentrations alone",
    ),
    "no such scenario": ("--scenario nowhere.toml", "nowhere.toml: No such file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_in_words_and_writes_nothing(ajar, tmp_path, case):
    line, expected = REFUSED[case]
    out = tmp_path / "run"
    said = ajar("simulate", *line.split(), "--out", out)
    assert said.code == 1
    assert expected in said.err
    assert "Traceback" not in said.err
    assert not said.out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("line", "key", "times"),
    [
        ("--salt hydrochloride", "ketamine_venous_ng_ml", 237.73 / 274.2),
        ("--weight 140 --salt base", "ketamine_venous_ng_ml", None),
    ],
)
def test_salt_is_stated_and_weight_scales(ajar, line, key, times):
    plain = summary(ajar, f"{INFUSED} --dose 35")[key]
    other = summary(ajar, f"{INFUSED} --dose 35 {line}")[key]
    if times is None:
        assert other["cmax"] < plain["cmax"]
    else:
        assert other["auc_0_24"] == pytest.approx(plain["auc_0_24"] * times, rel=1e-9)


def test_what_is_spat_out_is_not_swallowed(ajar):
    lozenge = "--product ketamine-lozenge --dose 100 --hold 10min"
    swallowed, spat = summary(ajar, lozenge), summary(ajar, f"{lozenge} --spit-out")
    assert spat["norketamine_ng_ml"]["cmax"] < 0.5 * swallowed["norketamine_ng_ml"]["cmax"]
    assert spat["asked"]["after_hold"] == "spat out"


def test_placebo_comes_on_top_of_the_drug(ajar):
    found = summary(ajar, "--product spravato --dose 84 --madrs 30")
    assert found["madrs_change_with_placebo_day_1"] - found["madrs_change_day_1"] == pytest.approx(
        -0.17 * 30, abs=1e-6
    )


def test_what_was_stated_and_changes_nothing_is_said(ajar):
    notes = summary(ajar, f"{INFUSED} --dose 35 --sex female --cyp2b6 *1/*6")["notes"]
    assert "The sex changes nothing unless --adjust sex." in notes
    adjusted = summary(ajar, f"{INFUSED} --dose 35 --sex female --adjust sex")
    assert not [note for note in adjusted["notes"] if "unless" in note]
    plain = summary(ajar, f"{INFUSED} --dose 35")
    assert adjusted["s_effect_site_ng_ml"]["auc_0_24"] < plain["s_effect_site_ng_ml"]["auc_0_24"]


def test_days_are_read_one_by_one_and_then_by_the_week(ajar):
    found = summary(ajar, "--product spravato --dose 84 --days 60")
    days = [int(key.rsplit("_", 1)[1]) for key in found if key.startswith("madrs_change_day_")]
    assert days == [*range(1, DAILY_UNTIL + 1), 49, 56]


def test_a_published_model_answers_in_its_own_words(ajar):
    found = summary(ajar, "--product spravato --dose 84 --model perez_ruixo_2021")
    assert found["model"]["id"] == "perez_ruixo_2021"
    assert found["esketamine_venous_ng_ml"]["cmax"] == pytest.approx(101.2, rel=0.01)
    assert "cadss_peak" not in found
    given = model_named("perez_ruixo_2021").refusals(Person(weight_kg=70.0), course(nasal_devices(devices=3)))
    assert not given


def test_compared_models_stand_side_by_side_and_the_rest_say_why(ajar):
    compare = summary(ajar, f"{INFUSED} --dose 35 --compare")["compare"]
    named = {each["model"] for each in compare["models"]} | {each["model"] for each in compare["declined"]}
    assert named == {"u1", *MODELS}
    arterial = next(
        g for g in compare["groups"] if (g["analyte"], g["site"]) == ("ketamine", "arterial plasma")
    )
    assert {level["model"] for level in arterial["levels"]} == {"u1", "kamp_2020"}
    assert arterial["lowest_cmax"] < arterial["highest_cmax"]


class TestTheTable:
    def test_it_says_what_it_is_and_is_not(self, ajar):
        said = ajar("simulate", "--product", "spravato", "--dose", "84", "--weight", "70")
        for words in (
            "Model u1",
            "not for therapy decisions",
            "84 mg of base in 3 devices",
            "unproven",
            "111",
        ):
            assert words in said.out.split("\n\n")[0] + said.out

    def test_a_course_names_its_days_and_models_their_spread(self, ajar):
        line = f"{INFUSED} --dose 35 --doses 3 --every weekly --boosters 1 --compare"
        said = ajar("simulate", *line.split()).out
        assert "4 sessions on days 0, 7, 14, 42" in said
        assert "70 kg (not said)" in said
        assert "Dissociation, peak of session 4" in said
        assert "2 models: Cmax" in said
        assert "Not asked: hijazi_2003" in said

    def test_a_published_model_has_concentrations_alone(self, ajar):
        said = ajar("simulate", *f"{INFUSED} --dose 35 --model clements_1981".split()).out
        assert "Model clements_1981. " in said
        assert "MADRS" not in said


class TestAScenarioFile:
    @pytest.fixture
    def scenario(self, tmp_path):
        def written(text):
            path = tmp_path / "scenario.toml"
            path.write_text(text)
            return path

        return written

    def test_it_is_the_same_as_the_command_line(self, ajar, scenario):
        path = scenario(
            'product = "ketamine-iv"\ndose = "0.5mg/kg"\nover = "40min"\nweight = 82\ndoses = 2\n'
            'every = ["tue", "fri"]\nbooster_every = "2w"\nboosters = 1\n'
            "hypertension = true\nantiemetic = false\n"
        )
        words = "--dose 0.5mg/kg --weight 82 --doses 2 --every tue,fri --hypertension"
        words += " --booster-every 2w --boosters 1"
        assert ajar("simulate", "--scenario", path, "--json").out == (
            ajar("simulate", *f"{INFUSED} {words}".split(), "--json").out
        )

    def test_what_is_typed_counts_more(self, ajar, scenario):
        path = scenario('product = "spravato"\ndose = 28\n')
        found = json.loads(ajar("simulate", "--scenario", path, "--dose", "84", "--json").out)
        assert found["asked"]["session_base_mg"] == 84.0

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("product = ", "is not a TOML file"),
            ("colour = 'green'", "'colour' is not an option; there are: adjust"),
            ("scenario = 'other.toml'", "'scenario' is not an option"),
            ("spit-out = true\nspit_out = true", "is there twice"),
            ("hypertension = 'yes'", "hypertension is true or false"),
            ("dose = true", "dose is a number or text"),
            ("dose = [84]", "dose is a number or text"),
            ("[dose]\namount = 84", "dose is a number or text"),
            ("product = 'spravato'\ndose = nan", "above 0 in mg"),
        ],
    )
    def test_what_it_cannot_say_is_refused(self, ajar, scenario, text, expected):
        said = ajar("simulate", "--scenario", scenario(text))
        assert said.code == 1
        assert expected in said.err

    def test_the_example_is_one(self, ajar):
        said = ajar("simulate", "--scenario", "docs/examples/induction.toml", "--population", "20", "--json")
        assert json.loads(said.out)["asked"]["session_days"] == [0, 3, 7, 10, 14, 17, 45, 73, 101]
