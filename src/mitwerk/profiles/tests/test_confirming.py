"""The yearly question: asked once, reminded once, answered by one click, and never mailed twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.outbox.models import Mail
from mitwerk.people.actions import end_representation, revoke_act_links
from mitwerk.people.models import ActLink, Representative
from mitwerk.people.tests.cast import People
from mitwerk.profiles.actions import ACT, ask_still_right, confirm_profile
from mitwerk.profiles.actions import confirming as rooms
from mitwerk.profiles.models import Confirmation
from mitwerk.profiles.queries import unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture
def year_old(cast: Cast, people: People) -> Organisation:
    """The firm, whose people spoke last a year ago."""
    Organisation.objects.filter(pk=cast.firm.pk).update(claimed_at=days_ago(366), confirmed_at=None)
    return Organisation.objects.get(pk=cast.firm.pk)


def days_ago(days: int) -> object:
    return timezone.now() - timedelta(days=days)


def mails() -> list[str]:
    found = Mail.objects.filter(template="profiles/still_right_mail.txt")
    return list(found.order_by("pk").values_list("to", flat=True))


def link_in(mail: Mail) -> str:
    [found] = [word for word in mail.text.split() if "/noch-richtig/" in word or "/still-right/" in word]
    return "/" + found.split("/", 3)[3]


def test_the_delegate_is_asked_once(year_old: Organisation, people: People) -> None:
    assert ask_still_right() == 1
    assert ask_still_right() == 0
    assert mails() == [people.delegate.email]


def test_nobody_is_asked_before_a_year_is_over(cast: Cast, people: People) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(claimed_at=days_ago(364))
    assert ask_still_right() == 0
    Organisation.objects.filter(pk=cast.firm.pk).update(claimed_at=days_ago(900), confirmed_at=days_ago(3))
    assert ask_still_right() == 0
    assert mails() == []


def test_without_a_delegate_the_substitutes_are_asked(year_old: Organisation, people: People) -> None:
    Representative.objects.filter(person__user=people.delegate).update(until=timezone.now())
    ask_still_right()
    assert mails() == [people.substitute.email]


def test_reminded_once_after_two_weeks_and_then_the_offices(year_old: Organisation, people: People) -> None:
    ask_still_right()
    Confirmation.objects.update(asked_at=days_ago(13))
    assert ask_still_right() == 0
    Confirmation.objects.update(asked_at=days_ago(14))
    assert (ask_still_right(), ask_still_right()) == (1, 0)
    assert mails() == [people.delegate.email] * 2
    assert list(unanswered(people.manager)) == []
    Confirmation.objects.update(reminded_at=days_ago(14))
    assert [one.organisation for one in unanswered(people.manager)] == [year_old]


def test_a_question_never_answered_is_asked_again_a_year_later(year_old: Organisation, people: People) -> None:
    ask_still_right()
    Confirmation.objects.update(asked_at=days_ago(366), reminded_at=days_ago(350))
    assert (ask_still_right(), ask_still_right()) == (1, 0)
    assert Confirmation.objects.count() == 1


def test_one_click_without_signing_in(year_old: Organisation, client: Client) -> None:
    ask_still_right()
    url = link_in(Mail.objects.get())
    for _scanner in range(3):
        assert client.get(url).status_code == 200
    assert Confirmation.objects.get().answered_at is None
    assert client.post(url).status_code == 200
    assert Confirmation.objects.get().answered_at is not None
    assert Organisation.objects.get(pk=year_old.pk).confirmed_at is not None
    assert client.post(url).status_code == 410
    assert client.get(url).status_code == 410


def test_a_link_is_for_its_person_and_its_act(year_old: Organisation, people: People, client: Client) -> None:
    ask_still_right()
    url = link_in(Mail.objects.get())
    end_representation(representative=Representative.objects.get(person__user=people.delegate), actor=people.delegate)
    assert client.post(url).status_code == 410
    assert Confirmation.objects.get().answered_at is None
    assert client.post(url[:-4] + "xxx/", follow=True).status_code == 404


def test_a_link_for_another_act_opens_nothing(year_old: Organisation, client: Client) -> None:
    ask_still_right()
    ActLink.objects.update(act="something.else")
    assert client.get(link_in(Mail.objects.get()), follow=True).status_code == 404


@pytest.mark.parametrize("end", ["revoked", "over", "switched off"])
def test_a_link_that_ended_does_nothing(
    year_old: Organisation, people: People, client: Client, end: str
) -> None:
    ask_still_right()
    if end == "revoked":
        assert revoke_act_links(act=ACT, target=year_old.public_id) == 1
    elif end == "over":
        ActLink.objects.update(expires_at=timezone.now())
    else:
        User.objects.filter(pk=people.delegate.pk).update(is_active=False)
    url = link_in(Mail.objects.get())
    assert (client.get(url).status_code, client.post(url).status_code) == (410, 410)
    assert Confirmation.objects.get().answered_at is None


def test_confirming_on_the_desk_takes_the_link_back(
    year_old: Organisation, people: People, as_user: Callable[[User | None], Client]
) -> None:
    ask_still_right()
    own = as_user(people.editor)
    assert own.post(reverse("profiles:profile_confirm", args=[year_old.slug])).status_code == 302
    assert Client().post(link_in(Mail.objects.get())).status_code == 410
    assert as_user(people.stranger).post(reverse("profiles:profile_confirm", args=[year_old.slug])).status_code == 404


def test_killed_between_two_organisations_it_goes_on_with_the_next(
    cast: Cast, year_old: Organisation, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Question and mail are one transaction: what died before its end is asked again, what did not is not."""
    monkeypatch.setattr(rooms, "mail_still_right", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask_still_right()
    assert (Confirmation.objects.count(), ActLink.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert ask_still_right() == 1


def test_control_without_the_constraint_and_the_key_somebody_is_asked_twice(
    year_old: Organisation, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second worker that looked before the first one wrote: `_due` told both the same."""
    assert rooms._ask(year_old.pk) is True
    assert rooms._ask(year_old.pk) is False
    assert mails() == [people.delegate.email]
    Confirmation.objects.all().delete()
    rooms._ask(year_old.pk)
    assert mails() == [people.delegate.email], "the key of the mail holds even without the constraint"
    Mail.objects.update(key=None)
    Confirmation.objects.all().delete()
    rooms._ask(year_old.pk)
    assert mails() == [people.delegate.email] * 2


def test_confirming_counts_from_today(year_old: Organisation, people: People) -> None:
    confirm_profile(organisation=year_old, actor=people.editor)
    assert ask_still_right() == 0
