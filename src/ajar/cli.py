"""The `ajar` command: what it offers, with each handler imported only when it is called."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import ajar
from ajar.pathway.staff.roles import STAFF
from ajar.workbench import options

CLINIC: Final = "ajar.clinic."


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One subcommand: its words, its handler as 'module:function', its arguments."""

    words: str
    handler: str
    arguments: options.Arguments = ()

    @property
    def needs_clinic(self) -> bool:
        """Whether it works on the clinic's records, and so needs Django and a database."""
        return self.handler.startswith(CLINIC)


PORT: Final = (("--port",), {"type": int, "default": 8000, "help": "port of the pages (default 8000)"})
HOST: Final = (("--host",), {"default": "127.0.0.1", "help": "address to listen on (default loopback)"})
MLLP_PORT: Final = (
    ("--mllp-port",),
    {"type": int, "default": 2575, "help": "port of the HL7 listener, 0 for none (default 2575)"},
)
MLLP_HOST: Final = (("--mllp-host",), {"default": "127.0.0.1", "help": "address of the HL7 listener"})

NO_DATABASE: Final = (
    "Expected a database that `ajar migrate` made; AJAR_DATA_DIR and AJAR_DATABASE_URL say which one."
)
SYNTHETIC: Final = frozenset({"demo", "floor"})
"""Commands that work on the synthetic clinic, where nothing else says which."""
STAFF_ROLES: Final = sorted(STAFF)

COMMANDS: Final[Mapping[str, Command]] = {
    "demo": Command(
        words="make or continue the synthetic clinic, and serve it",
        handler="ajar.clinic.demo.commands:demo",
        arguments=(
            PORT,
            MLLP_PORT,
            (("--reset",), {"action": "store_true", "help": "start over with a fresh clinic"}),
            (("--no-serve",), {"action": "store_true", "help": "build the clinic and stop"}),
        ),
    ),
    "serve": Command(
        words="serve the clinic: pages, live stream and HL7 listener",
        handler="ajar.clinic.gateway.serving:serve",
        arguments=(HOST, PORT, MLLP_HOST, MLLP_PORT),
    ),
    "listen": Command(
        words="run the HL7 listener alone, beside several page workers",
        handler="ajar.clinic.gateway.commands:listen",
        arguments=(MLLP_HOST, MLLP_PORT),
    ),
    "migrate": Command(words="bring the database up to date", handler="ajar.clinic.gateway.serving:migrate"),
    "site": Command(
        words="add a site of the clinic",
        handler="ajar.clinic.staff.commands:add_site",
        arguments=(
            (("--name",), {"required": True, "help": "what people call it"}),
            (("--zone",), {"required": True, "metavar": "Area/City", "help": "its time zone"}),
            (("--telehealth",), {"action": "store_true", "help": "a site without rooms"}),
        ),
    ),
    "account": Command(
        words="add someone who works here, and print the link by which they choose a password",
        handler="ajar.clinic.staff.commands:add_account",
        arguments=(
            (("--email",), {"required": True}),
            (("--name",), {"required": True, "help": "the name printed under signatures"}),
            (("--credentials",), {"default": "", "help": "such as RN or MD"}),
            (("--role",), {"required": True, "choices": STAFF_ROLES}),
        ),
    ),
    "verify": Command(
        words="walk every patient's hash chain and name the first broken entry",
        handler="ajar.clinic.ledger.commands:verify_chains",
    ),
    "rebuild": Command(
        words="drop every read model and compute it again from the ledger",
        handler="ajar.clinic.ledger.commands:rebuild_read_models",
    ),
    "import": Command(
        words="read records made elsewhere into ledgers",
        handler="ajar.clinic.gateway.commands:import_records",
        arguments=(
            (("format",), {"choices": ["fhir"], "help": "FHIR R4 patient bundles (JSON)"}),
            (("path",), {"metavar": "FILE|DIR", "help": "a bundle, or a folder of bundles"}),
            (
                ("--site",),
                {"default": "", "help": "the site that takes the patients in (default: the first)"},
            ),
        ),
    ),
    "replay": Command(
        words="play recorded vital signs into a running session, as a monitor would",
        handler="ajar.clinic.gateway.commands:replay",
        arguments=(
            (("recording",), {"metavar": "RECORDING", "help": "a CSV recording, one row a minute"}),
            (("--encounter",), {"required": True, "metavar": "ID", "help": "the running session"}),
            (("--speed",), {"type": float, "default": 60.0, "help": "recorded seconds per second (60)"}),
            (("--start",), {"type": float, "default": 0.0, "metavar": "MIN", "help": "first minute to play"}),
            (("--minutes",), {"type": float, "default": 0.0, "metavar": "N", "help": "0: to the end"}),
            (("--host",), {"default": "127.0.0.1", "help": "where the HL7 listener is"}),
            (("--port",), {"type": int, "default": 2575, "help": "its port (2575)"}),
        ),
    ),
    "floor": Command(
        words="play a scenario on a simulated floor, against a running server",
        handler="ajar.clinic.demo.floor.commands:floor",
        arguments=(
            (("scenario",), {"metavar": "SCENARIO", "help": "such as docs/scenarios/spray-56-mg.yaml"}),
            (("--speed",), {"type": float, "default": 60.0, "help": "minutes played in one minute (60)"}),
            (("--server",), {"default": "http://127.0.0.1:8000", "help": "where the pages are"}),
            (("--hl7",), {"default": "127.0.0.1:2575", "metavar": "HOST:PORT", "help": "the HL7 listener"}),
        ),
    ),
    "simulate": Command(
        words="what a dose or a course does, in one person or in many: a table and a picture",
        handler="ajar.workbench.simulating:simulate",
        arguments=options.SIMULATE,
    ),
    "models": Command(
        words="list the models with whom they fit and where they come from",
        handler="ajar.workbench.listing:models",
        arguments=options.MODELS,
    ),
    "fit": Command(
        words="what readings, scores and levels say about one person",
        handler="ajar.workbench.fitting:fit",
        arguments=options.FIT,
    ),
    "score": Command(
        words="score a questionnaire",
        handler="ajar.workbench.scores:score",
        arguments=options.SCORE,
    ),
    "screen": Command(
        words="judge a candidate by every rule of the evaluation",
        handler="ajar.workbench.screening:screen",
        arguments=options.SCREEN,
    ),
    "rules": Command(
        words="read the rulebook, and what changed between two versions of it",
        handler="ajar.workbench.rules:rules",
        arguments=options.RULES,
    ),
    "export": Command(
        words="write a model with one person and their doses for other simulators",
        handler="ajar.workbench.exporting:export",
        arguments=options.EXPORT,
    ),
    "validate": Command(
        words="write every measured number beside what the models give",
        handler="ajar.workbench.validating:validate",
        arguments=options.VALIDATE,
    ),
}


