"""What the office's lists, exports, buttons and pickers hand to whom. Who reaches which address: `tests/matrix`."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.actions import keep_removed, record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.actions import merge_organisations
from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Message
from mitwerk.config.wagtail_hooks import LISTS
from mitwerk.consents.actions import ask_for_consent, confirm_consent
from mitwerk.consents.models import Evidence
from mitwerk.core.office import Guarded
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Invitation, Person, Representative
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.profiles.queries import content_of
from mitwerk.projects.models import Project

As = Callable[[User | None], Client]
PEOPLE = ("nobody", "it_editor", "food_editor", "umbrella_editor", "administrator")


def make_records(cast: Cast) -> dict[str, Model]:
    """One record per list; where records belong to a cluster, to the IT cluster."""
    event = Event.objects.create(slug="kongress", title={"de": "Fachmesse"}, starts_on=date(2007, 3, 1))
    project = Project.objects.create(slug="muehle", title={"de": "Mühle"}, summary={"de": "Kurz"})
    network = Network.objects.create(slug="netz", name={"de": "Netz"})
    need = Need.objects.create(slug="bedarf", title={"de": "Bedarf"}, text={"de": "Text"})
    for record in (event, project, network, need):
        record.clusters.set([cast.it])
    return {
        "messages": Message.objects.create(cluster=cast.it, name="M", email="m@example.org", text="Hallo"),
        "claims": Claim.objects.create(organisation=cast.firm, name="C", email="c@example.org"),
        "invitations": Invitation.objects.create(
            email="i@example.org",
            organisation=cast.firm,
            represents_as="editor",
            token_hash="x",
            expires_at=timezone.now(),
        ),
        "representatives": Representative.objects.create(
            organisation=cast.firm, role="editor", person=Person.objects.create(name="P", email="p@example.org")
        ),
        "organisations": cast.firm,
        "merges": merge_organisations(winner=cast.firm, loser=cast.town_hall, choices={}, actor=None),
        "projects": project,
        "events": event,
        "networks": network,
        "needs": need,
        "clusters": cast.it,
        "region": cast.region,
        "concepts": cast.erp,
        "subscribers": subscriber(cast),
        "removed": keep_removed(
            kind="networks.network", name="Netz", cluster_slugs=["it"], packed={"rows": [], "links": []}, actor=None
        ),
        "log": record_audit(verb="firm.look", target=cast.firm),
        "profile-changes": Draft.objects.create(
            organisation=cast.firm, state=Draft.State.WAITING, submitted_at=timezone.now(), version=1,
            base=content_of(cast.firm), content=content_of(cast.firm) | {"founded": 1900},
        ),
        "yearly-questions": Confirmation.objects.create(
            organisation=cast.firm, due_on=timezone.localdate(), asked_at=timezone.now()
        ),
        "mails": Mail.objects.create(to="a@example.org", subject="S", template="x/y.txt", language="de", text="T"),
    }


def subscriber(cast: Cast) -> Evidence:
    asked = ask_for_consent(
        email="s@example.org", purpose="newsletter", cluster=cast.it, name="IT", form="/x/", language="de"
    )
    assert asked
    return Evidence.objects.get(consent=confirm_consent(asked=asked))


def addresses(record: Model, office: str) -> dict[str, str]:
    """All addresses of a list that answer to GET."""
    urls = {}
    for pattern in next(one for one in LISTS if one.name == office)().get_urlpatterns():
        args = [record.pk] if "pk" in str(pattern.pattern) else []
        if pattern.name != "act":
            urls[pattern.name] = reverse(f"office_{office}:{pattern.name}", args=args)
    return urls


@pytest.mark.parametrize(
    "office",
    [
        "messages",
        "claims",
        "invitations",
        "representatives",
        "organisations",
        "projects",
        "events",
        "networks",
        "needs",
    ],
)
def test_lists_and_exports_hold_no_foreign_record(cast: Cast, as_user: As, office: str) -> None:
    record, url = make_records(cast)[office], reverse(f"office_{office}:index")
    canary = {"messages": "m@example.org", "claims": "c@example.org", "invitations": "i@example.org"}.get(
        office, str(record)
    )
    shown = {}
    for who in ("it_editor", "food_editor"):
        browser = as_user(getattr(cast, who))
        answers = [browser.get(url), browser.get(f"{url}?q={canary}"), browser.get(f"{url}?export=csv")]
        bodies = [b"".join(a.streaming_content) if a.streaming else a.content for a in answers]
        marks = {
            "claims": "c@example.org",
            "messages": "Hallo",
            "invitations": "i@example.org",
            "representatives": "Ährenwerk",
        }
        listed, exported = bodies[0].decode(), bodies[2].decode()
        shown[who] = [f"/{record.pk}/" in listed, marks.get(office, str(record)) in exported]
    assert shown == {"it_editor": [True, True], "food_editor": [False, False]}


@pytest.mark.parametrize(
    ("office", "act"),
    [
        ("messages", "done"),
        ("claims", "accept"),
        ("claims", "decline"),
        ("needs", "publish"),
        ("needs", "close"),
        ("invitations", "revoke"),
        ("merges", "undo"),
    ],
)
def test_decisions_are_posted_by_the_right_people(cast: Cast, as_user: As, office: str, act: str) -> None:
    record = make_records(cast)[office]
    Organisation.objects.update(claimed_at=None)
    url = reverse(f"office_{office}:act", args=[record.pk, act])
    people = [as_user(getattr(cast, who, None)) for who in PEOPLE]
    assert [browser.get(url).status_code for browser in people] == [302, 405, 404, 405, 405]
    assert [browser.post(url).status_code for browser in people[:3]] == [302, 302, 404]
    assert people[1].post(url).status_code == 404, "an act that no longer fits the state is missing"


def test_control_unguarded_views_show_foreign_records(cast: Cast, as_user: As, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's own check is per model: without ours, the editor of another cluster gets in by every door."""
    monkeypatch.setattr(Guarded, "get_object", lambda self, *args, **kwargs: super(Guarded, self).get_object())
    urls = addresses(make_records(cast)["projects"], "projects")
    browser = as_user(cast.food_editor)
    doors = ("edit", "history", "delete")
    assert [browser.get(urls[door]).status_code for door in doors] == [200, 200, 200]


