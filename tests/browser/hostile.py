"""An installation in which every text is an attack: what `test_hostile_texts.py` looks at.

Texts are written past forms and actions, so that nothing but the pages stands between them and the reader.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django_scopes import scope
from wagtail.fields import RichTextField

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Certificate, Contact, Location
from mitwerk.charter.models import Adoption, Charter, Version, Wording
from mitwerk.competences.models import Competence, Reference
from mitwerk.congress.models import Bulletin, NextStep
from mitwerk.core.translated import TranslatedField
from mitwerk.events.models import EventTopic, Organiser
from mitwerk.governance.models import Attendance, Vote
from mitwerk.imports.actions import starting, working
from mitwerk.imports.models import Import
from mitwerk.matching.models import NeedContact
from mitwerk.networks.actions import remove_network
from mitwerk.pages.models import ClusterHomePage, RegionHomePage
from mitwerk.projects.models import GroupReport, Partner, ProjectFigure
from mitwerk.registrations.models import (
    AccessCode,
    Admission,
    Arrival,
    FeedbackBox,
    FeedbackRoll,
    Invoice,
    Question,
    Registration,
    RoomCount,
)
from mitwerk.rooms.models import Card
from mitwerk.search.actions import rebuild_index
from tests.browser.busy_office import session
from tests.matrix.asking import Places, ways
from tests.matrix.cast import WHO, House, make_house
from tests.matrix.expected import FILE, read

PAYLOADS = (
    "<img src=x onerror=alert(1) data-planted>",
    '"><b data-planted onfocus=hacked=1 autofocus tabindex=1>',
    "' data-planted onpointerover='hacked=1",
    "<svg onload=hacked=1 data-planted>",
    "javascript:hacked=1//",
    "</script><script data-planted>hacked=1</script>",
    "{{ 31330|add:7 }}{% debug %}",
    "';hacked=1;//\\u003cb data-planted>",
    "&lt;b data-planted&gt;",
    '" data-planted x="',
    "</textarea></title><iframe data-planted srcdoc='<script>parent.hacked=1</script>'>",
    "--><b data-planted>",
    "[x](javascript:hacked=1)`${hacked=1}`",
)
"""Each gives what it makes the mark `data-planted`, sets `hacked` or opens a dialog; a template would say 31337."""
SHORTEST = "<b data-planted>"
LINK = "javascript:hacked=1//"
CODES = {
    "accent", "act", "action", "address_hash", "cluster_slug", "code", "content_hash", "content_path", "digest",
    "error_code", "evidence_digest", "file_hash", "form", "hostname", "kind", "language", "normalised_name",
    "notation", "object_id", "page", "password", "path", "previous", "privacy", "problem", "purpose", "reason_code",
    "salt", "source_hash", "source_language", "state", "target", "target_kind", "template", "token_hash", "url_path",
    "cluster_slugs", "columns", "counts", "headers", "html", "languages", "mark", "outline", "source_ids",
    "target_id", "target_language", "verb", "restriction_type", "sort_name", "organisation_id", "closing_hash", "roll_hash",
    "wording_hash", "public_key", "locked_key", "seal", "plain", "answered", "client_id", "nonce",
}  # fmt: skip
"""Fields that hold words or markup of the machine's own. Whoever can write them can write the program."""
THEIRS = {
    "wagtailcore.Page": ("title", "draft_title", "seo_title", "search_description"),
    "wagtailcore.Collection": ("name",),
    "wagtailcore.Site": ("site_name",),
    "wagtailcore.Workflow": ("name",),
    "wagtailcore.Task": ("name",),
    "wagtaildocs.Document": ("title",),
    "wagtailcore.ModelLogEntry": ("label",),
    "wagtailcore.PageLogEntry": ("label",),
    "wagtailcore.Revision": ("object_str",),
    "usersessions.UserSession": ("user_agent",),
}
"""Texts of people in the tables of Wagtail and allauth."""
KEPT = {
    "accounts.AuditEntry", "charter.Version", "charter.Wording", "consents.Consent", "consents.Wording", "registrations.Invoice",
    "search.Document", "search.SearchException",
}  # fmt: skip
"""Tables that refuse changes, or are made of the others."""
ROLES = ("signed out", "delegate of the firm", "coordinator of A's network", "editor of A", "administrator")
LISTS = (
    "search:search", "portal:organisation_list", "portal:competence_list", "projects:project_list", "events:event_list",
    "matching:need_list", "networks:network_list", "account_login",
)  # fmt: skip
ALIKE = ("_results", ":usage", ":history", ":add", "_multiple", ":delete")
ONE_OF_THEM = (
    "office_organisations:history", "office_organisations:delete", "office_projects:add", "office_projects:delete",
    "office_messages:delete", "office_concepts:delete", "office_roles:add", "office_roles:delete", "office_networks:delete",
    "office_invitations:add", "wagtailadmin_pages:add", "wagtailadmin_pages:delete", "wagtailadmin_pages:history",
    "wagtaildocs:delete", "wagtailimages:delete", "wagtailimages:add_multiple", "wagtailsites:history",
    "wagtailadmin_collections:delete",
)  # fmt: skip
"""Of pages that are alike in all lists, some."""
_turn = count()


