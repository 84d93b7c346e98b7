"""Somebody deletes their account: no table knows them any more, the organisation's records stay (TRUST P7)."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Merge, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.matching.models import Need
from mitwerk.outbox.models import Mail
from mitwerk.privacy import actions
from mitwerk.privacy.actions import erase_user, without
from mitwerk.privacy.tests.canaries import plant
from mitwerk.privacy.tests.test_my_data import sign_in

pytestmark = pytest.mark.usefixtures("commits_at_once", "own_folder")
DELETE = "/de/konto/loeschen/"


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Data and files of the test alone."""
    settings.MITWERK_DATA = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


def stands_in(word: str) -> list[str]:
    """Every table in which a word stands, read raw, and every file."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for row in model._base_manager.values():
            found += [f"{model._meta.label}.{name}" for name, value in row.items() if word in str(value).lower()]
    folders = [*default_storage.listdir("")[0]] if default_storage.exists("") else []
    for folder in folders:
        found += [f"{folder}/{name}" for name in default_storage.listdir(folder)[1] if word in name]
    return sorted(set(found))


def test_no_table_and_no_file_knows_the_person_any_more(cast: Cast) -> None:
    ada = plant("canaryada", cast.firm, cast.it)
    plant("canarybob", cast.firm, cast.it)
    others, records = stands_in("canarybob"), (Organisation.objects.count(), Need.objects.count(), Page.objects.count())
    lines, pages = AuditEntry.objects.count(), PageLogEntry.objects.count()
    assert len(stands_in("canaryada")) > 40
    key = ada.pk
    erase_user(user=ada)
    assert stands_in("canaryada") == []
    assert stands_in("canarybob") == others, "nobody else lost anything"
    assert (Organisation.objects.count(), Need.objects.count(), Page.objects.count()) == records
    assert (AuditEntry.objects.count(), PageLogEntry.objects.count()) == (lines + 1, pages)
    named = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User and model._base_manager.filter(**{field.attname: key}).exists()
    ]
    assert named == [], "no key leads back"
    assert AuditEntry.objects.get(verb="user.erase").target_name == ""


def test_control_deleting_the_row_alone_leaves_traces(cast: Cast) -> None:
    plant("canaryada", cast.firm, cast.it).delete()
    assert len(stands_in("canaryada")) > 15


def test_what_a_merge_remembers_of_others_stays(cast: Cast) -> None:
    ada = plant("canaryada", cast.firm, cast.it)
    plant("canarybob", cast.firm, cast.it)
    erase_user(user=ada)
    remembered = [len(merge.done["rows"]["actors.Claim"]) for merge in Merge.objects.order_by("pk")]
    assert remembered == [0, 1]
    packed = {"rows": [{"removed": {"email": "A@b.de"}}, {"removed": {"email": "c@b.de"}}], "x": "A@b.de"}
    assert without(packed, ("a@b.de",)) == {"rows": [{"removed": {"email": "c@b.de"}}], "x": "A@b.de"}


def test_the_last_of_an_organisation_is_told_to_the_office(cast: Cast) -> None:
    ada, bob = plant("canaryada", cast.firm, cast.it), plant("canarybob", cast.firm, cast.it)
    erase_user(user=ada)
    assert Mail.objects.filter(template="privacy/last_mail.txt").count() == 0
    page = sign_in(bob).get(DELETE).content.decode()
    assert reverse("people:people_list", args=[cast.firm.slug]) in page
    erase_user(user=bob)
    [mail] = Mail.objects.filter(template="privacy/last_mail.txt")
    assert (cast.firm.name in mail.text, "canary" in (mail.text + mail.html + mail.subject).lower()) == (True, False)


def test_the_page_asks_for_proof_and_a_tick_then_signs_out(cast: Cast) -> None:
    ada = plant("canaryada", cast.firm, cast.it)
    old = sign_in(ada, ago=3600)
    assert old.post(DELETE, {"is_sure": "on"}).status_code == 302
    client = sign_in(ada)
    assert [client.get(DELETE).status_code, client.post(DELETE, {}).status_code] == [200, 200]
    assert User.objects.filter(pk=ada.pk).exists()
    assert client.post(DELETE, {"is_sure": "on"}).url == "/de/"
    assert User.objects.filter(pk=ada.pk).exists() is False
    assert [client.get("/de/konto/").status_code, old.get("/de/konto/").status_code] == [302, 302]


def test_the_last_administrator_stays(cast: Cast) -> None:
    boss = cast.administrator
    answer = sign_in(boss).post(DELETE, {"is_sure": "on"})
    assert (answer.status_code, User.objects.filter(pk=boss.pk).exists()) == (200, True)
    with pytest.raises(Refused):
        erase_user(user=boss)
    create_user(email="second@example.org", password=None, name="S", is_superuser=True)
    erase_user(user=boss)


def test_who_had_gone_goes_again_when_an_old_backup_is_put_back(cast: Cast, tmp_path: Path) -> None:
    ada, list_of_gone = plant("canaryada", cast.firm, cast.it), tmp_path / "erased.txt"
    public_id = ada.public_id
    erase_user(user=ada)
    assert list_of_gone.read_text() == f"{public_id}\n"
    back = plant("canaryada", cast.firm, cast.it)
    list_of_gone.write_text(f"{public_id}\n{back.public_id}\n")
    call_command("erase_again")
    assert (User.objects.filter(pk=back.pk).exists(), stands_in("canaryada")) == (False, [])
    assert actions.erase_again() == 0
