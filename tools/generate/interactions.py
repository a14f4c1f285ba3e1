"""docs/reference/interactions.md: every interaction by drug, route and product; how medicines are known."""

from typing import Final

from ajar.pathway.evaluation.formulary.index import ATC, KNOWN, NAMES, RXNORM
from ajar.pathway.evaluation.formulary.ingredient import DrugClass
from ajar.pathway.evaluation.interaction_policy import INTERACTION_POLICY
from ajar.pathway.evaluation.products import ALL_PRODUCTS
from ajar.pathway.evaluation.rules.interaction import Interaction
from ajar.pathway.evaluation.rules.interactions import INTERACTIONS, UNVERIFIED
from tools.generate.markdown import page, table

HEAD: Final = (
    "Rule",
    "Medicines",
    "Products",
    "Taken",
    "Severity",
    "What happens",
    "What to do",
    "Source",
)


def interactions() -> str:
    """The rows as a physician signs them, the equivalents, and the ingredients by class."""
    policy = INTERACTION_POLICY.benzodiazepines
    return page(
        "Drug interactions",
        "By drug, by the product of ketamine, and where it matters by the route of the other medicine. "
        "Severity: X do not combine, D modify therapy, C monitor, B information, which is shown and asks "
        "for nothing.",
        table(HEAD, [row(each) for each in INTERACTIONS]),
        f"## Benzodiazepines by dose\n\nAbove {policy.limit_mg:g} mg of diazepam a day a plan is asked for "
        f"(CA-11); a trial left out people above {policy.trial_cut_mg:g} mg of lorazepam a day (DDI-03). "
        "Equivalents: from general knowledge, verify.",
        table(
            ["Equal to 10 mg of diazepam", "mg"],
            [[name, f"{mg:g}"] for name, mg in sorted(policy.equal_to_10_mg_diazepam_mg.items())],
        ),
        f"## Medicines that are recognised\n\n{len(KNOWN)} ingredients under {len(NAMES)} names, with "
        f"{len(RXNORM)} RxNorm and {len(ATC)} ATC codes; all from general knowledge, verify. Any other name "
        "is asked about, and a misspelling is never guessed.",
        table(["Class", "Ingredients"], [[each.value, _members(each)] for each in DrugClass]),
    )


def row(each: Interaction) -> list[str]:
    """One interaction."""
    medicines = [*sorted(each.ingredients), *sorted(drug_class.value for drug_class in each.classes)]
    products = "all" if each.products == ALL_PRODUCTS else ", ".join(sorted(each.products))
    evidence = ", ".join(kind.value for kind in each.evidence)
    return [
        f"**{each.id}**",
        ", ".join(medicines),
        products,
        each.taken.value,
        each.severity.name + (" (a clinic may set it)" if each.set_by else ""),
        each.effect + (f" ({each.size})." if each.size else "."),
        each.action,
        f"{evidence}: {each.source} ({each.standing.value}{', to be verified' * (each.id in UNVERIFIED)})",
    ]


def _members(drug_class: DrugClass) -> str:
    return ", ".join(sorted(name for name, each in KNOWN.items() if drug_class in each.classes))
