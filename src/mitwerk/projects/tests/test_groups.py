"""Working groups: opened for a task, joined by one click signed in or in the mail, left again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.outbox.models import Mail
from mitwerk.people.models import ActLink, Representative
from mitwerk.people.tests.cast import People
from mitwerk.projects.actions import (
    ask_for_volunteers,
    change_group,
    leave_group,
    open_group,
    plan_group,
    take_step,
    volunteer,
)
from mitwerk.projects.models import GroupMember, WorkingGroup
from mitwerk.projects.queries.groups import current_members
from mitwerk.projects.tests.way import Way, join, lead_to, make_group


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(start: str = "group/") -> list[str]:
    """To whom mails of groups went."""
    found = Mail.objects.filter(key__startswith=start).order_by("to", "pk")
    return [mail.to.split("@")[0] for mail in found]


def link_to(name: str) -> str:
    text = Mail.objects.filter(to=f"{name}@example.org", key__contains="/ask/").latest("pk").text
    return re.findall(r"http://127.0.0.1:8000(/de/dabei-sein/gruppe/\S+)", text)[0]


def names(group: WorkingGroup) -> list[str]:
    return sorted(str(one.person) for one in current_members().filter(group=group))


@pytest.mark.parametrize(("phase", "is_taken"), [("submitted", False), ("accepted", True), ("running", True)])
def test_groups_are_opened_once_the_board_has_said_yes(way: Way, phase: str, is_taken: bool) -> None:
    lead_to(way, phase)
    values = {"task": {"de": "Aufgabe"}, "report_due": way.day}
    if not is_taken:
        with pytest.raises(Refused):
            open_group(project=way.idea, values=values, actor=way.carrier)
        return
    open_group(project=way.idea, values=values, actor=way.carrier)
    assert list(way.idea.steps.filter(verb="open-group").values_list("text", flat=True)) == ["Aufgabe"]
    assert AuditEntry.objects.filter(verb="project.open-group", cluster_slug="it").count() == 1


def test_carrier_board_and_office_open_them_others_find_nothing(way: Way, cast: Cast, people: People) -> None:
    lead_to(way, "running")
    address = f"/de/mein/projekte/{way.idea.slug}/arbeitsgruppen/neu/"
    askers = [way.carrier, way.board, cast.it_editor, way.baker, way.foreign_board, people.stranger]
    assert [signed_in(user).get(address).status_code for user in askers] == [200, 200, 200, 404, 404, 404]
    sent = {"task_de": "Raum suchen", "report_due": f"{way.day:%Y-%m-%d}"}
    assert signed_in(way.board).post(address, sent).status_code == 302
    wrong = signed_in(way.carrier).post(address, {"task_de": "Bleibt stehen", "report_due": "2001-01-01"})
    assert (wrong.status_code, "Bleibt stehen" in wrong.content.decode()) == (200, True)
    assert [str(group.task) for group in WorkingGroup.objects.all()] == ["Raum suchen"]


def test_the_people_of_the_partners_are_asked_once(way: Way, people: People) -> None:
    group = make_group(way, asks_partners=True)
    asked = ["delegate", "editor", "substitute"]
    assert told() == asked
    again = ask_for_volunteers(group=group, organisations=[way.idea.partners.get().organisation], actor=way.carrier)
    assert (again, told()) == (0, asked)


def test_one_click_in_the_mail_is_enough_and_opening_it_does_nothing(
    way: Way, cast: Cast, people: People, client: Client
) -> None:
    group = make_group(way)
    assert ask_for_volunteers(group=group, organisations=[cast.bakery], actor=way.carrier) == 1
    link = link_to("baker")
    page = client.get(link)
    assert (page.status_code, names(group)) == (200, [])
    assert "Mit einem Klick gehören Sie zur Arbeitsgruppe „Termin finden“" in page.content.decode()
    assert client.head(link).status_code == 200
    assert [client.post(link).status_code, client.post(link).status_code] == [200, 410]
    assert (names(group), GroupMember.objects.count()) == (["baker"], 1)
    assert told("group/" + group.public_id + "/joined/") == ["delegate"]


def test_a_link_does_nothing_for_who_acts_for_nobody_any_more(way: Way, cast: Cast, client: Client) -> None:
    group = make_group(way)
    ask_for_volunteers(group=group, organisations=[cast.bakery], actor=way.carrier)
    link = link_to("baker")
    Representative.objects.filter(organisation=cast.bakery).update(until=timezone.now())
    assert (client.post(link).status_code, GroupMember.objects.count()) == (410, 0)


def test_a_link_does_nothing_for_a_group_that_is_closed(way: Way, cast: Cast, client: Client) -> None:
    group = make_group(way)
    ask_for_volunteers(group=group, organisations=[cast.bakery], actor=way.carrier)
    link = link_to("baker")
    take_step(project=way.idea, verb="stop", actor=way.carrier, text="Kein Geld.")
    assert (client.post(link).status_code, GroupMember.objects.count()) == (410, 0)


def test_signed_in_one_click_is_enough_for_who_acts_for_somebody(way: Way, people: People) -> None:
    group = make_group(way)
    address = f"/de/mein/arbeitsgruppen/{group.public_id}/mitmachen/"
    assert signed_in(people.stranger).post(address).status_code == 404
    assert signed_in(people.former).post(address).status_code == 404
    for _twice in range(2):
        assert signed_in(way.baker).post(address).url == f"/de/mein/arbeitsgruppen/{group.public_id}/"
    assert (names(group), GroupMember.objects.count()) == (["baker"], 1)
    assert AuditEntry.objects.filter(verb="project.volunteer").count() == 1


def test_of_a_project_that_is_not_public_only_its_own_and_the_asked_can_volunteer(
    way: Way, cast: Cast, people: People
) -> None:
    lead_to(way, "accepted")
    group = make_group(way)
    address = f"/de/mein/arbeitsgruppen/{group.public_id}/mitmachen/"
    assert [signed_in(user).get(address).status_code for user in (people.editor, way.baker)] == [200, 404]
    ask_for_volunteers(group=group, organisations=[cast.bakery], actor=way.carrier)
    assert signed_in(way.baker).get(address).status_code == 200
    ActLink.objects.update(revoked_at=timezone.now())
    assert signed_in(way.baker).get(address).status_code == 404, "control: what opened the page was the question"


def test_the_database_holds_one_place_for_a_person_and_one_of_each_function(way: Way, people: People) -> None:
    group = make_group(way)
    join(group, way.baker, "speaker")
    other = join(group, people.editor)
    for wrong in ({"person": way.baker.person}, {"person": people.substitute.person, "function": "speaker"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.create(group=group, **wrong)
    for closed in ({"closed_on": way.day}, {"report_due": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingGroup.objects.filter(pk=group.pk).update(**closed)
    assert GroupMember.objects.create(group=make_group(way, "Zweite"), person=other.person).pk


def test_who_no_longer_acts_for_anybody_belongs_to_it_no_more(way: Way, cast: Cast) -> None:
    group = make_group(way)
    join(group, way.baker)
    address = f"/de/mein/arbeitsgruppen/{group.public_id}/"
    assert (names(group), signed_in(way.baker).get(address).status_code) == (["baker"], 200)
    Representative.objects.filter(organisation=cast.bakery).update(until=timezone.now())
    assert (names(group), signed_in(way.baker).get(address).status_code) == ([], 404)


def test_they_leave_by_themselves_or_are_taken_out_by_carriers_and_office(
    way: Way, cast: Cast, people: People
) -> None:
    group = make_group(way)
    for takes_out, status in ((way.baker, 302), (way.carrier, 302), (cast.it_editor, 302), (people.stranger, 404)):
        member = join(group, way.baker)
        path = f"/de/mein/gruppenmitglieder/{member.public_id}/beenden/"
        assert signed_in(takes_out).get(path).status_code == 405
        assert signed_in(takes_out).post(path).status_code == status
    assert names(group) == ["baker"]
    leave_group(member=member, actor=way.baker)
    leave_group(member=member, actor=way.baker)
    assert (names(group), AuditEntry.objects.filter(verb="project.leave-group").count()) == ([], 4)


def test_a_member_of_the_group_takes_out_nobody_else(way: Way, people: People) -> None:
    lead_to(way, "running")
    group = make_group(way)
    join(group, way.baker)
    member = join(group, people.editor)
    path = f"/de/mein/gruppenmitglieder/{member.public_id}/beenden/"
    assert (signed_in(way.baker).post(path).status_code, names(group)) == (404, ["baker", "editor"])


def test_next_date_and_speakers(way: Way, people: People) -> None:
    group = make_group(way)
    baker, editor = join(group, way.baker), join(group, people.editor)
    address, client = f"/de/mein/arbeitsgruppen/{group.public_id}/planen/", signed_in(way.baker)
    sent = {
        "next_day": "2027-03-28", "next_time": "09:30", "next_place": "Backstube", "speaker": baker.public_id,
        "substitute": editor.public_id,
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    group.refresh_from_db()
    assert (f"{group.next_at:%Y-%m-%d %H:%M}", group.next_place) == ("2027-03-28 07:30", "Backstube"), "summer time"
    functions = dict(group.members.values_list("person__name", "function"))
    assert functions == {"baker": "speaker", "editor": "substitute"}
    assert "28. März 2027 09:30" in client.get(f"/de/mein/arbeitsgruppen/{group.public_id}/").content.decode()
    for wrong in ({"substitute": baker.public_id}, {"next_time": ""}, {"speaker": "fremd"}):
        answer = client.post(address, {**sent, **wrong, "next_place": "Bleibt stehen"})
        assert (answer.status_code, "Bleibt stehen" in answer.content.decode()) == (200, True)
    sent |= {"speaker": editor.public_id, "substitute": baker.public_id}
    assert client.post(address, sent).status_code == 302
    assert dict(group.members.values_list("person__name", "function")) == {"baker": "substitute", "editor": "speaker"}


def test_a_speaker_must_belong_to_the_group(way: Way, people: People) -> None:
    group, other = make_group(way), make_group(way, "Andere")
    stray = join(other, way.baker)
    with pytest.raises(Refused):
        plan_group(group=group, values={}, speaker=stray, substitute=None, actor=way.carrier)
    assert group.members.count() == 0


def test_another_day_is_reminded_anew(way: Way) -> None:
    group = make_group(way)
    WorkingGroup.objects.update(reminded="3", due_since=timezone.localdate() - timedelta(days=20))
    changed = change_group(group=group, values={"task": {"de": "Anders"}}, actor=way.carrier)
    assert (changed.reminded, str(changed)) == ("3", "Anders")
    changed = change_group(group=group, values={"report_due": way.day + timedelta(days=9)}, actor=way.carrier)
    assert (changed.reminded, changed.due_since) == ("", timezone.localdate())
    with pytest.raises(Refused):
        change_group(group=group, values={"report_due": timezone.localdate()}, actor=way.carrier)


def test_carriers_choose_whom_they_ask(way: Way, cast: Cast) -> None:
    group = make_group(way)
    address, client = f"/de/mein/arbeitsgruppen/{group.public_id}/fragen/", signed_in(way.carrier)
    page = client.get(address).context["form"]
    offered = [one.slug for one in page.fields["organisations"].queryset]
    assert (offered, page.initial["organisations"]) == (["aehrenwerk", "backhaus"], ["aehrenwerk"])
    assert client.post(address, {"organisations": ["hochschule"]}).status_code == 200
    assert client.post(address, {"organisations": ["backhaus"]}).status_code == 302
    assert told(f"group/{group.public_id}/ask/") == ["baker"]
    assert signed_in(way.baker).get(address).status_code == 404
    join(group, way.baker)
    assert signed_in(way.baker).get(address).status_code == 404, "members do not write to others"


def test_my_groups_ask_the_same_however_many_there_are(
    way: Way, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(way.baker)
    empty = client.get("/de/mein/arbeitsgruppen/").content.decode()
    assert "Sie gehören noch zu keiner Arbeitsgruppe" in empty
    join(make_group(way), way.baker)
    with django_assert_num_queries(6):
        client.get("/de/mein/arbeitsgruppen/")
    for number in range(2):
        join(make_group(way, f"Gruppe {number}"), way.baker)
    with django_assert_num_queries(6):
        page = client.get("/de/mein/arbeitsgruppen/")
    assert len(page.context["page"]) == 3


def test_open_groups_stand_above_closed_ones_what_is_due_first_on_top(way: Way) -> None:
    for title, days in (("Später", 40), ("Zu", 10), ("Bald", 20)):
        group = make_group(way, title, days)
        join(group, way.baker)
        if title == "Zu":
            WorkingGroup.objects.filter(pk=group.pk).update(closed_on=timezone.localdate(), report_due=None)
    page = signed_in(way.baker).get("/de/mein/arbeitsgruppen/").context["page"]
    assert [str(group) for group in page] == ["Bald", "Später", "Zu"]


def test_the_public_page_shows_task_and_status_and_no_words_and_no_names(way: Way, client: Client) -> None:
    group = make_group(way)
    join(group, way.baker)
    page = client.get(f"/de/it/projekte/{way.idea.slug}/").content.decode()
    assert ("Termin finden" in page, "Ich mache mit" in page, "Meine Organisation macht mit" in page) == (True,) * 3
    assert ("baker" in page, "Zum Raum" in page, "Arbeitsgruppe eröffnen" in page) == (False, False, False)
    signed = signed_in(way.carrier).get(f"/de/it/projekte/{way.idea.slug}/").content.decode()
    assert f'<form method="post" action="/de/mein/arbeitsgruppen/{group.public_id}/mitmachen/">' in signed
    assert "Ich mache mit" not in signed_in(way.baker).get(f"/de/it/projekte/{way.idea.slug}/").content.decode()


def test_the_public_page_asks_the_same_however_many_groups(
    way: Way, client: Client, django_assert_num_queries: Any
) -> None:
    make_group(way)
    address = f"/de/it/projekte/{way.idea.slug}/"
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)
    for number in range(2):
        join(make_group(way, f"Gruppe {number}"), way.baker)
    with django_assert_num_queries(15):
        client.get(address)


def test_two_volunteer_calls_at_once_are_one(way: Way) -> None:
    group = make_group(way)
    first, second = (volunteer(group=group, person=way.baker.person) for _twice in range(2))
    assert (first, Mail.objects.filter(key__contains="/joined/").count()) == (second, 1)