def enrich(house: House) -> None:
    """A row in each table of which the matrix needs none."""
    firm, event, need, project = (house.records[name] for name in ("organisations", "events", "needs", "projects"))
    Contact.objects.create(
        organisation=firm, name="Ein Name", name_visibility="public", phone_visibility="public", phone="1 2",
        source="Eine Liste",
    )  # fmt: skip
    Location.objects.create(organisation=firm, town="Ort")
    Certificate.objects.create(organisation=firm, name="Zeichen", issuer="Amt")
    Competence.objects.create(organisation=firm, concept=house.cast.erp, wording={"de": "x"})
    Reference.objects.create(organisation=firm, wording={"de": "x"}).concepts.set([house.cast.erp])
    Organiser.objects.create(event=event, name="Verein", organisation=firm)
    EventTopic.objects.create(event=event, name={"de": "x"})
    NeedContact.objects.create(need=need, name="x", email="x@example.org")
    for at, organisation in enumerate((firm, None)):
        Partner.objects.create(project=project, organisation=organisation, name="Partner", position=at)
    closed = house.records["closed"]
    Vote.objects.create(ballot=closed, organisation_id=firm.public_id, choice="no", reason="x")
    Attendance.objects.create(sitting=house.records["running sitting"], organisation_id="x", name="Firma")
    GroupReport.objects.create(group=house.records["group"], status="done", text="x", was_due=timezone.localdate())
    ProjectFigure.objects.create(project=project, value="5", label={"de": "x"})
    for charter in Charter.objects.all():
        hostile_version(charter)
    hostile_invoice(house.records["invoices"])
    Card.objects.create(person=house.records["reader of the room"], position="x", about="x", phone="1 2")
    around_a_congress(house.records["admissions"], house.records["registrations"])


def around_a_congress(admission: Admission, guest: Registration) -> None:
    """What is asked and told on its pages besides."""
    congress, now, said = admission.congress, timezone.now(), {"de": "x", "en": "x"}
    Bulletin.objects.create(congress=congress, text=said, until=now + timedelta(hours=9), key="one")
    NextStep.objects.create(congress=congress, text=said, who="Verein")
    Question.objects.create(admission=admission, wording=said, kind="choice", options=said)
    AccessCode.objects.create(admission=admission, kind=guest.kind, code="Wort", plain="wort", note="Partner")
    Arrival.objects.create(registration=guest, day=timezone.localdate(), at=now, device="Tor", client_id="one")
    RoomCount.objects.create(room=congress.rooms.all()[0], count=3, device="Tor", key="one")
    FeedbackBox.objects.create(admission=admission, count=5, words=["War gut so."] * 5)
    FeedbackRoll.objects.create(admission=admission, answered=["one"])


