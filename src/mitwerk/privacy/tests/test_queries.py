"""What who of the office may bring back, and what is known of whom, by name."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from mitwerk.accounts.models import Removed, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import make_people, represent
from mitwerk.privacy.queries import left_alone, restorable, subject_of

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


def remove(name: str, *clusters: str, **values: Any) -> None:
    Removed.objects.create(kind="projects.project", name=name, cluster_slugs=list(clusters), **values)


def test_each_brings_back_their_own_and_what_was_their_clusters_alone(cast: Cast) -> None:
    month = Removed.KEPT
    remove("of it", "it")
    remove("of both", "it", "ernaehrung")
    remove("of none")
    remove("of none by it", by=cast.it_editor)
    remove("of food by it", "ernaehrung", by=cast.it_editor)
    remove("too long ago", "it", by=cast.it_editor, at=timezone.now() - month - timedelta(minutes=1))
    everything = {"of it", "of both", "of none", "of none by it", "of food by it"}
    found = {name: set(restorable(getattr(cast, name)).values_list("name", flat=True)) for name in OFFICE}
    assert found == {
        "it_editor": {"of it", "of none by it", "of food by it"},
        "food_editor": {"of food by it"},
        "umbrella_editor": everything,
        "administrator": everything,
    }


def test_an_organisation_is_left_alone_by_the_last_who_acts_for_it(cast: Cast) -> None:
    people = make_people(cast)
    represent(people.delegate, cast.bakery, "delegate")
    gone = represent(people.stranger, cast.bakery, "editor")
    gone.until = gone.since
    gone.save()
    assert (left_alone(people.delegate), left_alone(people.editor)) == ([cast.bakery], [])


def test_a_subject_is_one_user_with_their_person_and_sessions(cast: Cast) -> None:
    people = make_people(cast)
    keys = {}
    for name, user in (("delegate", people.delegate), ("editor", people.editor)):
        session = SessionStore()
        session["_auth_user_id"] = str(user.pk)
        session.save()
        keys[name] = session.session_key
    subject = subject_of(people.editor)
    person = Person.objects.get(user=people.editor)
    assert (subject.user, subject.person_pk, subject.session_keys) == (people.editor, person.pk, (keys["editor"],))
    assert subject_of(User.objects.get(pk=people.stranger.pk)).person_pk is None
