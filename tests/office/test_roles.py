"""Roles in the office: who sees them, who gives and takes them, and that somebody always keeps the last one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from mitwerk.accounts import actions as accounts
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.accounts.tests.log import open_the_log
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters import actions as clusters
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role
from mitwerk.people.tests.cast import People, make_people

As = Callable[[User | None], Client]
ADD = "/office/roles/new/"


@pytest.fixture
def people(cast: Cast) -> People:
    people = make_people(cast)
    give_app(people.manager)
    return people


def give(browser: Client, email: str, kind: str, cluster: Any = None) -> Any:
    return browser.post(ADD, {"email": email, "kind": kind, "cluster": str(cluster.pk) if cluster else ""})


def roles_of(user: User) -> list[tuple[str, str]]:
    return sorted((role.kind, role.cluster.slug if role.cluster else "") for role in user.roles.all())


def log() -> list[tuple[str, str, dict[str, str]]]:
    entries = AuditEntry.objects.filter(verb__startswith="role.").order_by("pk")
    return [(entry.verb, entry.target_name, entry.details) for entry in entries]


def test_a_manager_gives_roles_in_the_own_cluster_alone(cast: Cast, people: People, as_user: As) -> None:
    """And to accounts the office meets anyway; the answer to a stranger's address is that to an unknown one."""
    browser = as_user(people.manager)
    open_the_log()
    AuditEntry.objects.all().delete()
    answers = {
        "editor": give(browser, "DELEGATE@example.org", "editor", cast.it).status_code,
        "board": give(browser, people.delegate.email, "board_member", cast.it).status_code,
        "again": give(browser, people.delegate.email, "editor", cast.it).status_code,
        "manager": give(browser, people.delegate.email, "manager", cast.it).status_code,
        "elsewhere": give(browser, people.delegate.email, "editor", cast.food).status_code,
        "nowhere": give(browser, people.delegate.email, "editor").status_code,
        "umbrella": give(browser, people.delegate.email, "umbrella_editor").status_code,
    }
    assert answers == {"editor": 302, "board": 302, "again": 302} | dict.fromkeys(
        ("manager", "elsewhere", "nowhere", "umbrella"), 200
    )
    assert roles_of(people.delegate) == [("board_member", "it"), ("editor", "it")]
    assert log() == [("role.grant", "delegate", {"role": kind}) for kind in ("editor", "board_member")]
    told = [
        give(browser, email, "editor", cast.it).context["form"].errors["email"].as_data()[0].code
        for email in (people.stranger.email, "nobody@example.org", cast.food_editor.email)
    ]
    assert told == ["unknown"] * 3


