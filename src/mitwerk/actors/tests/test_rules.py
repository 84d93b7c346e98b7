"""Who may edit and remove which organisation, by name."""

from mitwerk.actors.rules import can_edit_organisation, can_remove_organisation
from mitwerk.actors.tests.cast import Cast


def test_who_may_edit_and_remove_which_organisation(cast: Cast) -> None:
    """The institute is a member of both clusters, the town hall of none."""
    organisations = (cast.firm, cast.bakery, cast.institute, cast.town_hall)
    found = {
        name: tuple(
            "".join("x" if rule(getattr(cast, name), one) else "-" for one in organisations)
            for rule in (can_edit_organisation, can_remove_organisation)
        )
        for name in ("it_editor", "food_editor", "umbrella_editor", "administrator")
    }
    assert found == {
        "it_editor": ("x-x-", "x---"),
        "food_editor": ("-xx-", "-x--"),
        "umbrella_editor": ("xxxx", "xxxx"),
        "administrator": ("xxxx", "xxxx"),
    }
