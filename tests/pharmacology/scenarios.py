"""The scenarios of pharmacology.md 6, by the names its table gives them."""

from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import (
    AfterHold,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    sublingual,
)


def _infusion(drug, amount_mg):
    return intravenous(drug=drug, amount_mg=amount_mg, duration_h=40 / 60)


def _lozenge(amount_mg, hold_min):
    return sublingual(
        drug=Drug.RACEMATE, amount_mg=amount_mg, hold_h=hold_min / 60, after_hold=AfterHold.SWALLOWED
    )


SESSIONS = {
    "IV racemate 35 mg/40 min": _infusion(Drug.RACEMATE, 35.0),
    "IV racemate 70 mg/40 min": _infusion(Drug.RACEMATE, 70.0),
    "IV esketamine 17.5 mg/40 min": _infusion(Drug.ESKETAMINE, 17.5),
    "IM racemate 35 mg": intramuscular(drug=Drug.RACEMATE, amount_mg=35.0),
    "IM racemate 70 mg": intramuscular(drug=Drug.RACEMATE, amount_mg=70.0),
    "SL racemate 100 mg, hold 10": _lozenge(100.0, 10.0),
    "SL racemate 200 mg, hold 20": _lozenge(200.0, 20.0),
    "oral racemate 50 mg": oral(drug=Drug.RACEMATE, amount_mg=50.0),
    "nasal esketamine 28 mg": nasal_devices(devices=1),
    "nasal esketamine 56 mg": nasal_devices(devices=2),
    "nasal esketamine 84 mg": nasal_devices(devices=3),
}

REGIMENS = {name: course(session) for name, session in SESSIONS.items()}
