"""The findings in the groups in which a prescriber reads them, and what is missing as a list of work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ajar.clinic.evaluation.selectors import Evaluation
from ajar.clinic.evaluation.signing_forms import AcceptForm
from ajar.pathway.evaluation.findings import Finding, Judgement
from ajar.pathway.evaluation.history import BY_ID, QUESTIONS
from ajar.pathway.evaluation.rulebook import RULEBOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding with its form for accepting it, where this viewer may, and where its datum is entered."""

    finding: Finding
    form: AcceptForm | None
    fill_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings that are read together. `folded`: closed until somebody opens it."""

    kind: str
    title: Promise
    shown: Sequence[ShownFinding]
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is missing in one place of the page, and the findings that wait for it."""

    fill_in: str
    place: str
    until: str
    findings: Sequence[Finding]

    @property
    def anchor(self) -> str:
        """Where it is filled in."""
        return anchor_of(self.fill_in)

    @property
    def says_what(self) -> bool:
        """Is it a section, of which must be said what is missing? A question says it itself."""
        return not self.fill_in.startswith("history-")


TITLES: Final[Mapping[str, tuple[Promise, bool]]] = MappingProxyType(
    {
        "stops": (_("What stops"), False),
        "missing": (_("What is missing, rule by rule"), True),
        "precautions": (_("Precautions to accept"), False),
        "accepted": (_("Accepted"), False),
        "remarks": (_("To know"), False),
        "passes": (_("What passes"), True),
    }
)
"""In the order of the page, with what is folded."""

SECTION_READ: Final = (
    ("labs", "labs"),
    ("scores", "scores"),
    ("trials", "trials"),
    ("pregnancy", "pregnancy"),
    ("vitals", "vitals"),
    ("medicines", "medicines"),
    ("answers", "history"),
    ("allergies", "allergies"),
)
"""What a rule reads, and the section in which it is entered; the first that fits."""
READS: Final = {rule.id: rule.reads for rule in RULEBOOK}
ASKED_BY: Final = {rule_id: f"history-{question.id}" for question in QUESTIONS for rule_id in question.rules}

PLACES: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "purpose": _("What it is for"),
        "history": _("History"),
        "vitals": _("Vital signs"),
        "medicines": _("Medicines"),
        "trials": _("Antidepressant trials"),
        "pregnancy": _("Pregnancy"),
        "labs": _("Laboratory"),
        "scores": _("Scores"),
        "allergies": _("Allergies"),
    }
)


def anchor_of(fill_in: str) -> str:
    """The place on the page: a question's own field, or a section."""
    return f"id_{fill_in}" if fill_in.startswith("history-") else fill_in


def fill_in_of(finding: Finding) -> str:
    """The field, or the section, in which this finding's datum is entered."""
    if finding.ruling.fill_in:
        return finding.ruling.fill_in
    reads = READS.get(finding.rule_id, frozenset())
    if reads == {"answers"} and finding.rule_id in ASKED_BY:
        return ASKED_BY[finding.rule_id]
    return next((section for field, section in SECTION_READ if field in reads), "history")


def worklist(judgement: Judgement) -> list[Work]:
    """What is missing, in the order of the page; what one entry would answer is one line."""
    order = [*PLACES]
    waiting = sorted(judgement.missing, key=lambda one: (order.index(_section(fill_in_of(one))), _asks(one)))
    return [
        Work(fill_in=fill_in, place=_place(fill_in), until=until, findings=tuple(found))
        for (fill_in, until), found in groupby(waiting, key=_asks)
    ]


def _asks(finding: Finding) -> tuple[str, str]:
    return fill_in_of(finding), finding.ruling.until


def _section(fill_in: str) -> str:
    return fill_in.split("-", 1)[0]


def _place(fill_in: str) -> str:
    """The question where it is one, else the name of the section."""
    question = BY_ID.get(fill_in.removeprefix("history-"))
    return question.wording if question else str(PLACES[_section(fill_in)])


def groups_of(evaluation: Evaluation, refused: AcceptForm | None, *, may_sign: bool) -> list[Group]:
    """The groups that hold anything, in the order of the page."""
    judgement = evaluation.judgement
    held: Mapping[str, Iterable[Finding]] = {
        "stops": judgement.stops,
        "missing": judgement.missing,
        "precautions": judgement.to_accept,
        "accepted": [f for f in judgement.findings if f.accepted],
        "remarks": judgement.remarks,
        "passes": [f for f in judgement.findings if not f.counts and not f.is_shown_only],
    }
    acceptable = {id(f): number for number, f in enumerate(judgement.standing) if may_sign and f.acceptable}

    def shown(finding: Finding) -> ShownFinding:
        number = acceptable.get(id(finding))
        form = None if number is None else _accept_form(finding, evaluation, refused, number)
        return ShownFinding(finding=finding, form=form, fill_in=anchor_of(fill_in_of(finding)))

    groups = [
        Group(kind=kind, title=title, folded=folded, shown=[shown(finding) for finding in held[kind]])
        for kind, (title, folded) in TITLES.items()
    ]
    return [group for group in groups if group.shown]


def _accept_form(
    finding: Finding, evaluation: Evaluation, refused: AcceptForm | None, number: int
) -> AcceptForm:
    """The form that accepts this finding, with what was typed when it was refused."""
    about = (finding.rule_id, finding.datum_key)
    if refused is not None and (refused.data.get("rule_id"), refused.data.get("datum")) == about:
        return refused
    initial = {"rule_id": finding.rule_id, "datum": finding.datum_key, "expected": evaluation.expected}
    return AcceptForm(initial=initial, auto_id=f"id_accept_{number}_%s")
