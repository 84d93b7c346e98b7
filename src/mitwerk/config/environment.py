"""Settings from the environment. A wrong value stops the start with a sentence that says what to do."""

import contextlib
import importlib.util
import json
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Folder for database, media, keys and demo mail; made when it is missing."""
    folder = Path(os.environ.get("MITWERK_DATA") or ROOT / "var").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"MITWERK_DATA: {folder} cannot be made ({error.strerror}).") from error
    if not os.access(folder, os.W_OK):
        raise ImproperlyConfigured(f"MITWERK_DATA: {folder} cannot be written to by this user.")
    return folder


def secret(name: str, folder: Path) -> str:
    """The key of this name, or one made once for this installation and kept in the data folder, readable by its owner
    only."""
    given = os.environ.get(name, "")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured(f"{name} is too short. Give at least 32 random characters.")
        return given
    file = folder / name.lower()
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(50))
    return file.read_text().strip()


def _write_once(file: Path, text: str) -> None:
    """Put a whole file in its place, unless another process that starts at the same moment was quicker."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}")  # readable by its owner only
    try:
        with os.fdopen(handle, "w") as opened:
            opened.write(text)
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        os.unlink(draft)


def base_url(default: str = "http://127.0.0.1:8000") -> str:
    """The address the installation is reached at, without a slash at the end. Links in mails are built from it."""
    url = os.environ.get("BASE_URL", default).rstrip("/")
    parts = _parts(url)
    if not parts or parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"BASE_URL must be an address like https://www.example.org without a path, not “{url}”."
        )
    return url


def _parts(url: str) -> SplitResult | None:
    """The parts of an address, None where it is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the database named by DATABASE_URL; SQLite in the data folder by default."""
    from mitwerk.core.database import SQLITE_OPTIONS

    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'mitwerk.sqlite3'}"
    if url.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://.")
    try:
        urlsplit(url)
        settings: dict[str, Any] = dict(env.db_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    if str(settings["ENGINE"]).endswith("sqlite3"):
        settings["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    # Opening SQLite for each request costs 3 ms: it reads the definitions of 100 tables and begins with an empty cache.
    settings["CONN_MAX_AGE"] = 60
    return settings


def cache() -> dict[str, Any]:
    """Django's settings of the cache named by CACHE_URL; a table of the database by default.

    Only caches that hold JSON are taken. Those that unpickle would run the code of whoever can write to them.
    """
    url = os.environ.get("CACHE_URL") or "dbcache://mitwerk_cache"
    scheme = url.partition("://")[0]
    if scheme == "dbcache":
        return {"BACKEND": "mitwerk.core.cache.JsonDatabaseCache", "LOCATION": url.partition("://")[2]}
    if scheme == "locmemcache":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if scheme in {"redis", "rediss"}:
        return _redis(url)
    raise ImproperlyConfigured("CACHE_URL must begin with dbcache://, redis://, rediss:// or locmemcache://.")


def _redis(url: str) -> dict[str, Any]:
    if not urlsplit(url).password:
        raise ImproperlyConfigured(
            "CACHE_URL: this Redis has no password. Set one (requirepass) and write redis://:password@host:6379/0."
        )
    if importlib.util.find_spec("redis") is None:
        raise ImproperlyConfigured("CACHE_URL names a Redis: install the package redis into the virtual environment.")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": {"serializer": "mitwerk.core.cache.JsonSerializer"},
    }


def demo(base: str) -> bool:
    """MITWERK_DEMO: a throw-away installation whose mails can be read by everybody, so only on this machine itself."""
    is_demo = yes_or_no("MITWERK_DEMO")
    if is_demo and urlsplit(base).hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ImproperlyConfigured(
            "MITWERK_DEMO shows everybody all mails. Leave it out, or let BASE_URL be this machine."
        )
    return is_demo


def email(folder: Path, is_demo: bool = False) -> dict[str, Any]:
    """Django's mail settings from EMAIL_URL; files in the data folder by default. From the demo nothing leaves."""
    url = os.environ.get("EMAIL_URL") or ("dummymail://" if is_demo else f"filemail://{folder / 'mail'}")
    scheme, _colon, rest = url.partition("://")
    if scheme == "filemail":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": rest}
    if scheme not in environ.Env.EMAIL_SCHEMES:
        known = ", ".join(f"{name}://" for name in ("smtp+tls", "smtp+ssl", "smtp", "filemail", "consolemail"))
        raise ImproperlyConfigured(f"EMAIL_URL must begin with one of {known}, not “{scheme}”.")
    try:
        return dict(environ.Env.email_url_config(url))
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {error}") from error


def mail_address(name: str, default: str) -> str:
    """One address; it may have a name before it: Office <office@example.org>."""
    given = os.environ.get(name) or default
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>@\r\n]+<[^@\s<>]+@[^@\s<>]+>", given):
        raise ImproperlyConfigured(f"{name} must be an e-mail address, not “{given}”.")
    return given


