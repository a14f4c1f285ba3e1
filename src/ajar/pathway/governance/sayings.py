"""What each rule of the evaluation can say, as it says it to the made-up candidates of the panel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from ajar.pathway.evaluation.findings import VERDICTS_ON_A_PAGE, Finding, Strength, Verdict
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.governance.panel import JURISDICTIONS, sittings


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One thing that a rule can say, and for which products under which law it does."""

    verdict: Verdict
    strength: Strength
    effect: str
    because: str
    until: str
    products: frozenset[Product]
    jurisdictions: frozenset[Jurisdiction]

    @property
    def words(self) -> str:
        """All of it in one line."""
        verdict = self.verdict.label if self.verdict is not Verdict.PASS else "Shown"
        strength = self.strength.value.replace("_", " ")
        ends = f" {self.until}" if self.until else ""
        return f"{verdict} ({strength}; {self.effect}){self._where()}: {self.because}{ends}"

    def _where(self) -> str:
        parts = []
        if self.products != frozenset(Product):
            parts.append(", ".join(product.short for product in Product if product in self.products))
        if self.jurisdictions != frozenset(JURISDICTIONS):
            parts.append(", ".join(sorted(self.jurisdictions)))
        return f" [{'; '.join(parts)}]" if parts else ""


Key = tuple[Verdict, Strength, str, str, str]


@cache
def sayings() -> Mapping[str, tuple[Saying, ...]]:
    """What each rule says to somebody on the panel, stops first; what merely passes is left out."""
    heard: dict[str, dict[Key, list[Finding]]] = {}
    for setting, candidate in sittings():
        for finding in judge(candidate, setting).findings:
            if _says_something(finding):
                heard.setdefault(finding.rule_id, {}).setdefault(_key(finding), []).append(finding)
    return {rule_id: tuple(_sorted(map(_saying, said.values()))) for rule_id, said in heard.items()}


def _says_something(finding: Finding) -> bool:
    """Not a mere pass. A remark is one that was made on something in the chart."""
    remark = finding.strength is Strength.INFO and finding.ruling.happened_at is not None
    return finding.verdict is not Verdict.PASS or remark


def _key(finding: Finding) -> Key:
    ruling = finding.ruling
    return (finding.verdict, finding.strength, finding.effect.label, ruling.because, ruling.until)


def _saying(heard: Iterable[Finding]) -> Saying:
    said = list(heard)
    verdict, strength, effect, because, until = _key(said[0])
    return Saying(
        verdict=verdict,
        strength=strength,
        effect=effect,
        because=because,
        until=until,
        products=frozenset(finding.product for finding in said),
        jurisdictions=frozenset(finding.jurisdiction for finding in said),
    )


ORDER: Final = {verdict: place for place, verdict in enumerate(VERDICTS_ON_A_PAGE)}


def _sorted(said: Iterable[Saying]) -> list[Saying]:
    return sorted(said, key=lambda each: (ORDER[each.verdict], each.because, each.until))