def parser() -> argparse.ArgumentParser:
    """The command line as people see it."""
    top = argparse.ArgumentParser(prog="ajar", description=ajar.__doc__)
    top.add_argument("--version", action="version", version=f"ajar {ajar.__version__}")
    chosen = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = chosen.add_parser(name, help=command.words, description=command.words.capitalize() + ".")
        for flags, asked in command.arguments:
            sub.add_argument(*flags, **asked)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 done, 1 refused or broken, 2 wrong usage; others its own)."""
    arguments = parser().parse_args(argv)
    command = COMMANDS[arguments.command]
    try:
        return _in_the_clinic(command, arguments) if command.needs_clinic else _handled(command, arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1


def _in_the_clinic(command: Command, arguments: argparse.Namespace) -> int:
    """With Django set up, which takes longer than simulating a session."""
    if arguments.command == "demo":
        os.environ.setdefault("AJAR_DEMO", "on")
    if arguments.command in SYNTHETIC:
        os.environ.setdefault("AJAR_DATA_DIR", "var/demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ajar.clinic.settings")
    import_module("django").setup()
    database_error: type[Exception] = import_module("django.db").DatabaseError
    try:
        return _handled(command, arguments)
    except database_error as problem:
        sys.stderr.write(f"The clinic's database cannot be used: {problem}.\n{NO_DATABASE}\n")
        return 1


def _handled(command: Command, arguments: argparse.Namespace) -> int:
    module, function = command.handler.split(":")
    handler: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return handler(arguments)


if __name__ == "__main__":
    sys.exit(main())
