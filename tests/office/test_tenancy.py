"""An editor gives records to their own clusters and takes them from their own, from no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.office.browser import form_data

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.office import ClusterRecordForm
from mitwerk.projects.models import Project

As = Callable[[User | None], Client]


def make_project(slug: str, *clusters: Cluster) -> Project:
    project = Project.objects.create(slug=slug, title={"de": slug}, summary={"de": slug})
    project.clusters.set(clusters)
    return project


def edit(browser: Client, project: Project, **changes: Any) -> Any:
    url = f"/office/projects/edit/{project.pk}/"
    return browser.post(url, form_data(browser.get(url).context["form"]) | changes)


def slugs(project: Project) -> list[str]:
    return sorted(project.clusters.values_list("slug", flat=True))


def test_editor_cannot_give_a_record_to_another_cluster(cast: Cast, as_user: As) -> None:
    project = make_project("muehle", cast.it)
    answer = edit(as_user(cast.it_editor), project, clusters=[cast.it.pk, cast.food.pk])
    assert (answer.status_code, slugs(project)) == (200, ["it"])
    control = edit(as_user(cast.umbrella_editor), project, clusters=[cast.it.pk, cast.food.pk])
    assert (control.status_code, slugs(project)) == (302, ["ernaehrung", "it"])


def test_editor_cannot_take_a_record_from_another_cluster(cast: Cast, as_user: As) -> None:
    project = make_project("muehle", cast.it, cast.food)
    assert edit(as_user(cast.it_editor), project, title_en="Mill").status_code == 302
    assert slugs(project) == ["ernaehrung", "it"]


def test_control_without_the_guard_the_other_cluster_is_lost(
    cast: Cast, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClusterRecordForm, "values", lambda self: super(ClusterRecordForm, self).values())
    project = make_project("muehle", cast.it, cast.food)
    edit(as_user(cast.it_editor), project, clusters=[])
    monkeypatch.setattr(ClusterRecordForm, "_keep_foreign", lambda *args: None)
    edit(as_user(cast.it_editor), project, clusters=[cast.it.pk])
    assert slugs(project) == ["it"]


def test_editor_cannot_let_go_of_the_last_own_cluster(cast: Cast, as_user: As) -> None:
    project = make_project("muehle", cast.it)
    assert (edit(as_user(cast.it_editor), project, clusters=[]).status_code, slugs(project)) == (200, ["it"])


def test_shared_record_is_not_deleted_by_one_of_them(cast: Cast, as_user: As) -> None:
    shared, own = make_project("muehle", cast.it, cast.food), make_project("backofen", cast.it)
    browser = as_user(cast.it_editor)
    assert browser.post(f"/office/projects/delete/{shared.pk}/").status_code == 404
    assert browser.post(f"/office/projects/delete/{own.pk}/").status_code == 302
    assert [p.slug for p in Project.objects.all()] == ["muehle"]


def test_foreign_membership_is_neither_shown_nor_touched(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.institute.pk}/"
    form = browser.get(url).context["form"]
    assert [str(f.instance.cluster.slug) for f in form.formsets["memberships"].forms] == ["it"]
    foreign = cast.institute.memberships.get(cluster=cast.food)
    data = form_data(form) | {"memberships-0-id": str(foreign.pk), "memberships-0-cluster": str(cast.it.pk)}
    browser.post(url, data)
    foreign.refresh_from_db()
    assert foreign.cluster == cast.food


def test_same_membership_twice_is_told_not_an_error(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.umbrella_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    data = form_data(browser.get(url).context["form"]) | {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-cluster": str(cast.it.pk),
        "memberships-1-kind": "member",
    }
    assert browser.post(url, data).status_code == 200
    assert [m.cluster for m in cast.firm.memberships.all()] == [cast.it]


def test_membership_in_another_cluster_is_refused(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    data = form_data(browser.get(url).context["form"]) | {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-cluster": str(cast.food.pk),
        "memberships-1-kind": "member",
    }
    assert browser.post(url, data).status_code == 200
    assert [m.cluster for m in cast.firm.memberships.all()] == [cast.it]


def test_hidden_organisation_of_another_cluster_is_no_partner(cast: Cast, as_user: As) -> None:
    project = make_project("backofen", cast.food)
    row = {"partners-TOTAL_FORMS": "1", "partners-0-organisation": str(cast.hidden.pk), "partners-0-role": "partner"}
    assert edit(as_user(cast.food_editor), project, **row).status_code == 200
    assert project.partners.count() == 0
    control = make_project("muehle", cast.it)
    assert edit(as_user(cast.it_editor), control, **row).status_code == 302
    assert [p.organisation for p in control.partners.all()] == [cast.hidden]
