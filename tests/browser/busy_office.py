"""An office with much to do: imports in every state, a draft with changes, people of networks, rows on every list."""

import json
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from django_scopes import scope
from wagtail.users.models import UserProfile

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.models import Claim
from mitwerk.algorithms.tests.sheet_files import HEADS, csv_file
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Message, Role
from mitwerk.imports.actions import starting, working
from mitwerk.imports.models import Import
from mitwerk.matching.models import Need
from mitwerk.networks.tests.cast import belong
from mitwerk.people.models import Invitation
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries import content_of
from tests.matrix.asking import BACKEND
from tests.matrix.cast import House, make_house

LONG = "Gesellschaft für angewandte Mess- und Regelungstechnik mbH & Co. Kommanditgesellschaft"
FIRM = ["1", "Ährenwerk Software", "04109", "Leipzig", "aehrenwerk.example", "Anna Muster", "Vorstand"]
ROWS = [
    [*FIRM, "anna.muster-verwaltung@aehrenwerk.example", "+49 341 12345"],
    ["2", "Neue Mühlen GmbH", "04109", "Leipzig", "", "Bert Beispiel", "", "bert@muehlen.example", ""],
    ["", "Neue Mühlen", "04109", "Leipzig", "", "Cora Beispiel", "", "cora@muehlen.example", ""],
    ["", "Institut für Messtechnik", "07743", "Jena", "", "", "", "", ""],
    ["", "Institut für Meßtechnik e. V.", "07743", "Jena", "", "", "", "", ""],
    ["", "Backhaus Muldental", "4109", "Leipzig", "kein-web", "Dora Beispiel", "", "dora(at)backhaus.example", "1"],
    ["4", "", "", "", "", "", "", "x@y.example", ""],
    ["", "Aehrenwerk Softwere", "", "Leipzig", "", "", "", "", ""],
    ["", "Backhaus Muldental Holding", "", "Leipzig", "", "", "", "", ""],
    ["5", LONG, "07743", "Jena", "https://www.gesellschaft-fuer-messtechnik.example/ueber-uns/", "", "", "", ""],
    *([str(at), f"Musterfirma {at} GmbH", "04109", "Leipzig", f"muster-{at}.example", f"Person {at}", "",
       f"person-{at}@muster-{at}.example", ""] for at in range(10, 32)),
]  # fmt: skip
KINDS = (Role.Kind.EDITOR, Role.Kind.BOARD_MEMBER, Role.Kind.MANAGER)
TEXT = {"de": "Baut Software für Mühlen und Bäckereien in ganz Sachsen.", "en": "Builds software for mills in Saxony."}


def take(house: House, name: str, upto: str) -> Import:
    """A file, on its way up to a state."""
    editor = house.cast.it_editor
    job = starting.take_file(
        user=editor, cluster=house.cast.it, file_name=name, kind="csv", content=csv_file(ROWS, HEADS)
    )
    steps = {
        "ready": lambda: starting.set_columns(
            job=job, columns=job.columns, actor=editor, membership="member", legal_basis="contract", legal_note=""
        ),
        "done": lambda: starting.start(job=job, actor=editor),
        "undone": lambda: starting.undo(job=job, actor=editor),
    }
    working.go_on(job.pk)
    for state, step in steps.items():
        job.refresh_from_db()
        if job.state == upto:
            break
        step()
        working.go_on(job.pk)
        assert state
    job.refresh_from_db()
    return job


def imports(house: House) -> dict[str, str]:
    """Public id by state."""
    undone = take(house, "Mitglieder-2025-Stand-Dezember-endgueltige-Fassung-nach-der-Vorstandssitzung.csv", "undone")
    mapping, ready, done = (take(house, f"mitglieder-{state}.csv", state) for state in ("mapping", "ready", "done"))
    return {"undone": undone.public_id, "mapping": mapping.public_id, "ready": ready.public_id, "done": done.public_id}


def people(house: House) -> None:
    """Networks with many people, one with a long name; roles of many."""
    cast = house.cast
    for at in range(9):
        user = create_user(email=f"mitglied-{at}@langer-name-einer-firma.example", password=None, name=f"Mitglied {at}")
        belong(user, house.networks.heads, "member")
        grant_role(user=user, kind=KINDS[at % 3], cluster=[cast.it, cast.food][at % 2])
        Invitation.objects.create(
            organisation=cast.firm, represents_as="editor", token_hash=f"x{at}", email=user.email,
            expires_at=timezone.now() + timedelta(days=at - 4),
        )  # fmt: skip


def desk_rows(house: House) -> None:
    """Something of every kind on the desk."""
    cast = house.cast
    for at in range(3):
        Message.objects.create(
            cluster=cast.it, name=f"Absender {at}", email="m@example.org", subject="Frage zur Mitgliedschaft",
            text="Guten Tag,\n\nwir haben eine Frage.",
        )  # fmt: skip
        Claim.objects.create(organisation=cast.university, name=f"Anfragende {at}", email="c@example.org", text="Bitte")
        need = Need.objects.create(slug=f"neu-{at}", title={"de": f"Gesucht {at}: Software für die Erfassung von Messwerten"}, text={"de": "T"})
        need.clusters.set([cast.it])


def draft(house: House) -> None:
    """The firm's own words, with a competence more and a text in both languages changed."""
    content = content_of(house.cast.firm) | {"description": TEXT, "founded": 1987, "website": "https://neu.aehrenwerk.example/"}
    content["competences"] = [{"id": None, "concept": house.cast.erp.pk, "wording": {"de": "ERP für Mühlen"}, "position": 0}]
    Draft.objects.filter(pk=house.records["profile-changes"].pk).update(
        content=content, note="Bitte bis Freitag, da erscheint unser neuer Prospekt."
    )


WHO = {
    "office": {"de": "editor of A", "en": "manager of A"},
    "top": {"de": "administrator", "en": "umbrella editor"},
    "network": {"de": "coordinator of A's network", "en": "coordinator of A's network"},
}
"""Two people who see the same, one for each language of the office."""


def session(user: User | None, language: str) -> str:
    assert user is not None
    UserProfile.get_for_user(user)
    UserProfile.objects.filter(user=user).update(preferred_language=language)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def build() -> None:
    """Prints sessions by who and language, imports by state, and records by list."""
    with scope(cluster=None), translation.override("de"):
        house = make_house()
        desk_rows(house)
        draft(house)
        people(house)
        told = {
            "imports": imports(house),
            "records": {name: record.pk for name, record in house.records.items()},
            "sessions": {
                who: {language: session(house.users[name], language) for language, name in names.items()}
                for who, names in WHO.items()
            },
        }
    print(json.dumps(told))  # noqa: T201 (read by the test)
