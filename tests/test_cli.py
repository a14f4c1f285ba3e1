"""The `ajar` command: what it offers, how quickly it says so, and what its exit codes mean."""

import os
import subprocess
import sys
from argparse import Namespace
from importlib import import_module

import pytest

import ajar
from ajar import cli
from ajar.cli import COMMANDS, main, parser
from ajar.clinic.gateway import serving
from ajar.clinic.terminal import Progress, complain, say
from ajar.pathway.staff.roles import STAFF

REQUIRED = {
    "site": ["--name", "Boston", "--zone", "America/New_York"],
    "account": ["--email", "a@clinic.example", "--name", "Ana Test", "--role", "nurse"],
    "import": ["fhir", "bundle.json"],
    "replay": ["recording.csv", "--encounter", "x"],
    "fit": ["readings.csv"],
    "rules": ["versions"],
    "floor": ["scenario.yaml"],
    "export": ["sbml", "doses.csv", "--out", "model.xml"],
}
CLINIC = [name for name, command in COMMANDS.items() if command.needs_clinic]
ENGINE = [name for name in COMMANDS if name not in CLINIC]
LOADED = """
import sys
from ajar.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = [name for name in ("django", "uvicorn", "allauth", "hl7", "numpy") if name in sys.modules]
sys.exit(f"imported for --help: {heavy}" if heavy else 0)
"""
SIMULATED = """
import sys
from ajar.cli import main
code = main(["simulate", "--product", "spravato", "--dose", "84", "--json"])
names = ("django", "numba", "matplotlib", "pyarrow", "libsbml", "distributed", "tqdm", "scipy")
heavy = [name for name in names if name in sys.modules]
sys.exit(f"imported to simulate one person: {heavy}" if heavy else code)
"""


