"""The documentation against the code: commands, settings, links and packages it names are there, and the reverse."""

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name as canonical

ROOT = Path(__file__).resolve().parents[1]
OLDEST = "3.11.2"
PLACES = ("*.md", "docs/**/*.md", "deploy/*.md", "regions/*.md", "src/**/README.md")
PAGES = sorted(page for place in PLACES for page in ROOT.glob(place))
HANDBOOK = ROOT / "docs/handbook"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PICTURES = ROOT / "docs/pictures"


def dead_links(page: Path, text: str) -> list[str]:
    """Links to files that are not there. Pictures count once their folder holds any."""
    has_pictures = any(PICTURES.glob("*.png")) if PICTURES.is_dir() else False
    found = []
    for link in LINK.findall(text):
        target = (page.parent / link).resolve()
        if "://" in link or link.startswith(("mailto:", "/")) or (target.parent == PICTURES and not has_pictures):
            continue
        if not target.exists():
            found.append(f"{page.relative_to(ROOT)}: {link}")
    return found


def test_every_link_leads_somewhere() -> None:
    assert [dead for page in PAGES for dead in dead_links(page, page.read_text())] == []


def test_control_a_dead_link_is_caught() -> None:
    text = "[a](nowhere.md) [b](LICENSE) [c](https://example.org/x)"
    assert dead_links(ROOT / "README.md", text) == ["README.md: nowhere.md"]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)) - {"help", "python"}


def test_make_targets_and_their_documentation_are_the_same() -> None:
    documented = set(re.findall(r"^\| `make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text(), re.M))
    assert documented == targets()


def test_only_targets_that_exist_are_named() -> None:
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text())}
    assert named - targets() == set()


def test_the_makefile_stays_short() -> None:
    assert len((ROOT / "Makefile").read_text().splitlines()) < 80


def commands() -> set[str]:
    folders = ROOT.glob("src/mitwerk/*/management/commands/*.py")
    ours = {file.stem for file in folders if file.stem != "__init__"}
    return ours | {"check", "shell", "migrate", "createcachetable", "collectstatic", "makemigrations", "help"}


def test_only_management_commands_that_exist_are_named() -> None:
    named = {name for page in PAGES for name in re.findall(r"manage\.py ([a-z_]+)", page.read_text())}
    assert named - commands() == set()


def settings_read() -> set[str]:
    """Names of the environment that the settings look at."""
    files = [*(ROOT / "src/mitwerk/config/settings").glob("*.py"), ROOT / "src/mitwerk/config/environment.py"]
    text = "\n".join(file.read_text() for file in files)
    calls = r"(?:os\.environ\.\w+|env\.\w+|whole_number|yes_or_no|host_names|path_or_url|(?:mail|bare)_address|secret)"
    return set(re.findall(rf'{calls}\(\s*"([A-Z_]+)"', text)) - {"DJANGO_SETTINGS_MODULE"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_settings_and_their_documentation_are_the_same(language: str) -> None:
    text = (HANDBOOK / language / "install.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)`", text, re.M)) == settings_read()


def test_the_handbook_is_the_same_in_both_languages() -> None:
    german, english = ({file.name for file in (HANDBOOK / language).iterdir()} for language in ("de", "en"))
    assert german == english
    for name in german:
        shape = [re.findall(r"^(#+|\d+\.|```|\|)", (HANDBOOK / code / name).read_text(), re.M) for code in ("de", "en")]
        assert (name, shape[0]) == (name, shape[1])


def test_decisions_have_one_number_each_and_say_when() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert len(set(numbers)) == len(numbers)
    for number, page in zip(numbers, pages, strict=True):
        first, _blank, second = page.read_text().splitlines()[:3]
        assert (page.name, first[: len(f"# {number}. ")]) == (page.name, f"# {number}. ")
        assert (page.name, second[:12]) == (page.name, "**Decided** ")


def test_every_dependency_says_what_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=; ]", requirement)[0] for requirement in wanted}
    rows = re.findall(r"^\| ([a-z0-9, -]+) \|", (ROOT / "docs/decisions/0005-what-it-stands-on.md").read_text(), re.M)
    told = {name.strip() for row in rows for name in row.split(",")} - {"package"}
    assert told == names


def test_every_promise_of_safety_has_its_test() -> None:
    rows = re.findall(r"^\| [A-Z]\d+ \| [^|]+ \| `(test_\w+\.py)` \|", (ROOT / "SECURITY.md").read_text(), re.M)
    assert rows
    assert [name for name in rows if not (ROOT / "tests/trust" / name).exists()] == []


def too_new(requires: dict[str, str]) -> list[str]:
    return [f"{name} needs Python {given}" for name, given in requires.items() if OLDEST not in SpecifierSet(given)]


def test_every_locked_package_runs_on_the_oldest_python() -> None:
    """Debian 12 has 3.11.2. `>=3.11` in pyproject.toml does not stop a package that asks for 3.11.5."""
    pins = re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / "requirements/base.txt").read_text(), re.M)
    installed = {(canonical(one.metadata["Name"]), one.version): one for one in distributions()}
    found = {name: installed.get((canonical(name), version)) for name, version in pins}
    requires = {name: one.metadata["Requires-Python"] or "" for name, one in found.items() if one}
    assert len(requires) > 0.9 * len(pins)
    assert too_new(requires) == []


def test_control_a_package_that_is_too_new_is_caught() -> None:
    assert too_new({"a": ">=3.11.5", "b": ">=3.11", "c": ""}) == ["a needs Python >=3.11.5"]


def test_locks_name_no_index() -> None:
    locks = [*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json"]
    funding = re.compile(r'"(?:funding|url)": .*')  # what a package says about itself
    told = [file.name for file in locks if re.search(r"https?://|--index", funding.sub("", file.read_text()))]
    assert told == []
