"""Who may work for which cluster, by name."""

from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.rules import can_edit, can_edit_any, can_edit_cluster, can_remove
from mitwerk.projects.models import Project

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


def test_who_may_edit_and_remove_what(cast: Cast) -> None:
    own, shared, regions = (
        Project.objects.create(slug=slug, title={"de": slug}, summary={"de": slug}) for slug in ("own", "both", "none")
    )
    own.clusters.set([cast.it])
    shared.clusters.set([cast.it, cast.food])
    found = {
        name: "".join(
            "x" if may else "-"
            for user in [getattr(cast, name)]
            for may in (
                *(can_edit_cluster(user, cluster) for cluster in (cast.it, cast.food, None)),
                *(can_edit(user, record) for record in (own, shared, regions)),
                *(can_remove(user, record) for record in (own, shared, regions)),
                *(can_edit_any(user, clusters) for clusters in ([cast.it], [cast.it, cast.food], [])),
            )
        )
        for name in OFFICE
    }
    assert found == {
        "it_editor": "x--" "xx-" "x--" "xx-",
        "food_editor": "-x-" "-x-" "---" "-x-",
        "umbrella_editor": "x" * 12,
        "administrator": "x" * 12,
    }  # fmt: skip
    for name in OFFICE:
        user = getattr(cast, name)
        user.is_active = False
        user.__dict__.pop("_roles", None)
        assert not can_edit(user, own)
