"""What was asked of `ajar simulate`, in words: from the command line, and from a scenario file under it.

A scenario file is TOML, with the options by their long names, a dash or an underscore between words:

product = "ketamine-iv"
dose = "0.5mg/kg"
over = "40min"
doses = 6
every = "tue,fri"
weight = 82
"""

import tomllib
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ajar.workbench.options import SIMULATE

SCENARIO: Final = "scenario"
KNOWN: Final = {
    flags[0].removeprefix("--").replace("-", "_"): options.get("action") == "store_true"
    for flags, options in SIMULATE
}
"""Every option by its name, and whether it is a switch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options that were given, as words; a switch is there or not."""

    words: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """What was said for an option that has to be there.

        Raises:
            ValueError: nothing was.
        """
        if name not in self.words:
            raise ValueError(f"Expected --{name.replace('_', '-')}; `ajar simulate --help` says how.")
        return self.words[name]

    def __contains__(self, name: str) -> bool:
        return name in self.words

    def get(self, name: str, otherwise: str) -> str:
        """What was said, or this."""
        return self.words.get(name, otherwise)


def asked(arguments: Namespace) -> Asked:
    """The command line over the scenario file, if one is named.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not TOML, or has something in it that is no option.
    """
    line = {
        name: str(value)
        for name, value in vars(arguments).items()
        if name in KNOWN and name != SCENARIO and value is not None
    }
    file = scenario(Path(arguments.scenario)) if arguments.scenario is not None else {}
    return Asked(words={**file, **line})


def scenario(path: Path) -> dict[str, str]:
    """The options of a scenario file.

    Raises:
        OSError: it cannot be read.
        ValueError: as `asked`.
    """
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ValueError(f"{path} is not a TOML file: {problem}.") from problem
    found: dict[str, str] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in KNOWN or name == SCENARIO:
            known = ", ".join(sorted(KNOWN.keys() - {SCENARIO}))
            raise ValueError(f"{path}: {key!r} is not an option; there are: {known}.")
        if name in found:
            raise ValueError(f"{path}: {key!r} is there twice, with a dash and an underscore.")
        if KNOWN[name]:
            found |= _switched(path, name, value)
        else:
            found[name] = _text(path, name, value)
    return found


def _switched(path: Path, name: str, value: object) -> dict[str, str]:
    if not isinstance(value, bool):
        raise ValueError(f"{path}: {name} is true or false, got {value!r}.")
    return {name: "True"} if value else {}


def _text(path: Path, name: str, value: object) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ",".join(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{path}: {name} is a number or text, got {value!r}.")
    return str(value)
