"""`ajar serve` and `ajar migrate`."""

import os
from argparse import Namespace

import uvicorn
from django.core.management import call_command

from ajar.clinic.terminal import say


def migrate(_: Namespace) -> int:
    """Bring the database up to date."""
    call_command("migrate", interactive=False, verbosity=0)
    say("The database is up to date.")
    return 0


def serve(arguments: Namespace) -> int:
    """Bring the database up to date, then serve until stopped."""
    call_command("migrate", interactive=False, verbosity=0)
    run_server(arguments)
    return 0


def run_server(arguments: Namespace) -> None:
    """Pages, live stream and HL7 listener in one process."""
    os.environ["AJAR_MLLP_HOST"] = getattr(arguments, "mllp_host", "127.0.0.1")
    os.environ["AJAR_MLLP_PORT"] = str(arguments.mllp_port)
    host = getattr(arguments, "host", "127.0.0.1")
    say(f"Ajar answers at http://{host}:{arguments.port}/  (Ctrl+C stops it)")
    if arguments.mllp_port:
        say(f"HL7 v2 (MLLP) is heard on port {arguments.mllp_port}.")
    uvicorn.run(
        "ajar.clinic.gateway.asgi:application",
        host=host,
        port=arguments.port,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
