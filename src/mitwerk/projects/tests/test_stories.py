"""The story of an ended project: the office writes it, and it is public when every partner has released it."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Representative
from mitwerk.people.tests.cast import People
from mitwerk.projects.actions import (
    answer_release,
    ask_for_release,
    leave_name_out,
    publish_story,
    take_step,
    write_story,
)
from mitwerk.projects.models import Project, Release
from mitwerk.projects.queries import desk_rows
from mitwerk.projects.tests.test_endings import ended
from mitwerk.projects.tests.test_groups import signed_in
from mitwerk.projects.tests.way import Way, lead_to

TEXTS = {
    "summary": {"de": "Sensoren im Teig.", "en": "Sensors in the dough."},
    "problem": {"de": "Niemand wusste es.", "en": "Nobody knew."},
    "work": {},
    "result": {"de": "Weniger Ausschuss.", "en": "Less waste."},
}


def asked(way: Way, cast: Cast) -> Project:
    project = ended(way, cast)
    write_story(project=project, values=TEXTS, actor=cast.it_editor)
    ask_for_release(project=project, actor=cast.it_editor)
    return project


def release(project: Project, organisation: Any) -> Release:
    return Release.objects.get(project=project, organisation=organisation)


def answer(project: Project, organisation: Any, is_released: bool = True) -> None:
    version = Project.objects.get(pk=project.pk).story.version
    answer_release(release=release(project, organisation), version=version, is_released=is_released, actor=None)


def published(project: Project, cast: Cast) -> bool:
    """Whether the office can make it public now."""
    try:
        publish_story(project=project, actor=cast.it_editor)
    except Refused:
        return False
    project.refresh_from_db()
    return project.phase == "story"


def links(name: str) -> list[str]:
    mails = Mail.objects.filter(to=f"{name}@example.org", key__startswith="release/").order_by("pk")
    return [re.findall(r"http://127.0.0.1:8000(/de/dabei-sein/geschichte/\S+)", mail.text)[0] for mail in mails]


def story_page(project: Project) -> str:
    return f"/de/mein/projekte/{project.slug}/geschichte/"


def public_page(project: Project) -> str:
    return Client().get(f"/de/it/projekte/{project.slug}/").content.decode()


def test_both_languages_come_before_the_partners_are_asked(way: Way, cast: Cast) -> None:
    project = ended(way, cast)
    write_story(project=project, values={**TEXTS, "result": {"de": "Nur deutsch."}}, actor=cast.it_editor)
    with pytest.raises(Refused):
        ask_for_release(project=project, actor=cast.it_editor)
    assert Mail.objects.filter(key__startswith="release/").count() == 0
    write_story(project=project, values=TEXTS, actor=cast.it_editor)
    assert ask_for_release(project=project, actor=cast.it_editor) == 2
    assert len(links("baker")) == len(links("delegate")) == 1


def test_it_is_public_when_every_partner_has_released_it_and_not_before(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    assert published(project, cast) is False
    answer(project, cast.firm)
    assert published(project, cast) is False
    assert "Weniger Ausschuss." not in public_page(project)
    answer(project, cast.bakery)
    assert published(project, cast) is True
    page = public_page(project)
    assert ("Weniger Ausschuss." in page, cast.bakery.name in page) == (True, True)
    assert "Less waste." in Client().get(f"/en/it/projects/{project.slug}/").content.decode()
    assert (project.state, project.status, project.steps.first().verb) == ("published", "finished", "tell")
    with pytest.raises(Refused):
        answer(project, cast.bakery, is_released=False)


def test_one_click_in_the_mail_releases_it_and_opening_does_nothing(way: Way, cast: Cast, client: Client) -> None:
    project = asked(way, cast)
    [link] = links("baker")
    assert (client.get(link).status_code, release(project, cast.bakery).state) == (200, "open")
    assert [client.post(link).status_code, client.post(link).status_code] == [200, 410]
    assert release(project, cast.bakery).state == "released"
    [mail] = Mail.objects.filter(to=way.baker.email, key__startswith="release/")
    assert ("Sensoren im Teig." in mail.text, "Weniger Ausschuss." in mail.text) == (True, True)


def test_who_refuses_keeps_it_back_until_its_name_is_left_out(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    answer(project, cast.firm)
    answer(project, cast.bakery, is_released=False)
    assert published(project, cast) is False
    leave_name_out(release=release(project, cast.bakery), actor=cast.it_editor)
    assert published(project, cast) is True
    for name, slug, is_named in (("Backhaus", "backhaus", False), ("Ährenwerk", "aehrenwerk", True)):
        assert (name in public_page(project)) is is_named
        for place in (f"/de/akteure/{slug}/", f"/de/projekte/?q={name}", f"/de/projekte/?partner={slug}"):
            page = Client().get(place)
            assert (page.status_code, "Teig messen" in page.content.decode()) == (200, is_named), place
    assert project.partners.count() == 2, "what it put in stays for the reports"


def test_without_anybody_there_is_no_story(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    for organisation in (cast.firm, cast.bakery):
        leave_name_out(release=release(project, organisation), actor=cast.it_editor)
    assert published(project, cast) is False


def test_a_partner_that_nobody_asked_keeps_it_back(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    for organisation in (cast.firm, cast.bakery):
        answer(project, organisation)
    project.partners.create(organisation=cast.institute, name=cast.institute.name)
    project.partners.create(name="Nur ein Name")
    assert published(project, cast) is False
    assert ask_for_release(project=project, actor=cast.it_editor) == 1
    leave_name_out(release=release(project, cast.institute), actor=cast.it_editor)
    assert published(project, cast) is True
    named = list(project.partners.filter(is_named=True).values_list("name", flat=True))
    assert named == [cast.firm.name, cast.bakery.name], "a mere name can release nothing"


def test_a_changed_text_is_released_anew_and_the_old_link_is_no_longer_good(
    way: Way, cast: Cast, client: Client
) -> None:
    project = asked(way, cast)
    answer(project, cast.firm)
    [old] = links("baker")
    write_story(project=project, values=TEXTS, actor=cast.it_editor)
    assert release(project, cast.firm).state == "released", "control: nothing has changed"
    version = Project.objects.get(pk=project.pk).story.version
    write_story(project=project, values={"result": {"de": "Anders.", "en": "Other."}}, actor=cast.it_editor)
    assert [one.state for one in project.releases.all()] == ["open", "open"]
    assert client.post(old).status_code == 410
    with pytest.raises(Refused):
        answer_release(release=release(project, cast.firm), version=version, is_released=True, actor=None)
    assert published(project, cast) is False
    ask_for_release(project=project, actor=cast.it_editor)
    assert client.post(links("baker")[1]).status_code == 200
    answer(project, cast.firm)
    assert published(project, cast) is True


def test_asked_twice_nobody_gets_the_mail_twice(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    ask_for_release(project=project, actor=cast.it_editor)
    assert (len(links("baker")), len(links("delegate"))) == (1, 1)


def test_a_link_of_somebody_who_left_releases_nothing(way: Way, cast: Cast, client: Client) -> None:
    project = asked(way, cast)
    Representative.objects.filter(organisation=cast.bakery).update(until=timezone.now())
    assert (client.post(links("baker")[0]).status_code, release(project, cast.bakery).state) == (410, "open")


def test_partners_answer_on_the_page_and_change_their_mind(way: Way, cast: Cast, people: People) -> None:
    project = asked(way, cast)
    one, client = release(project, cast.bakery), signed_in(way.baker)
    page, version = f"/de/mein/freigaben/{one.public_id}/", Project.objects.get(pk=project.pk).story.version
    assert "Less waste." in client.get(page).content.decode()
    assert [signed_in(user).get(page).status_code for user in (way.carrier, people.stranger)] == [404, 404]
    for verb, state in (("ablehnen", "refused"), ("freigeben", "released")):
        assert client.post(f"{page}{verb}/", {"version": f"{version}"}).status_code == 302
        assert release(project, cast.bakery).state == state
    for wrong in ("", "x", "0", "99999999999999"):
        client.post(f"{page}ablehnen/", {"version": wrong})
    assert release(project, cast.bakery).state == "released", "no answer to what was not read"


def test_the_office_of_its_cluster_makes_it_and_nobody_else(way: Way, cast: Cast, people: People) -> None:
    project = ended(way, cast)
    users = (cast.it_editor, people.manager, cast.umbrella_editor, cast.food_editor, way.board, way.carrier, way.baker)
    found = [signed_in(user).get(story_page(project)).status_code for user in users]
    assert found == [200, 200, 200, 404, 404, 404, 404]
    client = signed_in(cast.it_editor)
    sent = {f"{name}_{code}": text for name, texts in TEXTS.items() for code, text in texts.items()}
    assert client.post(story_page(project), sent).status_code == 302
    assert client.post(f"{story_page(project)}fragen/").status_code == 302
    one = release(project, cast.bakery)
    assert signed_in(way.carrier).post(f"/de/mein/freigaben/{one.public_id}/weglassen/").status_code == 404
    assert client.post(f"/de/mein/freigaben/{one.public_id}/weglassen/").status_code == 302
    assert signed_in(cast.food_editor).post(f"{story_page(project)}veroeffentlichen/").status_code == 404
    client.post(f"{story_page(project)}veroeffentlichen/")
    assert Project.objects.get(pk=project.pk).phase == "achieved", "the firm has not answered"
    answer(project, cast.firm)
    assert client.post(f"{story_page(project)}veroeffentlichen/").status_code == 302
    assert Project.objects.get(pk=project.pk).phase == "story"
    assert client.get(story_page(project)).status_code == 404


def test_what_waits_stands_on_the_desks(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    assert "Geschichte zur Freigabe" in [str(row.title) for row in desk_rows(way.baker)]
    assert desk_rows(cast.it_editor) == []
    for organisation in (cast.firm, cast.bakery):
        answer(project, organisation)
    assert [str(row.action) for row in desk_rows(cast.it_editor)] == ["Ansehen und veröffentlichen"]
    assert "Geschichte zur Freigabe" not in [str(row.title) for row in desk_rows(way.baker)]


def test_a_project_without_the_office_stays_ended(way: Way, cast: Cast) -> None:
    lead_to(way, "running")
    take_step(project=way.idea, verb="achieve", actor=way.carrier, text="Gut.")
    for verb in (write_story, ask_for_release, publish_story):
        if verb is write_story:
            continue
        with pytest.raises(Refused):
            verb(project=way.idea, actor=cast.it_editor)
    with pytest.raises(Refused):
        take_step(project=way.idea, verb="tell", actor=way.carrier)
    write_story(project=way.idea, values=TEXTS, actor=cast.it_editor)
    assert ask_for_release(project=way.idea, actor=cast.it_editor) == 1


def test_before_the_end_there_is_nothing_to_tell(way: Way, cast: Cast) -> None:
    lead_to(way, "running")
    with pytest.raises(Refused):
        write_story(project=way.idea, values=TEXTS, actor=cast.it_editor)
    assert signed_in(cast.it_editor).get(story_page(way.idea)).status_code == 404


def test_the_database_holds_one_answer_of_a_partner(way: Way, cast: Cast) -> None:
    project = asked(way, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(project=project, organisation=cast.bakery)
