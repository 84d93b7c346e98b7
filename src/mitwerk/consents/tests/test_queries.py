"""Whose subscribers who of the office reads, by name."""

from django.test import Client

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.consents.queries import readable_subscribers
from mitwerk.consents.tests.test_newsletter import link

FORMS = {"it": "/de/it/newsletter/", "food": "/de/ernaehrung/newsletter/", "region": "/de/newsletter/"}


def test_each_office_reads_the_subscribers_of_its_clusters(cast: Cast) -> None:
    for name, form in FORMS.items():
        Client().post(form, {"email": f"{name}@example.org", "agrees": "on"})
        Client().post(link())
    nobody = User.objects.create_user("stranger@example.org", "muster-passwort-1")
    office = {name: getattr(cast, name) for name in ("it_editor", "food_editor", "umbrella_editor", "administrator")}
    found = {
        name: {one.email.split("@")[0] for one in readable_subscribers(user)}
        for name, user in {**office, "stranger": nobody}.items()
    }
    assert found == {
        "it_editor": {"it"},
        "food_editor": {"food"},
        "umbrella_editor": set(FORMS),
        "administrator": set(FORMS),
        "stranger": set(),
    }
