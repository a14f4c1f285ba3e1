"""Playing a scenario, minute by minute: acts, messages, and after each minute what stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from ajar.clinic.demo.floor.acting import Scene, perform
from ajar.clinic.demo.floor.cast import Floor, set_up
from ajar.clinic.demo.floor.clocks import Clock
from ajar.clinic.demo.floor.judging import Verdict, compared, judge_minute, judge_outcome
from ajar.clinic.demo.floor.messages import RECORDED, Deliver, Envelope, in_process, send
from ajar.exchange.scenarios.acts import Send
from ajar.exchange.scenarios.scenario import OutcomeExpected, Scenario, Step

DONE = "done"


def silently(_: Verdict) -> None:
    """For whoever wants the verdicts at the end only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """How a scenario is played: by which clock, over which wire, and who is told of each verdict."""

    clock: Clock
    deliver: Deliver = in_process
    tell: Callable[[Verdict], None] = silently
    run: str = field(default_factory=lambda: uuid4().hex[:12])

    def play(self, scenario: Scenario) -> tuple[Verdict, ...]:
        """Set it up, play all of it, and compare; what was not as expected does not stop it."""
        floor = set_up(scenario, begins_at=self.clock.at(min(scenario.moments)))
        verdicts: list[Verdict] = []
        for minute in scenario.moments:
            self.clock.reach(minute)
            for verdict in self._minute(scenario, floor, minute):
                verdicts.append(verdict)
                self.tell(verdict)
        for one in scenario.expected:
            if isinstance(one, OutcomeExpected):
                verdicts.append(judge_outcome(one, floor.beds[one.who], minute=scenario.ends_min))
                self.tell(verdicts[-1])
        return tuple(verdicts)

    def _minute(self, scenario: Scenario, floor: Floor, minute: float) -> Iterable[Verdict]:
        for place, step in enumerate(scenario.steps):
            if step.at_min == minute:
                yield self._step(step, place, floor)
        for who, bed in floor.beds.items():
            yield from judge_minute(scenario.expected, minute=minute, who=who, bed=bed, clock=self.clock)

    def _step(self, step: Step, place: int, floor: Floor) -> Verdict:
        what = words_of(step.act)
        if isinstance(step.act, Send):
            envelope = Envelope(who=step.who, minute=step.at_min, control_id=f"{self.run}-{place}")
            seen = send(step.act, envelope, floor, self.clock, self.deliver)
            expected = f"held: {step.act.held}" if step.act.held else RECORDED
            return compared(step.at_min, step.who, what, expected=expected, seen=seen)
        seen = self._performed(step, floor)
        if step.refused and step.refused.casefold() in seen.casefold() and seen != DONE:
            return compared(step.at_min, step.who, what, expected=seen, seen=seen)
        expected = f"refused: {step.refused}" if step.refused else DONE
        return compared(step.at_min, step.who, what, expected=expected, seen=seen)

    def _performed(self, step: Step, floor: Floor) -> str:
        """What became of an act: done, or refused in the service's words."""
        scene = Scene(floor=floor, bed=floor.beds[step.who], now=self.clock.at(step.at_min))
        try:
            perform(step.act, scene)
        except ValueError as refusal:
            return f"refused: {refusal}"
        return DONE


def words_of(act: Any) -> str:
    """An act in a word, with what makes it this one."""
    said = [
        str(getattr(act, name))
        for name in ("room", "event", "alarm", "about", "device", "because")
        if getattr(act, name, "")
    ]
    return " ".join([type(act).__name__.lower(), *said])
