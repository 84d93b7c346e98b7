"""The editors' side: forms open and save in both languages, previews speak the page's language."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from mitwerk.accounts.models import User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.pages.models import ClusterHomePage, NewsIndexPage, NewsPage, Operator, RegionHomePage, StandardPage
from mitwerk.pages.tests.cast import Cast, topic


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    admin = User.objects.create_superuser("admin@example.org", "lang-und-geheim", name="Admin")
    give_app(admin)
    client.force_login(admin)
    return client


@pytest.mark.parametrize("model", [RegionHomePage, ClusterHomePage, NewsIndexPage, NewsPage, StandardPage])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_type_can_be_edited_and_previewed(office: Client, model: type[Page], language: str) -> None:
    page = model.objects.filter(locale__language_code=language).first()
    assert office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    draft = office.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    assert f'<html lang="{language}"' in draft.content.decode()


def news_form(cast: Cast, **changes: object) -> dict[str, object]:
    data = {
        "title": "Neue Halle",
        "slug": "neue-halle",
        "date": "2026-03-04",
        "intro": "",
        "body": rich_text("<p>Text</p>"),
        "caption": "",
        "as_of": "",
        "topics": [str(topic("companies").pk)],
        "clusters": [],
        "actors": _rows(cast.firm.pk, "organisation"),
        "projects": _rows(cast.project.pk, "project"),
        "action-publish": "1",
        "comments": _rows(None, "text"),
    }
    return dict(nested_form_data({**data, **changes}))


def _rows(pk: int | None, name: str) -> dict[str, object]:
    counts = {"INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    if pk is None:
        return {**counts, "TOTAL_FORMS": "0"}
    return {**counts, "TOTAL_FORMS": "1", "0": {name: str(pk), "id": "", "ORDER": "1", "DELETE": ""}}


def test_an_editor_writes_news(office: Client, cast: Cast) -> None:
    index = NewsIndexPage.objects.get(slug="aktuelles", url_path__contains="/it/")
    url = reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk])
    assert office.get(url).status_code == 200
    response = office.post(url, news_form(cast))
    assert response.status_code == 302, response.context["form"].errors
    public = Client().get("/de/it/aktuelles/neue-halle/")
    assert public.status_code == 200
    assert [str(actor) for actor in public.context["actors"]] == ["Muster GmbH"]
    assert [str(project.title) for project in public.context["projects"]] == ["Probe"]


def test_a_draft_project_cannot_be_chosen(office: Client, cast: Cast) -> None:
    cast.project.state = "draft"
    cast.project.save()
    index = NewsIndexPage.objects.get(slug="aktuelles", url_path__contains="/it/")
    response = office.post(reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk]), news_form(cast))
    assert response.status_code == 200
    assert not NewsPage.objects.filter(slug="neue-halle").exists()


@pytest.mark.parametrize(
    ("picker", "words", "name"), [("pages_organisations", "MUST", "Muster GmbH"), ("pages_projects", "rob", "Probe")]
)
def test_pickers_find_by_part_of_a_name(office: Client, cast: Cast, picker: str, words: str, name: str) -> None:
    url = reverse(f"{picker}:choose_results")
    assert name in office.get(url, {"q": words}).content.decode()
    assert name not in office.get(url, {"q": "zzz"}).content.decode()


def test_a_piece_can_be_translated_by_the_office(office: Client, cast: Cast) -> None:
    german = cast.news("n3")
    cast.news("n3", "en").delete()
    english = german.locale.__class__.objects.get(language_code="en")
    url = reverse("simple_translation:submit_page_translation", args=[german.pk])
    assert office.get(url).status_code == 200
    office.post(url, {"locales": [english.pk], "include_subtree": ""})
    copy = NewsPage.objects.get(translation_key=german.translation_key, locale=english)
    assert (copy.live, copy.date, copy.get_parent().slug) == (False, german.date, "news")


def test_the_imprint_is_filled_in_in_the_office(office: Client, cast: Cast) -> None:
    operator = Operator.objects.get()
    assert office.get(reverse("operator:index")).status_code == 200
    url = reverse("operator:edit", args=[operator.pk])
    assert office.get(url).status_code == 200
    office.post(url, {"name": "Verein e. V.", "email": "post@example.org"})
    assert Operator.objects.get().name == "Verein e. V."
