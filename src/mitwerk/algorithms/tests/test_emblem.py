"""Pictures from ids: the same key always gives the same picture, and it looks composed."""

import xml.etree.ElementTree as ET

from mitwerk.algorithms.emblem import Shape, colours_for, emblem_svg, panel_svg, shapes_for

KEYS = [f"key{number}" for number in range(200)]


def test_the_same_key_gives_the_same_picture() -> None:
    assert shapes_for("halle", 3, 3) == shapes_for("halle", 3, 3)
    # Fixed for good: emblems are printed on badges and shared as pictures.
    assert shapes_for("halle", 3, 3)[0] == HALLE_FIRST
    assert len(shapes_for("halle", 3, 3)) == HALLE_COUNT


def test_other_keys_give_other_pictures() -> None:
    assert len({emblem_svg(key) for key in KEYS}) == len(KEYS)


def test_shapes_stay_inside_and_do_not_lie_on_each_other() -> None:
    for key in KEYS:
        taken: set[tuple[int, int]] = set()
        for shape in (s for s in shapes_for(key, 6, 4) if not s.is_ground):
            cells = {(shape.x + i, shape.y + j) for i in range(shape.size) for j in range(shape.size)}
            assert all(0 <= x < 6 and 0 <= y < 4 for x, y in cells)
            is_inside_a_circle = shape.kind == "quarter" and shape.size == 1 and cells <= taken
            assert is_inside_a_circle or not cells & taken
            taken |= cells


def test_every_picture_has_a_large_shape_some_empty_cells_and_several_colours() -> None:
    for key in KEYS:
        shapes = shapes_for(key, 6, 4)
        filled = {(s.x + i, s.y + j) for s in shapes for i in range(s.size) for j in range(s.size)}
        assert any(s.size == 2 for s in shapes)
        assert 0 < 24 - len(filled) <= 10
        assert len({s.colour for s in shapes}) >= 4


def test_no_colour_takes_over() -> None:
    counts: dict[str, int] = {}
    for key in KEYS:
        for shape in shapes_for(key, 3, 3):
            counts[shape.colour] = counts.get(shape.colour, 0) + 1
    assert max(counts, key=lambda role: counts[role]) == "accent"
    assert max(counts.values()) / sum(counts.values()) < 0.4


def test_svg_is_well_formed_and_hidden_from_screen_readers() -> None:
    for text in (emblem_svg("a", 40), panel_svg("a", 7, 6), emblem_svg("a", 40, colours_for("#2e7d4f"))):
        root = ET.fromstring(text)  # noqa: S314 - our own text
        assert root.attrib["aria-hidden"] == "true"
        assert "style" not in root.attrib


def test_a_file_has_its_colours_in_it_a_page_leaves_them_to_the_stylesheet() -> None:
    assert "class=" not in emblem_svg("a", 40, colours_for("#2e7d4f")).replace('class="art"', "")
    assert "fill=" not in emblem_svg("a", 40)


def test_small_grids_work() -> None:
    assert isinstance(shapes_for("a", 1, 1), list)
    assert isinstance(shapes_for("", 12, 1), list)


HALLE_FIRST = Shape(kind="half", x=1, y=0, size=2, turn=1, colour="ink")
HALLE_COUNT = 5
