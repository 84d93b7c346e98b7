"""A network's list becomes rows, is set right, and kept. Nobody is mailed by any of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.algorithms.sheets.columns import layout
from mitwerk.algorithms.sheets.people import Somebody, guess_people, people_of
from mitwerk.algorithms.sheets.process import read
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.core.changes import Refused
from mitwerk.core.sheets import FILE_PROBLEMS
from mitwerk.networks.actions.people import record_network
from mitwerk.networks.models import ListRow, Network, PeopleList
from mitwerk.networks.queries.lists import MOST_ROWS, taken_addresses

LOOKED_AT = 40
Cells = list[tuple[int, list[str] | str]]


def take_list(*, network: Network, file_name: str, kind: str, content: bytes, actor: User) -> PeopleList:
    """Read a file and say what was understood. Raises `Refused` where nothing can be read."""
    try:
        rows = _rows_of(content, kind)
    except Unreadable as unreadable:
        raise Refused(FILE_PROBLEMS.get(str(unreadable), _too_many())) from unreadable
    shape = layout([row if isinstance(row, list) else [] for _number, row in rows[:30]])
    cells = [(number, row) for number, row in rows[shape.start :] if isinstance(row, str) or "".join(row).strip()]
    if not cells:
        raise Refused(FILE_PROBLEMS["nothing"])
    some = [row for _number, row in cells[:LOOKED_AT] if isinstance(row, list)]
    width = max((len(row) for row in some), default=0)
    heads = [*shape.heads[:width], *[""] * (width - len(shape.heads))]
    with transaction.atomic():
        made = PeopleList.objects.create(
            network=network, by=actor, file_name=file_name[:200], heads=heads, columns=guess_people(heads, some),
            cells=cells,
        )  # fmt: skip
        count = _write_rows(made)
        record_network("network.take_list", network, actor, list=made.public_id, rows=count)
    return made


def _too_many() -> str:
    return _("The file has more than 5,000 rows. Divide it.")


def _rows_of(content: bytes, kind: str) -> Cells:
    """With the numbers that a spreadsheet shows. Reading stops where there are too many."""
    found: Cells = []
    full = 0
    for number, row in enumerate(read(content, kind), 1):
        plain = [cell.replace("\0", "") for cell in row] if isinstance(row, list) else row
        full += bool(isinstance(row, str) or "".join(row).strip())
        if full > MOST_ROWS:
            raise Unreadable("many")
        found.append((number, plain))
    return found


@transaction.atomic
def set_list_columns(*, people_list: PeopleList, columns: Sequence[str], actor: User) -> int:
    """Say what the columns hold; the rows are read anew, and what was corrected in them before is gone."""
    held = PeopleList.objects.select_for_update().filter(pk=people_list.pk, kept_at=None).first()
    if held is None:
        raise Refused(_("This list is kept already."))
    held.columns = list(columns)
    held.save(update_fields=["columns"])
    return _write_rows(held)


def _write_rows(people_list: PeopleList) -> int:
    Network.objects.select_for_update().get(pk=people_list.network_id)  # one after the other
    people_list.rows.all().delete()
    members, seen = taken_addresses(people_list.network, besides=people_list)
    rows = [
        ListRow(
            network=people_list.network, source=people_list, number=number, name=one.name, email=one.email,
            firm=one.firm, position=one.position, problem=one.problem or _taken(one.email, members, seen),
        )
        for number, one in _people(people_list)
    ]  # fmt: skip
    if len(rows) > MOST_ROWS:
        raise Refused(_too_many())
    return len(ListRow.objects.bulk_create(rows, batch_size=500))


def _people(people_list: PeopleList) -> Iterator[tuple[int, Somebody]]:
    for number, row in people_list.cells:
        found = [Somebody(problem=row)] if isinstance(row, str) else people_of(row, people_list.columns)
        for one in found:
            yield number, one


def _taken(email: str, members: set[str], seen: set[str]) -> str:
    """The code where somebody else has the address; the first one of a list may use it."""
    if email in members:
        return ListRow.Problem.KNOWN
    if email in seen:
        return ListRow.Problem.AGAIN
    seen.add(email)
    return ""


@transaction.atomic
def change_row(*, row: ListRow, values: dict[str, Any], actor: User) -> ListRow:
    """Set a row right; what is still wrong with it is told anew."""
    Network.objects.select_for_update().get(pk=row.network_id)  # one after the other
    for name in ("name", "email", "firm", "position"):
        setattr(row, name, values[name])
    row.email = row.email.lower()
    members, _seen = taken_addresses(row.network)
    others = ListRow.objects.filter(network=row.network, problem="", email__iexact=row.email).exclude(pk=row.pk)
    missing = "" if row.name and row.email else ("email" if row.name else "name")
    row.problem = missing or _taken(row.email, members, {row.email} if others.exists() else set())
    row.save()
    return row


@transaction.atomic
def remove_row(*, row: ListRow, actor: User) -> None:
    """Somebody is not to be on the list."""
    record_network("network.remove_row", row.network, actor, row=row.public_id)
    row.delete()


@transaction.atomic
def keep_list(*, people_list: PeopleList, actor: User) -> None:
    """The rows wait to be invited from now on; what else stood in the file is forgotten. Once."""
    kept = PeopleList.objects.filter(pk=people_list.pk, kept_at=None)
    if kept.update(kept_at=timezone.now(), cells=[], heads=[], columns=[], file_name=""):
        count = people_list.rows.count()
        record_network("network.keep_list", people_list.network, actor, list=people_list.public_id, rows=count)


@transaction.atomic
def discard_list(*, people_list: PeopleList, actor: User) -> None:
    """Forget a list that was not kept, with everything in it."""
    if PeopleList.objects.filter(pk=people_list.pk, kept_at=None).delete()[0]:
        record_network("network.discard_list", people_list.network, actor, list=people_list.public_id)
