"""Every public page is valid HTML, as the Nu checker of the W3C reads it."""

import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.browser.places import PLACES

pytestmark = pytest.mark.browser

CHECKER = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def fetch(url: str) -> bytes:
    address = urllib.parse.quote(url, safe=":/?=&%")
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 (our own server)
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return bytes(error.read())  # error pages are pages too


def findings(folder: Path) -> list[str]:
    """One line per error of all files in the folder."""
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    return [f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in messages]


def test_every_page_is_valid_html(site: str, tmp_path: Path) -> None:
    for language in ("de", "en"):
        for place in PLACES:
            file = tmp_path / f"{place.name.replace(' ', '-')}.{language}.html"
            file.write_bytes(fetch(site + place.path(language)))
    assert findings(tmp_path) == []


def test_the_checker_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><html lang=de><title>x</title><p><ul></p></html>")
    assert len(findings(tmp_path)) > 0
