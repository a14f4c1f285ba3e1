"""Baseline tests: under which codes their results come, and what is said when one is missing or too old.

LOINC codes: clinical.md 8.6, from general knowledge, verify. A test without a code there is recognised by
its name. A number in a unit that the cut-offs are not in is never converted by guess: it is asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.findings import Ruling
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.ruling import asks
from ajar.pathway.patients.facts import LabRecorded

Result = Fact[LabRecorded]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test: its name, where its results are found, and the units its cut-offs are in."""

    name: str
    found_under: tuple[str, ...]
    units: frozenset[str] = frozenset()

    def latest(self, candidate: Candidate) -> Result | None:
        """The newest result, or None."""
        results = [fact for code in self.found_under for fact in candidate.results_of(code)]
        return max(results, key=lambda fact: (fact.happened_at, fact.recorded_at), default=None)

    def number(self, result: Result) -> float | None:
        """The result as a number in the unit of the cut-offs; None where it is none."""
        return result.payload.value if result.payload.unit.strip().casefold() in self.units else None

    def words(self, result: Result) -> str:
        """The result as a datum."""
        lab = result.payload
        value = lab.value_text.strip() if lab.value is None else f"{lab.value:g} {lab.unit}".strip()
        return f"{self.name} {value}"


ENZYME_UNITS: Final = frozenset({"u/l", "iu/l", ""})
ELECTROLYTE_UNITS: Final = frozenset({"mmol/l", "meq/l", ""})

ALT: Final = Test(name="ALT", found_under=("1742-6", "alt"), units=ENZYME_UNITS)
AST: Final = Test(name="AST", found_under=("1920-8", "ast"), units=ENZYME_UNITS)
ALP: Final = Test(name="ALP", found_under=("6768-6", "alp"), units=ENZYME_UNITS)
GGT: Final = Test(name="GGT", found_under=("2324-2", "ggt"), units=ENZYME_UNITS)
CREATININE: Final = Test(name="Creatinine", found_under=("2160-0", "creatinine"))
POTASSIUM: Final = Test(name="Potassium", found_under=("2823-3", "potassium"), units=ELECTROLYTE_UNITS)
TSH: Final = Test(name="TSH", found_under=("3016-3", "tsh"), units=frozenset({"miu/l", "mu/l", "uiu/ml", ""}))
QTC: Final = Test(name="QTc", found_under=("8636-3", "qtc"), units=frozenset({"ms", ""}))
ECG: Final = Test(name="ECG", found_under=("ecg", "ekg"))
DRUG_SCREEN: Final = Test(name="Urine drug screen", found_under=("urine-drug-screen", "urine drug screen"))
URINALYSIS: Final = Test(name="Urinalysis", found_under=("urinalysis",))

NORMAL: Final = frozenset(
    {"normal", "negative", "neg", "none", "no abnormality", "clear", "sinus rhythm", "within normal limits"}
)
ABNORMAL: Final = ("abnormal", "positive", "pos", "acute", "changed", "detected", "blood", "protein")


def is_normal(result: Result) -> bool | None:
    """What a result in words says; None where the words say neither."""
    said = result.payload.value_text.strip().casefold()
    if said in NORMAL:
        return True
    return False if said.startswith(ABNORMAL) else None


def too_old(result: Fact[LabRecorded], setting: Setting, holds_days: int) -> bool:
    """Is the result older than the clinic relies on?"""
    return setting.now - result.happened_at > timedelta(days=holds_days)


def present(
    test: Test, candidate: Candidate, setting: Setting, *, holds_days: int
) -> tuple[Result | None, Ruling | None]:
    """The newest result, and what is to be asked where there is none or it is too old."""
    result = test.latest(candidate)
    if result is None:
        return None, asks(f"{test.name} is not recorded.", f"Record: {test.name}.", f"{test.name}: none")
    if too_old(result, setting, holds_days):
        because = f"{test.name} is older than {holds_days} days."
        return result, asks(because, f"Repeat: {test.name}.", test.words(result), result)
    return result, None


def each_present(
    tests: Sequence[Test], candidate: Candidate, setting: Setting, *, holds_days: int
) -> tuple[Ruling, ...]:
    """What is to be asked of several tests; nothing where all are there and recent."""
    found = (present(test, candidate, setting, holds_days=holds_days)[1] for test in tests)
    return tuple(asked for asked in found if asked is not None)
