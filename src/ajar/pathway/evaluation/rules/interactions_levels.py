"""Interactions by the level of ketamine in the blood: by drug and by product (clinical.md DDI-13 to DDI-20).

What the gut and liver take from a swallowed dose is what these medicines change, so most of it is seen by
mouth. Clarithromycin and itraconazole are of one class and differ (trap 23); rifampicin by mouth and in a
vein differ (trap 24). Rows for routes that no source measured say so, and are marked to be verified.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ajar.pathway.evaluation.findings import Standing
from ajar.pathway.evaluation.interaction_policy import INTERACTION_POLICY, Severity
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, NASAL
from ajar.pathway.evaluation.rules.interaction import Evidence, Interaction, Taken

UNMEASURED: Final = (
    "Not measured by this route; less is expected than by mouth, where gut and liver take from the dose first"
)
PARTLY_SWALLOWED: Final = (
    "Not measured with the nasal spray; part of a spray is swallowed, so less is expected than by mouth"
)
VERIFY: Final = "From general knowledge, verify."

SWALLOWED: Final = (
    Interaction(
        id="DDI-13",
        title="Clarithromycin",
        ingredients=frozenset({"clarithromycin"}),
        products=BY_MOUTH,
        taken=Taken.WITHIN,
        severity=Severity.D,
        evidence=(Evidence.R,),
        effect="Raises the level of swallowed S-ketamine",
        size="AUC ×2.6, Cmax ×3.6",
        action="Delay, or cut the dose by at least 50 %.",
        source="[CLARI10]",
        standing=Standing.LITERATURE,
    ),
    Interaction(
        id="DDI-15",
        title="Ticlopidine",
        ingredients=frozenset({"ticlopidine"}),
        products=BY_MOUTH,
        severity=Severity.D,
        evidence=(Evidence.R,),
        effect="Raises the level of swallowed S-ketamine by way of CYP2B6",
        size="AUC ×2.4",
        action="Reduce the dose.",
        source="[TICLO11]",
        standing=Standing.LITERATURE,
    ),
    Interaction(
        id="DDI-16",
        title="Grapefruit juice",
        ingredients=frozenset({"grapefruit juice"}),
        products=BY_MOUTH,
        severity=Severity.D,
        evidence=(Evidence.R,),
        effect="Raises the level of swallowed S-ketamine",
        size="AUC ×3.0, Cmax ×2.1, half-life +24 %",
        action="Avoid it for 3 days before and on the day (interval from general knowledge, verify).",
        source="[GRAPE12]; interval from general knowledge, verify",
        standing=Standing.LITERATURE,
    ),
    Interaction(
        id="DDI-18",
        title="St John's wort",
        ingredients=frozenset({"st johns wort"}),
        products=BY_MOUTH,
        severity=Severity.D,
        evidence=(Evidence.R,),
        effect="Lowers the level of swallowed S-ketamine",
        size="AUC −58 %, Cmax −66 %",
        action="Stop it at least 2 weeks before (interval from general knowledge, verify).",
        source="[SJW12]; interval from general knowledge, verify",
        standing=Standing.LITERATURE,
    ),
)
"""Measured with swallowed S-ketamine, and large; by other routes each is information."""

ITRACONAZOLE: Final = Interaction(
    id="DDI-14",
    title="Itraconazole",
    ingredients=frozenset({"itraconazole"}),
    severity=Severity.B,
    evidence=(Evidence.R,),
    effect="Did not change the level of swallowed S-ketamine, though of the same class as clarithromycin",
    size="AUC unchanged, effects slightly greater",
    action="Nothing to change.",
    source="[TICLO11]",
    standing=Standing.LITERATURE,
)

RIFAMPICIN: Final = Interaction(
    id="DDI-17",
    title="Rifampicin",
    ingredients=frozenset({"rifampicin"}),
    products=BY_MOUTH,
    severity=Severity.D,
    evidence=(Evidence.R,),
    effect="Lowers the level of swallowed S-ketamine",
    size="AUC −86 %",
    action="Expect a swallowed dose to fail; the infusion is usable.",
    source="[RIFA12]",
    standing=Standing.LITERATURE,
)

INDUCERS: Final = Interaction(
    id="DDI-19",
    title="Carbamazepine, phenytoin, phenobarbital, efavirenz",
    ingredients=frozenset({"carbamazepine", "phenytoin", "phenobarbital", "efavirenz"}),
    products=BY_MOUTH,
    severity=Severity.D,
    evidence=(Evidence.G,),
    effect="Expected to lower the level of ketamine, as rifampicin does",
    action=f"Expect a swallowed dose to do less. {VERIFY}",
    source="from general knowledge, verify",
    standing=Standing.DESIGN_DEFAULT,
)

INHIBITORS: Final = Interaction(
    id="DDI-20",
    title="Clopidogrel, sertraline, paroxetine, ritonavir, cobicistat, ketoconazole",
    ingredients=frozenset(
        {"clopidogrel", "sertraline", "paroxetine", "ritonavir", "cobicistat", "ketoconazole"}
    ),
    products=BY_MOUTH,
    taken=Taken.WITHIN,
    severity=Severity.C,
    evidence=(Evidence.G,),
    effect="Expected to raise the level of swallowed ketamine",
    action=f"Monitor. {VERIFY}",
    source="from general knowledge, verify",
    standing=Standing.DESIGN_DEFAULT,
)


def _elsewhere(swallowed: Interaction, severity: Severity, set_by: str = "") -> Iterator[Interaction]:
    """What is said of a medicine where ketamine is injected or sprayed, which nobody measured."""
    for products, effect in ((INJECTED, UNMEASURED), (NASAL, PARTLY_SWALLOWED)):
        yield replace(
            swallowed,
            products=products,
            severity=severity,
            set_by=set_by,
            effect=effect,
            size=f"by mouth: {swallowed.size}" if swallowed.size else "",
            action=VERIFY,
            evidence=(Evidence.G,),
            source="other routes: from general knowledge, verify" if swallowed.size else swallowed.source,
            standing=Standing.DESIGN_DEFAULT,
        )


LEVELS: Final = (
    *(row for swallowed in SWALLOWED for row in (swallowed, *_elsewhere(swallowed, Severity.B))),
    ITRACONAZOLE,
    RIFAMPICIN,
    replace(
        RIFAMPICIN,
        products=INJECTED,
        severity=Severity.B,
        size="AUC −14 % by infusion, −86 % by mouth",
        effect="Hardly changes the level of S-ketamine in a vein",
        action="Usable; into a muscle or under the skin by analogy.",
    ),
    *(row for row in _elsewhere(RIFAMPICIN, Severity.B) if row.products == NASAL),
    INDUCERS,
    *_elsewhere(INDUCERS, INTERACTION_POLICY.induction_not_by_mouth, "induction_not_by_mouth"),
    INHIBITORS,
    *_elsewhere(INHIBITORS, INTERACTION_POLICY.inhibition_not_by_mouth, "inhibition_not_by_mouth"),
)
"""Every row about the level of ketamine, with a clinic's severities at their defaults."""
