"""What a network looks like to machines, and what it takes along when it leaves."""

import json
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model

from mitwerk.accounts.models import User
from mitwerk.core.jsonld import Thing, absolute, organization
from mitwerk.core.spreadsheets import table_as_csv
from mitwerk.networks.models import Network, NetworkMember, NetworkPerson
from mitwerk.networks.queries import current_people
from mitwerk.networks.queries.leaving import all_of
from mitwerk.people.models import Person


def network_thing(network: Network, members: Iterable[NetworkMember]) -> Thing:
    """An organisation of organisations; `members` are those of `queries.shown_members`."""
    return organization(
        str(network.name),
        network.get_absolute_url(),
        id=absolute(network.get_absolute_url()),
        description=str(network.purpose),
        foundingDate=str(network.since or ""),
        areaServed=network.region_text,
        sameAs=network.website,
        memberOf=[organization(str(c.name), c.get_absolute_url()) for c in network.clusters.all()],
        member=[organization(str(member.organisation), member.organisation.get_absolute_url()) for member in members],
    )


NAMES = (User, Person, NetworkPerson)
"""A key to one of these says who did something; it is left out, so that what was said without a name stays so."""


def as_tables(name: str, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """The same rows for machines and for a spreadsheet."""
    yield f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder).encode()
    heads = list(dict.fromkeys(key for row in rows for key in row))
    yield f"{name}.csv", table_as_csv(heads, ([_cell(row.get(head, "")) for head in heads] for row in rows))


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, list | dict) else value


def network_files(network: Network) -> Iterator[tuple[str, bytes]]:
    """The network, its organisations, and the people who agreed to belong to it, by the names they gave."""
    about = {name: getattr(network, name) for name in ("name", "purpose", "member_kinds", "note", "since", "website")}
    yield from as_tables("network", [{"public_id": network.public_id, "region": network.region_text, **about}])
    members = network.members.select_related("organisation").order_by("pk")
    yield from as_tables("organisations", [{"name": str(one.organisation), "public": one.is_public} for one in members])
    people = current_people().filter(network=network).select_related("organisation")
    yield from as_tables("people", [_person(one) for one in people])
    waves = ("at", "ends_at", "legal_basis", "total", "agreed", "declined", "taken_back", "unanswered", "bounced")
    yield from as_tables("waves", list(network.waves.order_by("pk").values(*waves)))


def _person(one: NetworkPerson) -> dict[str, Any]:
    return {
        "name": one.person.name, "email": one.person.email, "role": one.kind, "since": one.since,
        "organisation": str(one.organisation or ""), "visible_to_members": one.shown_to_members,
        "visible_to_cluster": one.shown_to_cluster,
    }  # fmt: skip


def record_files(folder: str, records: Iterable[Model]) -> Iterator[tuple[str, bytes]]:
    """Records of whatever subject, a table a model, with the files that hang on them; without who wrote them.

    A model with `stays_behind` is somebody's own, and leaves with nobody.
    """
    tables: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        if getattr(record, "stays_behind", False):
            continue
        row, name = {}, str(record._meta.model_name)
        for field in record._meta.concrete_fields:
            if isinstance(field, models.FileField):
                file = getattr(record, field.name)
                row[field.name] = str(file or "")
                if file and field.storage.exists(file.name):
                    with field.storage.open(file.name) as opened:
                        yield f"{folder}/files/{file.name}", opened.read()
            elif field.name != "token_hash" and field.related_model not in NAMES:
                row[field.name] = field.value_from_object(record)
        tables.setdefault(name, []).append(row)
    for name, rows in tables.items():
        yield from as_tables(f"{folder}/{name}", rows)


def network_zip(network: Network) -> bytes:
    """Everything a network takes along: itself, its people, and what hangs on it in other subjects, its room."""
    others = (record for record in all_of(network) if record._meta.app_label != network._meta.app_label)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in (*network_files(network), *record_files("room", others)):
            packed.writestr(name, content)
    return out.getvalue()
