"""Pictures drawn from a record's id: circle, square, triangle, quarter and half in a grid.

The same key always gives the same picture. A picture is a list of shapes in grid units (`shapes_for`); as SVG it is
drawn with one path per colour, in colours given as values (for files) or by CSS classes (for pages with a dark theme).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from mitwerk.algorithms.colour import INK, companions, vivid

Kind = Literal["circle", "square", "triangle", "quarter", "half"]
Role = Literal["accent", "second", "third", "ink", "shade"]
Cell = tuple[int, int]
T = TypeVar("T")

ROLES: tuple[Role, ...] = (
    "accent",
    "accent",
    "accent",
    "second",
    "second",
    "third",
    "third",
    "ink",
    "ink",
    "shade",
)
KINDS: tuple[Kind, ...] = (
    "quarter",
    "quarter",
    "quarter",
    "triangle",
    "triangle",
    "circle",
    "half",
    "square",
)
LARGE_KINDS: tuple[Kind, ...] = ("quarter", "quarter", "circle", "half")
UNIT = 12
EMBLEM_CELLS = 3


@dataclass(frozen=True)
class Shape:
    """One figure; `x`, `y` and `size` in cells, `turn` in quarter turns clockwise. Grounds lie under the others."""

    kind: Kind
    x: int
    y: int
    size: int
    turn: int
    colour: Role
    is_ground: bool = False


@dataclass(frozen=True)
class Colours:
    """Colour values of a picture that stands alone (a file, a PDF). An empty one is left to the stylesheet."""

    paper: str
    shade: str
    ink: str
    accent: str
    second: str
    third: str


def colours_for(accent: str) -> Colours:
    """The colours of a cluster's pictures."""
    accent = vivid(accent)
    second, third = companions(accent)
    return Colours("#efe6d3", "#e0d3b8", INK, accent, second, third)


def accents_for(accent: str) -> Colours:
    """Like `colours_for`, with paper and ink left to the page, so that its dark theme reaches them."""
    return replace(colours_for(accent), paper="", shade="", ink="")


class _Dice:
    """Numbers from a key. Not `random`: its picking methods may change between Python versions."""

    def __init__(self, key: str) -> None:
        self._key, self._round, self._bytes = key.encode(), 0, b""

    def below(self, limit: int) -> int:
        if len(self._bytes) < 2:
            self._bytes = hashlib.sha256(self._key + b"/%d" % self._round).digest()
            self._round += 1
        value, self._bytes = int.from_bytes(self._bytes[:2], "big"), self._bytes[2:]
        return value % limit

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]


