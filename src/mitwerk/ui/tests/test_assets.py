"""The asset build says in one line what is missing."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from mitwerk.ui import assets


def _answer(text: str) -> Any:
    return lambda *args, **kwargs: subprocess.CompletedProcess(args, 1, "", text)


@pytest.mark.parametrize(
    ("npm_says", "we_say"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed", "No network"),
        ("npm error code ERESOLVE", "npm ci failed: npm error code ERESOLVE"),
        ("", "npm ci failed: no reason given"),
    ],
)
def test_a_failed_install_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, npm_says: str, we_say: str
) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(assets, "_npm", lambda: ["npm"])
    monkeypatch.setattr(subprocess, "run", _answer(npm_says))
    with pytest.raises(assets.AssetsError) as error:
        assets.install(lambda text: None)
    assert str(error.value).startswith(we_say)
    assert "\n" not in str(error.value)


def test_nothing_to_do_is_quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp = tmp_path / ".built"
    stamp.write_text(assets._fingerprint())
    monkeypatch.setattr(assets, "STAMP", stamp)
    monkeypatch.setattr(assets, "install", lambda say: pytest.fail("installed again"))
    assert assets.build(lambda text: None) is False


def test_the_first_view_stays_in_its_budget() -> None:
    """Measured where the assets are built; a page itself has what is left of the 60 kB."""
    import gzip

    files = [assets.STATIC / name for name in assets.first_view()]
    if not all(file.is_file() for file in files):
        pytest.skip("assets are not built: python manage.py build_assets")
    sizes = [len(f.read_bytes() if f.suffix == ".woff2" else gzip.compress(f.read_bytes(), 6)) for f in files]
    assert sum(sizes) < 45_000


def test_the_lock_names_no_registry() -> None:
    lock = (assets.ROOT / "package-lock.json").read_text()
    assert lock.count("https://registry") == 0
    assert lock.count('"resolved"') == 0
