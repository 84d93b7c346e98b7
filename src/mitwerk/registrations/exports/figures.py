"""How many guests came from where: as bars for a page, and as a table for the office."""

from collections import Counter
from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.small_groups import safe_groups
from mitwerk.core.spreadsheets import CSV, XLSX, table_as_csv, table_as_xlsx
from mitwerk.registrations.models import Admission
from mitwerk.registrations.queries.after import clusters_at, guest_rows

KINDS = {"csv": CSV, "xlsx": XLSX}
Groups = list[tuple[str, list[tuple[str, int]]]]
"""A heading, and its groups with how many guests."""


def guests_in_words(admission: Admission) -> list[tuple[list[str], str, str]]:
    """For each guest: clusters of their organisation (none where it has none), its kind, and the ticket."""
    rows = guest_rows(admission)
    clusters = clusters_at(admission.congress.event.last_day, (one for one, _kind, _ticket in rows if one))
    kinds = {value: str(capfirst(label)) for value, label in Organisation.Kind.choices}
    tickets = {one.pk: str(one.name) for one in admission.kinds.all()}
    unknown = _("not in the directory")
    return [(clusters.get(one or 0, []), kinds.get(kind, unknown), tickets[ticket]) for one, kind, ticket in rows]


def guest_groups(admission: Admission) -> Groups:
    """Every group, for the office. Who belongs to two clusters counts in both."""
    rows = guests_in_words(admission)
    none = _("no cluster")
    return [
        (_("By cluster"), _counted(name for clusters, _kind, _ticket in rows for name in clusters or [none])),
        (_("By kind of organisation"), _counted(kind for _clusters, kind, _ticket in rows)),
        (_("By ticket"), _counted(ticket for _clusters, _kind, ticket in rows)),
    ]


def _counted(names: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items(), key=lambda one: (-one[1], one[0]))


def public_groups(admission: Admission) -> Groups:
    """The same for everybody: no group of fewer than five, and none that could be found by subtracting."""
    told = []
    for heading, counts in guest_groups(admission):
        shown, rest = safe_groups(dict(counts))
        others = [(_("others"), rest)] if rest else []
        if shown or others:
            told.append((heading, [*shown, *others]))
    return told


def guests_file(admission: Admission, kind: str) -> bytes:
    """One line for each mixture of clusters, kind of organisation and ticket; nobody is counted twice."""
    head = [_("Clusters"), _("Kind of organisation"), _("Ticket"), _("Guests")]
    rows = Counter((", ".join(clusters), *rest) for clusters, *rest in guests_in_words(admission))
    lines = [[*names, number] for names, number in sorted(rows.items())]
    return table_as_csv(head, lines) if kind == "csv" else table_as_xlsx(head, lines)
