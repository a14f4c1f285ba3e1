"""docs/reference/access.md and routes.md: who may do what, and at which address."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from ajar.clinic.staff.policy import Action, may
from ajar.pathway.staff.roles import Role
from tools.generate.markdown import page, table


def access() -> str:
    """Actions and roles, from the policy table."""
    rows = [[action.value, *("yes" if may(role, action) else "" for role in Role)] for action in Action]
    return page(
        "Who may do what",
        "Default deny: what is not in this table is not allowed. A role's second limit is *reach*: a patient "
        "reaches themself, staff reach the patients of the sites they work at, and a patient out of reach "
        "looks like one who does not exist.",
        table(["May …", *(role.label for role in Role)], rows),
    )


def routes() -> str:
    """Every address with who may use it."""
    rows = [[f"`/{route}`", name, permission] for route, name, permission in sorted(addresses())]
    return page(
        "Addresses",
        "*public*: anyone. *library*: pages of the sign-in library and of Django, which decide themselves. "
        "Everything else names the action of the [access table](access.md) that it needs.",
        table(["Address", "Name", "Who"], rows),
    )


def addresses() -> Iterator[tuple[str, str, str]]:
    """Route, name and permission of every view."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, space: str
) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            permission = getattr(pattern.callback, "permission", "library")
            yield route, f"{space}{pattern.name or ''}", str(permission)
