"""After the congress: thanks, feedback that nobody can be known by, and how many came from where."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils.translation import override
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.models import Membership
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Congress, Proceeding
from mitwerk.congress.tests.cast import LAST
from mitwerk.congress.tests.programme_cast import make_contribution
from mitwerk.core.changes import Refused
from mitwerk.events.models import Event
from mitwerk.outbox.models import Mail
from mitwerk.registrations.actions.changing import cancel_registration
from mitwerk.registrations.actions.feedback import forget_feedback, give_feedback
from mitwerk.registrations.actions.thanking import send_thanks
from mitwerk.registrations.exports import guest_groups, public_groups
from mitwerk.registrations.models import Admission, Arrival, FeedbackBox, FeedbackRoll, Registration
from mitwerk.registrations.queries import REGISTRATIONS_KEPT, token_of
from mitwerk.registrations.queries.after import feedback_of, guests_of, roll_mark
from mitwerk.registrations.tests.cast import come, make_kind, one

NAMES = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Fay")
MORNING = dt.datetime.combine(LAST + dt.timedelta(days=1), dt.time(7, 30), dt.UTC)
"""Half past eight in Leipzig, in winter time; thanks go out from nine."""
NINE = MORNING + dt.timedelta(minutes=30)
HOUSE = "/en/congresses/kongress-2007/"


@pytest.fixture
def full(admission: Admission) -> Admission:
    """Six have a seat."""
    admission.kinds.update(quota=10)
    for name in NAMES:
        come(admission, name)
    return admission


@pytest.fixture
def over(full: Admission, time_machine: Any) -> Admission:
    time_machine.move_to(NINE, tick=False)
    return Admission.objects.select_related("congress__event").get(pk=full.pk)


def path(name: str) -> str:
    return f"/en/registrations/{token_of(one(name))}/feedback/"


def sent(*marks: int, words: str = "") -> dict[str, Any]:
    return {**{f"mark_{number}": mark for number, mark in enumerate(marks, 1)}, "words": words}


def say(name: str, *marks: int, words: str = "") -> None:
    give_feedback(registration=one(name), marks=marks or (3, 3, 3), words=words)


# Feedback


def test_a_ticket_answers_once_by_its_link(over: Admission, client: Client) -> None:
    assert "How much did the congress help you" in client.get(path("Ada")).content.decode()
    answer = client.post(path("Ada"), sent(5, 4, 1, words="  More coffee  "))
    assert (answer.status_code, answer["Location"]) == (302, path("Ada"))
    box = FeedbackBox.objects.get()
    expected = [[0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [1, 0, 0, 0, 0]]
    assert (box.count, box.marks, box.words) == (1, expected, ["More coffee"])
    again = client.get(path("Ada")).content.decode()
    assert ("Your answers are in the box." in again, "<textarea" in again) == (True, False)
    assert client.post(path("Ada"), sent(5, 5, 5)).status_code == 200
    with pytest.raises(Refused):
        say("Ada")
    assert FeedbackBox.objects.get().count == 1
    assert client.post(path("Ben"), sent(5, 5, 5)).status_code == 302
    assert FeedbackBox.objects.get().count == 2, "control: another ticket is counted"


@pytest.mark.parametrize("wrong", [{"mark_2": "6"}, {"mark_2": "0"}, {"mark_2": ""}, {"words": "x" * 2001}])
def test_what_is_no_answer_is_not_counted(over: Admission, client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(path("Ada"), {**sent(3, 3, 3), **wrong})
    assert (answer.status_code, FeedbackBox.objects.count()) == (200, 0)


def test_the_office_may_ask_something_else(over: Admission, client: Client) -> None:
    Admission.objects.update(second_question={"en": "Was it warm?", "de": "War es warm?"})
    text = client.get(path("Ada")).content.decode()
    assert [question in text for question in ("How much did", "Was it warm?", "How well could")] == [True, True, False]


def test_it_is_taken_from_the_end_on_for_sixty_days(full: Admission, client: Client, time_machine: Any) -> None:
    seen = []
    for moment in (
        full.over_at - dt.timedelta(minutes=1), full.over_at, full.over_at + dt.timedelta(days=60, minutes=-1),
        full.over_at + dt.timedelta(days=60),
    ):  # fmt: skip
        time_machine.move_to(moment, tick=False)
        page = client.get(f"/en/registrations/{token_of(one('Ada'))}/").content.decode()
        seen.append((path("Ada") in page, "<textarea" in client.get(path("Ada")).content.decode()))
    assert seen == [(False, False), (True, True), (True, True), (False, False)]
    with pytest.raises(Refused):
        say("Ada")


def test_who_had_no_seat_and_who_has_no_link_answers_nothing(over: Admission, client: Client) -> None:
    Registration.objects.filter(name="Ben").update(state="waiting", seat=None)
    assert client.get(path("Ben"), follow=True).status_code == 404
    with pytest.raises(Refused):
        say("Ben")
    assert client.get("/en/registrations/x.y/feedback/").status_code == 404


def dump() -> dict[str, list[str]]:
    """Every table, as the text of its rows in the order in which the database keeps them."""
    encode = DjangoJSONEncoder().encode
    with scopes_disabled():
        return {
            model._meta.label: [encode(row) for row in model._default_manager.order_by("pk").values()]
            for model in apps.get_models()
        }


def test_by_an_answer_only_roll_and_box_change(over: Admission) -> None:
    """Over HTTP as well: no session, no line of the log, no mail."""
    say("Ada")
    browser = Client()
    browser.get(path("Ben"))
    before = dump()
    browser.post(path("Ben"), sent(1, 2, 3, words="Zu kalt"))
    after = dump()
    changed = {label for label in after if after[label] != before[label]}
    assert changed == {"registrations.FeedbackRoll", "registrations.FeedbackBox"}
    assert AuditEntry.objects.filter(verb__contains="feedback").count() == 0


def test_a_full_dump_tells_neither_who_answered_nor_in_which_order(over: Admission) -> None:
    """The same answers in another order of guests leave the same two rows. Control: other answers leave others."""
    orders = (NAMES, NAMES[::-1], ("Dora", "Ada", "Fay", "Ben", "Emil", "Cleo"))
    words = {name: f"Worte {number}" for number, name in enumerate(NAMES)}
    found = []
    for order in orders:
        FeedbackRoll.objects.all().delete()
        FeedbackBox.objects.all().delete()
        for name in order:
            say(name, 1 + NAMES.index(name) % 5, 3, 3, words=words[name])
        box, roll = FeedbackBox.objects.get(), FeedbackRoll.objects.get()
        found.append((box.count, box.marks, box.words, roll.answered))
    assert found[0] == found[1] == found[2]
    ids = [registration.public_id for registration in Registration.objects.all()]
    assert [key for key in ids if key in str(found[0])] == []
    FeedbackBox.objects.all().delete()
    FeedbackRoll.objects.all().delete()
    say("Ada", 5, 5, 5)
    assert FeedbackBox.objects.get().marks != found[0][1], "control"


def test_the_roll_leads_to_nobody_without_the_key(over: Admission, settings: Any) -> None:
    mine = roll_mark(one("Ada"))
    assert (roll_mark(one("Ada")), roll_mark(one("Ben")) == mine) == (mine, False)
    settings.SECRET_KEY = "another-key-of-another-house"
    assert roll_mark(one("Ada")) != mine


def test_results_come_from_five_answers_on(over: Admission, cast: Cast, as_user: Any, client: Client) -> None:
    Admission.objects.update(shows_feedback=True)
    office = f"/en/my/congresses/{over.congress.public_id}/results/"
    seen = []
    for number, name in enumerate(NAMES[:5], 1):
        say(name, number, 5, 5, words=f"Wort von {number}")
        told = as_user(cast.it_editor).get(office).content.decode()
        public = client.get(f"{HOUSE}results/").content.decode()
        seen.append(("On average" in told, "Wort von 1" in told, "On average" in public, "Wort von" in public))
    assert seen == [(False, False, False, False)] * 4 + [(True, True, True, False)]
    assert feedback_of(over) == FeedbackBox.objects.get()
    assert "On average 3.0 of 5" in client.get(f"{HOUSE}results/").content.decode()


def test_words_are_written_as_text(over: Admission, cast: Cast, as_user: Any) -> None:
    for name in NAMES:
        say(name, words="<script>alert(1)</script>")
    text = as_user(cast.it_editor).get(f"/en/my/congresses/{over.congress.public_id}/results/").content.decode()
    assert ("<script>alert" in text, "&lt;script&gt;alert" in text) == (False, True)


def test_after_a_year_roll_and_words_are_forgotten_and_the_marks_stay(over: Admission, time_machine: Any) -> None:
    say("Ada", 5, 5, 5, words="Ruf mich an")
    end = over.over_at.astimezone(dt.UTC) + REGISTRATIONS_KEPT
    time_machine.move_to(end - dt.timedelta(minutes=1), tick=False)
    assert (forget_feedback(), FeedbackBox.objects.get().words) == (0, ["Ruf mich an"])
    time_machine.move_to(end + dt.timedelta(minutes=1), tick=False)
    assert (forget_feedback(), forget_feedback()) == (1, 0)
    box = FeedbackBox.objects.get()
    assert (box.words, box.count, FeedbackRoll.objects.get().answered) == ([], 1, [])


# Thanks


def test_guests_are_thanked_once_on_the_morning_after(full: Admission, time_machine: Any) -> None:
    cancel_registration(registration=one("Fay"))
    Congress.objects.update(thanks={"en": "You were great.", "de": "Sie waren großartig."})
    Registration.objects.filter(name="Ben").update(language="de")
    Mail.objects.all().delete()
    time_machine.move_to(MORNING, tick=False)
    assert (send_thanks(), Mail.objects.count()) == (0, 0)
    time_machine.move_to(NINE, tick=False)
    assert (send_thanks(), send_thanks()) == (5, 0)
    mails = Mail.objects.order_by("pk")
    assert [mail.to for mail in mails] == [f"{name.lower()}@example.org" for name in NAMES[:5]]
    ada, ben = mails[0], mails[1]
    assert (ada.subject, "You were great." in ada.text) == ("Thank you for coming: Congress 2007", True)
    assert (ben.language, "Sie waren großartig." in ben.text) == ("de", True)
    assert (path("Ada") in ada.text, f"http://testserver{HOUSE}" in ada.text or HOUSE in ada.text) == (True, True)
    assert "Slides" not in ada.text
    line = AuditEntry.objects.get(verb="admission.thank")
    assert (line.cluster_slug, line.details) == ("it", {"told": 5})
    assert [mail.key for mail in mails if "@" in mail.key] == []


def test_where_the_door_was_counted_only_those_who_came_are_thanked(over: Admission) -> None:
    for number, day in enumerate((dt.date(2026, 1, 1), dt.date(2026, 1, 2))):
        Arrival.objects.create(registration=one("Ada"), day=day, at=NINE, client_id=f"a{number}")
    assert send_thanks() == 1
    assert Mail.objects.get(template="registrations/thanks_mail.txt").to == one("Ada").email


def test_a_second_process_thanks_nobody_again(over: Admission) -> None:
    send_thanks()
    Admission.objects.update(thanked_at=None)
    before = Mail.objects.count()
    send_thanks()
    assert Mail.objects.count() == before, "the key of a mail holds it as well"


def test_the_mail_names_the_slides_where_there_are_some(over: Admission, cast: Cast) -> None:
    talk = make_contribution(over.congress, cast.firm, 1)
    Proceeding.objects.create(contribution=talk, recording="https://videos.example.org/1")
    send_thanks()
    assert f"{HOUSE}proceedings/" in Mail.objects.filter(template="registrations/thanks_mail.txt")[0].text


@pytest.mark.parametrize("why", ["draft", "a week later"])
def test_nobody_is_thanked_for_a_draft_or_out_of_the_blue(over: Admission, time_machine: Any, why: str) -> None:
    if why == "draft":
        Event.objects.update(state=Event.State.DRAFT)
    else:
        time_machine.move_to(NINE + dt.timedelta(days=7), tick=False)
    assert send_thanks() == 0


# Figures


def test_who_came_by_cluster_kind_and_ticket(admission: Admission, cast: Cast) -> None:
    admission.kinds.update(quota=10)
    card = make_kind(admission)
    come(admission, "Ada", "Ben", organisation_name=cast.firm.name)
    come(admission, "Cleo", kind=card, organisation_name=cast.university.name)
    come(admission, "Dora", organisation_name="Irgendwer")
    with override("en"):
        clusters, kinds, tickets = guest_groups(admission)
    assert (clusters[0], kinds[0], tickets[0]) == ("By cluster", "By kind of organisation", "By ticket")
    assert kinds[1] == [("Company", 2), ("University", 1), ("not in the directory", 1)]
    assert tickets[1] == [("Free ticket", 3), ("Card", 1)]
    assert dict(clusters[1])["no cluster"] >= 1
    assert public_groups(admission) == [], "four are too few for anybody else"


def test_the_cluster_is_that_of_the_day(admission: Admission, cast: Cast) -> None:
    come(admission, "Ada", organisation_name=cast.firm.name)
    Membership.objects.filter(organisation=cast.firm).delete()
    Membership.objects.create(organisation=cast.firm, cluster=cast.it, until=LAST - dt.timedelta(days=1))
    assert guest_groups(admission)[0][1] == [("kein Cluster", 1)]
    Membership.objects.update(until=LAST)
    Membership.objects.create(organisation=cast.firm, cluster=cast.food, since=LAST, kind="partner")
    assert guest_groups(admission)[0][1] == [(str(cast.food.name), 1), (str(cast.it.name), 1)]


def test_no_group_of_fewer_than_five_is_public(over: Admission, cast: Cast, client: Client) -> None:
    booking = one("Ada").booking
    booking.organisation = cast.firm
    booking.save()
    assert client.get(f"{HOUSE}results/").status_code == 404
    Admission.objects.update(shows_figures=True)
    text = client.get(f"{HOUSE}results/").content.decode()
    assert ("6 guests" in text, "Company" in text, "<span>others</span> <b class=\"num\">6</b>" in text) == (
        True, False, True,
    )  # fmt: skip
    assert "Company" in str(guest_groups(over)), "control"
    cancel = Registration.objects.filter(name__in=NAMES[:2])
    cancel.update(state="cancelled", seat=None)
    assert "Nothing to tell yet" in client.get(f"{HOUSE}results/").content.decode()


def test_the_congress_leads_to_it_where_the_office_wants(over: Admission, client: Client) -> None:
    link = f'href="{HOUSE}results/"'
    seen = [link in client.get(HOUSE).content.decode()]
    Admission.objects.update(shows_figures=True)
    seen.append(link in client.get(HOUSE).content.decode())
    assert seen == [False, True]


def test_nothing_is_told_before_it_is_over(full: Admission, client: Client) -> None:
    Admission.objects.update(shows_figures=True, shows_feedback=True)
    assert client.get(f"{HOUSE}results/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_office_takes_the_table_along(over: Admission, cast: Cast, as_user: Any, kind: str) -> None:
    booking = one("Ada").booking
    booking.organisation = cast.firm
    booking.save()
    place = f"/en/my/congresses/{over.congress.public_id}/results/guests.{kind}"
    answer = as_user(cast.it_editor).get(place)
    assert answer["Content-Disposition"] == f'attachment; filename="guests-kongress-2007.{kind}"'
    names = [str(cast.it.name), "Company", "Free ticket"]
    if kind == "csv":
        assert f"{';'.join(names)};1" in answer.content.decode("utf-8-sig").splitlines()
    else:
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        assert (rows[0], (*names, 1) in rows) == (("Clusters", "Kind of organisation", "Ticket", "Guests"), True)
    assert as_user(cast.it_editor).get(place.replace(kind, "exe")).status_code == 404


def test_only_the_office_that_runs_it_reads_it(over: Admission, cast: Cast, as_user: Any, client: Client) -> None:
    place = f"/en/my/congresses/{over.congress.public_id}/results/"
    users = (cast.it_editor, cast.umbrella_editor, cast.food_editor)
    for page in (place, f"{place}guests.csv"):
        assert [as_user(user).get(page).status_code for user in users] == [200, 200, 404]
        assert client.get(page).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_figures_ask_the_same_for_one_and_for_three(
    admission: Admission, cast: Cast, number: int, django_assert_num_queries: Any
) -> None:
    for name in NAMES[:number]:
        come(admission, name, organisation_name=cast.firm.name)
    admission = Admission.objects.select_related("congress__event").get(pk=admission.pk)
    with django_assert_num_queries(3):
        guest_groups(admission)


def test_guests_are_those_with_a_seat(full: Admission) -> None:
    cancel_registration(registration=one("Ada"))
    assert [guest.name for guest in guests_of(full)] == list(NAMES[1:])
