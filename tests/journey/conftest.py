"""The journey's clinic: a fresh one for each telling, on a server of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.journey.clinic import Clinic
from tests.journey.telling import INFUSION, SPRAY, Journey
from tests.support.browser import CheckPage

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
TELLINGS = {
    "the spray, on phones": (SPRAY, PHONE),
    "the infusion, on desktops": (INFUSION, DESKTOP),
}


@pytest.fixture(params=TELLINGS)
def journey(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser, axe: CheckPage
) -> Iterator[Journey]:
    """A clinic that opens on a Monday morning without a patient, and the people's browsers."""
    treatment, size = TELLINGS[request.param]
    clinic = Clinic(data_dir=tmp_path)
    clinic.open()
    told = Journey(clinic=clinic, browser=browser, size=size, treatment=treatment, axe=axe)
    yield told
    told.leave()
    clinic.stop()
