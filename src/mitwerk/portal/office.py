"""The office's first page: what waits for an answer, what was changed last, and the way to the public site."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from mitwerk.actors.models import Claim
from mitwerk.actors.queries import editable_claims, editable_organisations
from mitwerk.clusters.queries import editable, editable_messages, editable_regions, edited_clusters
from mitwerk.clusters.rules import is_editor
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.projects.models import Project

SHOWN = 5


@dataclass(frozen=True)
class Line:
    """A record on the desk."""

    text: str
    meta: str
    at: datetime
    url: str


@dataclass(frozen=True)
class Pile:
    """What waits, the oldest last."""

    title: str | Promise
    empty: str | Promise
    url: str
    count: int
    lines: list[Line]


class OfficeDesk(Component):  # type: ignore[misc]
    """Only what the reader may work on."""

    name = "office_desk"
    template_name = "portal/office_desk.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not is_editor(user):
            return {"piles": [], "sites": [], "recent": []}
        regions = [(str(r), reverse("clusters:region_home")) for r in editable_regions(user)]
        clusters = [(str(c.menu_name), c.get_absolute_url()) for c in edited_clusters(user)]
        return {"piles": piles(user), "recent": recent(user), "sites": regions or clusters}


def piles(user: Any) -> list[Pile]:
    """What waits for an answer."""
    messages = editable_messages(user).filter(handled_at=None)
    claims = editable_claims(user).filter(state=Claim.State.OPEN)
    needs = editable(user, Need).filter(state=Need.State.REPORTED)
    return [
        _pile(
            _("New messages"),
            _("No message waits for an answer."),
            "messages",
            "handled_at__isnull=true",
            messages.order_by("-created_at"),
            lambda m: (m.subject or m.get_kind_display(), m.name),
        ),
        _pile(
            _("Claims of entries"),
            _("Nobody waits to take over an entry."),
            "claims",
            "state=open",
            claims.order_by("-created_at"),
            lambda c: (str(c.organisation), c.name),
        ),
        _pile(
            _("Reported needs"),
            _("No need waits to be published."),
            "needs",
            "state=reported",
            needs.order_by("-created_at"),
            lambda n: (str(n.title), n.get_origin_display()),
        ),
    ]


def _pile(
    title: Any,
    empty: Any,
    office: str,
    filters: str,
    waiting: QuerySet[Any],
    describe: Callable[[Any], tuple[str, str]],
) -> Pile:
    lines = []
    for record in waiting[:SHOWN]:
        text, meta = describe(record)
        lines.append(Line(text, meta, record.created_at, reverse(f"office_{office}:inspect", args=[record.pk])))
    return Pile(title, empty, f"{reverse(f'office_{office}:index')}?{filters}", waiting.count(), lines)


def recent(user: Any) -> list[Line]:
    """The records that were changed last, whoever changed them."""
    kinds: Iterable[tuple[str, QuerySet[Any]]] = (
        ("organisations", editable_organisations(user)),
        ("projects", editable(user, Project)),
        ("events", editable(user, Event)),
        ("networks", editable(user, Network)),
        ("needs", editable(user, Need)),
    )
    lines = [
        _changed(office, record) for office, records in kinds for record in records.order_by("-updated_at")[:SHOWN]
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:SHOWN]


def _changed(office: str, record: Model) -> Line:
    kind = str(record._meta.verbose_name)
    at: datetime = record.updated_at  # type: ignore[attr-defined]
    return Line(str(record), kind, at, reverse(f"office_{office}:edit", args=[record.pk]))
