"""What a network and a cluster can agree on: each part with a name and the sentence that stands in the agreement.

Form, agreement, guard and tests go by these two lists; a part that is not in them cannot be agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """One thing that is agreed or not."""

    key: str
    label: Any
    sentence: Any


COUNTS, ORGANISATIONS, NEEDS, DATES, PEOPLE, FIGURES = "counts", "organisations", "needs", "dates", "people", "figures"

GIVES = (
    Term(COUNTS, _("how many belong to it"), _("The cluster may say how many organisations belong to the network.")),
    Term(
        ORGANISATIONS, _("its organisations"),
        _("The cluster may show which organisations belong to the network: those the network marks as shown."),
    ),
    Term(NEEDS, _("needs, without names"), _("The cluster may read what is needed in the network, without names.")),
    Term(DATES, _("its dates"), _("The cluster may show the dates to which the network invites others.")),
    Term(
        PEOPLE, _("people who wish it"),
        _("The cluster's office may see those people of the network who wish to be seen by the cluster."),
    ),
    Term(FIGURES, _("figures"), _("The cluster may use figures that the network hands over, as sums of all.")),
)  # fmt: skip
"""What the cluster may see. The name and the purpose of the network are public without any agreement."""

GETS = (
    Term(
        "seat", _("a seat where the rules say so"),
        _("The network sends a delegate to those bodies of the cluster whose rules provide for it."),
    ),
    Term("rooms", _("rooms"), _("The network may use the cluster's rooms as members do.")),
    Term("calendar", _("the calendar"), _("The cluster puts dates of the network into its calendar on request.")),
    Term("newsletter", _("room in the newsletter"), _("The network has room in the cluster's newsletter.")),
    Term(
        "projects", _("joint projects"),
        _("The network may propose projects to the cluster and be a partner in them."),
    ),
    Term("office", _("help by the office"), _("The cluster's office answers the network's questions as a member's.")),
)  # fmt: skip
"""What the network gets."""


def chosen(terms: Iterable[Term], keys: Iterable[str]) -> list[Term]:
    """The parts that are agreed, in the order of the list."""
    wanted = set(keys)
    return [term for term in terms if term.key in wanted]