def hostile_invoice(like: Invoice) -> None:
    """Invoices are never changed either: one more, to a buyer with such a name."""
    Invoice.objects.create(
        seller=like.seller, year=like.year, count=like.count + 1, number="2", kind=like.kind, net=like.net,
        gross=like.gross, booking_id_text=like.booking_id_text, congress_name=hostile(250), buyer_name=hostile(250),
        data=in_json(like.data),
    )  # fmt: skip


def hostile_version(charter: Charter) -> None:
    """What is never changed is made anew with attacks: every wording, and the version in force."""
    version = charter.versions.get(number=1)
    content = json.loads(json.dumps(version.content))
    for section in content["sections"]:
        section["title"] = both()
        for paragraph in section["paragraphs"]:
            paragraph["text"] = both()
            if "goal" in paragraph:
                paragraph["goal"]["measure"] = both()
            Wording.objects.create(charter=charter, anchor=paragraph["id"], revision=7, text={"text": both()})
    made = Version.objects.create(charter=charter, number=2, content={**content, "title": both()}, note=both())
    Adoption.objects.filter(charter=charter).update(version=made)
    version.delete()
    # The addresses of the matrix ask for the first one.
    first = Version.objects.create(charter=charter, number=1, content=made.content, note=made.note)
    Adoption.objects.filter(charter=charter).update(version=first)
    made.delete()


def hostile(most: int | None) -> str:
    """As many attacks as fit, each time beginning with the next."""
    start, text = next(_turn), ""
    for step in range(len(PAYLOADS)):
        more = f"{text} {PAYLOADS[(start + step) % len(PAYLOADS)]}".strip()
        if len(more) <= (most or 1000):
            text = more
    return text or SHORTEST[:most]


def both() -> dict[str, str]:
    return {code: hostile(1000) for code, _name in settings.LANGUAGES}


