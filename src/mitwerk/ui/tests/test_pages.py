"""The frame around every page, the error pages, the component page, the sign-in pages."""

import re

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_frame_is_in_the_language_of_the_page(client: Client, language: str) -> None:
    response = client.get(f"/{language}/nothing-here/")
    page = response.content.decode()
    assert response.status_code == 404
    assert page.count(f'<html lang="{language}">') == 1
    assert page.count("<h1") == 1
    assert page.count('<a class="skip" href="#content">') == 1
    assert page.count('<main id="content"') == 1
    assert page.count('type="search"') == 1
    heading = {"de": "Diese Seite gibt es nicht", "en": "This page does not exist"}[language]
    assert f"<h1>{heading}</h1>" in page


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_component_page_shows_both_themes(client: Client, language: str) -> None:
    page = client.get(f"/ui/?lang={language}").content.decode()
    assert page.count(f'<html lang="{language}">') == 1
    assert re.findall(r'data-theme="(\w+)"', page) == ["light", "dark"]
    assert 'style="' not in page
    assert re.search(r"\son\w+=", page) is None
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_an_unknown_language_of_the_component_page_is_dropped(client: Client) -> None:
    assert client.get("/ui/?lang=xx'%22").status_code == 200


def test_canonical_and_alternates_are_whole_addresses(client: Client) -> None:
    page = client.get("/ui/?lang=en").content.decode()
    assert f'<link rel="canonical" href="{settings.BASE_URL}/ui/">' in page
    assert re.findall(r'hreflang="(\w\w)" href="([^"]+)">', page) == [
        ("de", f"{settings.BASE_URL}/ui/?lang=de"),
        ("en", f"{settings.BASE_URL}/ui/?lang=en"),
    ]


def test_every_script_and_style_has_the_nonce_of_the_policy(client: Client) -> None:
    response = client.get("/ui/")
    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    page = response.content.decode()
    tags = re.findall(r"<(?:script|style)\b[^>]*>", page)
    assert len(tags) == 2
    assert [tag for tag in tags if f'nonce="{nonce[1]}"' not in tag] == []


def test_no_third_party_and_no_cookie(client: Client) -> None:
    response = client.get("/ui/")
    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', response.content.decode())
    assert [address for address in loaded if not address.startswith(settings.BASE_URL)] == []
    assert response.cookies == {}


@pytest.mark.parametrize("name", ["login", "signup", "password/reset", "password/reset/done", "password/reset/key/1-a"])
def test_the_pages_of_the_account_have_our_frame(client: Client, name: str) -> None:
    page = client.get(f"/de/konto/{name}/", headers={"accept-language": "en"}).content.decode()
    assert page.count('<header class="site-header') == 1
    assert page.count("<h1>") == 1
    assert "Aktuelles" in page


def test_the_last_error_page_needs_nothing() -> None:
    page = render_to_string("ui/500.html")
    assert page.count("<h1>") == 1
    assert page.count('lang="en"') == 1


class Sample(forms.Form):
    mail = forms.EmailField(label="E-Mail", help_text="Nur für das Büro")


def test_a_wrong_entry_is_named_linked_and_described() -> None:
    with override("de"):
        page = str(Sample({"mail": "x@"}))
    assert '<a href="#id_mail">' in page
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in page
    assert page.count('id="id_mail_error"') == 1
    assert page.count('id="id_mail_helptext"') == 1


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(Sample())
