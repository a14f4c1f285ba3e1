"""docs/reference/rules.md: the rule book of the evaluation."""

from ajar.pathway.evaluation.findings import PRECEDENCE
from ajar.pathway.evaluation.rulebook import RULEBOOK, RULEBOOK_VERSION
from ajar.pathway.evaluation.rules.rule import Rule
from tools.generate.markdown import page, table


def rules() -> str:
    """Every rule with what it reads, what it rests on and its source."""
    return page(
        "Rules of the evaluation",
        f"Rule book **{RULEBOOK_VERSION}**. Every rule answers for every candidate: pass, stop, precaution "
        "or needs information; missing is never a pass. The outcome is the most restrictive effect, in this "
        "order: "
        f"{', '.join(outcome.label for outcome in reversed(PRECEDENCE))}.",
        table(
            ["Rule", "About", "Products", "Reads", "Rests on", "Source"],
            [row(rule) for rule in sorted(RULEBOOK, key=lambda rule: rule.id)],
        ),
    )


def row(rule: Rule) -> list[str]:
    """One rule."""
    products = ", ".join(sorted(product.value for product in rule.products))
    standing = rule.standing.value + ("" if rule.verified else ", to be verified")
    return [f"**{rule.id}**", rule.title, products, ", ".join(sorted(rule.reads)), standing, rule.source]
