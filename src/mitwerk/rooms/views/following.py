"""What mails somebody gets from a room, which topics they follow, and the way out that each mail holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.rooms.actions import choose_mails, follow, unfollow
from mitwerk.rooms.forms import RoomMailForm
from mitwerk.rooms.models import RoomMail
from mitwerk.rooms.queries import by_stop_token, how_of, wants_mail
from mitwerk.rooms.views.rooms import show
from mitwerk.rooms.views.topics import a_topic, inside, to_topic


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """At once, once a day, once a week, or not at all."""
    network, me = inside(request, slug)
    form = RoomMailForm(request.POST if request.method == "POST" else None, initial={"how": how_of(me)})
    if request.method == "POST" and form.is_valid():
        choose_mails(me=me, how=form.cleaned_data["how"])
        messages.success(request, _("Your choice holds from now on."))
        return redirect("rooms:mail", slug)
    back = reverse("rooms:topic_list", args=[slug])
    context = {"title": _("Mails from this room"), "form": form, "button": _("Save"), "back": back}
    return show(request, network, "rooms/post_form.html", context)


@login_required
@require_POST
def topic_follow(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Hear of answers at once."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    if follow(topic=topic, me=me):
        messages.success(request, _("You follow this topic and get a mail of each answer."))
    else:
        messages.info(request, _("It is your question: you get a mail when somebody answers, and nobody learns why."))
    return to_topic(topic)


@login_required
@require_POST
def topic_unfollow(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """No more mails of its answers."""
    network, me = inside(request, slug)
    topic = a_topic(network, public_id)
    unfollow(topic=topic, me=me)
    messages.success(request, _("You do not follow this topic any more."))
    return to_topic(topic)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of one room with one click, signed in or not; mail programs post here by themselves (RFC 8058)."""
    me = by_stop_token(token)
    if me is None:
        raise Http404
    if request.method == "POST":
        choose_mails(me=me, how=RoomMail.How.NOTHING)
        me = by_stop_token(token) or me
    is_on = me.until is None and wants_mail(me)
    context = {"title": _("Mails from a room"), "network": me.network, "is_on": is_on}
    return render(request, "rooms/mail_stop.html", context)
