"""Each rule × everybody: the office and the firm's people, with what each may give."""

import pytest
from django.contrib.auth.models import AnonymousUser

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.models import Representative
from mitwerk.people.rules import can_end, can_grant_role, can_represent, given_roles, proves_itself
from mitwerk.people.tests.cast import People

ROLES = ("delegate", "substitute", "editor")


def everybody(cast: Cast, people: People) -> dict[str, object]:
    office = {name: getattr(cast, name) for name in ("it_editor", "food_editor", "umbrella_editor", "administrator")}
    return {**vars(people), **office, "nobody": AnonymousUser()}


def test_who_acts_for_the_firm(cast: Cast, people: People) -> None:
    found = {name for name, user in everybody(cast, people).items() if can_represent(user, cast.firm)}
    assert found == {"delegate", "substitute", "editor"}
    assert not any(can_represent(user, cast.bakery) for user in everybody(cast, people).values())


def test_a_switched_off_account_acts_for_nobody(cast: Cast, people: People) -> None:
    people.delegate.is_active = False
    assert can_represent(people.delegate, cast.firm) is False


def test_who_may_invite_as_what(cast: Cast, people: People) -> None:
    found = {
        name: "".join(role[0] for role in ROLES if role in given_roles(user, cast.firm))
        for name, user in everybody(cast, people).items()
    }
    assert found == {
        "delegate": "dse", "substitute": "se", "editor": "e", "former": "", "stranger": "", "nobody": "",
        "manager": "dse", "it_editor": "dse", "food_editor": "", "umbrella_editor": "dse", "administrator": "dse",
    }  # fmt: skip


def test_who_may_end_whom(cast: Cast, people: People) -> None:
    rows = {one.role: one for one in Representative.objects.filter(until=None)}
    found = {
        name: "".join(role[0] for role in ROLES if can_end(user, rows[role], given_roles(user, cast.firm)))
        for name, user in everybody(cast, people).items()
    }
    assert found == {
        "delegate": "dse", "substitute": "se", "editor": "e", "former": "", "stranger": "", "nobody": "",
        "manager": "dse", "it_editor": "dse", "food_editor": "", "umbrella_editor": "dse", "administrator": "dse",
    }  # fmt: skip


def test_nobody_gives_more_than_they_have(cast: Cast, people: People) -> None:
    kinds = {"manager": "m", "editor": "e", "board_member": "b"}
    found = {}
    for name, user in everybody(cast, people).items():
        places = {"it": cast.it, "food": cast.food}
        found[name] = [
            *(
                "".join(mark for kind, mark in kinds.items() if can_grant_role(user, kind, at))
                for at in places.values()
            ),
            can_grant_role(user, "umbrella_editor", None),
        ]
    nothing = ["", "", False]
    assert found == {
        **dict.fromkeys(("delegate", "substitute", "editor", "former", "stranger", "nobody"), nothing),
        **dict.fromkeys(("it_editor", "food_editor"), nothing),
        "manager": ["eb", "", False],
        "umbrella_editor": ["meb", "meb", False],
        "administrator": ["meb", "meb", True],
    }


@pytest.mark.parametrize(
    ("website", "email", "kind", "proves"),
    [
        ("https://backhaus.example", "a@backhaus.example", "company", True),
        ("https://www.backhaus.example/de/", "a@BACKHAUS.example", "company", True),
        ("https://backhaus.example", "a@mail.backhaus.example", "company", False),
        ("https://shop.backhaus.example", "a@backhaus.example", "company", False),
        ("https://backhaus.example", "a@backhaus.example.evil.example", "company", False),
        ("https://backhaus.example", "a@evilbackhaus.example", "company", False),
        ("https://www.facebook.com/backhaus", "a@facebook.com", "company", False),
        ("https://t-online.de/backhaus", "a@t-online.de", "company", False),
        ("https://hochschule.example", "student@hochschule.example", "university", False),
        ("", "a@backhaus.example", "company", False),
        ("", "", "company", False),
    ],
)
def test_which_address_proves_itself(website: str, email: str, kind: str, proves: bool) -> None:
    assert proves_itself(email, Organisation(name="X", website=website, kind=kind)) is proves
