"""Granting and revoking roles: row, group and log go together."""

import pytest
from django.db import IntegrityError

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.clusters.actions import grant_role, revoke_role
from mitwerk.clusters.models import Cluster, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def it() -> Cluster:
    return Cluster.objects.create(slug="it", name={"de": "Cluster IT"})


@pytest.fixture
def user() -> User:
    return create_user(email="office@example.org", password="a long enough password", name="Office")


def groups(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def log() -> list[tuple[str, str, str, dict[str, str]]]:
    entries = AuditEntry.objects.filter(verb__startswith="role.").order_by("pk")
    return [(e.verb, e.target_name, e.cluster_slug, e.details) for e in entries]


def test_grant_gives_row_group_entrance_and_log(user: User, it: Cluster) -> None:
    grant_role(user=user, kind=Role.Kind.EDITOR, cluster=it)
    assert list(Role.objects.values_list("user", "cluster", "kind")) == [(user.pk, it.pk, "editor")]
    assert groups(user) == ["cluster:it:editors"]
    assert user.get_group_permissions() == {"wagtailadmin.access_admin"}
    assert log() == [("role.grant", "Office", "it", {"role": "editor"})]


def test_granting_twice_changes_nothing(user: User, it: Cluster) -> None:
    first = grant_role(user=user, kind=Role.Kind.EDITOR, cluster=it)
    assert grant_role(user=user, kind=Role.Kind.EDITOR, cluster=it) == first
    assert len(log()) == 1


def test_umbrella_editor_belongs_to_no_cluster(user: User, it: Cluster) -> None:
    grant_role(user=user, kind=Role.Kind.UMBRELLA_EDITOR)
    assert groups(user) == ["umbrella:editors"]
    with pytest.raises(IntegrityError):
        grant_role(user=user, kind=Role.Kind.UMBRELLA_EDITOR, cluster=it)


def test_the_group_goes_with_the_last_role(user: User, it: Cluster) -> None:
    editor = grant_role(user=user, kind=Role.Kind.EDITOR, cluster=it)
    manager = grant_role(user=user, kind=Role.Kind.MANAGER, cluster=it)
    colleague = create_user(email="colleague@example.org", password=None, name="Colleague")
    Role.objects.create(user=colleague, kind=Role.Kind.MANAGER, cluster=it)
    revoke_role(role=editor)
    assert groups(user) == ["cluster:it:editors"]
    revoke_role(role=manager)
    assert groups(user) == []
    assert [line[0] for line in log()] == ["role.grant", "role.grant", "role.revoke", "role.revoke"]
