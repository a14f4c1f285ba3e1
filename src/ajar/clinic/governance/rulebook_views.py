"""The rulebook to read: its areas, one area rule by rule, and what changed between two versions."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action
from ajar.pathway.governance.comparison import compared, title_of
from ajar.pathway.governance.plain import Plain
from ajar.pathway.governance.versions import version_named, version_names


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """One rule as the page shows it: what it says, and its fields."""

    id: str
    title: str
    sayings: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    area: str = ""


@require_GET
@permit(Action.SEE_RULEBOOK)
def rulebook(request: StaffRequest) -> HttpResponse:
    """The areas, and whatever rules the search finds."""
    book, asked = version_named(), request.GET.get("q", "").strip()[:80]
    areas = [{"name": area, "slug": slugify(area), "count": len(lines)} for area, lines in book.areas.items()]
    found = _matching(asked) if asked else ()
    context = {"book": book, "areas": areas, "asked": asked, "found": found, "versions": version_names()}
    return render(request, "governance/rulebook.html", context)


@require_GET
@permit(Action.SEE_RULEBOOK)
def area(request: StaffRequest, slug: str) -> HttpResponse:
    """One area, rule by rule."""
    book = version_named()
    for name, lines in book.areas.items():
        if slugify(name) == slug:
            rules = [shown(rule_id, fields, name) for rule_id, fields in lines.items()]
            return render(request, "governance/area.html", {"book": book, "name": name, "rules": rules})
    raise Http404("No such area.")


@require_GET
@permit(Action.SEE_RULEBOOK)
def changes(request: StaffRequest) -> HttpResponse:
    """What changed from one version to another; without a choice, from the one before to the present."""
    names = version_names()
    before = _chosen(request.GET.get("before"), names[max(len(names) - 2, 0)])
    after = _chosen(request.GET.get("after"), names[-1])
    context = {
        "versions": names,
        "before": before,
        "after": after,
        "changes": compared(version_named(before), version_named(after)),
    }
    return render(request, "governance/changes.html", context)


def _chosen(asked: str | None, otherwise: str) -> str:
    return asked if asked in version_names() else otherwise


def _matching(asked: str) -> list[ShownRule]:
    """Rules whose id begins with what is asked, then those that mention it anywhere."""
    wanted = asked.casefold()
    lines = [
        (name, each, fields)
        for name, rules in version_named().areas.items()
        for each, fields in rules.items()
    ]
    by_id = [line for line in lines if line[1].casefold().startswith(wanted)]
    mentioned = [line for line in lines if line not in by_id and _mentions(line[2], wanted)]
    return [shown(each, fields, name) for name, each, fields in [*by_id, *mentioned]][:MOST]


MOST = 60
"""More than this is no answer: the page asks for more letters."""


def _mentions(fields: Plain, wanted: str) -> bool:
    return any(wanted in text.casefold() for text in fields.values())


def shown(rule_id: str, fields: Plain, name: str) -> ShownRule:
    """A rule ready to be drawn."""
    title = title_of(fields)
    rest = tuple(
        (field.replace("_", " "), text)
        for field, text in fields.items()
        if not field.startswith("says ") and field != "id" and text != title
    )
    said = tuple(text for field, text in fields.items() if field.startswith("says "))
    return ShownRule(id=rule_id, title=title, sayings=said, fields=rest, area=name)
