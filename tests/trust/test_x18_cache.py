"""TRUST X18: what lies in a cache is data, never code."""

import base64
import pickle
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from mitwerk.config import environment
from mitwerk.core.cache import JsonDatabaseCache, JsonSerializer
from mitwerk.core.checks import caches_hold_no_code, limits_are_shared

TABLE = "trust_cache"


class Trap:
    """Unpickling it makes a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.file,))


@pytest.fixture
def table(db: None) -> None:
    """As `createcachetable` makes it; it goes with the transaction of the test."""
    moment = "timestamptz" if connection.vendor == "postgresql" else "datetime"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {TABLE} (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires {moment} NOT NULL)"
        )


def plant(key: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s, '9999-01-01')", [key, text])


@pytest.mark.usefixtures("table")
def test_a_planted_pickle_is_not_run(tmp_path: Path) -> None:
    file = tmp_path / "ran"
    plant(":1:trap", base64.b64encode(pickle.dumps(Trap(file))).decode())
    with pytest.raises(ValueError, match="Expecting value"):
        JsonDatabaseCache(TABLE, {}).get("trap")
    assert not file.exists()


@pytest.mark.usefixtures("table")
def test_control_djangos_own_cache_runs_it(tmp_path: Path) -> None:
    from django.core.cache.backends.db import DatabaseCache

    file = tmp_path / "ran"
    plant(":1:trap", base64.b64encode(pickle.dumps(Trap(file))).decode())
    DatabaseCache(TABLE, {}).get("trap")
    assert file.exists()


@pytest.mark.usefixtures("table")
def test_the_cache_does_what_a_cache_does() -> None:
    cache = JsonDatabaseCache(TABLE, {})
    cache.set("a", {"n": [1, "ü"]}, 60)
    cache.set("gone", 1, -1)
    cache.set("kept", 2, None)
    found = [cache.get("a"), cache.get("gone"), cache.get("kept"), cache.get("never", 7)]
    assert found == [{"n": [1, "ü"]}, None, 2, 7]
    assert (cache.add("a", 0), cache.add("gone", 3), cache.get("gone")) == (False, True, 3)
    assert (cache.touch("a", -1), cache.get("a"), cache.touch("never")) == (True, None, False)
    assert cache.incr("kept", 5) == 7
    assert cache.get_many(["kept", "gone", "never"]) == {"kept": 7, "gone": 3}
    assert (cache.has_key("kept"), cache.delete("kept"), cache.delete("kept")) == (True, True, False)
    cache.clear()
    assert cache.get("gone") is None


@pytest.mark.usefixtures("table")
def test_expired_rows_are_swept() -> None:
    cache = JsonDatabaseCache(TABLE, {})
    for number in range(cache.sweep_every):
        cache.set(f"k{number}", 1, -1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("table")
def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        JsonDatabaseCache(TABLE, {}).set("a", object())


def test_redis_gets_json_and_bare_numbers() -> None:
    box = JsonSerializer()
    assert [box.loads(box.dumps("ü")), box.loads(box.dumps([1])), box.loads(b"5")] == ["ü", [1], 5]
    assert (box.dumps(5), box.dumps(True), box.dumps("a")) == (5, b"true", b'"a"')
    with pytest.raises(UnicodeDecodeError):
        box.loads(pickle.dumps(1))


@pytest.mark.parametrize(
    ("cache", "is_safe"),
    [
        ({"BACKEND": "mitwerk.core.cache.JsonDatabaseCache", "LOCATION": "t"}, True),
        ({"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}, True),
        ({"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "t"}, False),
        ({"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/var/cache"}, False),
        ({"BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache", "LOCATION": "h:1"}, False),
        ({"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://:pw@h:6379/0"}, False),
        (
            {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://:pw@h:6379/0",
                "OPTIONS": {"serializer": "mitwerk.core.cache.JsonSerializer"},
            },
            True,
        ),
        (
            {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://h:6379/0",
                "OPTIONS": {"serializer": "mitwerk.core.cache.JsonSerializer"},
            },
            False,
        ),
    ],
)
def test_the_check_knows_safe_caches(settings: Any, cache: dict[str, Any], is_safe: bool) -> None:
    settings.CACHES = {"default": cache}
    assert [error.id for error in caches_hold_no_code(None)] == ([] if is_safe else ["mitwerk.E002"])


def test_one_process_cache_is_no_cache_for_production(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert [error.id for error in limits_are_shared(None)] == ["mitwerk.E003"]


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("redis://host:6379/0", "CACHE_URL: this Redis has no password. Set one (requirepass) and write "),
        ("memcache://host:11211", "CACHE_URL must begin with dbcache://, redis://, rediss:// or locmemcache://."),
        ("filecache:///tmp/cache", "CACHE_URL must begin with dbcache://, redis://, rediss:// or locmemcache://."),
        ("nonsense", "CACHE_URL must begin with dbcache://, redis://, rediss:// or locmemcache://."),
    ],
)
def test_the_settings_refuse_unsafe_caches(monkeypatch: pytest.MonkeyPatch, url: str, answer: str) -> None:
    monkeypatch.setenv("CACHE_URL", url)
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.cache()
    assert str(caught.value)[: len(answer)] == answer


def test_the_default_is_the_json_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHE_URL", raising=False)
    assert environment.cache() == {"BACKEND": "mitwerk.core.cache.JsonDatabaseCache", "LOCATION": "mitwerk_cache"}
