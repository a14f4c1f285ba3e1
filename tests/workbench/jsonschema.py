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
    "description",
    "minLength",
    "minimum",
    "maximum",
    "pattern",
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
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is_a(kind, value) for kind in kinds):
        yield f"{at} is {value!r}, no {' or '.join(kinds)}"
    yield from _of_its_size(value, schema, at)


def _is_a(kind: str, value: object) -> bool:
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _of_its_size(value: object, schema: dict, at: str) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value):
            yield f"{at} is {value!r}, which is too short or of another form"
    elif isinstance(value, int | float) and not _in_range(value, schema):
        yield f"{at} is {value!r}, out of its range"


def _in_range(value: float, schema: dict) -> bool:
    return schema.get("minimum", value) <= value <= schema.get("maximum", value)


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
