"""The adverse-event dictionary: each term with its CTCAE v5 anchors and its frequencies (clinical.md 4.9).

Frequencies are those of the sources, never of this clinic. Anchors are in our own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

DICTIONARY_VERSION: Final = "adverse events 2026-11 (clinical.md 4.9; grades after CTCAE v5)"

GENERIC: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "mild; no intervention",
        2: "moderate; local intervention, or limits shopping, cooking, using the telephone",
        3: "severe; hospital, or limits washing, dressing, eating",
        4: "life-threatening; urgent intervention",
        5: "death",
    }
)
"""CTCAE v5 logic for every term without anchors of its own [CTCAE5]."""

BLOOD_PRESSURE_INCREASED: Final = "Blood pressure increased"
HYPERTENSION: Final = "Hypertension"
OTHER: Final = "Other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many of 100 people had it with the drug and with placebo, in one source."""

    trial: str
    drug_percent: float
    placebo_percent: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseTerm:
    """One term: what each grade means, how often it is expected, and where both come from.

    `graded` False: it is reported with its numbers and never by a grade (trap 27).
    """

    name: str
    anchors: Mapping[int, str] = field(default_factory=lambda: GENERIC)
    rates: tuple[Rate, ...] = ()
    elsewhere: str = ""
    source: str
    graded: bool = True

    @property
    def verified(self) -> bool:
        """Could every part be traced to a source that was read?"""
        return "verify" not in self.source


def _mdsi(drug_percent: float, placebo_percent: float) -> Rate:
    trial = "Spravato 84 mg with standard of care, pooled MDSI trials, n=227 and 225"
    return Rate(trial=trial, drug_percent=drug_percent, placebo_percent=placebo_percent, source="[ASP-T2]")


def _sustain(drug_percent: float, placebo_percent: float) -> Rate:
    trial = "Spravato maintenance (SUSTAIN-1), n=152 and 145"
    return Rate(trial=trial, drug_percent=drug_percent, placebo_percent=placebo_percent, source="[SUS-T3]")


def _graded(**words: str) -> Mapping[int, str]:
    """The generic grades with a term's own anchors in their place, such as g1="…"."""
    return MappingProxyType({**GENERIC, **{int(key[1:]): text for key, text in words.items()}})


_BOTH: Final = "[ASP-T2]; [SUS-T3]"
_SINGLE_IV: Final = "IV single dose: in at least half of participants, peak within 1 h, gone within 4 h"

