"""Facts about a page for machines (schema.org), as plain dicts that `{% jsonld %}` writes into the page.

Builders may be nested: only the outermost dict keeps its `@context`. What is empty is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urljoin

from django.conf import settings

CONTEXT = "https://schema.org"
Thing = dict[str, Any]


class Listed(Protocol):
    """What a list can hold: something with a name and an address."""

    def address(self, cluster_slug: str | None = None) -> str: ...


def absolute(path: str) -> str:
    """The address with scheme and host, from `BASE_URL`; an absolute address stays as it is."""
    return urljoin(f"{settings.BASE_URL}/", path)


def thing(kind: str, **properties: Any) -> Thing:
    """A schema.org thing. `id` becomes `@id`; empty properties are dropped, zero and False are kept."""
    kept = {("@id" if key == "id" else key): _inside(value) for key, value in properties.items()}
    return {"@context": CONTEXT, "@type": kind, **{key: v for key, v in kept.items() if not _is_empty(v)}}


def organization(name: str, url: str = "", **properties: Any) -> Thing:
    """An organisation; `url` is a path of ours or an address elsewhere. `kind` chooses a narrower type."""
    kind = properties.pop("kind", "Organization")
    return thing(kind, name=name, url=absolute(url) if url else "", **properties)


def breadcrumbs(pairs: Sequence[tuple[str, str]]) -> Thing:
    """The way to a page: (label, path), the page itself last and without a path."""
    return thing(
        "BreadcrumbList",
        itemListElement=[
            thing("ListItem", position=number, name=str(label), item=absolute(path) if path else "")
            for number, (label, path) in enumerate(pairs, 1)
        ],
    )


def item_list(records: Iterable[Listed], name: str, cluster_slug: str | None = None) -> Thing:
    """What a list page shows, in its order; addresses stay inside the cluster where one is given."""
    elements = [
        thing("ListItem", position=number, name=str(record), url=absolute(record.address(cluster_slug)))
        for number, record in enumerate(records, 1)
    ]
    return thing("ItemList", name=str(name), numberOfItems=len(elements), itemListElement=elements)


def _inside(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: part for key, part in value.items() if key != "@context"}
    if isinstance(value, list | tuple):
        return [_inside(part) for part in value if not _is_empty(part)]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
