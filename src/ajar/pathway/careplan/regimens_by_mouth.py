"""Ketamine by mouth: lozenges at the clinic and at home, and swallowed (SL-01 to SL-09)."""

from typing import Final

from ajar.pathway.careplan.regimen import A_WEEK, Phase, Regimen, Remark, SessionLength
from ajar.pathway.evaluation.products import Product

CLINIC_LENGTH: Final = SessionLength(
    prepare_min=20,
    dosing_min=15,
    observe_min=120,
    leave_min=15,
    source="2 h after the dose MON-7 [KETNZ], design default; the rest design default",
)
HOME_LENGTH: Final = SessionLength(
    prepare_min=15,
    dosing_min=15,
    observe_min=180,
    leave_min=0,
    source="3 to 4 h with the chaperone MON-8, design default; video check-in before it SL-07",
)
HARM: Final = Remark(
    rule_id="SL-09",
    words="The FDA tells of slowed breathing, and of about twice the usual anaesthetic blood level, after "
    "compounded "
    "ketamine by mouth at home.",
    source="clinical.md SL-09 [FDA23-HD]",
)
UPTAKE: Final = Remark(
    rule_id="SL-01",
    words="Of a lozenge 25 to 40 % reaches the blood (19 to 50 % in other copies), of a swallowed dose 15 "
    "to 27 %.",
    source="clinical.md SL-01 [NUMINUS]; [KTCP]; [AND-ORAL]",
)
TIMES: Final = Remark(
    rule_id="SL-02",
    words="Felt from 15 to 20 min, strongest for about 40 min, fading over 1 to 2 h.",
    source="clinical.md SL-02 [SAGE]",
)


def _weekly(sessions: int, source: str) -> Phase:
    return Phase(
        id="series",
        label="Series",
        rhythm=f"once a week for {sessions} weeks",
        sessions=sessions,
        per_week=1,
        every_weeks=1,
        least_gap=A_WEEK,
        source=f"{source}; a whole week apart is a design default",
        gap_verified=False,
    )


KETAMINE_SL_CLINIC: Final = Regimen(
    id="KETAMINE_SL_CLINIC",
    label="Ketamine lozenge at the clinic, weekly",
    product=Product.KETAMINE_SL_CLINIC,
    phases=(_weekly(6, "clinical.md SL-04 [AYCART] about weekly; [HASSAN22] 3 or 6 doses"),),
    default_sessions=6,
    review_after=6,
    length=CLINIC_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(50, 100, 150, 200, 250, 300, 350, 400),
    first_dose_mg=100,
    source="clinical.md SL-03 [KTC-HOME]; SL-04 [AYCART]; [HASSAN22]; SL-06 [KETNZ]",
    remarks=(
        UPTAKE,
        TIMES,
        Remark(
            rule_id="SL-06",
            words="Pressure, pulse and oxygen are measured before the dose and about 30 min after it.",
            source="clinical.md SL-06 [KETNZ]",
        ),
        Remark(
            rule_id="SL-03",
            words="The least first dose in practice, 100 mg, is taken as the most for a first session.",
            source="clinical.md SL-03 [KTC-HOME]; as a first dose a design default",
            verified=False,
        ),
    ),
)
KETAMINE_SL_HOME: Final = Regimen(
    id="KETAMINE_SL_HOME",
    label="Ketamine lozenge at home, weekly",
    product=Product.KETAMINE_SL_HOME,
    phases=(_weekly(4, "clinical.md SL-04 [HULL22], a programme of 4 weeks"),),
    default_sessions=4,
    review_after=4,
    length=HOME_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(50, 100, 150, 200, 250, 300, 350, 400),
    first_dose_mg=100,
    source="clinical.md SL-07, design default ([HULL22]; [FDA23-A]); SL-08 [HULL-PA]",
    remarks=(
        HARM,
        UPTAKE,
        Remark(
            rule_id="SL-08",
            words="The peer monitor is there before the dose; a clinician is in touch 1 to 2 days after "
            "the first one.",
            source="clinical.md SL-08 [HULL-PA]",
        ),
    ),
)
KETAMINE_PO_WEEKLY: Final = Regimen(
    id="KETAMINE_PO_WEEKLY",
    label="Ketamine swallowed at the clinic, weekly",
    product=Product.KETAMINE_PO,
    phases=(_weekly(6, "no schedule in the sources; as the lozenge (SL-04), a design default"),),
    default_sessions=6,
    review_after=6,
    length=CLINIC_LENGTH,
    infusion_min=None,
    default_dose_mg_per_kg=None,
    fixed_doses_mg=(25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300),
    first_dose_mg=50,
    source="clinical.md SL-05 [AND-ORAL]; the first dose of 50 mg is a design default",
    remarks=(
        UPTAKE,
        Remark(
            rule_id="SL-05",
            words="0.25 to 7 mg/kg or 25 to 300 mg are in print; 2 to 2.5 mg/kg swallowed matches 0.5 "
            "mg/kg by vein.",
            source="clinical.md SL-05 [AND-ORAL]",
        ),
        HARM,
    ),
)
