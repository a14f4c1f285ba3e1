"""Reading a scenario file (YAML): the whole of it, or a refusal that names the line, the key and why."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import yaml

from ajar.exchange.scenarios.acts import ACTS, NOBODY, SHORTHAND, Measure, Send
from ajar.exchange.scenarios.fields import (
    Misread,
    Path,
    mapping_at,
    one_of,
    read_fields,
    read_value,
    refuse_implausible,
    shown,
    vital_sign,
)
from ajar.exchange.scenarios.scenario import (
    AlarmExpected,
    BadScenario,
    DueExpected,
    Expected,
    OpenExpected,
    OutcomeExpected,
    Scenario,
    SimulatedDevice,
    SimulatedPatient,
    SimulatedSite,
    SimulatedStaff,
    StayExpected,
    Step,
)
from ajar.exchange.scenarios.several import steps_of

T = TypeVar("T")
MOST_CHARS: Final = 200_000
DEEPEST: Final = 10
TOP: Final = ("title", "teaches", "site", "staff", "patients", "devices", "timeline", "expect")
EXPECTATIONS: Final[Mapping[str, type[Expected]]] = {
    "alarm": AlarmExpected,
    "due": DueExpected,
    "earliest_release": StayExpected,
    "open": OpenExpected,
    "outcome": OutcomeExpected,
}
"""What can be expected, by the key that says it."""


def read_scenario(text: str, *, name: str) -> Scenario:
    """The scenario in the text of a file; `name` is how the file is called.

    Raises:
        BadScenario: naming the file, the line, the key, and what was expected there.
    """
    document = _document(text, name)
    try:
        return _scenario(document)
    except Misread as problem:
        place = ".".join(str(part) for part in problem.path) or "the file"
        line = _line_of(text, problem.path)
        raise BadScenario(f"{name}, line {line}, {place}: {problem}.") from None


def _document(text: str, name: str) -> object:
    if len(text) > MOST_CHARS:
        raise BadScenario(f"{name}: expected at most {MOST_CHARS} characters, got {len(text)}.")
    try:
        _refuse_unbounded(text, name)
        document: object = yaml.safe_load(text)
        _refuse_repeated_keys(yaml.compose(text, Loader=yaml.SafeLoader), name)
    except BadScenario:
        raise
    except (yaml.YAMLError, ValueError) as problem:
        mark: Any = getattr(problem, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        because = getattr(problem, "problem", None) or str(problem).replace("\n", " ")
        raise BadScenario(f"{where}: this is not YAML: {because}.") from None
    return document


def _refuse_unbounded(text: str, name: str) -> None:
    """A few lines of aliases or brackets can stand for more than memory or the stack holds."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        mark: Any = event.start_mark
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise BadScenario(f"{name}, line {mark.line + 1}: a scenario repeats nothing by alias (*).")
        if depth > DEEPEST:
            raise BadScenario(
                f"{name}, line {mark.line + 1}: a scenario is not nested deeper than {DEEPEST}."
            )


def _refuse_repeated_keys(node: Any, name: str) -> None:
    """YAML would keep the last of two and say nothing."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise BadScenario(f"{name}, line {line}: {key.value!r} is said twice; expected it once.")
            seen.add(key.value)
    for _, child in _children(node).values():
        _refuse_repeated_keys(child, name)


def _line_of(text: str, path: Path) -> int:
    """The line on which the value at this path begins, or the nearest place around it."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for part in path:
        found = _children(node).get(part)
        if found is None:
            break
        line, node = found
    return line


def _children(node: Any) -> dict[str | int, tuple[int, Any]]:
    if isinstance(node, yaml.MappingNode):
        return {key.value: (key.start_mark.line + 1, value) for key, value in node.value}
    listed = node.value if isinstance(node, yaml.SequenceNode) else ()
    return {place: (value.start_mark.line + 1, value) for place, value in enumerate(listed)}