def test_control_unguarded_list_shows_foreign_records(cast: Cast, as_user: As, monkeypatch: pytest.MonkeyPatch) -> None:
    make_records(cast)
    monkeypatch.setattr(
        OfficePolicy, "instances_user_has_any_permission_for", lambda self, *args: self.model.objects.all()
    )
    assert "Mühle" in as_user(cast.food_editor).get("/office/projects/").content.decode()


@pytest.mark.parametrize(("who", "expected"), [("it_editor", 200), ("food_editor", 404), ("umbrella_editor", 200)])
def test_picker_does_not_hand_out_hidden_organisations(cast: Cast, as_user: As, who: str, expected: int) -> None:
    browser = as_user(getattr(cast, who))
    assert browser.get(f"/office/choose/organisations/chosen/{cast.hidden.pk}/").status_code == expected
    many = browser.get(f"/office/choose/organisations/chosen-multiple/?id={cast.hidden.pk}&id={cast.bakery.pk}")
    assert len(many.json()["result"]) == (2 if expected == 200 else 1)
    found = browser.get("/office/choose/organisations/results/?q=Verborgene").content.decode()
    assert ("Verborgene GmbH" in found) is (expected == 200)


@pytest.mark.parametrize("picker", ["pages-organisations", "pages-projects"])
def test_pickers_of_pages_hand_out_only_what_is_public(cast: Cast, as_user: As, picker: str) -> None:
    draft = Project.objects.create(slug="x", title={"de": "x"}, summary={"de": "x"}, state=Project.State.DRAFT)
    public = Project.objects.create(slug="y", title={"de": "y"}, summary={"de": "y"})
    hidden, shown = (cast.hidden, cast.firm) if picker == "pages-organisations" else (draft, public)
    browser = as_user(cast.it_editor)
    answers = [browser.get(f"/office/{picker}/chosen/{record.pk}/").status_code for record in (hidden, shown)]
    many = browser.get(f"/office/{picker}/chosen-multiple/?id={hidden.pk}&id={shown.pk}").json()["result"]
    assert (answers, [one["id"] for one in many]) == ([404, 200], [str(shown.pk)])


@pytest.mark.parametrize("junk", ["0", "99999999999999999999", "x", "-1", "1%00", "é"])
def test_junk_in_the_picker_is_missing(cast: Cast, as_user: As, junk: str) -> None:
    assert as_user(cast.it_editor).get(f"/office/choose/organisations/chosen/{junk}/").status_code == 404


@pytest.mark.parametrize("who", ["it_editor", "umbrella_editor"])
def test_nobody_raises_themselves(cast: Cast, as_user: As, who: str) -> None:
    user = getattr(cast, who)
    browser = as_user(user)
    browser.post(f"/office/users/{user.pk}/", {"email": user.email, "is_superuser": "on"})
    browser.post("/office/account/", {"name-name": "N", "name-is_superuser": "on", "is_superuser": "on"})
    assert User.objects.get(pk=user.pk).is_superuser is False


def test_right_ends_at_once(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    before = browser.get(url).status_code
    cast.it_editor.roles.all().delete()
    assert (before, browser.get(url).status_code) == (200, 302)


@pytest.mark.parametrize(("office", "expected"), [("organisations", 404), ("projects", 404)])
def test_missing_record_is_missing_in_the_office(cast: Cast, as_user: As, office: str, expected: int) -> None:
    """No detour over an address with a language in front."""
    assert as_user(cast.administrator).get(f"/office/{office}/edit/999999/").status_code == expected
