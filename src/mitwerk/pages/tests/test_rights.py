"""Page rights per cluster: an editor reaches their own cluster's pages and no other's, on any way."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, WorkflowPage

from mitwerk.accounts.models import User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.pages.actions import grant_page_rights
from mitwerk.pages.actions.rights import UMBRELLA
from mitwerk.pages.models import ClusterHomePage, NewsIndexPage, NewsPage
from mitwerk.pages.tests.cast import Cast


@pytest.fixture
def editor(cast: Cast) -> User:
    """An editor of the IT cluster."""
    grant_page_rights(cluster=cast.food)
    user = User.objects.create_user("editor@example.org", "lang-und-geheim", name="Editor")
    give_app(user)
    user.groups.add(grant_page_rights(cluster=cast.it))
    return user


def pages_of(cast: Cast, slug: str) -> dict[str, Page]:
    home = ClusterHomePage.objects.get(slug=slug, locale__language_code="de")
    return {"home": home, "index": NewsIndexPage.objects.child_of(home).get()}


def test_own_pages_may_be_changed_and_no_others(cast: Cast, editor: User) -> None:
    region = Page.objects.get(slug="region-de")
    for page, is_own in [
        (pages_of(cast, "it")["home"], True),
        (pages_of(cast, "it")["index"], True),
        (cast.news("n1"), True),
        (pages_of(cast, "food-land")["home"], False),
        (pages_of(cast, "food-land")["index"], False),
        (cast.news("n3"), False),
        (region, False),
    ]:
        rights = page.permissions_for_user(editor)
        assert (rights.can_edit(), rights.can_publish(), rights.can_add_subpage()) == (is_own, is_own, is_own and
                page.specific_class is not NewsPage), page  # fmt: skip


def ways(page: Page) -> list[tuple[str, str]]:
    """Addresses of the office that show or change a page."""
    names = ["edit", "history", "delete", "unpublish", "move", "copy", "view_draft", "workflow_history"]
    found = [(name, reverse(f"wagtailadmin_pages:{name}", args=[page.pk])) for name in names]
    found.append(("add", reverse("wagtailadmin_pages:add", args=["pages", "newspage", page.pk])))
    found.append(("translate", reverse("simple_translation:submit_page_translation", args=[page.pk])))
    return found


def reaches(client: Client, url: str) -> bool:
    """True when the office shows the page instead of sending the editor away."""
    response = client.get(url)
    return response.status_code == 200


def test_no_way_of_the_office_leads_to_another_cluster(client: Client, cast: Cast, editor: User) -> None:
    client.force_login(editor)
    other = pages_of(cast, "food-land")["index"]
    assert [name for name, url in ways(other) if reaches(client, url)] == []


def test_control_the_same_ways_lead_to_the_own_cluster(client: Client, cast: Cast, editor: User) -> None:
    client.force_login(editor)
    own = pages_of(cast, "it")["index"]
    reached = [name for name, url in ways(own) if reaches(client, url)]
    assert {"edit", "history", "add", "view_draft"} <= set(reached)


def test_nothing_is_moved_or_copied_into_another_cluster(client: Client, cast: Cast, editor: User) -> None:
    client.force_login(editor)
    other, own = pages_of(cast, "food-land")["index"], cast.news("n1")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[own.pk, other.pk]))
    copy = {"new_title": "x", "new_slug": "x", "new_parent_page": other.pk, "publish_copies": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[own.pk]), copy)
    assert NewsPage.objects.child_of(other).count() == 0
    editor.groups.add(Group.objects.get(name="cluster:food-land:editors"))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[own.pk, other.pk]))
    assert NewsPage.objects.child_of(other).count() == 1


def test_control_with_the_right_the_other_cluster_opens(client: Client, cast: Cast, editor: User) -> None:
    other = pages_of(cast, "food-land")["index"]
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[other.pk])
    assert not reaches(client, url)
    editor.groups.add(Group.objects.get(name="cluster:food-land:editors"))
    assert reaches(client, url)


def test_the_form_offers_only_own_clusters(client: Client, cast: Cast, editor: User) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[cast.news("n1").pk])
    form = client.get(url).context["form"]
    assert list(form.fields["clusters"].queryset) == [cast.it]
    shared = reverse("wagtailadmin_pages:edit", args=[cast.news("n2").pk])
    assert list(client.get(shared).context["form"].fields["clusters"].queryset) == [cast.it, cast.food]


def test_asked_twice_it_changes_nothing(cast: Cast, editor: User) -> None:
    before = (GroupPagePermission.objects.count(), Group.objects.count(), WorkflowPage.objects.count())
    grant_page_rights(cluster=cast.it)
    assert (GroupPagePermission.objects.count(), Group.objects.count(), WorkflowPage.objects.count()) == before


def test_umbrella_editors_reach_everything(cast: Cast, editor: User) -> None:
    editor.groups.set([Group.objects.get(name=UMBRELLA)])
    user = User.objects.get(pk=editor.pk)
    for page in [pages_of(cast, "it")["home"], pages_of(cast, "food-land")["index"], cast.news("n3")]:
        assert page.permissions_for_user(user).can_publish()


def test_every_home_has_a_review(cast: Cast, editor: User) -> None:
    region = Page.objects.get(slug="region-de")
    for page in [pages_of(cast, "it")["index"], pages_of(cast, "food-land")["home"], region]:
        workflow = page.get_workflow()
        groups = {group.name for task in workflow.tasks for group in task.specific.groups.all()}
        assert UMBRELLA in groups
        assert ("cluster:it:editors" in groups) == (page.url_path.startswith("/region-de/it/"))
