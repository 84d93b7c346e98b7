"""Who of the office finds which records, roles and messages, by name."""

from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Message, Role
from mitwerk.clusters.queries import desk_rows, editable, removable, revocable_roles
from mitwerk.projects.models import Project

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


def test_who_takes_back_which_role(cast: Cast) -> None:
    """Roles that hold in the whole region are the administrators' to take back, apart from one's own."""
    second = User.objects.create_user("second@example.org", "muster-passwort-1")
    Role.objects.create(user=second, kind=Role.Kind.UMBRELLA_EDITOR)
    found = {
        name: {role.user.email.split("@")[0] for role in revocable_roles(getattr(cast, name))} for name in OFFICE
    }
    assert found == {
        "it_editor": {"it_editor"},
        "food_editor": {"food_editor"},
        "umbrella_editor": {"it_editor", "food_editor", "umbrella_editor"},
        "administrator": {"it_editor", "food_editor", "umbrella_editor", "second"},
    }


def test_who_edits_and_removes_which_records(cast: Cast) -> None:
    clusters = {"own": [cast.it], "both": [cast.it, cast.food], "none": []}
    for slug, theirs in clusters.items():
        Project.objects.create(slug=slug, title={"de": slug}, summary={"de": slug}).clusters.set(theirs)

    def slugs(records: QuerySet[Project]) -> set[str]:
        return set(records.values_list("slug", flat=True))

    found = {
        name: (slugs(editable(getattr(cast, name), Project)), slugs(removable(getattr(cast, name), Project)))
        for name in OFFICE
    }
    assert found == {
        "it_editor": ({"own", "both"}, {"own"}),
        "food_editor": ({"both"}, set()),
        "umbrella_editor": (set(clusters), set(clusters)),
        "administrator": (set(clusters), set(clusters)),
    }


def test_messages_wait_on_the_desk_of_their_office_until_they_are_answered(cast: Cast) -> None:
    def write(cluster: str | None, **values: object) -> None:
        home = getattr(cast, cluster) if cluster else None
        Message.objects.create(cluster=home, name="Muster", email="m@example.org", text="Hallo", **values)

    write("it", subject="Frage", organisation_name="Muster AG")
    write("it", subject="Beantwortet", handled_at=timezone.now())
    write("food", organisation_name="Muster AG")
    write(None)
    stranger = User.objects.create_user("stranger@example.org", "muster-passwort-1")
    found = {name: [row.text for row in desk_rows(getattr(cast, name))] for name in OFFICE}
    assert found == {
        "it_editor": ["Frage"],
        "food_editor": ["Muster AG"],
        "umbrella_editor": ["Frage", "Muster AG", "Muster"],
        "administrator": ["Frage", "Muster AG", "Muster"],
    }
    assert desk_rows(stranger) == []
