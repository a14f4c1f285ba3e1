"""The example of `ajar fit`: four infusions of somebody who does not exist, as an event table.

python -m ajar.workbench.made_up_person > docs/examples/one-person.csv
"""

import sys
from collections.abc import Iterator
from typing import Final

from ajar.exchange.event_tables.subjects import Observation, Subject
from ajar.exchange.event_tables.writing import event_table
from ajar.pharmacology.fit.imagined import imagined, imagined_deviates
from ajar.pharmacology.fit.predictor import U1Predictor
from ajar.pharmacology.fit.prior import prior_of
from ajar.pharmacology.fit.records import History, Kind, Record
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import intravenous, repeated
from ajar.pharmacology.u1.model import Circumstances
from ajar.pharmacology.u1.slow_table import PLACEBO_SHARE, RESPONSE_E
from ajar.pharmacology.u1.symptoms import Symptoms

SEED: Final = 7
MADRS_BASELINE: Final = 34.0

MIDDLE: Final = {
    Kind.SYSTOLIC: 124.0,
    Kind.DIASTOLIC: 76.0,
    Kind.HEART_RATE: 70.0,
    Kind.CADSS: 0.0,
    Kind.SEDATION: 5.0,
    Kind.NAUSEA: 0.0,
    Kind.MADRS: 0.0,
}
"""What stands in a record before it is made up; of pressure and pulse, where the person's are looked for."""

MINUTES: Final = {
    Kind.SYSTOLIC: (0, 10, 20, 30, 40, 60, 80, 100, 120),
    Kind.DIASTOLIC: (0, 10, 20, 30, 40, 60, 80, 100, 120),
    Kind.HEART_RATE: (0, 10, 20, 30, 40, 60, 80, 100, 120),
    Kind.CADSS: (40, 80, 120),
    Kind.SEDATION: (40,),
    Kind.NAUSEA: (120,),
    Kind.MADRS: (24 * 60,),
}
"""When each is recorded, from the start of a session."""


def lines() -> Iterator[str]:
    """The lines of the table, each with its end: the same every time."""
    yield "# Made up: python -m ajar.workbench.made_up_person > docs/examples/one-person.csv\n"
    yield f"# Nobody was measured. Model U1 answers for somebody drawn with seed {SEED}.\n"
    seen = made_up_history()
    first = Observation(time_h=0.0, output=Kind.MADRS.value, value=MADRS_BASELINE)
    observed = [Observation(time_h=r.time_h, output=r.kind.value, value=r.value) for r in seen.records]
    subject = Subject(id="1", person=seen.person, regimen=seen.regimen, observations=(first, *observed))
    yield from event_table([subject], outputs=[kind.value for kind in MIDDLE])


def made_up_history() -> History:
    """The person of the table: 132 records of four infusions, and a MADRS of 34 before them."""
    infusion = intravenous(drug=Drug.RACEMATE, amount_mg=36.0, duration_h=2 / 3)
    regimen = repeated(infusion, on_days=(0, 3, 7, 10))
    records = [
        Record(kind=kind, time_h=session.start_h + minute / 60, value=MIDDLE[kind])
        for session in regimen.sessions
        for kind, minutes in MINUTES.items()
        for minute in minutes
    ]
    symptoms = Symptoms(
        madrs_baseline=MADRS_BASELINE,
        response_e=RESPONSE_E.value,
        placebo_share=PLACEBO_SHARE.value,
        stress=0.0,
    )
    planned = History(
        person=Person(weight_kg=72.0, age_years=41.0),
        regimen=regimen,
        records=tuple(records),
        circumstances=Circumstances(symptoms=symptoms),
    )
    prior = prior_of(planned)
    at = imagined_deviates(prior, seed=SEED)
    return imagined(planned, U1Predictor.of(planned, prior), at, seed=SEED)


def main() -> int:
    """Write the table to standard output."""
    sys.stdout.writelines(lines())
    return 0


if __name__ == "__main__":
    sys.exit(main())
