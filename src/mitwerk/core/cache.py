"""A cache in the database that holds JSON. Django's own unpickles, and who can write the table could run code."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connections, router

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class JsonSerializer:
    """For Redis: what `dumps` and `loads` of pickle would do, without the code."""

    def dumps(self, value: Any) -> bytes | int:
        # whole numbers stay bare, because Redis counts them up itself
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class JsonMemoryCache(LocMemCache):
    """For tests: forgets with the process, and changes a value as JSON in the database would."""

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        super().set(key, json.loads(json.dumps(value)), *args, **kwargs)

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return super().add(key, json.loads(json.dumps(value)), *args, **kwargs)


class JsonDatabaseCache(BaseDatabaseCache, BaseCache):
    """Same table as Django's (`createcachetable` makes it); a value that JSON cannot hold raises TypeError.

    Keys that have expired count as missing; they go away in a sweep at every hundredth write.
    """

    _table: str
    sweep_every = 100
    writes = 0

    def _connection(self, for_write: bool) -> Any:
        route: Callable[[Any], str] = router.db_for_write if for_write else router.db_for_read
        return connections[route(self.cache_model_class)]

    def _run(self, sql: str, values: list[Any], for_write: bool = True) -> Any:
        connection = self._connection(for_write)
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=connection.ops.quote_name(self._table)), values)
            return cursor.fetchall() if sql.startswith("SELECT") else cursor.rowcount

    def _moment(self, timestamp: float | None) -> Any:
        moment = FOREVER if timestamp is None else datetime.fromtimestamp(timestamp, tz=UTC)
        return self._connection(True).ops.adapt_datetimefield_value(moment.replace(microsecond=0))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not names:
            return {}
        places = ", ".join(["%s"] * len(names))
        sql = f"SELECT cache_key, value FROM {{table}} WHERE cache_key IN ({places}) AND expires > %s"  # noqa: S608
        rows = self._run(sql, [*names, self._moment(time.time())], for_write=False)
        return {names[name]: json.loads(text) for name, text in rows}

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._write(key, value, timeout, version, "")

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True for exactly one of several writers: the database decides, in one statement."""
        return self._write(key, value, timeout, version, "WHERE {table}.expires <= %s")

    def _write(self, key: str, value: Any, timeout: Any, version: int | None, condition: str) -> bool:
        name = self.make_and_validate_key(key, version=version)
        values = [name, json.dumps(value), self._moment(self.get_backend_timeout(timeout))]
        values += [self._moment(time.time())] if condition else []
        written = self._run(
            "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) "  # noqa: S608
            "DO UPDATE SET value = excluded.value, expires = excluded.expires " + condition,
            values,
        )
        self._sweep()
        return bool(written)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        values = [self._moment(self.get_backend_timeout(timeout)), name, self._moment(time.time())]
        return bool(self._run("UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > %s", values))

    def delete(self, key: str, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return bool(self._run("DELETE FROM {table} WHERE cache_key = %s", [name]))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self.get_many([key], version))

    def clear(self) -> None:
        self._run("DELETE FROM {table}", [])

    def _sweep(self) -> None:
        self.writes += 1
        if self.writes % self.sweep_every == 0:
            self._run("DELETE FROM {table} WHERE expires <= %s", [self._moment(time.time())])
