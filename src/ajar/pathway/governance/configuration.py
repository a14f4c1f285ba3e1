"""A clinic's configuration: what it sets otherwise than the sourced defaults, each with its reason.

A file (TOML) that a medical director signs:

    version = "2026-12"
    rulebook = "2026.12"

    [[change]]
    parameter = "alarms.limits.ALM-1.steps.2.bound"
    value = 175
    because = "The code team asked for five more minutes."
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from ajar.pathway.governance.fixed import why_fixed
from ajar.pathway.governance.parameters import Parameter, parameters, with_value
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME, Programme

MAX_CHARS: Final = 200_000
KEYS: Final = frozenset({"version", "rulebook", "change"})
CHANGE_KEYS: Final = frozenset({"parameter", "value", "because"})


class ConfigurationRefused(ValueError):
    """The file cannot be used; `problems` says each thing that is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One parameter set otherwise than its default, and why."""

    parameter: str
    value: object
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a clinic sets. `rulebook` is the version whose defaults it was written against."""

    version: str
    rulebook: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A parameter that the clinic sets, beside its default."""

    parameter: str
    default: str
    value: str
    because: str
    source: str


def digest_of(text: str) -> str:
    """What a signature is put under: SHA-256 of the file's text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def read_configuration(text: str) -> Configuration:
    """The configuration in a file.

    Raises:
        ConfigurationRefused: it is not TOML, or lacks something, or says something that is not known.
    """
    if len(text) > MAX_CHARS:
        raise ConfigurationRefused([f"The file has {len(text)} characters; at most {MAX_CHARS} are read."])
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ConfigurationRefused([f"The file is not TOML: {problem}."]) from None
    if problems := list(_problems(tree)):
        raise ConfigurationRefused(problems)
    changes = tuple(Change(**row) for row in tree.get("change", ()))
    return Configuration(version=tree["version"], rulebook=tree["rulebook"], changes=changes)


def _problems(tree: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key}: there is no such key." for key in sorted(set(tree) - KEYS))
    for key in ("version", "rulebook"):
        if not _is_text(tree.get(key)):
            yield f"{key}: expected some text."
    rows = tree.get("change", [])
    if not isinstance(rows, list):
        yield "change: expected [[change]] tables."
        return
    for number, row in enumerate(rows, start=1):
        yield from (f"change {number}: {problem}" for problem in _row_problems(row))
    named = [row.get("parameter") for row in rows if isinstance(row, dict)]
    for name in sorted({str(name) for name in named if named.count(name) > 1}):
        yield f"{name} is set twice."


def _row_problems(row: object) -> Iterator[str]:
    if not isinstance(row, dict) or set(row) != CHANGE_KEYS:
        yield "expected parameter, value and because."
        return
    for key in ("parameter", "because"):
        if not _is_text(row[key]):
            yield f"{key}: expected some text."


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def configured(configuration: Configuration, programme: Programme = DEFAULT_PROGRAMME) -> Programme:
    """The programme as this clinic runs it.

    Raises:
        ConfigurationRefused: a parameter that is not there or may not be set so, with every problem named.
    """
    known, problems = parameters(programme), []
    for change in configuration.changes:
        try:
            programme = _changed(change, configuration.version, known, programme)
        except ValueError as refused:
            problems.append(f"{change.parameter}: {refused}.".replace("..", "."))
    if problems:
        raise ConfigurationRefused(problems)
    return programme.under(configuration.version)


def _changed(change: Change, version: str, known: Mapping[str, Parameter], programme: Programme) -> Programme:
    default = known.get(change.parameter)
    if default is None:
        raise ValueError("there is no such parameter")
    source = f"{change.because} (this clinic, {version}; the default's source: {default.source})"
    changed: Programme = with_value(programme, change.parameter.split("."), change.value, source=source)
    if because := why_fixed(default, parameters(changed)[change.parameter].value):
        raise ValueError(because)
    return changed


def differences(
    configuration: Configuration, programme: Programme = DEFAULT_PROGRAMME
) -> tuple[Difference, ...]:
    """What the clinic sets, beside the default. Of a configuration that was accepted.

    Raises:
        ConfigurationRefused: as `configured`.
    """
    own, known = parameters(configured(configuration, programme)), parameters(programme)
    return tuple(
        Difference(
            parameter=change.parameter,
            default=known[change.parameter].text,
            value=own[change.parameter].text,
            because=change.because,
            source=known[change.parameter].source,
        )
        for change in configuration.changes
    )


def template(rulebook: str, programme: Programme = DEFAULT_PROGRAMME) -> str:
    """A file to begin with: every parameter with its default and source, as comments."""
    lines = [
        "# A clinic's configuration. Uncomment what you set, and say why.",
        'version = "1"',
        f'rulebook = "{rulebook}"',
    ]
    for each in parameters(programme).values():
        lines += [
            "",
            f"# {each.source}",
            "# [[change]]",
            f'# parameter = "{each.path}"',
            f"# value = {each.text}",
            '# because = ""',
        ]
    return "\n".join(lines) + "\n"
