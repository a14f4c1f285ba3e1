"""As much of JSON Schema as the summary's schema uses; any other word in a schema is an error."""

import re
from collections.abc import Iterator

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
UNDERSTOOD = {
    "$schema",
    "title",
    "type",
    "const",
    "enum",
    "anyOf",
    "items",
    "properties",
    "patternProperties",
    "required",
    "additionalProperties",
}


def problems(value: object, schema: dict, at: str = "$") -> Iterator[str]:
    """Where the value is not what the schema says."""
    assert set(schema) <= UNDERSTOOD, f"{at}: {set(schema) - UNDERSTOOD}"
    found = list(_of_itself(value, schema, at))
    yield from found
    if isinstance(value, list) and not found:
        for row, each in enumerate(value):
            yield from problems(each, schema.get("items", {}), f"{at}[{row}]")
    if isinstance(value, dict) and not found:
        yield from _of_an_object(value, schema, at)


def _of_itself(value: object, schema: dict, at: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{at} is {value!r}, not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} is {value!r}, none of {schema['enum']}"
    if "anyOf" in schema and all(list(problems(value, each, at)) for each in schema["anyOf"]):
        yield f"{at} is nothing of what it may be"
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (kind != "boolean" and isinstance(value, bool))):
        yield f"{at} is {value!r}, no {kind}"


def _of_an_object(value: dict, schema: dict, at: str) -> Iterator[str]:
    yield from (f"{at} lacks {name}" for name in schema.get("required", []) if name not in value)
    for name, each in value.items():
        known = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        patterns = schema.get("patternProperties", {})
        known += [patterns[pattern] for pattern in patterns if re.search(pattern, name)]
        others = schema.get("additionalProperties", True)
        if known:
            for kind in known:
                yield from problems(each, kind, f"{at}.{name}")
        elif others is False:
            yield f"{at}.{name} is not in the schema"
        elif isinstance(others, dict):
            yield from problems(each, others, f"{at}.{name}")
