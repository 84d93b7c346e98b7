"""Asking to join a network, and the page that its coordinators write."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.networks.actions import accept_join_request, ask_to_join, decline_join_request
from mitwerk.networks.models import JoinRequest, Network, NetworkPerson
from mitwerk.networks.queries import may_ask_for
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person
from mitwerk.people.queries import person_of
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]
HOME = "/en/my/networks/leiter/"
PAGE = "/en/networks/leiter/"


@pytest.fixture
def networks(cast: Cast, people: People) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks, "n-")


def admit(network: Network, admission: str, *kinds: str) -> None:
    Network.objects.filter(pk=network.pk).update(admission=admission, admission_kinds=list(kinds))
    network.refresh_from_db()


def request_of(networks: Networks, cast: Cast, people: People) -> JoinRequest:
    admit(networks.heads, "role")
    person = person_of(people.delegate)
    assert person is not None
    return ask_to_join(
        network=networks.heads, person=person, organisation=cast.firm, words="Gern.", actor=people.delegate
    )


def test_who_may_ask(cast: Cast, people: People, networks: Networks, circle: Circle) -> None:
    found = {}
    ways = {"invitation": (), "role": (), "kinds": (cast.firm.kind,), "other kinds": ("authority",)}
    for name, kinds in ways.items():
        admit(networks.heads, name.removeprefix("other "), *kinds)
        users = {"delegate": people.delegate, "stranger": people.stranger, "member": circle.member}
        found[name] = [who for who, user in users.items() if may_ask_for(user, networks.heads).exists()]
    assert found == {"invitation": [], "role": ["delegate"], "kinds": ["delegate"], "other kinds": []}
    admit(networks.draft, "role")
    assert not may_ask_for(people.delegate, networks.draft).exists()


def test_the_public_page_offers_it_to_who_may(
    cast: Cast, people: People, networks: Networks, as_user: As, client: Client
) -> None:
    link = f'href="{HOME}join/"'
    assert link not in as_user(people.delegate).get(PAGE).content.decode(), "by invitation only"
    admit(networks.heads, "role")
    pages = [one.get(PAGE).content.decode() for one in (as_user(people.delegate), as_user(people.stranger), client)]
    assert [link in page for page in pages] == [True, False, False]
    assert as_user(people.stranger).get(f"{HOME}join/").status_code == 404


def test_one_way_through_the_pages(cast: Cast, people: People, networks: Networks, circle: Circle, as_user: As) -> None:
    admit(networks.heads, "role")
    asking, coordinator, member = as_user(people.delegate), as_user(circle.coordinator), as_user(circle.member)
    sent = {"organisation": cast.firm.public_id, "words": "Wir leiten die IT."}
    foreign = {**sent, "organisation": cast.bakery.public_id}
    found = [asking.post(f"{HOME}join/", data).status_code for data in (foreign, sent, sent)]
    assert found == [200, 302, 302]
    (request,) = JoinRequest.objects.all()
    assert Mail.objects.get(key__startswith="join/").to == circle.coordinator.email
    url = f"{HOME}requests/"
    desks = [one.get("/en/my-desk/").content.decode() for one in (coordinator, member)]
    assert [f'href="{url}"' in desk for desk in desks] == [True, False]
    pages = [one.get(url) for one in (coordinator, member, as_user(circle.baker), as_user(cast.it_editor))]
    assert [page.status_code for page in pages] == [200, 404, 404, 404]
    assert "Wir leiten die IT." in pages[0].content.decode()
    accept = f"{url}{request.public_id}/accept/"
    assert [one.post(accept).status_code for one in (member, coordinator, coordinator)] == [404, 302, 404]
    (row,) = NetworkPerson.objects.filter(person__user=people.delegate)
    assert (row.kind, row.organisation, row.until) == ("member", cast.firm, None)


def test_who_is_declined_is_told_kindly_and_once(
    cast: Cast, people: People, networks: Networks, circle: Circle
) -> None:
    request = request_of(networks, cast, people)
    for _ in range(2):
        decline_join_request(request=request, actor=circle.coordinator)
    (letter,) = Mail.objects.filter(key=f"join/{request.public_id}/answer")
    assert letter.to == people.delegate.email
    with pytest.raises(Refused):
        accept_join_request(request=request, actor=circle.coordinator)
    assert not NetworkPerson.objects.filter(person__user=people.delegate).exists()
    lines = AuditEntry.objects.filter(verb__contains="join").order_by("pk")
    assert [(line.verb, line.details) for line in lines] == [
        ("network.ask_to_join", {"request": request.public_id}),
        ("network.answer_join_request", {"request": request.public_id, "state": "declined"}),
    ]


def test_who_coordinates_meanwhile_stays_coordinator(
    cast: Cast, people: People, networks: Networks, circle: Circle
) -> None:
    request = request_of(networks, cast, people)
    row = NetworkPerson.objects.create(network=networks.heads, person=request.person, kind="coordinator")
    for _ in range(2):
        accept_join_request(request=request, actor=circle.coordinator)
    row.refresh_from_db()
    assert row.kind == "coordinator"


def test_a_request_is_taken_back_by_its_own_alone(cast: Cast, people: People, networks: Networks, as_user: As) -> None:
    request = request_of(networks, cast, people)
    url = f"/en/my/network-requests/{request.public_id}/take-back/"
    senders = (as_user(people.stranger), as_user(people.delegate), as_user(people.delegate))
    assert [one.post(url).status_code for one in senders] == [404, 302, 404]
    assert not JoinRequest.objects.exists()


def test_the_database_holds_one_open_request_each(cast: Cast, people: People, networks: Networks) -> None:
    request = request_of(networks, cast, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(network=networks.heads, person=request.person, organisation=cast.bakery)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.filter(pk=request.pk).update(answered_at=timezone.now())


@pytest.mark.parametrize("count", [1, 3])
def test_the_requests_ask_the_same_however_many_there_are(
    cast: Cast, networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        person = Person.objects.create(name=f"P{number}", email=f"p{number}@example.org")
        JoinRequest.objects.create(network=networks.heads, person=person, organisation=cast.firm)
    browser = as_user(circle.coordinator)
    browser.get(f"{HOME}requests/")
    with django_assert_num_queries(8):
        browser.get(f"{HOME}requests/")


def a_picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "#123456").save(file, "PNG")
    return SimpleUploadedFile("emblem.png", file.getvalue(), "image/png")


def test_coordinators_write_their_own_page(
    cast: Cast, networks: Networks, circle: Circle, as_user: As, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    sent = {
        "purpose_de": "Wir reden.", "purpose_en": "We talk.", "member_kinds_de": "IT-Leitungen", "note_de": "",
        "website": "https://www.runde.example/", "admission": "kinds", "admission_kinds": ["company"],
        "admission_note_de": "Wer die IT leitet.",
    }  # fmt: skip
    url = f"{HOME}page/"
    others = (circle.member, circle.baker, cast.it_editor)
    assert [as_user(one).post(url, sent).status_code for one in others] == [404, 404, 404]
    browser = as_user(circle.coordinator)
    assert browser.post(url, {**sent, "picture": a_picture()}).status_code == 200, "what it shows is missing"
    whole = {**sent, "picture": a_picture(), "alt_de": "Ein Tisch", "credit": "Runde"}
    assert browser.post(url, whole).status_code == 302
    network = Network.objects.get(pk=networks.heads.pk)
    assert (network.purpose, network.admission, network.admission_kinds) == (
        {"de": "Wir reden.", "en": "We talk."}, "kinds", ["company"],
    )  # fmt: skip
    assert (network.name, network.picture and network.picture.alt) == (networks.heads.name, {"de": "Ein Tisch"})
    assert AuditEntry.objects.filter(verb="network.change", actor=circle.coordinator).count() == 1
    assert browser.post(url, sent).status_code == 302
    network.refresh_from_db()
    assert network.picture is not None, "without a new picture the old one stays"
