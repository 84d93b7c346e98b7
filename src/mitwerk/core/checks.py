"""System checks: each wrong setting is told in a sentence that says what to do."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from mitwerk.core.database import SAFE_SQLITE

JSON_CACHES = frozenset(
    {
        "mitwerk.core.cache.JsonDatabaseCache",
        "mitwerk.core.cache.JsonMemoryCache",
        "django.core.cache.backends.dummy.DummyCache",
    }
)
OWN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
REDIS = "django.core.cache.backends.redis.RedisCache"
JSON_SERIALIZER = "mitwerk.core.cache.JsonSerializer"


@register(Tags.security, deploy=True)
def base_url_is_https(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.BASE_URL.startswith("https://"):
        return []
    return [Error("BASE_URL must start with https:// on a public server.", id="mitwerk.E001")]


@register(Tags.security)
def caches_hold_no_code(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Pickle in a cache is a door for whoever can write there; a process's own memory is no such place."""
    return [
        Error(
            f"The cache “{name}” stores pickles, or a Redis without a password. Use dbcache:// or "
            "redis://:password@host:6379/0 in CACHE_URL.",
            id="mitwerk.E002",
        )
        for name, cache in settings.CACHES.items()
        if not _is_safe_cache(cache)
    ]


def _is_safe_cache(cache: dict[str, Any]) -> bool:
    if cache["BACKEND"] == REDIS:
        serializer = cache.get("OPTIONS", {}).get("serializer")
        return serializer == JSON_SERIALIZER and ":" in str(cache["LOCATION"]).rpartition("@")[0].partition("//")[2]
    return cache["BACKEND"] in JSON_CACHES or cache["BACKEND"] == OWN_MEMORY


@register(Tags.security, deploy=True)
def limits_are_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Limits on sign-ins and forms are counted in the cache; each worker's own memory would multiply them."""
    if settings.CACHES["default"]["BACKEND"] != OWN_MEMORY:
        return []
    return [
        Error("CACHE_URL=locmemcache:// is for one process only. Leave it out, or name a Redis.", id="mitwerk.E003")
    ]


@register(Tags.security)
def sqlite_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The same as each connection refuses, told before one is opened."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    import sqlite3  # here, after the settings have put the safe library in its place

    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database that several processes use. Install the "
            "package pysqlite3 (0.6.1 or newer), or set DATABASE_URL to a PostgreSQL server.",
            id="mitwerk.E004",
        )
    ]
