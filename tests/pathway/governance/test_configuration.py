"""A clinic's configuration: what can be set, what cannot, and what is refused with every reason."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.governance.configuration import (
    MAX_CHARS,
    ConfigurationRefused,
    configured,
    differences,
    digest_of,
    read_configuration,
    template,
)
from ajar.pathway.governance.fixed import why_fixed
from ajar.pathway.governance.parameters import NotAValue, Parameter, parameters, read_as, with_value, written
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME

KNOWN = parameters(DEFAULT_PROGRAMME)
HIGH_SYSTOLIC = "alarms.limits.ALM-1.steps.1.bound"
LEAST_FALL = "maintenance.esketamine_in.least_fall_percent"
SPRAVATO_STAY = "discharge.stays.MON-1.minutes"


def file_of(*rows, version="2026-12", rulebook="2026.12"):
    head = f'version = "{version}"\nrulebook = "{rulebook}"\n'
    return head + "".join(
        f'[[change]]\nparameter = "{parameter}"\nvalue = {value}\nbecause = "{because}"\n'
        for parameter, value, because in rows
    )


def refused(text):
    with pytest.raises(ConfigurationRefused) as caught:
        configured(read_configuration(text))
    return caught.value.problems


def test_an_empty_configuration_changes_nothing_but_the_version_that_alarms_keep():
    ours = configured(read_configuration(file_of()))
    assert parameters(ours) == KNOWN
    assert ours.alarms.version == f"{DEFAULT_PROGRAMME.alarms.version} + 2026-12"
    assert ours.configuration == "2026-12"
    assert {part.version for part in ours.maintenance.values()} == {"maintenance 2026.2 + 2026-12"}
    assert ours.tolerance == DEFAULT_PROGRAMME.tolerance


@pytest.mark.parametrize("path", [HIGH_SYSTOLIC, SPRAVATO_STAY])
def test_one_value_is_set_and_no_other(path):
    ours = parameters(configured(read_configuration(file_of((path, 190, "Our code team asked.")))))
    assert ours[path].value == 190
    others = [other for other in KNOWN if other != path]
    assert [ours[other].value for other in others] == [KNOWN[other].value for other in others]


def test_the_reason_takes_the_place_of_the_source_and_names_it():
    ours = configured(read_configuration(file_of((SPRAVATO_STAY, 190, "Our code team asked."))))
    assert parameters(ours)[SPRAVATO_STAY].source == (
        f"Our code team asked. (this clinic, 2026-12; the default's source: {KNOWN[SPRAVATO_STAY].source})"
    )


def test_a_file_says_for_which_rulebook_it_was_written():
    assert read_configuration(file_of(rulebook="2027.1")).rulebook == "2027.1"


def test_a_file_of_the_greatest_length_is_read():
    text = file_of()
    assert read_configuration(text + "#" * (MAX_CHARS - len(text))).changes == ()


def test_the_differences_say_default_value_reason_and_source():
    (row,) = differences(read_configuration(file_of((HIGH_SYSTOLIC, 190, "Our code team asked."))))
    assert (row.parameter, row.default, row.value) == (HIGH_SYSTOLIC, "200", "190")
    assert row.because == "Our code team asked."
    assert row.source == KNOWN[HIGH_SYSTOLIC].source


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version = ", "not TOML"),
        ("", "version: expected some text."),
        (file_of() + "extra = 1\n", "extra: there is no such key."),
        (file_of(version=" "), "version: expected some text."),
        ('version = "1"\nrulebook = "1"\nchange = 3\n', "change: expected [[change]] tables."),
        ('version = "1"\nrulebook = "1"\nchange = [3]\n', "change 1: expected parameter, value and because."),
        (file_of((HIGH_SYSTOLIC, 190, "")), "change 1: because: expected some text."),
        (file_of(("alarms.nothing", 1, "x")), "alarms.nothing: there is no such parameter."),
        (file_of((HIGH_SYSTOLIC, '"much"', "x")), f"{HIGH_SYSTOLIC}: expected a number, got 'much'."),
        (file_of((HIGH_SYSTOLIC, "true", "x")), f"{HIGH_SYSTOLIC}: expected a number, got True."),
        (file_of((HIGH_SYSTOLIC, "inf", "x")), f"{HIGH_SYSTOLIC}: expected a number, got inf."),
        (file_of((LEAST_FALL, -5, "x")), f"{LEAST_FALL}: a negative value makes no sense here."),
        (
            file_of((HIGH_SYSTOLIC, 190, "x"), (HIGH_SYSTOLIC, 191, "y")),
            f"{HIGH_SYSTOLIC} is set twice.",
        ),
        ("#" * (MAX_CHARS + 1), f"at most {MAX_CHARS} are read"),
    ],
)
def test_what_is_wrong_is_said(text, words):
    problems = refused(text)
    assert words in problems or any(words in problem and words[-1] != "." for problem in problems)


def test_every_problem_is_said_at_once():
    with pytest.raises(ConfigurationRefused) as caught:
        configured(read_configuration(file_of(("one.a", 1, "x"), ("two.b", 2, "y"))))
    both = ("one.a: there is no such parameter.", "two.b: there is no such parameter.")
    assert caught.value.problems == both
    assert str(caught.value) == " ".join(both)


def test_what_a_part_refuses_is_said_in_one_sentence():
    late = "observations.plans.MON-1.fixed.1.opens_min"
    (problem,) = refused(file_of((late, 45, "x")))
    assert problem.startswith(f"{late}: A fixed check needs")
    assert problem.endswith("50.")
    assert ".." not in problem


@given(st.timedeltas())
def test_a_length_of_time_is_never_negative(length):
    default = Parameter(path="x", value=length, source="")
    assert bool(why_fixed(default, length)) == (length < timedelta(0))


@pytest.mark.hazard("HAZ-28")
@given(st.integers(0, 119))
def test_a_clinic_may_ask_for_a_longer_stay_after_spravato_but_never_for_a_shorter_one(minutes):
    (problem,) = refused(file_of((SPRAVATO_STAY, minutes, "busy")))
    assert "The REMS keeps a patient for 120 min" in problem
    configured(read_configuration(file_of((SPRAVATO_STAY, 121 + minutes, "careful"))))


def test_the_template_names_every_parameter_and_as_it_stands_sets_nothing():
    text = template("2026.12")
    assert all(f'parameter = "{path}"' in text for path in KNOWN)
    assert read_configuration(text).changes == ()
    assert text.startswith("# A clinic's configuration.")


def test_the_template_uncommented_is_a_configuration_of_every_default():
    lines = template("2026.12").splitlines()
    keys = ("# [[", "# parameter", "# value")
    own = [line.removeprefix("# ") for line in lines if line.startswith(keys)]
    text = "\n".join(
        lines[1:3] + [f'{line}\nbecause = "ours"' if line.startswith("value") else line for line in own]
    )
    assert parameters(configured(read_configuration(text))).keys() == KNOWN.keys()
    assert lines.count('# because = ""') == len(KNOWN)


def test_every_parameter_can_be_written_and_read_back():
    rows = [(path, default.text, "as it is") for path, default in KNOWN.items()]
    ours = parameters(configured(read_configuration(file_of(*rows))))
    assert {path: each.value for path, each in ours.items()} == {
        path: each.value for path, each in KNOWN.items()
    }


def test_the_label_s_fast_before_a_spray_may_only_grow():
    (problem,) = refused(file_of(("doses.home.first_doses_on_site", 0, "x")))
    assert "never taken at home" in problem
    fast = "readiness.spray.solids_h"
    configured(read_configuration(file_of((fast, 3, "careful"))))
    assert refused(file_of((fast, 1.5, "hungry")))


def test_a_line_that_goes_one_way_says_which_and_whose_it_is():
    (problem,) = refused(file_of(("doses.oral_at_most_mg_per_kg", 9, "more")))
    assert problem == (
        "doses.oral_at_most_mg_per_kg: it may be lowered, never raised (guard rails of clinical.md 1.5 to "
        "1.7)."
    )


@pytest.mark.hazard("HAZ-28")
@given(st.data())
def test_no_dose_above_the_rails_can_be_configured(data):
    path = data.draw(
        st.sampled_from([name for name in KNOWN if name.endswith(("at_most_mg", "at_most_mg_per_kg"))])
    )
    above = KNOWN[path].value * data.draw(st.floats(1.01, 10))
    assert refused(file_of((path, f"{above:.3f}", "more")))


def test_things_that_share_an_id_are_told_apart_by_their_product():
    shared = [path for path in KNOWN if path.startswith("discharge.stays.MON-7")]
    assert shared == [
        f"discharge.stays.MON-7:{product}.minutes" for product in ("ketamine_sl_clinic", "ketamine_po")
    ]


def test_the_digest_is_of_the_text():
    assert digest_of("a") != digest_of("b")
    assert len(digest_of("a")) == 64


class Guide(StrEnum):
    LABEL = "label"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    holds: timedelta = timedelta(days=30)
    guide: Guide = Guide.LABEL
    asked: bool = True
    count: int = 3
    share: float = 0.5
    source: str = "somewhere"


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("holds", "45 minutes", timedelta(minutes=45)),
        ("holds", "1 day", timedelta(days=1)),
        ("guide", "own", Guide.OWN),
        ("asked", False, False),
        ("count", 4, 4),
        ("share", 1, 1.0),
    ],
)
def test_each_kind_of_value_is_read(field, said, value):
    changed = with_value(Policy(), [field], said, source="ours")
    assert getattr(changed, field) == value
    assert type(getattr(changed, field)) is type(value)
    assert changed.source == "ours"


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        ("holds", "soon", "expected a whole number of days, hours, minutes or seconds"),
        ("holds", "2 long days", "expected a whole number of days"),
        ("holds", "1.5 days", "expected a whole number of days"),
        ("guide", "theirs", "expected one of 'label', 'own', got 'theirs'"),
        ("asked", 1, "expected true or false, got 1"),
        ("count", 4.5, "expected a whole number, got 4.5"),
    ],
)
def test_a_value_of_another_kind_is_refused(field, said, words):
    with pytest.raises(NotAValue, match=words):
        read_as(getattr(Policy(), field), said)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(hours=1), '"1 hour"'),
        (timedelta(minutes=90), '"90 minutes"'),
        (timedelta(seconds=1.5), '"1.5 seconds"'),
        (True, "true"),
        (Guide.OWN, '"own"'),
        (0.25, "0.25"),
    ],
)
def test_each_kind_of_value_is_written(value, text):
    assert written(value) == text
