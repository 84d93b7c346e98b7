"""After the congress: slides and recordings, who gives and who reads them; thanks and next steps on its page."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import forget_lost_slides, keep_proceeding
from mitwerk.congress.models import Congress, Contribution, NextStep, Proceeding
from mitwerk.congress.models.after import MOST_BYTES
from mitwerk.congress.queries.after import was_on_stage
from mitwerk.congress.tests.cast import LAST
from mitwerk.congress.tests.programme_cast import at, make_contribution, make_speaker, place, release
from mitwerk.core.addresses import address_of
from mitwerk.core.changes import Refused
from mitwerk.core.files import LOST_AFTER
from mitwerk.events.models import Event
from mitwerk.people.tests.cast import People, make_people

PLACE = "/en/congresses/kongress-2007/"
PDF = b"%PDF-1.4 slides"
OVER = dt.datetime.combine(LAST + dt.timedelta(days=1), dt.time(8, 0), dt.UTC)


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


@pytest.fixture
def talk(congress: Congress, cast: Cast) -> Contribution:
    return make_contribution(congress, cast.firm, 1, competences=[cast.erp])


@pytest.fixture
def over(talk: Contribution, time_machine: Any) -> None:
    time_machine.move_to(OVER, tick=False)


def pdf(content: bytes = PDF, name: str = "../My slides.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def give(talk: Contribution, people: People, content: bytes | None = PDF, **more: Any) -> Any:
    said = {"slides": pdf(content) if content else None, "drops_slides": False, "recording": "", **more}
    return keep_proceeding(contribution=talk, actor=people.delegate, **said)


def form(talk: Contribution) -> str:
    return f"/en/my/contributions/{talk.public_id}/slides/"


def test_what_has_a_time_waits_for_its_end_and_the_rest_for_the_end_of_the_congress(
    talk: Contribution, congress: Congress, cast: Cast, people: People, time_machine: Any
) -> None:
    stand = make_contribution(congress, cast.firm, 2, kind="stand")
    session = place(talk, cast, congress.rooms.get(), "10:00")
    time_machine.move_to(session.ends_at - dt.timedelta(seconds=1), tick=False)
    assert [was_on_stage(one) for one in (talk, stand)] == [False, False]
    with pytest.raises(Refused):
        give(talk, people)
    time_machine.move_to(session.ends_at, tick=False)
    assert [was_on_stage(one) for one in (talk, stand)] == [True, False]
    time_machine.move_to(OVER, tick=False)
    talk.state = Contribution.State.WITHDRAWN
    assert [was_on_stage(one) for one in (talk, stand)] == [False, True]


def test_the_firm_gives_slides_and_everybody_saves_them(
    talk: Contribution, over: None, people: People, as_user: Any, client: Client
) -> None:
    browser = as_user(people.delegate)
    assert "Give slides and recording" in browser.get(f"/en/my/contributions/{talk.public_id}/").content.decode()
    answer = browser.post(form(talk), {"slides": pdf(), "recording": "https://videos.example.org/1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/en/my/contributions/{talk.public_id}/")
    kept = Proceeding.objects.get()
    assert (kept.contribution, kept.size, kept.recording) == (talk, len(PDF), "https://videos.example.org/1")
    assert re.fullmatch(r"proceedings/[a-z0-9]+\.pdf", kept.slides.name), "a name of ours"
    got = client.get(f"{PLACE}proceedings/{kept.public_id}/slides/")
    assert (b"".join(got.streaming_content), got["X-Content-Type-Options"]) == (PDF, "nosniff")
    assert (got["Content-Type"], got["Content-Security-Policy"]) == (
        "application/octet-stream", "default-src 'none'; sandbox",
    )  # fmt: skip
    assert got["Content-Disposition"] == 'attachment; filename="Talk 1.pdf"'
    line = AuditEntry.objects.get(verb="contribution.keep-slides")
    assert (line.cluster_slug, line.details) == ("it", {"slides": True, "recording": True})


def test_who_may_give_them(talk: Contribution, over: None, people: People, cast: Cast, as_user: Any) -> None:
    may = {
        user: as_user(user).get(form(talk)).status_code
        for user in (people.delegate, cast.it_editor, people.stranger, cast.food_editor)
    }
    assert list(may.values()) == [200, 200, 404, 404]
    answer = as_user(cast.it_editor).post(form(talk), {"recording": "https://videos.example.org/1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/office/contributions/inspect/{talk.pk}/")
    assert Client().get(form(talk)).status_code == 302


def test_control_before_its_time_there_is_no_form(talk: Contribution, people: People, as_user: Any) -> None:
    browser = as_user(people.delegate)
    assert browser.get(form(talk)).status_code == 404
    assert form(talk) not in browser.get(f"/en/my/contributions/{talk.public_id}/").content.decode()


@pytest.mark.parametrize(
    ("sent", "is_taken"),
    [
        ({"slides": pdf()}, True),
        ({"slides": pdf(b"<html><script>alert(1)</script>")}, False),
        ({"slides": pdf(PDF, "slides.html")}, False),
        ({"slides": pdf(b"%PDF-" + b"0" * MOST_BYTES)}, False),
        ({"recording": "http://videos.example.org/1"}, True),
        ({"recording": "javascript:alert(1)"}, False),
        ({"recording": "ftp://videos.example.org/1"}, False),
    ],
)
def test_only_a_pdf_and_an_address_of_the_web_come_in(
    talk: Contribution, over: None, people: People, as_user: Any, sent: dict[str, Any], is_taken: bool
) -> None:
    for one in sent.values():
        if isinstance(one, SimpleUploadedFile):
            one.seek(0)
    answer = as_user(people.delegate).post(form(talk), sent)
    assert (answer.status_code, Proceeding.objects.count()) == ((302, 1) if is_taken else (200, 0))


def test_new_slides_take_the_place_of_the_old_and_nothing_left_is_no_row(
    talk: Contribution, over: None, people: People, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = give(talk, people).slides
    with django_capture_on_commit_callbacks(execute=True):
        second = give(talk, people, b"%PDF-1.4 better").slides
    disk = Proceeding._meta.get_field("slides").storage
    assert [disk.exists(one.name) for one in (first, second)] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        give(talk, people, None, recording="https://videos.example.org/1")
    assert disk.exists(second.name), "what is not named stays"
    with django_capture_on_commit_callbacks(execute=True):
        as_user(people.delegate).post(form(talk), {"drops_slides": "on", "recording": ""})
    assert (Proceeding.objects.count(), disk.exists(second.name)) == (0, False)
    assert give(talk, people, None) is None, "nothing given keeps nothing"
    with pytest.raises(IntegrityError), transaction.atomic():
        Proceeding.objects.create(contribution=talk)


def test_what_no_row_names_any_more_goes_after_35_days(
    talk: Contribution, over: None, people: People, congress: Congress, cast: Cast, time_machine: Any
) -> None:
    lost = give(talk, people)
    stays = give(make_contribution(congress, cast.firm, 2), people)
    Proceeding.objects.filter(pk=lost.pk).delete()
    disk = Proceeding._meta.get_field("slides").storage
    now = disk.get_created_time(lost.slides.name)
    time_machine.move_to(now + LOST_AFTER - dt.timedelta(minutes=5))
    forget_lost_slides()
    assert disk.exists(lost.slides.name)
    time_machine.move_to(now + LOST_AFTER + dt.timedelta(minutes=5))
    forget_lost_slides()
    assert [disk.exists(one.slides.name) for one in (lost, stays)] == [False, True]


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_proceedings_tell_what_there_is(
    talk: Contribution, over: None, people: People, client: Client, congress: Congress, cast: Cast
) -> None:
    assert "Nothing yet" in read(client, f"{PLACE}proceedings/")
    make_speaker(talk, "Ada")
    make_speaker(talk, "Silent", agrees=False)
    give(talk, people, recording="https://videos.example.org/1")
    text = read(client, f"{PLACE}proceedings/")
    said = (
        "1 contribution,",
        "slides: 1, recordings: 1",
        "Ada, ",
        "What 1 is about",
        'href="https://videos.example.org/1"',
    )
    assert [one in text for one in said] == [True] * 5
    assert "Silent" not in text
    with override("de"):
        german_list = address_of("congress:proceeding_list", slug="kongress-2007")
    german = read(client, german_list)
    assert "Worum es in 1 geht" in german
    Contribution.objects.update(abstract={"en": "What 1 is about"})
    german = read(client, german_list)
    assert '<div class="prose" lang="en"><p>What 1 is about</p></div>' in german, "the other language is named"


def test_an_address_that_is_none_is_no_link(talk: Contribution, over: None, client: Client) -> None:
    Proceeding.objects.create(contribution=talk, recording="javascript:alert(1)")
    assert "javascript" not in read(client, f"{PLACE}proceedings/")


def test_drafts_and_hidden_organisations_are_left_out(
    talk: Contribution, over: None, people: People, client: Client, cast: Cast
) -> None:
    kept = give(talk, people)
    path = f"{PLACE}proceedings/{kept.public_id}/slides/"
    assert (kept.slides.name.split("/")[0], client.get(path).status_code) == ("proceedings", 200)
    Organisation.objects.filter(pk=cast.firm.pk).update(visibility=Organisation.Visibility.HIDDEN)
    assert (client.get(path).status_code, "Talk 1" in read(client, f"{PLACE}proceedings/")) == (404, False)
    Organisation.objects.filter(pk=cast.firm.pk).update(visibility=Organisation.Visibility.PUBLISHED)
    Contribution.objects.update(state=Contribution.State.WITHDRAWN)
    assert client.get(path).status_code == 404
    Contribution.objects.update(state=Contribution.State.ACCEPTED)
    Event.objects.update(state=Event.State.DRAFT)
    assert [client.get(one).status_code for one in (path, f"{PLACE}proceedings/")] == [404, 404]


def test_a_file_that_is_gone_is_not_found(talk: Contribution, over: None, people: People, client: Client) -> None:
    kept = give(talk, people)
    kept.slides.storage.delete(kept.slides.name)
    assert client.get(f"{PLACE}proceedings/{kept.public_id}/slides/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(
    over: None, talk: Contribution, people: People, congress: Congress, cast: Cast, client: Client, number: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for place_ in range(2, number + 2):
        one = make_contribution(congress, cast.firm, place_)
        make_speaker(one, f"Speaker{place_}")
        give(one, people)
    client.get(f"{PLACE}proceedings/")
    with django_assert_num_queries(7):
        client.get(f"{PLACE}proceedings/")


def test_pages(over: None, talk: Contribution, congress: Congress, cast: Cast, client: Client) -> None:
    for number in range(2, 60):
        one = make_contribution(congress, cast.firm, number)
        Proceeding.objects.create(contribution=one, recording="https://videos.example.org/1")
    assert "Talk 2<" in read(client, f"{PLACE}proceedings/")
    assert "Talk 59<" in read(client, f"{PLACE}proceedings/?page=9")


def test_its_item_and_the_showcase_lead_there(
    talk: Contribution, congress: Congress, people: People, cast: Cast, client: Client, time_machine: Any
) -> None:
    place(talk, cast, congress.rooms.get(), "10:00")
    release(congress, cast, "Out")
    time_machine.move_to(OVER, tick=False)
    kept = give(talk, people)
    link = f'href="{PLACE}proceedings/{kept.public_id}/slides/"'
    item = f"{PLACE}programme/items/{talk.public_id}/"
    assert (link in read(client, item), link in read(client, f"{PLACE}showcase/{cast.erp.slug}/")) == (True, True)
    assert f'href="{item}"' in read(client, f"{PLACE}proceedings/")


def test_the_page_of_a_congress_changes_its_face_when_it_is_over(
    talk: Contribution, congress: Congress, people: People, client: Client, time_machine: Any
) -> None:
    Congress.objects.filter(pk=congress.pk).update(thanks={"en": "You were great", "de": "Sie waren großartig"})
    step = {"en": "A working group", "de": "Eine Arbeitsgruppe"}
    NextStep.objects.create(congress=congress, text=step, who="Cluster IT", until=dt.date(2007, 12, 1))
    said = ("You were great", "A working group", "Cluster IT", "until 1 December 2007", f"{PLACE}proceedings/")
    now = read(client, PLACE)
    assert [one in now for one in (*said, "Opening hours")] == [False] * 5 + [True]
    time_machine.move_to(OVER, tick=False)
    assert timezone.localdate() > LAST
    give(talk, people)
    over = read(client, PLACE)
    assert [one in over for one in (*said, "Opening hours")] == [True] * 5 + [False]
    assert "Eine Arbeitsgruppe" in read(client, "/de/kongresse/kongress-2007/")
    assert at("10:00") < timezone.now()