def test_an_editor_sees_the_roles_of_the_own_cluster_and_gives_none(
    cast: Cast, people: People, as_user: As
) -> None:
    browser = as_user(cast.it_editor)
    page = browser.get("/office/roles/").content.decode()
    assert [name in page for name in ("it_editor@", "manager@", "food_editor@", "umbrella_editor@")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert give(browser, people.delegate.email, "editor", cast.it).status_code == 302
    assert roles_of(people.delegate) == []


def test_administrators_give_every_role_where_it_fits(cast: Cast, people: People, as_user: As) -> None:
    browser = as_user(cast.administrator)
    places = [("umbrella_editor", None), ("manager", cast.food), ("umbrella_editor", cast.it), ("manager", None)]
    answers = [give(browser, people.stranger.email, kind, cluster).status_code for kind, cluster in places]
    assert (answers, roles_of(people.stranger)) == (
        [302, 302, 200, 200],
        [("manager", "ernaehrung"), ("umbrella_editor", "")],
    )


@pytest.mark.parametrize(
    ("who", "expected"),
    [("it_editor", 404), ("food_editor", 404), ("manager", 302), ("umbrella_editor", 302), ("administrator", 302)],
)
def test_a_role_is_taken_by_who_could_give_it(
    cast: Cast, people: People, as_user: As, who: str, expected: int
) -> None:
    role = grant_role(user=people.delegate, kind="editor", cluster=cast.it)
    user = getattr(cast, who, None) or getattr(people, who)
    assert as_user(user).post(f"/office/roles/delete/{role.pk}/").status_code == expected
    assert Role.objects.filter(pk=role.pk).exists() is (expected == 404)


def test_everybody_may_step_down_and_is_out_at_once(cast: Cast, people: People, as_user: As) -> None:
    browser, role = as_user(cast.it_editor), cast.it_editor.roles.get()
    assert browser.post(f"/office/roles/delete/{role.pk}/").status_code == 302
    assert browser.get("/office/roles/", follow=True).redirect_chain == [("/de/mein-schreibtisch/", 302)]
    assert log()[-1] == ("role.revoke", "it_editor", {"role": "editor"})


def test_the_last_manager_stays(cast: Cast, people: People, as_user: As) -> None:
    browser, role = as_user(cast.administrator), people.manager.roles.get()
    url = f"/office/roles/delete/{role.pk}/"
    page = browser.post(url, follow=True).content.decode()
    assert "Ohne sie leitet niemand mehr IT-Cluster." in page
    assert roles_of(people.manager) == [("manager", "it")]
    grant_role(user=people.delegate, kind="manager", cluster=cast.it)
    assert (browser.post(url).status_code, roles_of(people.manager)) == (302, [])


def test_control_unguarded_the_last_manager_goes(
    cast: Cast, people: People, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_has_another_manager", lambda cluster, user: True)
    as_user(cast.administrator).post(f"/office/roles/delete/{people.manager.roles.get().pk}/")
    assert roles_of(people.manager) == []


def act(browser: Client, user: User, name: str) -> int:
    return int(browser.post(f"/office/accounts/act/{user.pk}/{name}/").status_code)


def test_administrators_close_and_open_accounts_and_make_administrators(
    cast: Cast, people: People, as_user: As
) -> None:
    browser, theirs, user = as_user(cast.administrator), as_user(people.delegate), people.delegate
    before = theirs.get("/de/mein-schreibtisch/").status_code
    found = []
    for name in ("close", "close", "open", "promote", "promote", "demote"):
        status = act(browser, user, name)
        user.refresh_from_db()
        found.append((name, status, user.is_active, user.is_superuser))
        if name == "close":
            assert (before, theirs.get("/de/mein-schreibtisch/").status_code) == (200, 302)
    assert found == [
        ("close", 302, False, False), ("close", 404, False, False), ("open", 302, True, False),
        ("promote", 302, True, True), ("promote", 404, True, True), ("demote", 302, True, False),
    ]  # fmt: skip
    verbs = AuditEntry.objects.filter(target_id=user.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-4:] == ["user.close", "user.open", "user.make_administrator", "user.end_administrator"]


@pytest.mark.parametrize("name", ["close", "demote"])
def test_the_last_administrator_stays(
    cast: Cast, people: People, as_user: As, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, user = as_user(cast.administrator), cast.administrator
    act(browser, user, name)
    user.refresh_from_db()
    assert (user.is_active, user.is_superuser) == (True, True)
    monkeypatch.setattr(accounts, "_keep_an_administrator", lambda user: None)
    act(browser, user, name)
    user.refresh_from_db()
    assert (user.is_active, user.is_superuser) != (True, True), "control: without the guard nobody is left"


def test_nobody_holds_a_right_over_users_and_groups(cast: Cast, people: People) -> None:
    """TRUST A10: after all migrations, and with everybody's roles given, no group and no user has one."""
    grant_role(user=people.stranger, kind="board_member", cluster=cast.it)
    over_users = Permission.objects.filter(content_type__model__in=("user", "group", "permission", "role"))
    assert over_users.count() > 0
    assert list(Group.objects.filter(permissions__in=over_users)) == []
    assert list(User.objects.filter(user_permissions__isnull=False)) == []
    held = {str(user): user.get_all_permissions() for user in User.objects.filter(is_superuser=False)}
    assert set().union(*held.values()) == {"wagtailadmin.access_admin"}


WAGTAILS_OWN = (
    "users/", "users/new/", "users/1/", "users/delete/1/", "groups/", "groups/new/", "groups/edit/1/",
    "bulk/accounts/user/delete/", "bulk/accounts/user/assign_role/", "bulk/accounts/user/set_active_state/",
)  # fmt: skip


def test_wagtails_own_forms_of_users_are_closed(cast: Cast, people: People, as_user: As) -> None:
    found = {
        str(user): {as_user(user).get(f"/office/{path}").status_code for path in WAGTAILS_OWN}
        for user in (cast.administrator, cast.umbrella_editor, people.manager, people.delegate)
    }
    assert found == {"administrator@example.org": {404}, "umbrella_editor": {404}, "manager": {404}, "delegate": {302}}


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_however_long_they_are(
    cast: Cast, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        user = accounts.create_user(email=f"u{number}@example.org", password=None, name="U")
        grant_role(user=user, kind="editor", cluster=cast.it)
    browser = as_user(cast.administrator)
    for path in ("roles", "accounts"):
        browser.get(f"/office/{path}/")
    with django_assert_num_queries(11):
        browser.get("/office/roles/")
    with django_assert_num_queries(10):
        browser.get("/office/accounts/")
