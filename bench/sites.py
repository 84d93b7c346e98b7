"""The two sites that are measured, each in a folder of its own and behind the same server with the same settings."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SERVER = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", "2", "--backpressure", "64", "--no-ws")


@dataclass
class Site:
    """A running server."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """Nothing of the developer's own settings gets in."""
    ours = {"DATABASE_URL", "CACHE_URL", "SECRET_KEY", "MEDIA_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **more}


def run(folder: Path, env: dict[str, str], *words: str) -> None:
    done = subprocess.run([*words], cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def serve(name: str, application: str, folder: Path, env: dict[str, str], port: int, first: str) -> Site:
    command = [str(BIN / "granian"), application, "--host", "127.0.0.1", "--port", str(port), *SERVER]
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = Site(name, port, process)
    for _ in range(150):
        try:
            urllib.request.urlopen(site.url(first), timeout=10).close()  # noqa: S310 - our own server
            return site
        except HTTPError as error:
            site.stop()
            raise SystemExit(f"{name} answers {error.code} at {first}") from error
        except (URLError, OSError):
            time.sleep(0.2)
    site.stop()
    raise SystemExit(f"{name} did not start within 30 s.")


def ours(folder: Path, organisations: int) -> Site:
    """Mitwerk as production runs it, with the region loaded."""
    port = free_port()
    env = environment(
        PYTHONPATH=str(ROOT / "src"),
        MITWERK_DATA=str(folder),
        BASE_URL=f"http://127.0.0.1:{port}",
        DJANGO_SETTINGS_MODULE="mitwerk.config.settings.production",
    )
    manage = (sys.executable, str(ROOT / "manage.py"))
    run(ROOT, env, *manage, "migrate", "--verbosity", "0")
    run(ROOT, env, *manage, "createcachetable", "--verbosity", "0")
    run(ROOT, env, *manage, "collectstatic", "--noinput", "--verbosity", "0")
    run(ROOT, env, *manage, "load_region", "regions/mitteldeutschland")
    run(ROOT, env, sys.executable, "bench/organisations.py", str(organisations))
    return serve("Mitwerk", "mitwerk.config.wsgi:application", ROOT, env, port, "/de/")


def stock(folder: Path) -> Site:
    """What `wagtail start` makes, with its own production settings, SQLite and welcome page."""
    folder.mkdir()
    port = free_port()
    env = environment(DJANGO_SETTINGS_MODULE="stock.settings.production")
    run(folder, env, str(BIN / "wagtail"), "start", "stock", ".")
    (folder / "stock/settings/local.py").write_text("SECRET_KEY = 'only for this measurement'\nALLOWED_HOSTS = ['*']\n")
    manage = (sys.executable, "manage.py")
    run(folder, env, *manage, "migrate", "--verbosity", "0")
    run(folder, env, *manage, "collectstatic", "--noinput", "--verbosity", "0")
    return serve("stock Wagtail", "stock.wsgi:application", folder, env, port, "/")