def in_json(value: Any) -> Any:
    """Sentences and addresses become attacks; single words may be codes of the machine and stay."""
    if isinstance(value, dict):
        return {key: in_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [in_json(one) for one in value]
    if isinstance(value, str) and value.startswith("http"):
        return LINK
    return hostile(250) if isinstance(value, str) and " " in value else value


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """What people write in. A field that allows nothing else than codes is left out."""
    theirs = THEIRS.get(model._meta.label)
    for field in model._meta.local_concrete_fields:
        if field.name in theirs if theirs else is_written(field):
            yield field


def is_written(field: models.Field) -> bool:
    """Whether people write what this field of ours holds."""
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    is_code = field.choices or field.unique or field.name in CODES or field.primary_key
    is_named = isinstance(field, models.SlugField | models.EmailField)
    return bool(is_text and not is_code and not is_named and (field.max_length or 99) >= 30)


def attack(field: models.Field, value: Any) -> Any:
    if isinstance(field, TranslatedField):
        return both()
    if isinstance(field, RichTextField):
        return f"<p>{escape(hostile(1000))}</p>"  # as the editor's own field keeps what somebody types
    if isinstance(field, models.JSONField):
        return in_json(value) if field.name != "alternative_names" else [hostile(250), hostile(250)]
    if isinstance(field, models.URLField):
        return LINK
    return hostile(field.max_length)


def tables() -> Iterator[tuple[QuerySet[Any], list[models.Field]]]:
    """Every table with texts of people, and its texts."""
    for model in apps.get_models():
        ours = str(model.__module__).startswith("mitwerk.") and model._meta.label not in KEPT
        if (ours or model._meta.label in THEIRS) and (fields := list(text_fields(model))):
            yield model._base_manager.all(), fields


def plant() -> set[str]:
    """Turn all texts of all records into attacks; tells which tables have no record to turn."""
    empty = set()
    for records, fields in tables():
        if not records:
            empty.add(records.model._meta.label)
        for record in records:
            values = {field.name: attack(field, getattr(record, field.attname)) for field in fields}
            records.model._base_manager.filter(pk=record.pk).update(**values)
    return empty


IN_BLOCKS = ("claim", "intro", "heading", "text", "caption")


def plant_blocks() -> None:
    """The words in the blocks of the home pages."""
    for page in [*RegionHomePage.objects.all(), *ClusterHomePage.objects.all()]:
        blocks = [dict(block) for block in page.body.raw_data]
        for block in blocks:
            if isinstance(block["value"], dict):
                block["value"] = {**block["value"], **{name: hostile(400) for name in IN_BLOCKS}}
        type(page).objects.filter(pk=page.pk).update(body=json.dumps(blocks))


def follow_up(house: House) -> None:
    """What comes of hostile records: entries of the log, revisions, something removed, an import of hostile cells."""
    for name in ("organisations", "projects", "networks", "page"):
        house.records[name].refresh_from_db()
        record_audit(verb="firm.look", target=house.records[name], details={"note": hostile(250)})
    plant_blocks()
    house.records["page"].save_revision()
    house.records["log"] = record_audit(verb="firm.look", target=house.records["organisations"])
    draft = house.networks.draft
    draft.refresh_from_db()
    remove_network(network=draft, actor=house.cast.it_editor)
    house.records["imports"] = import_cells(house)
    rebuild_index()


def import_cells(house: House) -> Import:
    """A file whose name, heads and cells are hostile: a new row, a change, a likely duplicate, refusals."""
    house.cast.firm.refresh_from_db()
    names = [hostile(200), house.cast.firm.name, house.cast.firm.name + " GmbH", ""]
    lines = [["Name", "PLZ", "Ort", "Ansprechpartner", hostile(80)]]
    lines += [[name, "04109", hostile(100), hostile(100), hostile(200)] for name in names]
    content = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    job = starting.take_file(
        user=house.cast.it_editor, cluster=house.cast.it, file_name=hostile(200), kind="csv", content=content.encode()
    )
    working.go_on(job.pk)
    job.refresh_from_db()
    given = {"membership": "member", "legal_basis": "interest", "legal_note": hostile(300)}
    starting.set_columns(job=job, columns=job.columns, actor=house.cast.it_editor, **given)
    working.go_on(job.pk)
    job.refresh_from_db()
    return job


def addresses(house: House, who: str, language: str) -> list[str]:
    """What somebody gets to see by GET, as the matrix says, with a record behind each address.

    Left out is what shows the words of another page in the same template. Of the office the editor sees our own pages,
    the administrator all.
    """
    expected, place, places = read(FILE.read_text())[1], list(WHO).index(who), Places(house)
    found = []
    for name, ones in ways(language).items():
        is_piece = name.endswith(ALIKE) and name not in ONE_OF_THEM
        is_theirs = who == "editor of A" and not name.startswith("office_")
        if expected[name][0][place] == "o" and not is_piece:
            found += [places.fill(one) for one in ones if not (is_theirs and one.route.startswith("/office/"))]
    return found


def more_addresses(house: House, language: str) -> list[str]:
    """The news, which has no address of its own in the table, and the words of the attack in every question."""
    with translation.override(language):
        page = house.records["page"] if language == "de" else house.records["page"].twins()["en"]
        lists = [reverse(name) for name in LISTS]
    asked = quote(hostile(200))
    region = [f"{address}?q={asked}&year={asked}&kind={asked}" for address in lists]
    found = f"{lists[0]}?q=onerror"
    return [page.address("it"), *region, found, f"{lists[1]}?view=map", f"/{language}/{asked}/"]


def cookie(house: House, who: str, language: str) -> str:
    """A session that reads the office in a language; none for somebody signed out."""
    user = house.users[who]
    return session(user, language) if user else ""


def build() -> None:
    """Prints what the browser needs: fields, sessions, addresses."""
    with scope(cluster=None), translation.override("de"):
        house = make_house()
        enrich(house)
        left_out = plant()
        follow_up(house)
        told = {
            "left_out": sorted(left_out),
            "cookies": {who: cookie(house, who, "en" if who == "editor of A" else "de") for who in ROLES},
            "addresses": {
                who: {language: addresses(house, who, language) for language in ("de", "en")} for who in ROLES
            },
            "more": {language: more_addresses(house, language) for language in ("de", "en")},
        }
    print(json.dumps(told))  # noqa: T201 (read by the test)
