"""The public page of the charter: what is in force, its goals with the projects that serve them, who signed it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.office.browser import form_data

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast, make_organisation
from mitwerk.charter.actions import add_paragraph, change_charter, open_phase, publish_version
from mitwerk.charter.models import Adoption, AdoptionPart, Charter, Paragraph, Signature
from mitwerk.charter.queries.public import goals_in_force
from mitwerk.charter.tests.cast import GOAL, WE, Workshop, adopted, make_workshop, published
from mitwerk.governance.models import Body, Resolution
from mitwerk.governance.tests.cast import Bodies, make_bodies
from mitwerk.pages.actions import ensure_page_tree
from mitwerk.people.tests.cast import People
from mitwerk.projects.forms import IdeaForm
from mitwerk.projects.models import Project
from mitwerk.projects.tests.cast import make_project

As = Callable[[User | None], Client]
HOSTILE = '<script>alert("x")</script> & <img src=x>'


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MITWERK_DATA = tmp_path
    return tmp_path


@pytest.fixture
def bodies(cast: Cast, people: People) -> Bodies:
    return make_bodies(cast, people)


@pytest.fixture
def workshop(cast: Cast, people: People, bodies: Bodies) -> Workshop:
    found = make_workshop(cast, people, bodies)
    Paragraph.objects.filter(pk=found.goal.pk).update(is_goal=True, target_year=2030)
    return found


@pytest.fixture
def adoption(workshop: Workshop, bodies: Bodies) -> Adoption:
    return adopted(workshop, bodies)


def page(cluster: str | None = "it") -> str:
    return reverse("portal:charter", kwargs={"cluster": cluster} if cluster else {})


def sign(adoption: Adoption, *organisations: Organisation) -> None:
    for organisation in organisations:
        Signature.objects.create(adoption=adoption, organisation=organisation)


def test_before_it_is_adopted_only_an_open_workshop_has_a_page(workshop: Workshop, client: Client) -> None:
    published(workshop)
    assert client.get(page()).status_code == 404
    Charter.objects.update(is_open=True, phase="collect")
    early = client.get(page())
    Charter.objects.update(phase="suggest")
    later = client.get(page())
    draft = reverse("charter:draft", kwargs={"cluster": "it"})
    assert [(one.status_code, draft in one.text, WE["de"] in one.text) for one in (early, later)] == [
        (200, False, False), (200, True, False),
    ]  # fmt: skip
    assert [str(label) for label, _state in later.context["steps"]] == [
        str(label)[0].upper() + str(label)[1:] for _name, label in Charter.Phase.choices
    ]


def test_where_there_is_no_charter_there_is_no_page(adoption: Adoption, client: Client) -> None:
    assert [client.get(page(home)).status_code for home in ("it", "ernaehrung", None)] == [200, 404, 404]


def test_the_wording_in_force_is_shown_and_not_what_the_editors_write(
    workshop: Workshop, adoption: Adoption, client: Client
) -> None:
    Paragraph.objects.filter(pk=workshop.we.pk).update(text={"de": "Noch ein Entwurf."})
    open_phase(charter=workshop.now, phase="review", actor=None)
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    text = client.get(page()).text
    assert ("Noch ein Entwurf." in text, WE["de"] in text, f'id="p-{workshop.we.public_id}"' in text) == (
        False, True, True,
    )  # fmt: skip
    assert f'href="#p-{workshop.we.public_id}"' in text


def test_the_facts_say_who_took_part(adoption: Adoption, client: Client) -> None:
    with translation.override("en"):
        address = page()
    [(about, told, resolution)] = client.get(address).context["votes"]
    assert (str(about), told, resolution) == ("", "2 yes, 1 no, 0 abstentions; 3 of 4 took part (75%)", None)


def test_a_resolution_is_linked_where_everybody_may_read_it(adoption: Adoption, client: Client) -> None:
    link = Resolution.objects.get().address("it")
    assert link not in client.get(page()).text
    Resolution.objects.update(is_public=True)
    assert link in client.get(page()).text
    Body.objects.update(state=Body.State.DRAFT)
    text = client.get(page()).text
    assert (link in text, "Vorstand" in text) == (False, False)


def test_of_few_secret_votes_only_the_outcome_is_told(adoption: Adoption, client: Client) -> None:
    told = {"outcome": "carried", "count": None, "derivation": None}
    Resolution.objects.update(result=told)
    assert [(vote[1], vote[2]) for vote in client.get(page()).context["votes"]] == [("", None)]


def test_adopted_by_section_each_has_its_own_line(workshop: Workshop, adoption: Adoption, client: Client) -> None:
    AdoptionPart.objects.update(section=workshop.we.section.public_id)
    assert [str(vote[0]) for vote in client.get(page()).context["votes"]] == [str(workshop.we.section.title)]


def test_a_goal_shows_where_it_stands_now(workshop: Workshop, adoption: Adoption, client: Client) -> None:
    Paragraph.objects.filter(pk=workshop.goal.pk).update(figure={"de": "Sieben"}, figure_on="2026-09-30", is_gone=True)
    text = client.get(page()).text
    assert [word for word in (GOAL["de"], "2030", "Sieben", "30. September 2026") if word not in text] == []


def test_projects_that_serve_a_goal_are_those_everybody_may_see(
    workshop: Workshop, adoption: Adoption, cast: Cast, client: Client
) -> None:
    shown = make_project("zeigen", "Zu zeigen", clusters=[cast.it])
    hidden = make_project("nicht", "Nicht zu zeigen", clusters=[cast.it], state=Project.State.DRAFT)
    foreign = make_project("fremd", "Fremd", clusters=[cast.food])
    for project in (shown, hidden, foreign):
        project.goals.add(workshop.goal)
    text = client.get(page()).text
    assert (shown.address("it") in text, "Nicht zu zeigen" in text, "Fremd" in text) == (True, False, False)


def test_a_project_links_to_the_goal_it_serves(
    workshop: Workshop, adoption: Adoption, cast: Cast, client: Client
) -> None:
    project = make_project("dient", "Dient", clusters=[cast.it])
    unborn = add_paragraph(
        section=workshop.goal.section, values={"text": {"de": "Noch kein Ziel."}, "is_goal": True}, actor=None
    )
    project.goals.add(workshop.goal, unborn)
    text = client.get(project.address("it")).text
    assert (f'{page()}#p-{workshop.goal.public_id}"' in text, "Noch kein Ziel." in text) == (True, False)


def test_the_idea_names_goals_of_its_cluster_where_a_charter_is_in_force(
    workshop: Workshop, bodies: Bodies, people: People, cast: Cast, as_user: As
) -> None:
    client, address = as_user(people.delegate), reverse("projects:idea_add", args=[cast.firm.slug])
    assert "goals" not in client.get(address).context["form"].fields
    adopted(workshop, bodies)
    assert list(client.get(address).context["form"].fields["goals"].choices) == [(workshop.goal.pk, GOAL["de"])]
    data = {"goals": [str(workshop.goal.pk)], "title_de": "Teig"}
    assert client.post(address, data).status_code == 302
    assert list(Project.objects.get(phase="idea").goals.all()) == [workshop.goal]
    strange = client.post(address, {**data, "goals": [str(workshop.we.pk)]})
    assert list(strange.context["form"].errors) == ["goals"]
    assert client.post(address, {**data, "goals": ["9" * 30, "x"]}).status_code == 200


def test_a_goal_of_another_cluster_is_refused(workshop: Workshop, adoption: Adoption, cast: Cast) -> None:
    assert goals_in_force([cast.food, None]) == []
    goals = goals_in_force([cast.it, cast.food, None])
    data = {"title_de": "Teig", "cluster": cast.food.slug, "goals": [str(workshop.goal.pk)]}
    form = IdeaForm(data, clusters=[cast.it, cast.food], goals=goals)
    assert (form.is_valid(), list(form.errors)) == (False, ["goals"])
    assert IdeaForm({**data, "cluster": cast.it.slug}, clusters=[cast.it, cast.food], goals=goals).is_valid()


def test_the_office_names_goals(workshop: Workshop, adoption: Adoption, cast: Cast, as_user: As) -> None:
    project = make_project("amt", "Amt", clusters=[cast.it])
    project.goals.add(workshop.goal)
    answer = as_user(cast.administrator).get(f"/office/projects/edit/{project.pk}/")
    form = answer.context["form"]
    assert (form.initial["goals"], GOAL["de"] in answer.text) == ([workshop.goal.pk], True)
    client = as_user(cast.administrator)
    for sent, there in (([], []), ([str(workshop.goal.pk)], [workshop.goal])):
        data = {**form_data(form), "goals": sent, "problem_de": "Neu."}
        assert client.post(f"/office/projects/edit/{project.pk}/", data).status_code == 302
        assert list(project.goals.all()) == there


def test_the_region_has_a_page_of_its_own(workshop: Workshop, client: Client) -> None:
    values = {"title": {"de": "Leitbild der Region"}, "cluster": None}
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=workshop.keeper)
    assert client.get(page(None)).status_code == 404
    Charter.objects.filter(pk=charter.pk).update(is_open=True)
    assert ("Leitbild der Region" in client.get(page(None)).text, client.get(page()).status_code) == (True, 404)


def test_who_signed_is_shown_and_who_withdrew_too(adoption: Adoption, cast: Cast, client: Client) -> None:
    text = client.get(page()).text
    assert 'class="charter-signers"' not in text
    sign(adoption, cast.firm, cast.university, cast.hidden)
    Signature.objects.filter(organisation=cast.university).update(withdrawn_at=timezone.now())
    answer = client.get(page())
    assert (answer.context["standing"], answer.text.count('class="is-withdrawn"')) == (2, 1)
    linked = [one.address("it") in answer.text for one in (cast.firm, cast.university, cast.hidden)]
    assert (linked, cast.hidden.name in answer.text) == ([True, True, False], True)


def test_of_many_signatories_the_first_are_shown_until_all_are_asked_for(adoption: Adoption, client: Client) -> None:
    for number in range(30):
        sign(adoption, make_organisation(f"Firma {number:02}", f"firma-{number}"))
    some, everybody = client.get(page()), client.get(page() + "?signatories=all")
    assert [(len(one.context["signatures"]), one.context["has_more"]) for one in (some, everybody)] == [
        (24, True), (30, False),
    ]  # fmt: skip
    assert some.context["standing"] == 30


QUERIES = 10


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_however_much_there_is(
    workshop: Workshop, bodies: Bodies, cast: Cast, client: Client, django_assert_num_queries: Any, many: int
) -> None:
    for number in range(many - 1):
        values = {"text": {"de": f"Ziel {number}"}, "is_goal": True}
        add_paragraph(section=workshop.goal.section, values=values, actor=None)
    adoption = adopted(workshop, bodies)
    sign(adoption, *[cast.firm, cast.university, cast.institute][:many])
    goals = Paragraph.objects.filter(is_goal=True)
    for number in range(many):
        make_project(f"projekt-{number}", f"Projekt {number}", clusters=[cast.it]).goals.set(goals)
    client.get(page())
    with django_assert_num_queries(QUERIES):
        client.get(page())


def test_the_page_is_the_same_for_everybody_and_sets_no_cookie(
    workshop: Workshop, adoption: Adoption, as_user: As
) -> None:
    answer = as_user(None).get(page())
    link = reverse("charter:workshop", args=[workshop.charter.public_id])
    assert (list(answer.cookies), "Cookie" in answer.get("Vary", ""), link in answer.text) == ([], False, False)
    mine = as_user(workshop.firm).get(page())
    assert (link in mine.text, "private" in mine["Cache-Control"]) == (True, True)
    assert link not in as_user(workshop.cast.food_editor).get(page()).text


def test_texts_of_others_are_no_markup(workshop: Workshop, bodies: Bodies, cast: Cast, client: Client) -> None:
    Paragraph.objects.update(text={"de": HOSTILE}, measure={"de": HOSTILE}, figure={"de": HOSTILE})
    Charter.objects.update(title={"de": HOSTILE}, task={"de": HOSTILE})
    workshop.charter = workshop.now
    adoption = adopted(workshop, bodies)
    Organisation.objects.filter(pk=cast.firm.pk).update(name=HOSTILE)
    sign(adoption, cast.firm)
    text = client.get(page()).text
    assert (HOSTILE in text, "<img src=x>" in text, text.count("alert(") > 4) == (False, False, True)


def test_machines_read_the_sections(workshop: Workshop, adoption: Adoption, client: Client) -> None:
    told = client.get(page()).context["jsonld"][1]
    assert (told["@type"], told["name"], told["version"], told["inLanguage"], told["publisher"]["name"]) == (
        "DigitalDocument", "Leitbild", "1", "de", str(workshop.cast.it.name),
    )  # fmt: skip
    assert told["datePublished"] == timezone.localdate().isoformat()
    assert [part["position"] for part in told["hasPart"]] == [1, 2, 3]
    assert json.dumps(told).count(f"#s-{workshop.we.section.public_id}") == 1


def test_a_paragraph_that_lacks_the_language_is_shown_in_the_other(adoption: Adoption, client: Client) -> None:
    with translation.override("en"):
        address = page()
    text = client.get(address).text
    assert (text.count("So far only in this language"), WE["en"] in text) == (1, True)


def test_the_home_of_the_cluster_begins_with_the_charter(
    workshop: Workshop, bodies: Bodies, cast: Cast, client: Client
) -> None:
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    assert page() not in client.get("/de/it/").text
    adopted(workshop, bodies)
    text = client.get("/de/it/").text
    assert (f'<p class="lead">{WE["de"]}</p>' in text, f'href="{page()}"' in text) == (True, True)
    assert page("ernaehrung") not in client.get("/de/ernaehrung/").text


def test_the_sitemap_names_it(adoption: Adoption, client: Client) -> None:
    assert f"<loc>http://testserver{page()}</loc>" in client.get("/sitemap-charters.xml").text
