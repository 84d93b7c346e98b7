"""Persons in files (TRUST P5): no mail by itself, told once when the office says so, and gone with one click."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.models import Contact
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.sheet_files import csv_file
from mitwerk.imports.models import Import, Objection
from mitwerk.imports.queries.jobs import late_people
from mitwerk.imports.tests.browser import columns, press, upload
from mitwerk.imports.tests.conftest import As
from mitwerk.outbox.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


def people(count: int) -> list[list[str]]:
    """One organisation with many contacts; the last two are one person of two organisations."""
    rows = [["", "Neue Mühlen GmbH", "04109", "Leipzig", "", f"P{n}", "", f"p{n}@m.example", ""] for n in range(count)]
    return [*rows, ["", "Ganz Andere AG", "", "Jena", "", f"P{count - 1}", "", f"p{count - 1}@m.example", ""]]


def brought_in(cast: Cast, as_user: As, rows: list[list[str]]) -> Import:
    browser = as_user(cast.it_editor)
    job = upload(browser, csv_file(rows), cast.it)
    columns(browser, job, legal_basis="interest", legal_note="Abwägung vom 1. März")
    return press(browser, job, "run")


def test_a_thousand_contacts_and_no_mail(cast: Cast, as_user: As) -> None:
    job = brought_in(cast, as_user, people(1000))
    call_command("tick")
    assert (Contact.objects.count(), Mail.objects.count(), mail.outbox) == (1001, 0, [])
    said = Contact.objects.values_list("legal_basis", "legal_note", "source", "email_visibility").order_by().distinct()
    day = f"{job.created_at:%Y-%m-%d}"
    assert list(said) == [("interest", "Abwägung vom 1. März", f"Import der Datei „liste.csv“ am {day}", "office")]


def test_told_once_and_deleted_with_one_click(cast: Cast, as_user: As) -> None:
    job = brought_in(cast, as_user, people(2))
    browser, url = as_user(cast.it_editor), reverse("office_imports:import_inform", args=[job.public_id])
    page = browser.get(url).content.decode()
    assert ("Diese 3 Personen informieren" in page, "p0@m.example" in page, Mail.objects.count()) == (True, True, 0)
    for _click in range(2):
        browser.post(url)
    assert sorted(one.to[0] for one in mail.outbox) == ["p0@m.example", "p1@m.example"]
    assert Contact.objects.filter(informed_at=None).count() == 0
    told = AuditEntry.objects.filter(verb="import.inform").order_by("pk")
    assert [entry.details for entry in told] == [{"people": count, "basis": "interest"} for count in (2, 0)]
    text = next(one.body for one in mail.outbox if one.to == ["p1@m.example"])
    for part in ("Neue Mühlen GmbH: P1", "Ganz Andere AG: P1", "liste.csv", "berechtigtes Interesse", "Abwägung"):
        assert part in text
    path = re.search(r"http://[^/]+(/\S*kontaktdaten/\S+)", text)[1]
    visitor = as_user(None)
    assert "P1" in visitor.get(path).content.decode()
    assert Contact.objects.filter(name="P1").count() == 2, "opening it does nothing"
    assert visitor.post(path).status_code == 302
    assert Contact.objects.filter(name="P1").count() == 0
    assert "Zu diesem Link ist nichts mehr über Sie gespeichert." in visitor.get(path).content.decode()
    assert visitor.get(path[:-3] + "x/", follow=True).status_code == 404
    again = brought_in(cast, as_user, people(2))
    assert Contact.objects.filter(name="P1").count() == 0
    assert [row.reason for row in again.rows.all()] == ["", "objected", "objected"]
    assert (Objection.objects.count(), "p1@m.example" in str(list(Objection.objects.values()))) == (1, False)


def test_who_was_not_told_in_time_stands_in_a_list(cast: Cast, as_user: As) -> None:
    brought_in(cast, as_user, people(1))
    assert late_people(cast.it_editor).count() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert [one.name for one in late_people(cast.it_editor)] == ["P0", "P0"]
        assert late_people(cast.food_editor).count() == 0
        page = as_user(cast.it_editor).get(reverse("office_imports:import_list")).content.decode()
        assert "2 Personen kamen vor mehr als einem Monat durch einen Import herein" in page
        late = as_user(cast.it_editor).get(reverse("office_imports:late_list")).content.decode()
        assert late.count("p0@m.example") == 2
