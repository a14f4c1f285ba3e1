"""Event tables as tests write them."""

HEADING = (
    "ID,TIME,EVID,AMT,RATE,DUR,CMT,II,ADDL,SS,DV,MDV,DVID,CENS,LIMIT,OCC,DRUG,SPAT,"
    "WT,AGE,SEX,RACE,HTN,CYP2B6,CHILDPUGH,MEDS"
)
COLUMNS = HEADING.split(",")
TOP = (
    "# units: TIME=h, AMT=mg base\n",
    "# drug: racemic ketamine\n",
    "# made by hand\n",
    "# DV 1: ketamine_venous_ng_ml\n",
    "# DV 2: madrs\n",
    "# codes SEX: 0=FEMALE, 1=MALE\n",
)
FIRST_ROW = len(TOP) + 2
"""Where the first row under the heading stands in the file."""

IV = {"EVID": "1", "AMT": "35", "DUR": "0.5", "CMT": "IV"}
SL = {"EVID": "1", "AMT": "100", "DUR": "0.2", "CMT": "SL", "SPAT": "0"}
ORAL = {"EVID": "1", "AMT": "50", "CMT": "ORAL"}
SEEN = {"EVID": "0", "DV": "12.5", "DVID": "1"}


def row(cells=None, /, **more):
    """One row; what is not said is ID 1, time 0, 70 kg, and nothing."""
    said = {"ID": "1", "TIME": "0", "WT": "70", **(cells or {}), **more}
    assert set(said) <= set(COLUMNS)
    return ",".join(said.get(column, ".") for column in COLUMNS) + "\n"


def table(*rows, top=TOP):
    """The lines of a file."""
    return [*top, HEADING + "\n", *rows]
