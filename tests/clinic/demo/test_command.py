"""`ajar demo`: what it makes, what it serves, and the databases that it leaves alone."""

from argparse import Namespace
from types import SimpleNamespace

import pytest

from ajar.clinic.demo import commands
from ajar.clinic.demo.commands import demo, start_over
from ajar.clinic.demo.people import STAFF
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account, Site


def asked(*, reset=False, no_serve=True, mllp_port=0):
    return Namespace(reset=reset, no_serve=no_serve, port=8000, mllp_port=mllp_port)


@pytest.fixture
def nobody(monkeypatch):
    """The office alone: no story is told."""
    monkeypatch.setattr(commands, "PLOTS", ())


@pytest.fixture
def started(monkeypatch):
    """What would have been started."""
    calls = []
    monkeypatch.setattr(commands, "run_server", lambda arguments: calls.append("server"))
    monkeypatch.setattr(commands, "start_monitors", calls.append)
    return calls


@pytest.fixture
def files(monkeypatch, tmp_path):
    """A data directory with an embedded database, instead of the one the tests use."""
    names = ["ajar.sqlite3", "ajar.sqlite3-wal", "secret-key"]
    for name in names:
        (tmp_path / name).touch()
    databases = {"default": {"NAME": str(tmp_path / names[0])}}
    monkeypatch.setattr(commands, "settings", SimpleNamespace(DATABASES=databases))
    monkeypatch.setattr(commands, "connection", SimpleNamespace(vendor="sqlite", close=lambda: None))
    return lambda: sorted(path.name for path in tmp_path.iterdir())


class TestBuildingAndServing:
    def test_it_may_build_and_stop(self, nobody, started, capsys):
        assert demo(asked()) == 0
        assert Account.objects.count() == len(STAFF)
        assert not started
        assert "nobody in it is real" in capsys.readouterr().out

    def test_it_names_who_can_be_signed_in_as_and_where(self, nobody, started, capsys):
        assert demo(asked(no_serve=False, mllp_port=2575)) == 0
        said = capsys.readouterr().out
        assert "Dana Rowe, RN" in said
        assert "at  http://127.0.0.1:8000/demo/" in said
        assert started == [2575, "server"]

    def test_without_a_listener_no_monitor_sends(self, nobody, started):
        demo(asked(no_serve=False))
        assert started == ["server"]

    def test_again_it_continues(self, nobody, capsys):
        assert demo(asked()) == demo(asked()) == 0
        assert Account.objects.count() == len(STAFF)


@pytest.mark.hazard("HAZ-15")
class TestAnotherClinicsDatabase:
    """One-click sign-ins over a real clinic's charts would show them to anyone who finds the page."""

    @pytest.mark.parametrize("reset", [False, True])
    def test_it_is_neither_opened_nor_removed(self, staff, files, monkeypatch, started, capsys, reset):
        tables = SimpleNamespace(table_names=lambda: ["staff_account"])
        monkeypatch.setattr(commands.connection, "introspection", tables, raising=False)
        assert demo(asked(reset=reset, no_serve=False)) == 1
        assert "This database holds another clinic" in capsys.readouterr().err
        assert Account.objects.count() == len(staff)
        assert "ajar.sqlite3" in files()
        assert not started

    def test_a_clinic_that_has_only_a_site_yet_is_another_clinic_too(self, new_york, started):
        assert demo(asked()) == 1
        assert list(Site.objects.all()) == [new_york]
        assert not Patient.objects.exists()


class TestStartingOver:
    def test_the_embedded_database_is_removed_and_the_key_stays(self, files):
        assert start_over()
        assert files() == ["secret-key"]

    def test_a_database_elsewhere_is_not_ours_to_drop(self, nobody, monkeypatch, files, capsys):
        tables = SimpleNamespace(table_names=list)
        elsewhere = SimpleNamespace(vendor="postgresql", introspection=tables)
        monkeypatch.setattr(commands, "connection", elsewhere)
        assert demo(asked(reset=True)) == 1
        assert "RESET works on the embedded database alone" in capsys.readouterr().err
        assert "ajar.sqlite3" in files()


def test_outside_the_synthetic_clinic_its_pages_do_not_exist(client):
    assert client.get("/demo/").status_code == 404