TERMS: Final = (
    AdverseTerm(
        name=BLOOD_PRESSURE_INCREASED,
        anchors=MappingProxyType({}),
        elsewhere="a rise after the dose is expected; see the readings (clinical.md 4.3)",
        source="trap 27: reported with its peak and its duration",
        graded=False,
    ),
    AdverseTerm(
        name=HYPERTENSION,
        anchors=_graded(
            g1="120–139 systolic or 80–89 diastolic",
            g2="140–159 or 90–99, or a symptomatic rise of more than 20 diastolic",
            g3="at least 160 or at least 100",
            g4="life-threatening, such as a hypertensive crisis",
        ),
        rates=(_mdsi(11.5, 4.0), _sustain(6.6, 3.4)),
        elsewhere="transient rises after the dose are not this term",
        source="[CTCAE-HTN]; [ASP-T2]; [SUS-T3]",
    ),
    AdverseTerm(name="Dizziness", rates=(_mdsi(38.3, 13.8), _sustain(20.4, 4.8)), source=_BOTH),
    AdverseTerm(
        name="Dissociation",
        rates=(_mdsi(33.9, 5.8), _sustain(23.0, 0.0)),
        elsewhere="IV: in at least half of participants",
        source="[ASP-T2]; [SUS-T3]; [ACE20]",
    ),
    AdverseTerm(
        name="Nausea",
        anchors=_graded(g1="appetite loss only", g2="eats and drinks less", g3="eats and drinks too little"),
        rates=(_mdsi(26.9, 13.8), _sustain(16.4, 0.7)),
        source="[ASP-T2]; [SUS-T3]; anchors from general knowledge, verify",
    ),
    AdverseTerm(
        name="Vomiting",
        anchors=_graded(g1="no intervention", g2="fluids as an outpatient", g3="hospital"),
        rates=(_mdsi(11.5, 5.3), _sustain(6.6, 0.7)),
        source="[ASP-T2]; [SUS-T3]; anchors from general knowledge, verify",
    ),
    AdverseTerm(name="Somnolence", rates=(_mdsi(20.7, 10.2), _sustain(21.1, 2.1)), source=_BOTH),
    AdverseTerm(
        name="Sedation",
        rates=(_mdsi(10.1, 2.2), _sustain(6.6, 0.7)),
        elsewhere="by MOAA/S in 48 to 61 % of Spravato patients [USPI-CUR 5.1]",
        source=_BOTH,
    ),
    AdverseTerm(name="Headache", rates=(_mdsi(20.3, 20.4), _sustain(17.8, 9.7)), source=_BOTH),
    AdverseTerm(name="Dysgeusia", rates=(_mdsi(19.8, 12.9), _sustain(27.0, 6.9)), source=_BOTH),
    AdverseTerm(name="Blurred vision", rates=(_mdsi(11.9, 4.9), _sustain(15.8, 0.7)), source=_BOTH),
    AdverseTerm(name="Paraesthesia", rates=(_mdsi(11.5, 3.1), _sustain(7.2, 0.0)), source=_BOTH),
    AdverseTerm(name="Anxiety", rates=(_mdsi(10.1, 7.6), _sustain(7.9, 3.4)), source=_BOTH),
    AdverseTerm(name="Vertigo", rates=(_sustain(25.0, 5.5),), source="[SUS-T3]"),
    AdverseTerm(name="Confusional state", rates=(_sustain(5.9, 0.0),), source="[SUS-T3]"),
    *(
        AdverseTerm(name=name, elsewhere=_SINGLE_IV, source="[ACE20]")
        for name in (
            "Feeling strange",
            "Feeling spacey",
            "Feeling woozy",
            "Feeling of floating",
            "Visual distortion",
            "Difficulty speaking",
            "Numbness",
        )
    ),
    AdverseTerm(
        name="Respiratory depression",
        elsewhere="after marketing (Spravato); a case with oral ketamine at home",
        source="[EPOC]; [FDA23-HD]",
    ),
    AdverseTerm(
        name="Emergence reaction",
        elsewhere="about 12 % at anaesthetic doses; may recur to 24 h; fewer IM and over 65 years",
        source="[KETALAR-DL]",
    ),
    AdverseTerm(
        name="Cystitis or urinary symptoms",
        anchors=_graded(g1="blood in urine under the microscope only"),
        elsewhere="chronic use; label warning: monitor",
        source="[MPR]; [DRUGCENTRAL]",
    ),
    AdverseTerm(
        name="Liver injury",
        anchors=_graded(
            g1="ALT above normal, up to 3 times", g2="ALT above 3 to 5 times", g3="ALT above 5 to 20 times",
            g4="ALT above 20 times",
        ),
        elsewhere="label warning on recurrent use",
        source="[KETALAR-INP]; cut at 3 times and the steps above it from general knowledge, verify",
    ),
    AdverseTerm(
        name="Psychosis or mania emerging",
        elsewhere="psychiatric events may persist for days to weeks",
        source="[DRUGCENTRAL]",
    ),
    AdverseTerm(name="Misuse or diversion", elsewhere="boxed warning", source="[EPOC]"),
    AdverseTerm(name=OTHER, source="[CTCAE5]"),
)  # fmt: skip

BY_NAME: Final[Mapping[str, AdverseTerm]] = MappingProxyType({term.name: term for term in TERMS})

FROM_EVENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nausea": "Nausea",
        "vomiting": "Vomiting",
        "dizziness": "Dizziness",
        "headache": "Headache",
        "sudden severe headache": "Headache",
        "anxiety": "Anxiety",
        "panic": "Anxiety",
        "distressing dissociation": "Dissociation",
        "visual disturbance": "Blurred vision",
        "reduced consciousness": "Sedation",
        "not breathing": "Respiratory depression",
        "cyanosis": "Respiratory depression",
    }
)
"""Which term a thing noted at the chair suggests; every other adverse one suggests "Other"."""

AT_HOME: Final = (
    "Lozenge at home: any adverse event in under 5 % of patients (n=1247) [HULL-HM]; 18.8 % with a minor "
    "one within 24 h (n=431) [AYCART]"
)
