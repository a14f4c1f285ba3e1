"""What a laboratory measured, and in blood from where."""

from enum import StrEnum


class Site(StrEnum):
    """Where the blood was drawn. At the end of an infusion they differ by a third (pharmacology.md 7.1)."""

    ARTERIAL = "arterial plasma"
    VENOUS = "venous plasma"
    PLASMA = "plasma, the source at hand does not say arterial or venous"


class Analyte(StrEnum):
    """What was measured. Norketamine is never part of a ketamine level (pharmacology.md 7.6)."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"
    ARKETAMINE = "arketamine"
    NORKETAMINE = "norketamine"
    HYDROXYNORKETAMINE = "hydroxynorketamine"
    DEHYDRONORKETAMINE = "dehydronorketamine"
