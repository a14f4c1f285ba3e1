"""`ajar demo`: make or continue the synthetic clinic, then serve it."""

from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from ajar.clinic import clock
from ajar.clinic.demo.monitors import place_monitors, start_monitors
from ajar.clinic.demo.office import open_office, refresh_slots
from ajar.clinic.demo.people import STAFF
from ajar.clinic.demo.plots import PLOTS
from ajar.clinic.demo.selectors import sign_ins
from ajar.clinic.demo.story import is_told, tell
from ajar.clinic.gateway.serving import run_server
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.selectors import staff_accounts
from ajar.clinic.terminal import Progress, complain, say


def demo(arguments: Namespace) -> int:
    """Build what is missing of the synthetic clinic, and serve it."""
    if is_someone_elses():
        complain("This database holds another clinic; the synthetic one is made in a database of its own.")
        complain("Unset AJAR_DATA_DIR and AJAR_DATABASE_URL, or let them name an empty place.")
        return 1
    if arguments.reset and not start_over():
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    build()
    if arguments.no_serve:
        return 0
    say("")
    say("Sign in with one click as:")
    for role, accounts in sign_ins():
        say(f"  {role:<17} {', '.join(account.titled_name for account in accounts)}")
    say(f"at  http://127.0.0.1:{arguments.port}/demo/   (as a visitor: http://127.0.0.1:{arguments.port}/)")
    say("")
    if arguments.mllp_port:
        start_monitors(arguments.mllp_port)
    run_server(arguments)
    return 0


def is_someone_elses() -> bool:
    """Is a clinic in this database, and nobody synthetic in it? One-click sign-ins must never open it."""
    if Account._meta.db_table not in connection.introspection.table_names():
        return False
    staff = staff_accounts()
    synthetic = staff.filter(email__in=[person.email for person in STAFF]).exists()
    return not synthetic and (staff.exists() or Site.objects.exists())


def start_over() -> bool:
    """Remove the embedded database; a database elsewhere is not ours to drop."""
    if connection.vendor != "sqlite":
        complain("RESET works on the embedded database alone; drop and create the other one yourself.")
        return False
    connection.close()
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    for path in (name, name.with_name(f"{name.name}-wal"), name.with_name(f"{name.name}-shm")):
        path.unlink(missing_ok=True)
    return True


def build() -> None:
    """The office, then every patient who is not there yet."""
    now = clock.now()
    say("The synthetic clinic (nobody in it is real):")
    open_office(now=now)
    refresh_slots(now=now)
    place_monitors(now=now)
    waiting = [(index, plot) for index, plot in enumerate(PLOTS) if not is_told(index)]
    if not waiting:
        say(f"  {len(PLOTS)} patients are there already; it continues where it stopped.")
        return
    progress = Progress("patients", len(waiting))
    for index, plot in waiting:
        tell(index, plot, now=now)
        progress.step(str(plot.chapter))
