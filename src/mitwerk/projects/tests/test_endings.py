"""A project ends on one form; each partner confirms what it proved, and only that counts."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.competences.models import Reference
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Representative
from mitwerk.people.tests.cast import People
from mitwerk.pictures.models import Picture
from mitwerk.projects.actions import Outcome, accept_joining, answer_proofs, end_project, invite_organisation
from mitwerk.projects.models import Project, Proof
from mitwerk.projects.queries import desk_rows
from mitwerk.projects.tests.test_groups import signed_in
from mitwerk.projects.tests.way import Way, lead_to


def with_bakery(way: Way, cast: Cast) -> Project:
    """The project runs, and the bakery takes part."""
    project = lead_to(way, "running")
    joining = invite_organisation(
        project=project, organisation=cast.bakery, values={"role": "partner"}, actor=way.carrier
    )
    accept_joining(joining=joining, actor=way.baker)
    return project


def ended(way: Way, cast: Cast, *proved: Any) -> Project:
    project = with_bakery(way, cast)
    end_project(
        project=project, verb="achieve", text="Gut.", outcome=Outcome(proved=proved or (cast.analytics, cast.erp)),
        actor=way.carrier,
    )  # fmt: skip
    return project


def states(project: Project) -> list[tuple[str, str, str]]:
    found = Proof.objects.filter(project=project).order_by("organisation__slug", "concept__slug")
    return [(one.organisation.slug, one.concept.slug, one.state) for one in found]


def proved(project: Project) -> list[str]:
    return sorted(project.proved.values_list("slug", flat=True))


def link_of(name: str) -> str:
    text = Mail.objects.filter(to=f"{name}@example.org", key__startswith="proof/").get().text
    return re.findall(r"http://127.0.0.1:8000(/de/dabei-sein/belegt/\S+)", text)[0]


def png() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "#1d4e9e").save(made, "PNG")
    return SimpleUploadedFile("teig.png", made.getvalue())


def end_page(way: Way) -> str:
    return f"/de/mein/projekte/{way.idea.slug}/beenden/"


def test_one_form_asks_for_end_lessons_figures_competences_and_picture(way: Way, cast: Cast) -> None:
    with_bakery(way, cast)
    client = signed_in(way.carrier)
    sent = {
        "verb": "achieve-partly", "text": "Wir messen früher.", "result_de": "Ein Drittel weniger Ausschuss.",
        "value_1": "33 %", "label_1_de": "weniger Ausschuss", "value_2": "5", "label_2_de": "Backstuben",
        "proved": [cast.erp.pk], "alt_de": "Teig", "credit": "Backhaus",
    }  # fmt: skip
    assert client.post(end_page(way), {**sent, "picture": png()}).status_code == 302
    project = Project.objects.get(pk=way.idea.pk)
    assert [(one.value, str(one.label)) for one in project.figures.all()] == [
        ("33 %", "weniger Ausschuss"), ("5", "Backstuben"),
    ]  # fmt: skip
    picture = Picture.objects.get()
    assert (project.phase, project.story.picture, str(project.story.result)) == (
        "partly", picture, "Ein Drittel weniger Ausschuss.",
    )  # fmt: skip
    assert states(project) == [("aehrenwerk", "erp", "open"), ("backhaus", "erp", "open")]
    assert (proved(project), project.picture) == ([], None), "nothing counts before a partner has said so"
    public = Client().get(f"/de/it/projekte/{project.slug}/").content.decode()
    assert [word in public for word in ("33 %", "Ein Drittel", "Wir messen früher.")] == [False] * 3
    assert client.get(end_page(way)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"verb": ""}, {"verb": "accept"}, {"value_1": "5"}, {"label_1_de": "Backstuben"}, {"picture": "png"},
        {"picture": "png", "alt_de": "Teig"}, {"picture": "text", "alt_de": "Teig", "credit": "Ich"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(way: Way, cast: Cast, wrong: dict[str, Any]) -> None:
    lead_to(way, "running")
    files = {"png": png(), "text": SimpleUploadedFile("a.png", b"<svg>")}
    sent = {"verb": "achieve", "text": "Bleibt stehen", **wrong}
    if "picture" in sent:
        sent["picture"] = files[str(sent["picture"])]
    page = signed_in(way.carrier).post(end_page(way), sent)
    assert (page.status_code, "Bleibt stehen" in page.content.decode()) == (200, True)
    assert (Project.objects.get(pk=way.idea.pk).phase, Picture.objects.count()) == ("running", 0)


def test_only_carriers_end_it_and_before_it_runs_they_can_only_stop(way: Way, cast: Cast) -> None:
    lead_to(way, "accepted")
    users = (way.carrier, way.board, cast.it_editor, way.baker)
    assert [signed_in(user).get(end_page(way)).status_code for user in users] == [200, 404, 404, 404]
    form = signed_in(way.carrier).get(end_page(way)).context["form"]
    assert [value for value, _label in form.fields["verb"].choices] == ["stop"]


def test_one_click_in_the_mail_makes_a_confirmed_reference(way: Way, cast: Cast, client: Client) -> None:
    project = ended(way, cast)
    link = link_of("baker")
    page = client.get(link).content.decode()
    assert ("bestätigen Sie, dass es für Backhaus Muldental AG belegt" in page, proved(project)) == (True, [])
    assert [client.post(link).status_code, client.post(link).status_code] == [200, 410]
    reference = Reference.objects.get()
    assert (reference.organisation, reference.confirmed_at is not None) == (cast.bakery, True)
    assert reference.wording == {"de": "Teig messen", "en": "Measuring dough"}
    assert sorted(reference.concepts.values_list("slug", flat=True)) == ["datenanalyse", "erp"]
    assert proved(project) == ["datenanalyse", "erp"]
    assert states(project)[2:] == [("backhaus", "datenanalyse", "confirmed"), ("backhaus", "erp", "confirmed")]
    shown = Client().get("/de/ernaehrung/akteure/backhaus/").content.decode()
    assert "vom Partner bestätigt" in shown
    assert AuditEntry.objects.filter(verb="organisation.confirm-reference").count() == 1


def test_some_are_confirmed_and_the_others_declined(way: Way, cast: Cast, client: Client) -> None:
    project = ended(way, cast)
    address = f"/de/mein/organisationen/backhaus/belegt/{project.slug}/"
    assert [signed_in(user).get(address).status_code for user in (way.baker, way.carrier)] == [200, 404]
    assert signed_in(way.baker).post(address, {"concepts": ["leittechnik"]}).status_code == 200
    assert signed_in(way.baker).post(address, {"concepts": ["erp"]}).status_code == 302
    assert states(project)[2:] == [("backhaus", "datenanalyse", "declined"), ("backhaus", "erp", "confirmed")]
    assert (proved(project), client.post(link_of("baker")).status_code) == (["erp"], 410)
    assert signed_in(way.baker).post(address, {"concepts": []}).status_code == 404


def test_none_of_it_leaves_no_reference_and_proves_nothing(way: Way, cast: Cast) -> None:
    project = ended(way, cast)
    assert answer_proofs(project=project, organisation=cast.bakery, confirmed=[], actor=way.baker) == 0
    assert (proved(project), Reference.objects.count()) == ([], 0)
    with pytest.raises(Refused):
        answer_proofs(project=project, organisation=cast.bakery, confirmed=[cast.erp], actor=way.baker)
    assert proved(project) == []


def test_two_partners_have_a_reference_each_and_the_project_counts_it_once(way: Way, cast: Cast) -> None:
    project = ended(way, cast, cast.erp)
    for organisation in (cast.firm, cast.bakery):
        answer_proofs(project=project, organisation=organisation, confirmed=[cast.erp], actor=None)
    assert (proved(project), Reference.objects.count(), project.proved.count()) == (["erp"], 2, 1)


def test_a_link_of_somebody_who_left_confirms_nothing(way: Way, cast: Cast, client: Client) -> None:
    project = ended(way, cast)
    link = link_of("baker")
    Representative.objects.filter(organisation=cast.bakery).update(until=timezone.now())
    assert (client.post(link).status_code, proved(project)) == (410, [])


def test_the_database_holds_each_competence_of_a_partner_once(way: Way, cast: Cast) -> None:
    project = ended(way, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(project=project, organisation=cast.bakery, concept=cast.erp)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(project=project).update(state="confirmed")


def test_what_is_to_be_confirmed_stands_on_the_desk(way: Way, cast: Cast, people: People) -> None:
    project = ended(way, cast)
    assert [str(row.title) for row in desk_rows(way.baker)] == ["Kompetenzen zu bestätigen"]
    assert desk_rows(people.stranger) == []
    answer_proofs(project=project, organisation=cast.bakery, confirmed=[], actor=way.baker)
    assert desk_rows(way.baker) == []
