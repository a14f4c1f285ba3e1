"""Ketamine into a vein: inductions twice and thrice weekly, then weekly (IV-01, IV-12 to IV-15)."""

from typing import Final

from ajar.pathway.careplan.regimen import A_WEEK, GAP_SOURCE, TWO_DAYS, Phase, Regimen, Remark, SessionLength
from ajar.pathway.evaluation.products import Product

INFUSION_LENGTH: Final = SessionLength(
    prepare_min=20,
    dosing_min=40,
    observe_min=60,
    leave_min=15,
    source="infusion 40 min IV-01; infusion +60 min MON-3 (design default); the rest design default",
)
STANDARD: Final = "clinical.md IV-01 [AND-4]; [CANMAT21]"
IV_REMARKS: Final = (
    Remark(
        rule_id="IV-02",
        words="0.1 to 0.75 mg/kg is reported effective; a trial of four arms tested 0.1, 0.2, 0.5 and 1.0 "
        "mg/kg.",
        source="clinical.md IV-02 [AND-4]; IV-03 [FAVA20]",
    ),
    Remark(
        rule_id="IV-04",
        words="Infusions of 2 to 100 min are reported; slow ones worked alike and were well tolerated.",
        source="clinical.md IV-04 [AND-4]; [RASM13]",
    ),
    Remark(
        rule_id="IV-18",
        words="Without a response, or a partial one, after the planned series: no going on by default.",
        source="clinical.md IV-18, design default; analogue of SPR-T3",
        verified=False,
    ),
    Remark(
        rule_id="IV-17",
        words="Still more than twice a week after two months: the advice is to stop.",
        source="clinical.md IV-17 [LOPEZ] (secondary)",
        verified=False,
    ),
)


def _induction(id_: str, label: str, rhythm: str, sessions: int, per_week: int, source: str) -> Regimen:
    phase = Phase(
        id="induction",
        label="Induction",
        rhythm=rhythm,
        sessions=sessions,
        per_week=per_week,
        every_weeks=1,
        least_gap=TWO_DAYS,
        source=f"{source}; spacing as {GAP_SOURCE}",
        gap_verified=False,
    )
    return Regimen(
        id=id_,
        label=label,
        product=Product.KETAMINE_IV,
        phases=(phase,),
        default_sessions=sessions,
        review_after=sessions,  # IV-18
        length=INFUSION_LENGTH,
        infusion_min=40,
        default_dose_mg_per_kg=0.5,
        fixed_doses_mg=(),
        first_dose_mg=None,
        source=f"{STANDARD}; {source.removeprefix('clinical.md ')}",
        remarks=IV_REMARKS,
    )


KETAMINE_IV_INDUCTION: Final = _induction(
    "KETAMINE_IV_INDUCTION",
    "Ketamine IV, 6 infusions over 3 weeks",
    "twice a week for 3 weeks",
    6,
    2,
    "clinical.md IV-13 [ELEKTD]; [WILK21]",
)
KETAMINE_IV_EIGHT: Final = _induction(
    "KETAMINE_IV_EIGHT",
    "Ketamine IV, 8 infusions over 4 weeks",
    "twice a week for 4 weeks",
    8,
    2,
    "clinical.md IV-13 [ABD22]",
)
KETAMINE_IV_FOUR: Final = _induction(
    "KETAMINE_IV_FOUR",
    "Ketamine IV, 4 infusions over 2 weeks",
    "twice a week for 2 weeks",
    4,
    2,
    "clinical.md IV-13 [MCBMI]",
)
KETAMINE_IV_THRICE: Final = _induction(
    "KETAMINE_IV_THRICE",
    "Ketamine IV, 6 infusions over 2 weeks",
    "three times a week for 2 weeks",
    6,
    3,
    "clinical.md IV-12 [PHIL19]; [FEDER21]",
)
KETAMINE_IV_CONSOLIDATION: Final = Regimen(
    id="KETAMINE_IV_CONSOLIDATION",
    label="Ketamine IV, weekly consolidation after response",
    product=Product.KETAMINE_IV,
    phases=(
        Phase(
            id="consolidation",
            label="Consolidation",
            rhythm="once a week for 4 weeks, after a response",
            sessions=4,
            per_week=1,
            every_weeks=1,
            least_gap=A_WEEK,
            source="clinical.md IV-15 [PHIL19]; a whole week apart is a design default",
            gap_verified=False,
        ),
    ),
    default_sessions=4,
    review_after=4,
    length=INFUSION_LENGTH,
    infusion_min=40,
    default_dose_mg_per_kg=0.5,
    fixed_doses_mg=(),
    first_dose_mg=None,
    source=f"{STANDARD}; IV-15 [PHIL19]: kept the gains of those who responded",
    follows_a_response=True,
    remarks=IV_REMARKS,
)
