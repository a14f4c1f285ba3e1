"""How good the evidence is for each condition (clinical.md 7): for the evaluation and for the protocols."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Indication


class Grade(StrEnum):
    """How good the evidence is (clinical.md 7)."""

    A = "A"  # replicated trials, or the label
    B_TO_A = "B/A"
    B = "B"  # one positive randomised trial at least
    B_TO_C = "B/C"
    C = "C"  # small or mixed randomised trials
    D = "D"  # open studies, series of cases
    E = "E"  # no direct evidence
    X = "X"  # contraindicated

    @property
    def words(self) -> str:
        """The grade in words."""
        return GRADE_WORDS[self]


GRADE_WORDS: Final = {
    Grade.A: "replicated randomised trials, or the label",
    Grade.B_TO_A: "positive randomised trials; the label for one use",
    Grade.B: "at least one positive randomised trial",
    Grade.B_TO_C: "one small positive randomised trial",
    Grade.C: "small or mixed randomised trials",
    Grade.D: "open studies and series of cases",
    Grade.E: "no direct evidence",
    Grade.X: "not treated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One condition's grade, what it rests on in one sentence, and the sources."""

    grade: Grade
    because: str
    source: str


GRADED: Final[Mapping[Indication, Graded]] = MappingProxyType(
    {
        Indication.TRD: Graded(
            grade=Grade.A,
            because="replicated randomised trials, and Spravato's label. Third-line by CANMAT.",
            source="[CANMAT21]; [ZARATE21]; [ELEKTD]; [KETECT]; [META49]",
        ),
        Indication.MDSI: Graded(
            grade=Grade.A,
            because="Spravato's label for the depression; it was not shown to prevent suicide.",
            source="[STC]; [MPR]",
        ),
        Indication.SUICIDALITY: Graded(
            grade=Grade.B_TO_A,
            because="an effect within a day and up to a week; lost by week 6. No substitute for admission.",
            source="[WILKMETA]; [ABBAR]; [FLIP-ABB]",
        ),
        Indication.ANXIETY: Graded(
            grade=Grade.B_TO_C,
            because="for social anxiety; D for generalised anxiety, E for panic disorder.",
            source="[TAY18]; [WHIT21]; [GLUE17]; [GLUE18]",
        ),
        Indication.PTSD: Graded(
            grade=Grade.C,
            because="mixed; the larger trial in veterans found no benefit for PTSD. "
            'Say "uncertain" in consent.',
            source="[FEDER21]; [ABD22]; [PTSD-META]; [WHIT21]",
        ),
        Indication.OCD: Graded(
            grade=Grade.C, because="one small crossover trial, short effect.", source="[ROD13]"
        ),
        Indication.BORDERLINE: Graded(
            grade=Grade.C,
            because="no significant effect in the pilot trial. Only for depression beside it.",
            source="[FINE23]; [YALE-BPD]",
        ),
        Indication.EATING: Graded(
            grade=Grade.D,
            because="case series. Only for depression beside it.",
            source="[ED22]; [AN21]",
        ),
        Indication.ADHD: Graded(
            grade=Grade.E, because="no direct evidence for ADHD itself.", source="[SEED]; [SPP-STIM]"
        ),
        Indication.PSYCHOSIS: Graded(
            grade=Grade.X,
            because="excluded by consensus; 41 published patients without exacerbation are no more than a "
            "hypothesis.",
            source="[SEED]; [USPI19 §5.2]; [VER-PSY]",
        ),
    }
)
