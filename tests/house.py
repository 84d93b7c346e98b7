"""What the tests of the architecture look at: the floors, the files, and the names that files mention."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/mitwerk"


LINKED = frozenset({"portal", "pages", "exchange"})
"""On the floor that joins the subjects, pages link to their neighbours' pages by name (and import nothing of them)."""


@dataclass(frozen=True)
class Mention:
    """A file of one package names something of another."""

    file: str
    owner: str
    named: str


@cache
def floors() -> dict[str, int]:
    """Package to floor, 0 at the top, as the import contract in pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers" and c["containers"] == ["mitwerk"])
    return {name.strip(): floor for floor, layer in enumerate(layers) for name in layer.split("|")}


def points_wrongly(owner: str, named: str) -> bool:
    """Up, or across to a neighbour. What is no package of ours (Wagtail, allauth) may be named by everybody."""
    if owner == named or named not in floors() or {owner, named} <= LINKED:
        return False
    return floors()[named] <= floors()[owner]


def python_files(source: Path = SOURCE) -> list[Path]:
    found = source.rglob("*.py")
    return [file for file in sorted(found) if not {"migrations", "tests", "__pycache__"} & set(file.parts)]


def templates(source: Path = SOURCE) -> list[Path]:
    return sorted(source.rglob("templates/**/*.*"))


def owner(file: Path, source: Path = SOURCE) -> str:
    return file.relative_to(source).parts[0]


def mentions(file: Path, text: str, source: Path = SOURCE) -> Iterator[Mention]:
    """Packages named in strings: foreign keys, URL names, template paths."""
    where = str(file.relative_to(source))
    found = _in_python(text) if file.suffix == ".py" else _in_template(text)
    for package in found:
        yield Mention(where, owner(file, source), package)


URL_NAME = re.compile(r"^([a-z_]+):[a-z_]+$")
TEMPLATE = re.compile(r"^([a-z_]+)/[\w/.-]+\.(?:html|txt|xml|svg|typ)$")
MODEL = re.compile(r"^([a-z_]+)\.[A-Z]\w+$")
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField"}
BY_NAME = {"reverse", "reverse_lazy", "redirect", "render", "render_to_string", "get_template", "here"}


def _in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            yield from _packages(given, _patterns_of(called))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from _packages([node.value], [URL_NAME, TEMPLATE])


def _patterns_of(called: str) -> list[re.Pattern[str]]:
    """What the strings given to this function may name."""
    if called in RELATIONS | {"get_model"}:
        return [MODEL]
    return [URL_NAME, TEMPLATE] if called in BY_NAME else []


def _packages(nodes: list[ast.expr], patterns: list[re.Pattern[str]]) -> Iterator[str]:
    strings = [n.value for node in nodes for n in ast.walk(node) if isinstance(n, ast.Constant)]
    for string in strings:
        for pattern in patterns:
            if isinstance(string, str) and string not in MAY_POINT_UP and (found := pattern.match(string)):
                yield found[1]


MAY_POINT_UP = frozenset({"portal:organisation", "portal:competence", "portal:charter"})
"""The pages about an organisation and a competence join what all subjects know, so they live above them."""

IN_TEMPLATE = re.compile(r"\{%-?\s*(?:include|extends|url|here)\s+[\"']([^\"']+)[\"']")


def _in_template(text: str) -> Iterator[str]:
    for named in IN_TEMPLATE.findall(text):
        found = URL_NAME.match(named) or TEMPLATE.match(named)
        if found and named not in MAY_POINT_UP:
            yield found[1]


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Name and length in lines of each function."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def imports(text: str) -> Iterator[str]:
    """Dotted modules that are imported, each name of `from x import y` as x.y too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