def _scenario(document: object) -> Scenario:
    told = mapping_at((), document)
    for key in told:
        if key not in TOP:
            raise Misread((key,), f"unknown key {key!r}; expected {one_of(TOP)}")
    for key in ("title", "teaches", "patients", "timeline", "expect"):
        if key not in told:
            raise Misread((), f"{key!r} is missing")
    patients = _each(SimulatedPatient, told["patients"], "patients")
    devices = _each(SimulatedDevice, told.get("devices"), "devices")
    _refuse_patients(patients)
    steps = [step for one in _steps(told["timeline"], patients, devices) for step in one]
    return Scenario(
        title=read_value(str, told["title"], ("title",)),
        teaches=read_value(str, told["teaches"], ("teaches",)),
        site=read_fields(SimulatedSite, told.get("site"), ("site",)),
        staff=read_fields(SimulatedStaff, told.get("staff"), ("staff",)),
        patients=patients,
        devices=devices,
        steps=tuple(sorted(steps, key=lambda step: step.at_min)),
        expected=tuple(_expected(told["expect"], patients)),
    )


def _each(kind: type[T], given: object, name: str) -> dict[str, T]:
    told = mapping_at((name,), given)
    return {key: read_fields(kind, one, (name, key)) for key, one in told.items()}


def _refuse_patients(patients: Mapping[str, SimulatedPatient]) -> None:
    if not patients:
        raise Misread(("patients",), "expected at least one patient")
    for key, patient in patients.items():
        refuse_implausible(patient.baseline, ("patients", key, "baseline"))
        if len(patient.name.split()) < 2:
            raise Misread(("patients", key, "name"), "expected a given name and a family name")


def _listed(given: object, name: str) -> Iterable[tuple[Path, dict[str, Any]]]:
    if not isinstance(given, list):
        raise Misread((name,), f"expected a list, got {shown(given)}")
    for place, one in enumerate(given):
        yield (name, place), dict(mapping_at((name, place), one))


def _who(told: dict[str, Any], patients: Mapping[str, SimulatedPatient], path: Path) -> str:
    """Whom it is about: a key of `patients`, which need not be said where there is one alone."""
    who = told.pop("who", next(iter(patients)) if len(patients) == 1 else None)
    if who not in patients:
        raise Misread((*path, "who"), f"expected {one_of(patients)}, got {shown(who)}")
    return str(who)


def _steps(
    given: object, patients: Mapping[str, SimulatedPatient], devices: Mapping[str, SimulatedDevice]
) -> Iterable[list[Step]]:
    for path, told in _listed(given, "timeline"):
        who = _who(told, patients, path)
        word, at_min = told.pop("do", None), read_value(float, told.pop("at", None), (*path, "at"))
        if word not in ACTS:
            raise Misread((*path, "do"), f"expected {one_of(ACTS)}, got {shown(word)}")
        refused = read_value(str, told.pop("refused", ""), (*path, "refused"))
        act: Any = read_fields(ACTS[word], told, path)
        if refused and isinstance(act, SHORTHAND):
            raise Misread((*path, "refused"), f"{word!r} is several steps; say which of them is refused")
        _refuse_act(act, patients, devices, path)
        try:
            yield steps_of(act, patients[who], at_min=at_min, who=who, refused=refused)
        except BadScenario as problem:
            raise Misread(path, str(problem)) from None


def _refuse_act(
    act: Any,
    patients: Mapping[str, SimulatedPatient],
    devices: Mapping[str, SimulatedDevice],
    path: Path,
) -> None:
    """What an act names has to be in the file, and what it measures has to be possible."""
    device = getattr(act, "device", "")
    if device and device not in devices:
        raise Misread(
            (*path, "device"), f"expected {one_of(devices) if devices else 'a device'}, got {device!r}"
        )
    if isinstance(act, Send) and act.says not in ("", NOBODY, *patients):
        raise Misread((*path, "says"), f"expected {one_of((NOBODY, *patients))}, got {act.says!r}")
    if isinstance(act, Measure):
        refuse_implausible(act.vitals, (*path, "vitals"))
    for key in ("only", "lost"):
        for name in getattr(act, key, ()):
            vital_sign(name, (*path, key))


def _expected(given: object, patients: Mapping[str, SimulatedPatient]) -> Iterable[Expected]:
    for path, told in _listed(given, "expect"):
        who = _who(told, patients, path)
        kind = next((kind for key, kind in EXPECTATIONS.items() if key in told), None)
        if kind is None:
            raise Misread(path, f"expected {one_of(EXPECTATIONS)}")
        yield read_fields(kind, told, path, who=who)
