"""What a delivery is held against."""

from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.text_units import Bundle
from mitwerk.languages.queries.kinds import ORDER
from mitwerk.languages.queries.plan import plan
from mitwerk.languages.queries.texts import texts
from mitwerk.languages.tests.cast import make_public


def test_what_stands_in_a_file_twice_belongs_to_its_text_once(cast: Cast) -> None:
    make_public(cast)
    unit = next(text.unit for text in texts(cast.it_editor, "de", "en", ORDER))
    found = [line.text and line.text.id for line in plan(cast.it_editor, Bundle("de", "en", [unit, unit]))]
    assert found == [unit.id, None]
