"""Ketamine into a muscle and under the skin (IM-01 to IM-05, SC-01, SC-02)."""

from typing import Final

from ajar.pathway.careplan.regimen import A_WEEK, GAP_SOURCE, TWO_DAYS, Phase, Regimen, Remark, SessionLength
from ajar.pathway.evaluation.products import Product

INJECTION_LENGTH: Final = SessionLength(
    prepare_min=20,
    dosing_min=5,
    observe_min=90,
    leave_min=15,
    source="90 min after the injection MON-5, MON-6, SC-02 [DELSANT20]; the rest design default",
)

KETAMINE_IM_SERIES: Final = Regimen(
    id="KETAMINE_IM_SERIES",
    label="Ketamine into a muscle, 6 sessions over 3 weeks",
    product=Product.KETAMINE_IM,
    phases=(
        Phase(
            id="series",
            label="Series",
            rhythm="twice a week for 3 weeks",
            sessions=6,
            per_week=2,
            every_weeks=1,
            least_gap=TWO_DAYS,
            source="clinical.md INT-2 [HANYA] (often 6 in 3 weeks), for the muscle a design default; "
            f"{GAP_SOURCE}",
            gap_verified=False,
        ),
    ),
    default_sessions=6,
    review_after=6,  # as IV-18
    length=INJECTION_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=0.5,
    fixed_doses_mg=(),
    first_dose_mg=None,
    source="clinical.md IM-04 (from general knowledge, verify); IM-05, design default",
    remarks=(
        Remark(
            rule_id="IM-01",
            words="About 93 % reaches the blood; felt within 5 min, for about an hour.",
            source="clinical.md IM-01 [NUMINUS]; [KTCP]; [SAGE]",
        ),
        Remark(
            rule_id="IM-04",
            words="0.25 to 1.0 mg/kg is usual, up to 1.5 mg/kg where psychotherapy leads; analgesia uses "
            "0.5 to 1.",
            source="clinical.md IM-04, from general knowledge, verify; IM-03 [ZANOS18 T1]",
            verified=False,
        ),
        Remark(
            rule_id="IM-05",
            words="What is injected can be neither stopped nor taken back: the gate before the dose is "
            "stricter.",
            source="clinical.md IM-05, design default",
            verified=False,
        ),
        Remark(
            rule_id="IM-02",
            words="Anaesthesia begins at 6.5 mg/kg.",
            source="clinical.md IM-02 [KETALAR-INP]",
        ),
    ),
)


ASCENT: Final = Phase(
    id="ascent",
    label="Ascent",
    rhythm="0.25, 0.5, then 1.0 mg/kg, a week apart",
    sessions=3,
    per_week=1,
    every_weeks=1,
    least_gap=A_WEEK,
    source="clinical.md SC-01 [GLUE17]; [GLUE18]: steps of a week and more",
    gap_verified=True,
)


def _ladder(id_: str, label: str, rhythm: str, sessions: int, per_week: int) -> Regimen:
    after = Phase(
        id="three-months",
        label="Three months",
        rhythm=rhythm,
        sessions=sessions,
        per_week=per_week,
        every_weeks=1,
        least_gap=TWO_DAYS,
        source=f"clinical.md SC-01 [GLUE17]; [GLUE18]; spacing as {GAP_SOURCE}",
        gap_verified=False,
    )
    return Regimen(
        id=id_,
        label=label,
        product=Product.KETAMINE_SC,
        phases=(ASCENT, after),
        default_sessions=3,
        review_after=3,
        length=INJECTION_LENGTH,
        infusion_min=None,
        default_dose_mg_per_kg=1.0,
        fixed_doses_mg=(),
        first_dose_mg=None,
        opening_mg_per_kg=(0.25, 0.5),
        source="clinical.md SC-01 [GLUE17]; [GLUE18], studies of anxiety",
        remarks=SC_REMARKS,
    )


SC_REMARKS: Final = (
    Remark(
        rule_id="SC-02",
        words="Of 70 people given esketamine under the skin 14 passed 180/110 mmHg: watch the pressure "
        "for 90 min.",
        source="clinical.md SC-02 [DELSANT20]",
    ),
    Remark(
        rule_id="SC-01",
        words="The review after the ascent, before three months begin, is a design default.",
        source="design default, analogue of IV-18",
        verified=False,
    ),
)
KETAMINE_SC_WEEKLY: Final = _ladder(
    "KETAMINE_SC_WEEKLY", "Ketamine under the skin, ascending, then weekly", "once a week for 12 weeks", 12, 1
)
KETAMINE_SC_TWICE: Final = _ladder(
    "KETAMINE_SC_TWICE",
    "Ketamine under the skin, ascending, then twice weekly",
    "twice a week for 12 weeks",
    24,
    2,
)