def bare_address(name: str) -> str:
    """One address without a name, or none. Before its @ there must be room for a + and a token."""
    given = os.environ.get(name, "").strip()
    if given and not re.fullmatch(r"[A-Za-z0-9._-]{1,25}@[A-Za-z0-9.-]+", given):
        raise ImproperlyConfigured(
            f"{name} must be an e-mail address with at most 25 letters, digits, dots or dashes before the @, not "
            f"“{given}”."
        )
    return given


def path_or_url(name: str, default: str) -> str:
    """An address that begins with / or https:// and ends with /."""
    given = os.environ.get(name) or default
    if not given.startswith(("/", "https://")) or given.startswith("//") or not given.endswith("/"):
        raise ImproperlyConfigured(f"{name} must begin with / or https:// and end with /, not “{given}”.")
    return given


def yes_or_no(name: str, default: str = "no") -> bool:
    given = (os.environ.get(name) or default).lower()
    if given not in {"yes", "no", "true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not “{given}”.")
    return given in {"yes", "true", "1"}


def host_names(name: str) -> list[str]:
    """Names separated by commas. Wildcards are refused: they would let a wrong Host into links."""
    names = [part.strip().lower() for part in os.environ.get(name, "").split(",") if part.strip()]
    wrong = [host for host in names if not re.fullmatch(r"[a-z0-9.-]+|\[[0-9a-f:]+\]", host) or host.startswith(".")]
    if wrong:
        raise ImproperlyConfigured(f"{name} must be host names separated by commas, not “{wrong[0]}”.")
    return names


def whole_number(name: str, default: int) -> int:
    """A setting that counts something, zero or more."""
    given = os.environ.get(name, str(default))
    if not given.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{given}”.")
    return int(given)


OIDC_KEYS = {"id": str, "name": str, "server": str, "client_id": str, "secret": str}
OIDC_EXAMPLE = (
    'OIDC_PROVIDERS must be a JSON list like [{"id": "town", "name": "Town hall", "server": '
    '"https://login.example.org", "client_id": "…", "secret": "…"}]'
)


def oidc_providers() -> list[dict[str, Any]]:
    """OpenID Connect servers whose users may sign in, as allauth's settings want them; none by default.

    `addresses_are_verified` may be added for a server that does not say `email_verified` but checks addresses itself.
    """
    try:
        given = json.loads(os.environ.get("OIDC_PROVIDERS") or "[]")
    except ValueError as error:
        raise ImproperlyConfigured(f"{OIDC_EXAMPLE}; it cannot be read: {error}.") from error
    if not isinstance(given, list):
        raise ImproperlyConfigured(f"{OIDC_EXAMPLE}.")
    apps = [_oidc_app(number, one) for number, one in enumerate(given, 1)]
    if len({app["provider_id"] for app in apps}) < len(apps):
        raise ImproperlyConfigured("OIDC_PROVIDERS: each entry needs an id of its own.")
    return apps


def _oidc_app(number: int, given: Any) -> dict[str, Any]:
    where = f"OIDC_PROVIDERS, entry {number}"
    if not isinstance(given, dict) or not OIDC_KEYS.keys() <= given.keys():
        raise ImproperlyConfigured(f"{where}: {', '.join(OIDC_KEYS)} are needed.")
    if unknown := given.keys() - OIDC_KEYS.keys() - {"addresses_are_verified"}:
        raise ImproperlyConfigured(f"{where}: “{min(unknown)}” is not known.")
    if wrong := [name for name in OIDC_KEYS if not isinstance(given[name], str) or not given[name].strip()]:
        raise ImproperlyConfigured(f"{where}: {wrong[0]} must be a text.")
    if not re.fullmatch(r"[a-z0-9-]+", given["id"]):
        raise ImproperlyConfigured(f"{where}: id must be small letters, digits and hyphens, not “{given['id']}”.")
    server = _parts(given["server"])
    if not server or server.scheme != "https" or not server.hostname:
        raise ImproperlyConfigured(f"{where}: server must begin with https://, not “{given['server']}”.")
    if not isinstance(given.get("addresses_are_verified", False), bool):
        raise ImproperlyConfigured(f"{where}: addresses_are_verified must be true or false.")
    return {
        "provider_id": given["id"],
        "name": given["name"],
        "client_id": given["client_id"],
        "secret": given["secret"],
        "settings": {"server_url": given["server"], "verified_email": given.get("addresses_are_verified", False)},
    }
