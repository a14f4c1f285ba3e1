"""Who the synthetic clinic is: invented sites, staff and patients. Nobody here is real."""

from dataclasses import dataclass
from typing import Final

from ajar.pathway.staff.roles import Role

PASSWORD: Final = "ajar-demo-door-ajar"  # noqa: S105 - of a clinic that holds nobody's data
PIN: Final = "2468"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticSite:
    """One place of the synthetic clinic."""

    slug: str
    name: str
    time_zone: str
    address: str
    city: str
    state: str
    postcode: str
    phone: str
    rems_site_id: str
    telehealth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticStaff:
    """One member of its staff."""

    name: str
    credentials: str
    role: Role
    sites: tuple[str, ...]

    @property
    def email(self) -> str:
        """A reserved address that reaches nobody (RFC 2606)."""
        return f"{self.name.split()[0].lower()}.{self.name.split()[-1].lower()}@clinic.example"


SITES: Final = (
    SyntheticSite(
        slug="new-york",
        name="New York",
        time_zone="America/New_York",
        address="200 Example Street",
        city="New York",
        state="NY",
        postcode="10011",
        phone="+1 212 555 0100",
        rems_site_id="SYN-NY-01",
    ),
    SyntheticSite(
        slug="miami",
        name="Miami",
        time_zone="America/New_York",
        address="40 Example Avenue",
        city="Miami",
        state="FL",
        postcode="33130",
        phone="+1 305 555 0100",
        rems_site_id="SYN-MI-01",
    ),
    SyntheticSite(
        slug="telehealth",
        name="Telehealth",
        time_zone="America/New_York",
        address="",
        city="",
        state="",
        postcode="",
        phone="+1 212 555 0101",
        rems_site_id="",
        telehealth=True,
    ),
)

NEW_YORK: Final = ("new-york", "telehealth")
MIAMI: Final = ("miami", "telehealth")
EVERYWHERE: Final = ("new-york", "miami", "telehealth")

STAFF: Final = (
    SyntheticStaff(name="Nora Quill", credentials="", role=Role.FRONT_DESK, sites=NEW_YORK),
    SyntheticStaff(name="Dana Rowe", credentials="RN", role=Role.NURSE, sites=NEW_YORK),
    SyntheticStaff(name="Ines Calder", credentials="RN", role=Role.NURSE, sites=NEW_YORK),
    SyntheticStaff(name="Imran Vale", credentials="MD", role=Role.PRESCRIBER, sites=NEW_YORK),
    SyntheticStaff(name="Jo Larkin", credentials="LMFT", role=Role.THERAPIST, sites=NEW_YORK),
    SyntheticStaff(name="Helen Abara", credentials="MD", role=Role.MEDICAL_DIRECTOR, sites=EVERYWHERE),
    SyntheticStaff(name="Sam Otter", credentials="", role=Role.ADMINISTRATOR, sites=EVERYWHERE),
    SyntheticStaff(name="Teo Marsh", credentials="", role=Role.FRONT_DESK, sites=MIAMI),
    SyntheticStaff(name="Luz Ferro", credentials="RN", role=Role.NURSE, sites=MIAMI),
    SyntheticStaff(name="Ada Brandt", credentials="RN", role=Role.NURSE, sites=MIAMI),
    SyntheticStaff(name="Carla Windt", credentials="MD", role=Role.PRESCRIBER, sites=MIAMI),
    SyntheticStaff(name="Pilar Stone", credentials="PhD", role=Role.THERAPIST, sites=MIAMI),
)

GIVEN_NAMES: Final = (
    ("Maria", "female"), ("Tomas", "male"), ("Alma", "female"), ("Jonas", "male"), ("Rosa", "female"),
    ("Felix", "male"), ("Greta", "female"), ("Omar", "male"), ("Lena", "female"), ("Hugo", "male"),
    ("Nadia", "female"), ("Ivan", "male"), ("Clara", "female"), ("Ruben", "male"), ("Edith", "female"),
    ("Pablo", "male"), ("Yara", "female"), ("Milo", "male"), ("Sofía", "female"), ("Arne", "male"),
)  # fmt: skip
FAMILY_NAMES: Final = (
    "Garland", "Beck", "Ortiz", "Lind", "Marlow", "Quist", "Ferreira", "Haddad", "Novak", "Sorel",
    "Tamm", "Ueda", "Vance", "Wirth", "Yilmaz", "Zeller", "Amsel", "Birch", "Corde", "Dahl",
    "Núñez", "Eckhart", "Fane", "Gilles", "Holm", "Idris", "Jansen", "Kestrel", "Lowe", "Moss",
    "Nash", "Oakes", "Petrov", "Rasmus", "Stroud", "Thorne", "Ulrich", "Varga", "Wren", "Abel",
    "Quade", "Tilden",
)  # fmt: skip


def person_number(index: int) -> tuple[str, str, str]:
    """Given name, family name and sex of synthetic patient `index` (from 0)."""
    given, sex = GIVEN_NAMES[index % len(GIVEN_NAMES)]
    return given, FAMILY_NAMES[index % len(FAMILY_NAMES)], sex
