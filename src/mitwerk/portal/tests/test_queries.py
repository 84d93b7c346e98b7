"""What stands on whose desk besides what waits."""

from mitwerk.actors.tests.cast import Cast
from mitwerk.governance.tests.cast import make_bodies
from mitwerk.people.tests.cast import make_people
from mitwerk.portal.queries.desk import desk_of


def test_the_bodies_of_ones_organisations_stand_on_the_desk(cast: Cast) -> None:
    people = make_people(cast)
    bodies = make_bodies(cast, people)
    users = {"delegate": people.delegate, "baker": bodies.baker, "editor": people.editor, "office": cast.it_editor}
    assert {name: [body.slug for body in desk_of(user).bodies] for name, user in users.items()} == {
        "delegate": ["versammlung", "vorstand"], "baker": ["backstube", "vorstand"], "editor": [], "office": [],
    }  # fmt: skip
