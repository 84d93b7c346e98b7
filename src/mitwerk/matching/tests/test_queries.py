"""Which reported needs wait on whose desk, by name."""

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.matching.models import Need
from mitwerk.matching.queries import desk_rows
from mitwerk.matching.tests.cast import make_need, make_needs

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


def test_a_reported_need_waits_for_the_office_of_its_cluster(cast: Cast) -> None:
    make_needs(cast)
    make_need("auch", "Auch gemeldet", state=Need.State.REPORTED, clusters=[cast.it])
    stranger = User.objects.create_user("stranger@example.org", "muster-passwort-1")
    users = {**{name: getattr(cast, name) for name in OFFICE}, "stranger": stranger}
    assert {name: [row.text for row in desk_rows(user)] for name, user in users.items()} == {
        "it_editor": ["Auch gemeldet"],
        "food_editor": ["Noch geheim"],
        "umbrella_editor": ["Noch geheim", "Auch gemeldet"],
        "administrator": ["Noch geheim", "Auch gemeldet"],
        "stranger": [],
    }
