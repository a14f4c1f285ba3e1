"""People for the tests of a fit: four weekly infusions, with what a clinic writes down."""

from ajar.pharmacology.fit.imagined import imagined, imagined_deviates
from ajar.pharmacology.fit.predictor import U1Predictor
from ajar.pharmacology.fit.prior import prior_of
from ajar.pharmacology.fit.records import History, Kind, Record
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import intravenous, repeated
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.symptoms import Symptoms

PERSON = Person(weight_kg=70.0, age_years=40.0)
INFUSION = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60)
WEEKLY = repeated(INFUSION, on_days=(0, 7, 14, 21))
SYMPTOMS = Symptoms(madrs_baseline=34.0, response_e=1.0, placebo_share=0.17, stress=0.0)
ILL = Circumstances(symptoms=SYMPTOMS)

USUAL = {
    Kind.SYSTOLIC: 120.0,
    Kind.DIASTOLIC: 75.0,
    Kind.HEART_RATE: 70.0,
    Kind.CADSS: 9.0,
    Kind.SEDATION: 5.0,
    Kind.NAUSEA: 0.0,
    Kind.MADRS: 20.0,
    Kind.PHQ9: 12.0,
    Kind.KETAMINE_LEVEL: 100.0,
    Kind.S_KETAMINE_LEVEL: 50.0,
}
VITALS_H = (0.0, 1 / 6, 1 / 3, 0.5, 2 / 3, 1.0, 4 / 3, 5 / 3, 2.0)
CADSS_H = (2 / 3, 4 / 3, 2.0)


def record(kind, time_h, value=None, **more):
    return Record(kind=kind, time_h=time_h, value=USUAL[kind] if value is None else value, **more)


def room(starts_h=(0.0, 168.0, 336.0, 504.0)):
    vitals = (Kind.SYSTOLIC, Kind.DIASTOLIC, Kind.HEART_RATE)
    return [
        *(record(kind, start + h) for start in starts_h for h in VITALS_H for kind in vitals),
        *(record(Kind.CADSS, start + h) for start in starts_h for h in CADSS_H),
    ]


def weekly_scores(weeks=4):
    return [record(Kind.MADRS, 168.0 * week - 2.0) for week in range(1, weeks + 1)]


def levels(at_h=(0.75, 2.0, 5.0)):
    return [record(Kind.KETAMINE_LEVEL, h, assay_cv=0.05) for h in at_h]


def history(*records, person=PERSON, regimen=WEEKLY, circumstances=ILL):
    return History(person=person, regimen=regimen, records=tuple(records), circumstances=circumstances)


def somebody(*records, seed, **more):
    """A made-up person: what their parameters are, by name, and their history."""
    planned = history(*records, **more)
    prior = prior_of(planned)
    at = imagined_deviates(prior, seed=seed)
    seen = imagined(planned, U1Predictor.of(planned, prior), at, seed=seed)
    return {name: float(of[0]) for name, of in prior.values(at[None]).items()}, seen
