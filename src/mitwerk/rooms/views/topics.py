"""Topics of a room: the list, one of them, and what is done to it. The right is asked at each request."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms.plain_words import paragraphs
from mitwerk.core.changes import Refused
from mitwerk.core.listing import clean_query, page_of, read_choice
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.pictures.views import hand_out
from mitwerk.rooms.actions import answer, ask, change_topic, drop_file, drop_topic, mark_helped
from mitwerk.rooms.forms import AnswerForm, TopicChangeForm, TopicForm
from mitwerk.rooms.models import Answer, Topic
from mitwerk.rooms.queries import (
    answer_in,
    answers_of,
    asked_unnamed,
    author_shown,
    files_of,
    follows,
    found_topics,
    is_own,
    me_in,
    names_to_call,
    topic_in,
)
from mitwerk.rooms.rules import can_change_post, can_drop_file, can_drop_post, can_mark_helped
from mitwerk.rooms.views.polls import poll_shown
from mitwerk.rooms.views.rooms import open_room, show

STATES = ("open", "helped")


@login_required
@never_cache
@require_safe
def topic_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The home of the room: what is talked about, the newest word first."""
    network, me = inside(request, slug)
    choice = read_choice(request.GET, {"state": STATES})
    page = page_of(found_topics(network, choice.one("state"), choice.query), request.GET.get("page"))
    mine = set(asked_unnamed([me]))
    labels = {"": _("All"), "open": _("Still open"), "helped": _("An answer helped")}
    context = {
        "title": _("Topics"), "page": page, "choice": choice,
        "rows": [(one, author_shown(one), one.pk in mine or one.by_id == me.pk) for one in page],
        "states": [(label, choice.address(state=key), choice.one("state") == key) for key, label in labels.items()],
    }  # fmt: skip
    return show(request, network, "rooms/topic_list.html", context)


@login_required
@never_cache
@require_safe
def topic_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What was asked, what was said to it, and the form for more."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    return show(request, network, "rooms/topic_detail.html", detail(request, topic, me, AnswerForm()))


def detail(request: HttpRequest, topic: Topic, me: NetworkPerson, form: Any) -> dict[str, Any]:
    """What the page of a topic holds; an answer that was not taken stands in its form."""
    names = list(names_to_call(topic.network))
    asker = is_own(me, topic)
    page = page_of(answers_of(topic), request.GET.get("page"))
    posts = [_post(one, me, names, own=one.by_id == me.pk or (one.is_askers and asker)) for one in page]
    return {
        "title": topic.title, "topic": topic, "post": _post(topic, me, names, own=asker), "page": page,
        "answers": posts, "helped": topic.helped_id, "may_mark": can_mark_helped(me, topic), "is_asker": asker,
        "is_followed": follows(me, topic), "may_follow": not (topic.is_unnamed and asker),
        "form": form, "choice": read_choice(request.GET, {}), **poll_shown(topic, me),
    }  # fmt: skip


def _post(post: Topic | Answer, me: NetworkPerson, names: list[str], own: bool) -> dict[str, Any]:
    """`can_change_post` and `can_drop_post` for many at once: whether it is my own is known already."""
    return {
        "post": post, "author": author_shown(post), "own": own, "parts": paragraphs(post.text, names),
        "files": list(post.files.all()), "may_drop": own or me.kind == NetworkPerson.Kind.COORDINATOR,
    }  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def topic_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A new topic."""
    network, me = inside(request, slug)
    form = _sent(request, TopicForm)

    def write(values: dict[str, Any]) -> HttpResponse:
        topic = ask(network=network, me=me, **values)
        messages.success(request, _("The topic stands in the room."))
        return redirect("rooms:topic_detail", slug, topic.public_id)

    back = reverse("rooms:topic_list", args=[slug])
    return write_or_ask(request, network, form, write, _("A new topic"), _("Put it into the room"), back)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Other words for my own topic."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    if not can_change_post(me, topic):
        raise Http404
    form = _sent(request, TopicChangeForm, topic=topic)

    def write(values: dict[str, Any]) -> HttpResponse:
        change_topic(topic=topic, me=me, **values)
        return to_topic(topic)

    back = reverse("rooms:topic_detail", args=[slug, public_id])
    return write_or_ask(request, network, form, write, _("Change the topic"), _("Save"), back)


@login_required
@require_POST
def topic_drop(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take a topic away, with its answers."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    if not can_drop_post(me, topic):
        raise Http404
    drop_topic(topic=topic, me=me)
    messages.success(request, _("The topic is taken away."))
    return redirect("rooms:topic_list", slug)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_give(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say something to it."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    form = _sent(request, AnswerForm)

    def write(values: dict[str, Any]) -> HttpResponse:
        return to_topic(topic, answer(topic=topic, me=me, **values))

    back = reverse("rooms:topic_detail", args=[slug, public_id])
    return write_or_ask(request, network, form, write, _("Your answer"), _("Answer"), back)


@login_required
@require_POST
def topic_helped(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Mark the answer that helped; without one the mark is taken back."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    if not can_mark_helped(me, topic):
        raise Http404
    asked = clean_query(request.POST.get("answer", ""))
    found = answer_in(network, asked) if asked else None
    if asked and (found is None or found.topic_id != topic.pk):
        raise Http404
    mark_helped(topic=topic, answer=found, me=me)
    return to_topic(topic)


@login_required
@never_cache
@require_safe
def file_get(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """A file, to be saved and never shown."""
    network = open_room(request, slug)
    found = get_object_or_404(files_of(network), public_id=public_id)
    return hand_out(found.file, found.name)


@login_required
@require_POST
def file_drop(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take a file away."""
    network, me = inside(request, slug)
    file = get_object_or_404(files_of(network), public_id=public_id)
    if not can_drop_file(me, file):
        raise Http404
    drop_file(file=file, me=me)
    messages.success(request, _("The file is taken away."))
    return to_topic(file.its_topic)


def inside(request: HttpRequest, slug: str) -> tuple[Network, NetworkPerson]:
    """The room, and as what the user is in it."""
    network = open_room(request, slug)
    me = me_in(request.user, network)
    if me is None:
        raise Http404
    return network, me


def a_topic(network: Network, public_id: str) -> Topic:
    topic = topic_in(network, public_id)
    if topic is None:
        raise Http404
    return topic


def to_topic(topic: Topic, answer: Answer | None = None) -> HttpResponse:
    """To its page; to the page on which a new answer stands, which is the last."""
    address = reverse("rooms:topic_detail", args=[topic.network.slug, topic.public_id])
    return redirect(f"{address}?page=99999#{answer.public_id}" if answer else address)


def write_or_ask(
    request: HttpRequest, network: Network, form: Any, write: Callable[[dict[str, Any]], HttpResponse], title: str,
    button: str, back: str,
) -> HttpResponse:  # fmt: skip
    """Do it with what was sent; ask where nothing was, or again where it cannot be taken."""
    if request.method == "POST" and form.is_valid():
        try:
            return write(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"title": title, "form": form, "button": button, "back": back}
    return show(request, network, "rooms/post_form.html", context)


def _sent(request: HttpRequest, form: Any, **kwargs: Any) -> Any:
    is_sent = request.method == "POST"
    return form(request.POST if is_sent else None, request.FILES if is_sent else None, **kwargs)
