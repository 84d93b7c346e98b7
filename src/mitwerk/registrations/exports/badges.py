"""Badges and name labels on sheets (PDF/UA-1). All words go into the template as data; nothing is fetched."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.algorithms.colour import ink_on
from mitwerk.algorithms.qr import svg
from mitwerk.registrations.models import Admission, Registration
from mitwerk.registrations.queries.day import accents_of
from mitwerk.ui.typeset import readable_pdf

FOLDER = Path(__file__).parent.parent / "typst"
PLAIN = "#1d4e9e"
"""Where a congress is the region's, and a guest's organisation in none of its clusters."""


def sheet_pdf(admission: Admission, holders: Sequence[Registration], paper: str, language: str) -> bytes:
    """`paper` is "badges" or "labels"; `language` that of the words the house adds."""
    with override(language):
        told = _told(admission, holders, language, has_codes=paper == "badges")
    return readable_pdf(FOLDER / f"{paper}.typ", {"data": json.dumps(told, ensure_ascii=False)})


def _told(admission: Admission, holders: Sequence[Registration], language: str, *, has_codes: bool) -> dict[str, Any]:
    congress = admission.congress
    accents = accents_of(admission, holders)
    usual = congress.cluster.accent if congress.cluster else PLAIN
    return {
        "title": str(congress.event), "period": str(congress.event.period), "language": language,
        "home": str(congress.cluster) if congress.cluster else "", "heading": _("Badges"),
        "guests": [
            {
                "name": one.name, "organisation": one.organisation_label, "kind": str(one.kind),
                **_colours(accents.get(one.booking.organisation_id or 0, usual)),
                "code": svg(one.public_id, "") if has_codes else "",
                "code_says": _("Code of the ticket of %(name)s") % {"name": one.name},
            }
            for one in holders
        ],
    }  # fmt: skip


def _colours(accent: str) -> dict[str, str]:
    return {"colour": accent, "on_colour": ink_on(accent)}
