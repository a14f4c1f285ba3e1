"""Which instruments follow which condition (clinical.md 7).

A small table by indication, so that the follow-up page knows its primary measure. What the clinic gives for
the condition, and how often, stands with the condition's protocol.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Indication
from ajar.pathway.instruments.instrument import AnsweredBy, Instrument
from ajar.pathway.instruments.registry import INSTRUMENTS, SCORERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The instruments of one condition by id, the first of `primary` being the one that is judged."""

    indication: Indication
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.all_ids) - set(SCORERS)):
            raise ValueError(f"{self.indication}: no instrument {unknown[0]!r}.")

    @property
    def all_ids(self) -> tuple[str, ...]:
        """Every instrument of the condition, primary ones first."""
        return self.primary + self.secondary

    @property
    def asked(self) -> Instrument:
        """What the patient is sent: the first self-rated one whose text ships, else the PHQ-9."""
        fitting = [
            SCORERS[name]
            for name in self.all_ids
            if name in INSTRUMENTS and SCORERS[name].answered_by is AnsweredBy.SELF
        ]
        return fitting[0] if fitting else INSTRUMENTS["phq-9"]


MEASURES: Final[Mapping[Indication, Measures]] = MappingProxyType(
    {
        one.indication: one
        for one in (
            Measures(
                indication=Indication.TRD,
                primary=("phq-9", "madrs", "qids-sr16"),
                secondary=("wsas",),
                source="clinical.md 7, row 1: MADRS or PHQ-9 or QIDS-SR16; function WSAS",
            ),
            Measures(
                indication=Indication.MDSI,
                primary=("madrs", "c-ssrs"),
                secondary=("phq-9", "sidas"),
                source="clinical.md 7, rows 1 and 2; 1.3",
            ),
            Measures(
                indication=Indication.SUICIDALITY,
                primary=("c-ssrs", "sidas"),
                secondary=("bss", "madrs"),
                source="clinical.md 7, row 2: C-SSRS and SIDAS or BSS; MADRS item 10",
            ),
            Measures(
                indication=Indication.ANXIETY,
                primary=("gad-7", "lsas"),
                secondary=(),
                source="clinical.md 7, row 3: GAD-7; LSAS for social anxiety",
            ),
            Measures(
                indication=Indication.PTSD,
                primary=("pcl-5",),
                secondary=(),
                source="clinical.md 7, row 4: PCL-5",
            ),
            Measures(
                indication=Indication.OCD,
                primary=("y-bocs", "oci-r"),
                secondary=(),
                source="clinical.md 7, row 5: Y-BOCS or OCI-R",
            ),
            Measures(
                indication=Indication.BORDERLINE,
                primary=("bsl-23",),
                secondary=("c-ssrs",),
                source="clinical.md 7, row 6: BSL-23; C-SSRS",
            ),
            Measures(
                indication=Indication.EATING,
                primary=("ede-q",),
                secondary=("ede-qs",),
                source="clinical.md 7, row 7: EDE-Q, EDE-QS weekly; BMI beside it",
            ),
            Measures(
                indication=Indication.ADHD,
                primary=("phq-9",),
                secondary=("asrs",),
                source="clinical.md 7, row 8: the scale of the comorbid condition; ASRS only screens",
            ),
            Measures(
                indication=Indication.PSYCHOSIS,
                primary=("pq-16", "pq-b"),
                secondary=(),
                source="clinical.md 7, row 9: screening only, no treatment (programme policy)",
            ),
        )
    }
)

SPOKEN: Final[Mapping[str, Indication]] = MappingProxyType(
    {one.value.replace("_", " "): one for one in Indication}
    | {
        "trd": Indication.TRD,
        "mdd": Indication.TRD,
        "mdsi": Indication.MDSI,
        "bpd": Indication.BORDERLINE,
        "generalized anxiety disorder": Indication.ANXIETY,
        "social anxiety disorder": Indication.ANXIETY,
    }
)
"""How an order may write its indication, in lower case without marks."""


def indication_of(text: str) -> Indication | None:
    """The indication that an order names; None where the words are not one of ours. Nothing is guessed."""
    return SPOKEN.get(" ".join(text.lower().replace("-", " ").replace("_", " ").split()))


def measures_for(indication: Indication | None) -> Measures:
    """The instruments of a condition; those of depression where nobody has named one."""
    return MEASURES[indication or Indication.TRD]