class _Sheet:
    """The grid while it is filled: which colour lies where, and which colours come next."""

    def __init__(self, key: str, columns: int, rows: int, palette: Sequence[Role]) -> None:
        self.dice = _Dice(f"{key}/{columns}x{rows}")
        self.columns, self.rows, self.palette = columns, rows, palette
        self.colours: dict[Cell, set[Role]] = {}
        self.kinds: dict[Cell, Kind] = {}
        self.bag: list[Role] = []
        self.shapes: list[Shape] = []

    def colour(self, avoid: set[Role]) -> Role:
        """The next colour of the bag that no neighbour has; each colour comes as often as the palette says."""
        if len(self.bag) < 4:
            fresh = list(self.palette)
            while fresh:
                self.bag.append(fresh.pop(self.dice.below(len(fresh))))
        place = next((i for i, role in enumerate(self.bag) if role not in avoid), 0)
        return self.bag.pop(place)

    def neighbours(self, x: int, y: int) -> list[Cell]:
        return [(x - 1, y), (x, y - 1), (x + 1, y), (x, y + 1)]

    def put(self, kind: Kind, x: int, y: int, size: int, with_ground: bool) -> None:
        cells = [(x + i, y + j) for i in range(size) for j in range(size)]
        around = {role for cell in cells for n in self.neighbours(*cell) for role in self.colours.get(n, set())}
        colour = self.colour(around)
        turn = self.dice.below(4)
        used = {colour}
        if with_ground:
            ground = self.colour(around | {colour})
            if ground != colour:
                used.add(ground)
                self.shapes.append(Shape("square", x, y, size, 0, ground, is_ground=True))
        self.shapes.append(Shape(kind, x, y, size, turn, colour))
        for cell in cells:
            self.colours[cell], self.kinds[cell] = used, kind

    def place_large(self) -> None:
        """Figures of two by two cells give the eye a place to begin."""
        for _attempt in range(8 * max(1, self.columns * self.rows // 11)):
            x, y = self.dice.below(self.columns - 1), self.dice.below(self.rows - 1)
            margin = [(x + i, y + j) for i in range(-1, 3) for j in range(-1, 3)]
            if any(cell in self.colours for cell in margin):
                continue
            kind = self.dice.pick(LARGE_KINDS)
            self.put(kind, x, y, 2, with_ground=self.dice.below(3) == 0)
            if kind == "circle" and self.dice.below(2):
                self._ring(x, y)
            if len([s for s in self.shapes if s.size == 2 and not s.is_ground]) >= max(
                1, self.columns * self.rows // 11
            ):
                return

    def _ring(self, x: int, y: int) -> None:
        quarters = [(x, y, 0), (x + 1, y, 1), (x + 1, y + 1, 2), (x, y + 1, 3)]
        left, top, turn = self.dice.pick(quarters)
        inner = self.colour(self.colours[(left, top)])
        self.shapes.append(Shape("quarter", left, top, 1, turn, inner))

    def place_empty(self) -> None:
        """About every sixth cell stays free, no two side by side: the picture breathes."""
        cells = self.columns * self.rows
        wanted = cells * 14 // 100 + self.dice.below(2 if cells < 16 else 3)
        for _attempt in range(6 * wanted):
            x, y = self.dice.below(self.columns), self.dice.below(self.rows)
            near = [self.colours.get(cell) for cell in [(x, y), *self.neighbours(x, y)]]
            if (x, y) not in self.colours and set() not in near:
                self.colours[(x, y)] = set()
                wanted -= 1
            if wanted == 0:
                return

    def fill(self) -> None:
        for y in range(self.rows):
            for x in range(self.columns):
                if (x, y) in self.colours:
                    continue
                around = self.neighbours(x, y)
                seen = {self.kinds.get(cell) for cell in around[:2]}
                kinds = [kind for kind in KINDS if kind not in seen] or list(KINDS)
                kind = self.dice.pick(kinds)
                self.put(kind, x, y, 1, with_ground=kind != "square" and self.dice.below(5) == 0)


def shapes_for(key: str, columns: int, rows: int, palette: Sequence[Role] = ROLES) -> list[Shape]:
    """The figures of a picture with at least two columns and rows, those that lie below first."""
    sheet = _Sheet(key, columns, rows, palette)
    if columns > 1 and rows > 1:
        sheet.place_large()
        sheet.place_empty()
    sheet.fill()
    return sheet.shapes


def _path(shape: Shape) -> str:
    """Outline of a shape in SVG path language, absolute start, whole numbers."""
    s, r = shape.size * UNIT, shape.size * UNIT // 2
    x, y = shape.x * UNIT, shape.y * UNIT
    if shape.kind == "square":
        return f"M{x} {y}h{s}v{s}h-{s}z"
    if shape.kind == "circle":
        return f"M{x} {y + r}a{r} {r} 0 1 0 {s} 0a{r} {r} 0 1 0-{s} 0z"
    corners = [(x, y), (x + s, y), (x + s, y + s), (x, y + s)]
    before, corner, after = (corners[(shape.turn + i) % 4] for i in (-1, 0, 1))
    if shape.kind == "triangle":
        return f"M{before[0]} {before[1]}L{corner[0]} {corner[1]}L{after[0]} {after[1]}z"
    if shape.kind == "quarter":
        centre = corners[(shape.turn + 2) % 4]
        return f"M{before[0]} {before[1]}A{s} {s} 0 0 1 {after[0]} {after[1]}L{centre[0]} {centre[1]}z"
    return f"M{corner[0]} {corner[1]}A{r} {r} 0 0 0 {after[0]} {after[1]}z"


def _svg(shapes: list[Shape], columns: int, rows: int, attributes: str, colours: Colours | None) -> str:
    def paint(role: str) -> str:
        value = getattr(colours, role) if colours else ""
        return f'fill="{value}"' if value else f'class="art-{role}"'

    parts = [f'<path {paint("paper")} d="M0 0h{columns * UNIT}v{rows * UNIT}h-{columns * UNIT}z"/>']
    order: tuple[Role, ...] = ("shade", "accent", "second", "third", "ink")
    layers = [[s for s in shapes if s.is_ground], [s for s in shapes if not s.is_ground]]
    for layer in layers:
        for role in order:
            outline = "".join(_path(s) for s in layer if s.colour == role)
            if outline:
                parts.append(f'<path {paint(role)} d="{outline}"/>')
    box = f'viewBox="0 0 {columns * UNIT} {rows * UNIT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {attributes}>{"".join(parts)}</svg>'


def emblem_svg(key: str, size: int = 40, colours: Colours | None = None) -> str:
    """A square emblem, `size` pixels wide. Without `colours` the page's stylesheet colours it."""
    shapes = shapes_for(key, EMBLEM_CELLS, EMBLEM_CELLS)
    attributes = f'class="art" width="{size}" height="{size}" aria-hidden="true" focusable="false"'
    return _svg(shapes, EMBLEM_CELLS, EMBLEM_CELLS, attributes, colours)


def panel_svg(key: str, columns: int = 6, rows: int = 4, colours: Colours | None = None, css: str = "panel") -> str:
    """A picture that fills its place and is cut, not squeezed, where the proportions differ."""
    attributes = f'class="art {css}" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false"'
    return _svg(shapes_for(key, columns, rows), columns, rows, attributes, colours)
