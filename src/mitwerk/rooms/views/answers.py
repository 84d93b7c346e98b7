"""One's own answers: other words, and away with them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.networks.models import Network
from mitwerk.rooms.actions import change_answer, drop_answer
from mitwerk.rooms.forms import AnswerForm
from mitwerk.rooms.models import Answer
from mitwerk.rooms.queries import answer_in
from mitwerk.rooms.rules import can_change_post, can_drop_post
from mitwerk.rooms.views.topics import inside, to_topic, write_or_ask


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Other words for my own answer."""
    network, me = inside(request, slug)
    found = _answer(network, public_id)
    if not can_change_post(me, found):
        raise Http404
    is_sent = request.method == "POST"
    form = AnswerForm(request.POST if is_sent else None, request.FILES if is_sent else None, answer=found)

    def write(values: dict[str, Any]) -> HttpResponse:
        change_answer(answer=found, me=me, **values)
        return to_topic(found.topic)

    back = reverse("rooms:topic_detail", args=[slug, found.topic.public_id])
    return write_or_ask(request, network, form, write, _("Change your answer"), _("Save"), back)


@login_required
@require_POST
def answer_drop(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take an answer away."""
    network, me = inside(request, slug)
    found = _answer(network, public_id)
    if not can_drop_post(me, found):
        raise Http404
    drop_answer(answer=found, me=me)
    messages.success(request, _("The answer is taken away."))
    return to_topic(found.topic)


def _answer(network: Network, public_id: str) -> Answer:
    found = answer_in(network, public_id)
    if found is None:
        raise Http404
    return found
