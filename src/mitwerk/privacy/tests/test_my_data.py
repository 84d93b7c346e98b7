"""All that is known of somebody, and nothing of others (TRUST P6)."""

import json
import time

import pytest
from django.test import Client

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.outbox.models import Mail
from mitwerk.privacy.exports import as_json
from mitwerk.privacy.queries import all_about, manager_of, subject_of
from mitwerk.privacy.registry import MARKS
from mitwerk.privacy.tests.canaries import plant, texts_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE, FILE = "/de/konto/meine-daten/", "/de/konto/meine-daten/datei/"


@pytest.fixture
def both(cast: Cast) -> tuple[User, User]:
    return plant("canaryada", cast.firm, cast.it), plant("canarybob", cast.firm, cast.it)


def sign_in(user: User, ago: int = 0) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def planted(user: User) -> dict[str, dict[str, str]]:
    """Table and column to the text that stands there, for every column that is to be read."""
    subject, found = subject_of(user), {}
    for label, mark in MARKS.items():
        for n, personal in enumerate(mark if isinstance(mark, tuple) else ()):
            for row in manager_of(label).filter(personal.find(subject)).order_by("-pk")[:1]:
                found[f"{label} {n}"] = texts_of(row, personal.own)
    return found


def test_a_trace_stands_in_every_table_and_column(both: tuple[User, User]) -> None:
    """Else the tests below would prove little: whoever marks a model must plant it."""
    found = planted(both[0])
    marks = {f"{label} {n}" for label, mark in MARKS.items() if isinstance(mark, tuple) for n, _one in enumerate(mark)}
    assert marks - set(found) == {"outbox.Mail 2"}, "mails to the office, of which nothing is told"
    plain = {
        "template",
        "reply_to",
        "key",
        "role",
        "current_time_zone",
        "preferred_language",
        "language",
        "ip",
        "state",
    }
    plain |= {"answer"}
    plain |= {"source_language", "target_language", "type", "theme", "contrast", "density"}
    plain |= {"kind", "legal_basis", "name_visibility", "email_visibility", "phone_visibility"}
    plain |= {"purpose", "cluster_slug", "mail_text", "wording"}
    bare = [
        f"{table}.{column}"
        for table, texts in found.items()
        for column, text in texts.items()
        if column not in plain and "canaryada" not in text.lower()
    ]
    stays = ["Answer 0.text", "RoomFile 0.name", "Topic 0.text", "Topic 0.title"]
    assert sorted(bare) == [f"rooms.{column}" for column in stays], "said to others, who keep it without the name"


def test_everything_of_the_person_and_nothing_of_others_is_told(both: tuple[User, User]) -> None:
    ada, _bob = both
    told = as_json(all_about(ada))
    data = json.loads(told)["data"]
    missing = [
        f"{table}.{column}"
        for table, texts in planted(ada).items()
        for column in texts
        if column not in data[table.split()[0].lower()][0]
    ]
    assert missing == []
    values = [text for texts in planted(ada).values() for text in texts.values() if "canaryada" in text.lower()]
    assert [value for value in values if value not in str(data)] == []
    assert "canarybob" not in told.lower()
    assert {"accounts.auditentry", "actors.merge", "pictures.picture"} <= set(data)


def test_control_an_address_that_was_not_proved_opens_nothing(both: tuple[User, User]) -> None:
    from allauth.account.models import EmailAddress

    ada, bob = both
    claimed = EmailAddress.objects.create(user=ada, email="x@example.org", verified=False)
    EmailAddress.objects.filter(user=bob).delete()
    EmailAddress.objects.filter(pk=claimed.pk).update(email=bob.email)
    assert "claim canarybob" not in as_json(all_about(ada)).lower()
    EmailAddress.objects.filter(pk=claimed.pk).update(verified=True)
    assert "claim canarybob" in as_json(all_about(ada)).lower()


def test_what_others_wrote_to_the_office_is_not_told(both: tuple[User, User]) -> None:
    ada, bob = both
    Mail.objects.create(
        to=ada.email, reply_to=bob.email, subject="S canarybob", text="T canarybob", template="x/y.txt", language="de"
    )
    assert "canarybob" not in as_json(all_about(ada)).lower()


def test_page_and_file_are_for_the_person_who_has_just_proved_it(both: tuple[User, User]) -> None:
    ada, _bob = both
    assert [Client().get(url).status_code for url in (PAGE, FILE)] == [302, 302]
    assert [sign_in(ada, ago=3600).get(url).status_code for url in (PAGE, FILE)] == [302, 302]
    client = sign_in(ada)
    page, file = client.get(PAGE), client.get(FILE)
    assert (page.status_code, file.status_code, file["Content-Disposition"]) == (
        200,
        200,
        'attachment; filename="mitwerk.json"',
    )
    text = page.content.decode()
    values = [v for texts in planted(ada).values() for v in texts.values() if "canaryada" in v and "{" not in v]
    assert [value for value in values if value not in text] == []
    assert AuditEntry.objects.filter(verb="user.take_data", actor=ada).count() == 1
    assert sign_in(ada).get("/en/account/my-data/").status_code == 200
