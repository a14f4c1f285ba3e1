import pytest

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Ancestry, Person, Sex
from ajar.pharmacology.published.domain import Domain, Form, Interval, Setting
from ajar.pharmacology.regimen import Route

DOMAIN = Domain(
    drugs=(Drug.ESKETAMINE,),
    forms={Route.SUBLINGUAL: (Form.FILM,), Route.ORAL: (Form.ORAL_SOLUTION,)},
    setting=Setting.AWAKE,
    age_years=Interval(lowest=20.0, highest=60.0),
    weight_kg=Interval(lowest=50.0, highest=100.0),
    studied_age_years=Interval(lowest=20.0, highest=40.0),
    studied_weight_kg=Interval(lowest=50.0, highest=80.0),
    studied_sex=Sex.MALE,
    ancestry_matters=True,
    why_not={Route.NASAL: "nobody sprayed it"},
)
WITHIN = Person(weight_kg=70.0, age_years=30.0, sex=Sex.MALE, ancestry=Ancestry.OTHER)


@pytest.mark.parametrize(("lowest", "highest"), [(2.0, 1.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_an_interval_that_does_not_rise_is_refused(lowest, highest):
    with pytest.raises(ValueError, match="rises"):
        Interval(lowest=lowest, highest=highest)


@pytest.mark.parametrize(("value", "inside"), [(20.0, True), (60.0, True), (19.9, False), (60.1, False)])
def test_the_ends_of_an_interval_belong_to_it(value, inside):
    assert Interval(lowest=20.0, highest=60.0).holds(value) is inside


def test_someone_within_it_meets_neither_refusal_nor_caution():
    assert DOMAIN.person_refusals(WITHIN) == ()
    assert DOMAIN.cautions(WITHIN, Setting.AWAKE) == ()
    assert DOMAIN.drug_refusals(Drug.ESKETAMINE) == ()
    assert DOMAIN.route_refusals(Route.ORAL) == ()
    assert DOMAIN.form_refusals(Route.SUBLINGUAL, Form.FILM) == ()
    assert DOMAIN.setting_refusals(Setting.AWAKE) == ()


@pytest.mark.parametrize(
    ("person", "reasons"),
    [
        (
            Person(weight_kg=70.0, age_years=61.0),
            ("it was studied for age 20 to 60 years; here it is 61 years",),
        ),
        (
            Person(weight_kg=45.0, age_years=30.0),
            ("it was studied for weight 50 to 100 kg; here it is 45 kg",),
        ),
        (Person(weight_kg=70.0), ()),
    ],
)
def test_someone_outside_a_stated_range_is_refused(person, reasons):
    assert DOMAIN.person_refusals(person) == reasons


@pytest.mark.parametrize(
    ("person", "caution"),
    [
        (
            Person(weight_kg=70.0, age_years=50.0, sex=Sex.MALE, ancestry=Ancestry.OTHER),
            "it was studied for age 20 to 40 years; here it is 50 years",
        ),
        (
            Person(weight_kg=90.0, age_years=30.0, sex=Sex.MALE, ancestry=Ancestry.OTHER),
            "it was studied for weight 50 to 80 kg; here it is 90 kg",
        ),
        (
            Person(weight_kg=70.0, sex=Sex.MALE, ancestry=Ancestry.OTHER),
            "the age is not recorded; it was studied at 20 to 60 years",
        ),
        (
            Person(weight_kg=70.0, age_years=30.0, sex=Sex.MALE),
            "the ancestry is not recorded, and nothing is adjusted for it",
        ),
        (
            Person(weight_kg=70.0, age_years=30.0, sex=Sex.FEMALE, ancestry=Ancestry.OTHER),
            "all of its people were male",
        ),
        (
            Person(weight_kg=70.0, age_years=30.0, ancestry=Ancestry.OTHER),
            "all of its people were male",
        ),
    ],
)
def test_someone_unlike_its_people_is_a_caution(person, caution):
    assert DOMAIN.cautions(person, Setting.AWAKE) == (caution,)


@pytest.mark.hazard("HAZ-23")
def test_another_drug_route_or_form_is_refused_in_words():
    assert DOMAIN.drug_refusals(Drug.RACEMATE) == ("it is a model of esketamine, not of racemic ketamine",)
    assert DOMAIN.route_refusals(Route.INTRAVENOUS) == (
        "it covers the sublingual or oral route, not the intravenous route",
    )
    assert DOMAIN.route_refusals(Route.NASAL) == (
        "it covers the sublingual or oral route, not the nasal route: nobody sprayed it",
    )
    assert DOMAIN.form_refusals(Route.SUBLINGUAL, Form.LOZENGE) == (
        "by the sublingual route it was studied as oral thin film, "
        "not as lozenge, troche or tablet in the mouth",
    )


def test_of_a_refused_route_the_form_is_not_refused_as_well():
    assert DOMAIN.form_refusals(Route.NASAL, Form.NASAL_DEVICE) == ()


@pytest.mark.parametrize(
    ("of_its_people", "of_this_person", "refused", "cautioned"),
    [
        (Setting.AWAKE, Setting.ANAESTHESIA, False, True),
        (Setting.ANAESTHESIA, Setting.AWAKE, False, True),
        (Setting.INTENSIVE_CARE, Setting.AWAKE, True, True),
        (Setting.AWAKE, Setting.INTENSIVE_CARE, True, True),
        (Setting.INTENSIVE_CARE, Setting.INTENSIVE_CARE, False, False),
    ],
)
def test_intensive_care_and_a_clinic_never_stand_for_each_other(
    of_its_people, of_this_person, refused, cautioned
):
    domain = Domain(drugs=(Drug.RACEMATE,), forms={}, setting=of_its_people)
    assert bool(domain.setting_refusals(of_this_person)) is refused
    assert bool(domain.cautions(WITHIN, of_this_person)) is cautioned


def test_it_lists_its_routes():
    assert DOMAIN.routes == (Route.SUBLINGUAL, Route.ORAL)
