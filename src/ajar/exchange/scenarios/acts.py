"""What can happen in a scenario: one dataclass an act. Fields have the values of an ordinary day.

In a file an act is named by its word in `ACTS` (`do: arrive`), and its fields by their names without
`_min`. All minutes are minutes of the scenario.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ajar.pathway.monitoring.entries import Severity

Vitals = Mapping[str, float]
"""Vital signs by the names of `observations.vitals.BOUNDS`."""
NOBODY: Final = "nobody"
"""What a monitor says that was not told who lies there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """The patient is here, in their room; at home, by video."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The patient goes on in another room; `monitor`: the devices of the old room go along."""

    room: str
    monitor: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Today's questions; all well where nothing else is said."""

    solids_h_ago: float = 9.0
    liquids_h_ago: float = 3.0
    escort: str = "Robin Escort"
    escort_phone: str = "+1 212 555 0177"
    intoxicated: bool = False
    new_medicines: bool = False
    new_symptoms: bool = False
    suicidal_thoughts: bool = False
    could_be_pregnant: bool = False
    stimulant: bool = False
    nasal_product: bool = False
    will_drive: bool = False
    chaperone: bool = True
    video: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The prescriber's order: the planned dose where no amount is said."""

    mg: float | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The order is compared with the drug, by two people unless `alone`."""

    alone: bool = False
    lot: str = "SIM-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispense:
    """Lozenges are handed out for home."""

    doses: int = 1
    lot: str = "SIM-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Everything asked before dosing stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare:
    """Ask, order, check and confirm, all at this minute and all well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """The drug as its product is given: infusion started, next device, injection, by mouth."""

    mg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The infusion is paused."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The infusion goes on at its rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """No more drug: all that was ordered where no amount is said."""

    mg: float | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One round of a nurse: vital signs (the baseline with these changes), and scores that are given.

    `late_min`: so long ago it was measured. `dissociation` is the CADSS-6 total.
    """

    vitals: Vitals = field(default_factory=dict)
    only: tuple[str, ...] = ()
    sedation: int | None = None
    dissociation: int | None = None
    distress: bool = False
    late_min: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Scores without vital signs."""

    sedation: int | None = None
    dissociation: int | None = None
    distress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something happened."""

    event: str
    severity: Severity | None = None
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The patient asks for help on their own screen, which is opened for them where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Someone says that an alarm was seen. `about` is its signal or event."""

    alarm: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """Someone says what was done about an alarm."""

    alarm: str
    about: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """One HL7 message of a device: the baseline with these changes, and what it could not measure.

    `clock_off_min`: how far its clock is ahead. `late_min`: it was measured so long ago. `times`: how often
    the same message comes. `says`: the patient it names (a key of the file, or nobody). `held`: the reason
    for which the message is expected to wait for a person; empty, it is recorded.
    """

    device: str
    vitals: Vitals = field(default_factory=dict)
    only: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    clock_off_min: float = 0.0
    late_min: float = 0.0
    times: int = 1
    says: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Readings again and again: from the baseline to a peak and back, by a nurse or by a device.

    `rise` is what the peak adds to each vital sign; `noise` is at most added or taken away, the same for
    the same `seed`. `sedation` is the lowest MOAA/S, `dissociation` the highest CADSS-6 (by a nurse only).
    """

    until_min: float
    every_min: float
    peak_min: float
    rise: Vitals = field(default_factory=dict)
    noise: float = 0.0
    seed: int = 1
    device: str = ""
    sedation: int | None = None
    dissociation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A recording as `ajar replay` reads it (CSV with elapsed_s), sent by a device from this minute on."""

    device: str
    csv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess:
    """The assessment for leaving, all well where nothing else is said."""

    activity: int = 2
    respiration: int = 2
    circulation: int = 2
    consciousness: int = 2
    saturation: int = 2
    oriented: bool = True
    steady_gait: bool = True
    nausea_minimal: bool = True
    suicide_check: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recover:
    """Recovery is confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lose:
    """Something came back: observed again."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The patient leaves with a named person and instructions in writing."""

    handed_to: str = "Robin Escort"
    given_to: tuple[str, ...] = ("patient", "escort")
    ready_without_rule: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The patient leaves against advice."""

    because: str
    advised: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """The session will not happen."""

    because: str


Act = (
    Arrive | Move | Ask | Order | Check | Dispense | Confirm | Give | Pause | Resume | End | Measure | Rate
    | Note | Call | Acknowledge | Resolve | Send | Assess | Recover | Lose | Release | Leave | Cancel
)  # fmt: skip
"""What a player plays."""

SHORTHAND: Final = (Prepare, Curve, Replay)
"""What a file may say in one step and a player gets as several."""

ACTS: Final[Mapping[str, type]] = {
    act.__name__.lower(): act
    for act in (
        Arrive, Move, Ask, Order, Check, Dispense, Confirm, Give, Pause, Resume, End, Measure, Rate, Note,
        Call, Acknowledge, Resolve, Send, Assess, Recover, Lose, Release, Leave, Cancel, *SHORTHAND,
    )
}  # fmt: skip