@pytest.fixture
def handled(monkeypatch):
    """Every command is answered by a stand-in, which keeps what it was given."""
    calls = []

    class Room:
        def __getattr__(self, name):
            return lambda arguments: calls.append((name, arguments)) or 0

        def setup(self):
            calls.append(("setup", None))

    monkeypatch.setattr(cli, "import_module", lambda _: Room())
    for name in ("AJAR_DEMO", "AJAR_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(cli.os, "environ", dict(cli.os.environ))
    return calls


def code_of(*argv: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(argv)
    return ended.value.code


class TestTheWords:
    def test_help_names_every_command_and_what_it_does(self, capsys):
        assert code_of("--help") == 0
        said = " ".join(capsys.readouterr().out.split())
        for name, command in COMMANDS.items():
            assert name in said
            assert command.words in said

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_explains_itself(self, name, capsys):
        assert code_of(name, "--help") == 0
        said = " ".join(capsys.readouterr().out.split())
        assert COMMANDS[name].words.capitalize() in said
        for flags, _ in COMMANDS[name].arguments:
            assert flags[0].upper() in said.upper() or not flags[0].startswith("--")

    def test_help_is_quick_because_it_loads_nothing_heavy(self):
        done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr

    def test_the_version_is_the_packages(self, capsys):
        assert code_of("--version") == 0
        assert capsys.readouterr().out == f"ajar {ajar.__version__}\n"


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("polish",),
        ("site",),
        ("site", "--name", "Boston"),
        ("serve", "--port", "web"),
        ("import", "csv", "file"),
        ("replay", "recording.csv"),
        ("account", "--email", "a@clinic.example", "--name", "A", "--role", "patient"),
        ("verify", "--all"),
        ("simulate", "--colour", "green"),
        ("export", "csv", "doses.csv", "--out", "x"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(argv, capsys):
    assert code_of(*argv) == 2
    assert "usage: ajar" in capsys.readouterr().err


class TestTheHandlers:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_names_a_function_that_is_there(self, name):
        module, function = COMMANDS[name].handler.split(":")
        assert callable(getattr(import_module(module), function))

    @pytest.mark.parametrize("name", CLINIC)
    def test_one_that_needs_the_clinic_is_called_after_django_is_set_up(self, handled, name):
        assert main([name, *REQUIRED.get(name, [])]) == 0
        assert [called for called, _ in handled] == ["setup", COMMANDS[name].handler.split(":")[1]]

    @pytest.mark.parametrize("name", ENGINE)
    def test_one_that_needs_no_clinic_is_called_without_django(self, handled, name):
        assert main([name, *REQUIRED.get(name, [])]) == 0
        assert [called for called, _ in handled] == [COMMANDS[name].handler.split(":")[1]]

    def test_the_engine_answers_without_loading_what_it_does_not_need(self):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", SIMULATED], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        ("broken", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 1)], ids=["interrupted", "pipe"]
    )
    def test_an_end_from_outside_is_no_traceback(self, handled, monkeypatch, broken, code):
        def stopped(_: Namespace) -> int:
            raise broken

        monkeypatch.setattr(
            cli,
            "import_module",
            lambda _: Namespace(setup=lambda: None, verify_chains=stopped, DatabaseError=OSError),
        )
        assert main(["verify"]) == code

    def test_every_role_of_staff_can_be_given_an_account(self, handled):
        for role in STAFF:
            main(["account", "--email", "a@clinic.example", "--name", "Ana Test", "--role", role])
        assert {arguments.role for called, arguments in handled if arguments} == set(STAFF)


class TestTheSyntheticClinic:
    def test_it_lives_in_a_folder_of_its_own(self, handled):
        main(["demo"])
        assert (cli.os.environ["AJAR_DEMO"], cli.os.environ["AJAR_DATA_DIR"]) == ("on", "var/demo")

    def test_another_folder_may_be_named(self, handled):
        cli.os.environ["AJAR_DATA_DIR"] = "elsewhere"
        main(["demo"])
        assert cli.os.environ["AJAR_DATA_DIR"] == "elsewhere"

    def test_no_other_command_turns_it_on(self, handled):
        for name in COMMANDS.keys() - {"demo"}:
            main([name, *REQUIRED.get(name, [])])
        assert "AJAR_DEMO" not in cli.os.environ


class TestServing:
    @pytest.fixture
    def served(self, monkeypatch):
        """What the server would have been started with."""
        calls = []
        monkeypatch.setattr(serving.uvicorn, "run", lambda app, **options: calls.append((app, options)))
        for name in ("AJAR_MLLP_HOST", "AJAR_MLLP_PORT"):
            monkeypatch.setenv(name, "before")
        return calls

    def test_the_database_is_brought_up_to_date_first(self, db, capsys, served):
        assert serving.migrate(Namespace()) == 0
        assert capsys.readouterr().out == "The database is up to date.\n"
        assert not served

    def test_pages_and_listener_are_where_they_were_asked_for(self, db, capsys, served):
        assert serving.serve(parser().parse_args(["serve", "--host", "0.0.0.0", "--port", "9000"])) == 0  # noqa: S104
        [(application, options)] = served
        assert application == "ajar.clinic.gateway.asgi:application"
        assert (options["host"], options["port"]) == ("0.0.0.0", 9000)  # noqa: S104
        heard_at = (os.environ["AJAR_MLLP_HOST"], os.environ["AJAR_MLLP_PORT"])
        assert heard_at == ("127.0.0.1", "2575")
        assert "HL7 v2 (MLLP) is heard on port 2575." in capsys.readouterr().out

    def test_port_0_is_no_listener(self, db, capsys, served):
        serving.run_server(parser().parse_args(["demo", "--mllp-port", "0"]))
        assert "HL7" not in capsys.readouterr().out
        assert os.environ["AJAR_MLLP_PORT"] == "0"


class TestTheTerminal:
    def test_what_goes_wrong_is_said_on_standard_error(self, capsys):
        say("fine")
        complain("not fine")
        assert capsys.readouterr() == ("fine\n", "not fine\n")

    @pytest.mark.parametrize(("total", "lines"), [(1, 1), (7, 7), (10, 10), (40, 10), (1000, 10)])
    def test_progress_is_about_ten_lines_where_nobody_watches(self, capsys, total, lines):
        progress = Progress("charts", total)
        for _ in range(total):
            progress.step()
        said = capsys.readouterr().out.splitlines()
        assert len(said) == lines
        assert said[-1] == f"  charts: {total}/{total}"

    def test_progress_redraws_one_line_on_a_terminal(self, capsys, monkeypatch):
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        progress = Progress("patients", 2)
        progress.step("in course")
        progress.step("done")
        said = capsys.readouterr().out
        assert said.count("\r") == 2
        assert said.count("\n") == 1
        assert "patients: 1/2 in course" in said


def test_what_is_not_said_has_a_default():
    known = parser().parse_args(["serve"])
    assert (known.host, known.port, known.mllp_host, known.mllp_port) == (
        "127.0.0.1",
        8000,
        "127.0.0.1",
        2575,
    )
    known = parser().parse_args(["demo"])
    assert (known.reset, known.no_serve) == (False, False)


def test_a_database_that_was_never_made_is_said_in_words(tmp_path):
    environment = {
        **os.environ,
        "AJAR_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "ajar.clinic.settings",
    }
    environment.pop("AJAR_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "ajar", "verify"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Expected a database that `ajar migrate` made" in done.stderr
    assert "Traceback" not in done.stderr
