"""The log in the office: who reads which lines, and that exports are written down."""

from collections.abc import Callable

import pytest
from django.test import Client

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Role
from mitwerk.config.wagtail_hooks import LISTS

As = Callable[[User | None], Client]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_who_takes_a_list_out_is_written_down(cast: Cast, as_user: As, kind: str) -> None:
    as_user(cast.umbrella_editor).get(f"/office/messages/?export={kind}")
    entry = AuditEntry.objects.get(verb="message.export")
    assert (entry.actor, entry.target_kind) == (cast.umbrella_editor, "clusters.message")
    assert entry.details == {"rows": 0, "kind": kind}


def test_looking_at_a_list_is_not_written_down(cast: Cast, as_user: As) -> None:
    as_user(cast.umbrella_editor).get("/office/messages/")
    assert AuditEntry.objects.filter(verb="message.export").exists() is False


def test_every_list_of_the_office_tells_of_its_exports() -> None:
    assert [one.name for one in LISTS if one.export_verb is None] == []


def test_managers_read_the_lines_of_their_cluster(cast: Cast, as_user: As) -> None:
    Role.objects.filter(user=cast.it_editor).update(kind=Role.Kind.MANAGER)
    for slug in ("it", "ernaehrung", ""):
        record_audit(verb=f"in.{slug or 'region'}", target=cast.firm, cluster_slug=slug)
    shown = {}
    for who in ("it_editor", "food_editor", "umbrella_editor"):
        page = as_user(getattr(cast, who)).get("/office/log/")
        lines = page.context["object_list"] if page.status_code == 200 else []
        shown[who] = (page.status_code, sorted(line.verb for line in lines if line.verb.startswith("in.")))
    assert shown == {
        "it_editor": (200, ["in.it"]),
        "food_editor": (302, []),
        "umbrella_editor": (200, ["in.ernaehrung", "in.it", "in.region"]),
    }
