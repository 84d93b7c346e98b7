"""A wrong setting stops the start with one sentence, a right one is taken as it is meant."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from mitwerk.config import environment

FOLDER = Path("/srv/data")


def oidc(**changes: Any) -> str:
    """A list with one right entry, or one that is wrong in a single place."""
    entry = {"id": "town", "name": "Town hall", "server": "https://login.example.org", "client_id": "m", "secret": "s"}
    return json.dumps([{**entry, **changes}])


@pytest.mark.parametrize(
    ("name", "value", "ask", "sentence"),
    [
        ("SECRET_KEY", "short", lambda: environment.secret("SECRET_KEY", FOLDER), "SECRET_KEY is too short. Give at"),
        ("BASE_URL", "example.org", environment.base_url, "BASE_URL must be an address like https://www.example.org"),
        ("BASE_URL", "http://[x", environment.base_url, "BASE_URL must be an address like https://www.example.org"),
        ("BASE_URL", "http://h:port", environment.base_url, "BASE_URL must be an address like https://www.example.org"),
        (
            "BASE_URL",
            "https://h/path",
            environment.base_url,
            "BASE_URL must be an address like https://www.example.org",
        ),
        ("DATABASE_URL", "mysql://x/y", lambda: environment.database(FOLDER), "DATABASE_URL must begin with sqlite://"),
        ("DATABASE_URL", "nonsense", lambda: environment.database(FOLDER), "DATABASE_URL must begin with sqlite://"),
        ("DATABASE_URL", "postgres://[x", lambda: environment.database(FOLDER), "DATABASE_URL cannot be read: "),
        ("EMAIL_URL", "gopher://x", lambda: environment.email(FOLDER), "EMAIL_URL must begin with one of smtp+tls://"),
        ("EMAIL_URL", "smtp://h:port", lambda: environment.email(FOLDER), "EMAIL_URL cannot be read: "),
        ("FROM_EMAIL", "nobody", lambda: environment.mail_address("FROM_EMAIL", "a@b"), "FROM_EMAIL must be an e-mail"),
        ("FROM_EMAIL", "a@b\r\nX: y", lambda: environment.mail_address("FROM_EMAIL", "a@b"), "FROM_EMAIL must be an"),
        ("EXTRA_HOSTS", "a.example,*", lambda: environment.host_names("EXTRA_HOSTS"), "EXTRA_HOSTS must be host"),
        ("EXTRA_HOSTS", ".example.org", lambda: environment.host_names("EXTRA_HOSTS"), "EXTRA_HOSTS must be host"),
        ("MEDIA_URL", "media", lambda: environment.path_or_url("MEDIA_URL", "/media/"), "MEDIA_URL must begin with /"),
        ("MEDIA_URL", "//x/", lambda: environment.path_or_url("MEDIA_URL", "/media/"), "MEDIA_URL must begin with /"),
        ("TRUSTED_PROXIES", "-1", lambda: environment.whole_number("TRUSTED_PROXIES", 0), "TRUSTED_PROXIES must be a"),
        ("OIDC_PROVIDERS", "[", environment.oidc_providers, "OIDC_PROVIDERS must be a JSON list like "),
        ("OIDC_PROVIDERS", "{}", environment.oidc_providers, "OIDC_PROVIDERS must be a JSON list like "),
        ("OIDC_PROVIDERS", '[{"id": "a"}]', environment.oidc_providers, "OIDC_PROVIDERS, entry 1: id, name, server, "),
        ("OIDC_PROVIDERS", oidc(more=1), environment.oidc_providers, "OIDC_PROVIDERS, entry 1: “more” is not known."),
        ("OIDC_PROVIDERS", oidc(secret=""), environment.oidc_providers, "OIDC_PROVIDERS, entry 1: secret must be a te"),
        ("OIDC_PROVIDERS", oidc(id="A b"), environment.oidc_providers, "OIDC_PROVIDERS, entry 1: id must be small"),
        ("OIDC_PROVIDERS", oidc(server="http://h"), environment.oidc_providers, "OIDC_PROVIDERS, entry 1: server must"),
        (
            "OIDC_PROVIDERS",
            oidc(addresses_are_verified="yes"),
            environment.oidc_providers,
            "OIDC_PROVIDERS, entry 1: addresses_are_verified must be true or false.",
        ),
        (
            "OIDC_PROVIDERS",
            f"[{oidc()[1:-1]}, {oidc()[1:-1]}]",
            environment.oidc_providers,
            "OIDC_PROVIDERS: each entry needs an id of its own.",
        ),
        ("OFFICE_NEEDS_SECOND_FACTOR", "on", lambda: environment.yes_or_no("OFFICE_NEEDS_SECOND_FACTOR"), "OFFICE_NEE"),
        ("STATIC_BROTLI", "maybe", lambda: environment.yes_or_no("STATIC_BROTLI"), "STATIC_BROTLI must be yes or no"),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, ask: Any, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        ask()
    assert str(caught.value)[: len(sentence)] == sentence


def test_right_values_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {
        "BASE_URL": "https://www.example.org/",
        "DATABASE_URL": "postgres://user:pw@host:5432/name",
        "EMAIL_URL": "smtp+tls://user:pw@mail.example.org:587",
        "FROM_EMAIL": "Office <office@example.org>",
        "EXTRA_HOSTS": "it.example.org, [::1]",
        "STATIC_BROTLI": "yes",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    database, mail = environment.database(FOLDER), environment.email(FOLDER)
    assert environment.base_url() == "https://www.example.org"
    assert (database["ENGINE"], database["HOST"], database["NAME"]) == ("django.db.backends.postgresql", "host", "name")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert environment.mail_address("FROM_EMAIL", "a@b") == "Office <office@example.org>"
    assert environment.host_names("EXTRA_HOSTS") == ["it.example.org", "[::1]"]
    assert environment.yes_or_no("STATIC_BROTLI") is True


def test_servers_for_signing_in_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_PROVIDERS", oidc(addresses_are_verified=True))
    assert environment.oidc_providers() == [
        {
            "provider_id": "town",
            "name": "Town hall",
            "client_id": "m",
            "secret": "s",
            "settings": {"server_url": "https://login.example.org", "verified_email": True},
        }
    ]
    monkeypatch.delenv("OIDC_PROVIDERS")
    assert (environment.oidc_providers(), environment.yes_or_no("NO_SUCH_NAME", default="yes")) == ([], True)


def test_mails_go_to_files_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert environment.email(FOLDER) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": "/srv/data/mail",
    }


def test_the_key_is_made_once_and_only_its_owner_reads_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = environment.secret("SECRET_KEY", tmp_path)
    assert (environment.secret("SECRET_KEY", tmp_path), len(first) >= 50) == (first, True)
    assert [(file.name, oct(file.stat().st_mode)[-3:]) for file in tmp_path.iterdir()] == [("secret_key", "600")]
    monkeypatch.delenv("ADDRESS_KEY", raising=False)
    assert environment.secret("ADDRESS_KEY", tmp_path) != first


def test_the_start_says_only_the_sentence() -> None:
    root = Path(__file__).resolve().parents[4]
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=root,
        env={**os.environ, "BASE_URL": "example.org", "DJANGO_SETTINGS_MODULE": "mitwerk.config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = "BASE_URL must be an address like https://www.example.org without a path, not “example.org”."
    assert (answer.returncode, answer.stderr.strip()) == (1, told)
