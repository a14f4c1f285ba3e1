"""`ajar simulate --compare`: the first session by every model that may answer, and how far they lie apart."""

from collections.abc import Iterator
from typing import Any

from ajar.pharmacology.ensemble import Ensemble, Group, ensemble
from ajar.pharmacology.regimen import Regimen
from ajar.workbench.question import Question


def compared(question: Question) -> Ensemble:
    """The first session of this question by every model, over 24 h."""
    return ensemble(
        Regimen(sessions=question.regimen.sessions[:1]),
        question.person,
        product=question.offered.product,
        times_h=question.session_h,
    )


def compare_json(seen: Ensemble) -> dict[str, Any]:
    """Groups that may be compared, who declined, and what to know of each model."""
    return {
        "groups": [_group_json(seen, group) for group in seen.groups],
        "models": [
            {
                "model": member.model,
                "source": member.source,
                "cautions": list(member.cautions),
                "known_problems": list(member.known_problems),
            }
            for member in seen.members
        ],
        "declined": [{"model": each.model, "because": list(each.because)} for each in seen.declined],
    }


def _group_json(seen: Ensemble, group: Group) -> dict[str, Any]:
    spread = group.spread
    return {
        "analyte": group.analyte.value,
        "site": group.site.value,
        "unit": "ng/mL",
        "levels": [
            {
                "model": row.model,
                "cmax": row.cmax_ng_ml,
                "tmax_h": row.tmax_h,
                "auc_0_24": row.auc_ng_h_ml,
                "counted": row.counted,
                "note": row.note,
            }
            for row in seen.summary()
            if (row.analyte, row.site) == (group.analyte, group.site)
        ],
        "lowest_cmax": spread.lowest_peak_ng_ml if spread else None,
        "highest_cmax": spread.highest_peak_ng_ml if spread else None,
        "geometric_sd_of_cmax": spread.geometric_sd_of_peaks if spread else None,
    }


def compare_lines(seen: Ensemble) -> Iterator[str]:
    """The same to read."""
    rows = seen.summary()
    for group in seen.groups:
        yield f"{group.analyte.capitalize()}, {group.site}"
        for row in rows:
            if (row.analyte, row.site) == (group.analyte, group.site):
                said = f"  {row.note}" if row.note else ""
                yield (
                    f"  {row.model:18} Cmax {row.cmax_ng_ml:8.1f} ng/mL at {row.tmax_h * 60:4.0f} min   "
                    f"AUC0-24 {row.auc_ng_h_ml:8.0f} ng.h/mL{said}"
                )
        if group.spread:
            yield (
                f"  {len(group.spread.models)} models: Cmax {group.spread.lowest_peak_ng_ml:.1f} to "
                f"{group.spread.highest_peak_ng_ml:.1f} ng/mL (geometric SD "
                f"x{group.spread.geometric_sd_of_peaks:.2f})"
            )
        yield ""
    for each in seen.declined:
        yield f"Not asked: {each.model}: {'; '.join(each.because)}."
