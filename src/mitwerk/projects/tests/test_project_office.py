"""In the office: what a project's own steps decide is not set by hand."""

import pytest
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.projects.tests.cast import make_project
from mitwerk.projects.tests.way import Way, lead_to


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def disabled(client: Client, pk: int) -> set[str]:
    form = client.get(f"/office/projects/edit/{pk}/").context["form"]
    return {name for name, field in form.fields.items() if field.disabled}


def test_status_and_publication_follow_from_the_steps(way: Way, cast: Cast, office: Client) -> None:
    lead_to(way, "submitted")
    assert disabled(office, way.idea.pk) == {"status", "state", "proved"}


def test_control_a_project_without_a_phase_is_the_offices(cast: Cast, office: Client) -> None:
    assert disabled(office, make_project("alt", "Alt", clusters=[cast.it]).pk) == set()
