"""The agenda: its items, their order, and what is moved under them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.core.changes import Refused
from mitwerk.governance.actions import drop_item, move_item, withdraw_motion, write_item, write_motion
from mitwerk.governance.forms import ItemForm, MotionForm
from mitwerk.governance.models import AgendaItem, Motion, Sitting
from mitwerk.governance.queries import item_page, motion_page
from mitwerk.governance.views.sittings import back, do, led


def item_of(sitting: Sitting, item_id: str) -> AgendaItem:
    item = item_page(sitting, item_id)
    if item is None:
        raise Http404
    item.sitting = sitting
    return item


def motion_of(sitting: Sitting, motion_id: str) -> Motion:
    motion = motion_page(sitting, motion_id)
    if motion is None:
        raise Http404
    motion.item.sitting = sitting
    return motion


def on_item(
    request: HttpRequest, slug: str, public_id: str, item_id: str, verb: Callable[..., Any], done: str = "", **more: Any
) -> HttpResponse:
    """Do something with an item, as who leads the body."""
    sitting = led(request, slug, public_id)
    item = item_of(sitting, item_id)
    return do(request, sitting, lambda: verb(item=item, actor=request.user, **more), done, "agenda")


def on_motion(
    request: HttpRequest,
    slug: str,
    public_id: str,
    motion_id: str,
    verb: Callable[..., Any],
    done: str = "",
    **more: Any,
) -> HttpResponse:
    """Do something with a motion, as who leads the body."""
    sitting = led(request, slug, public_id)
    motion = motion_of(sitting, motion_id)
    return do(request, sitting, lambda: verb(motion=motion, actor=request.user, **more), done, "agenda")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Put a topic on the agenda."""
    sitting = led(request, slug, public_id)
    form = ItemForm(request.POST if request.method == "POST" else None)
    return ask(request, sitting, form, _("New item"), lambda values: write_item(
        item=AgendaItem(sitting=sitting), values=values, actor=request.user
    ))  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Change the words and the time of an item."""
    sitting = led(request, slug, public_id)
    item = item_of(sitting, item_id)
    form = ItemForm(request.POST if request.method == "POST" else None, item=item)
    return ask(request, sitting, form, _("Change the item"), lambda values: write_item(
        item=item, values=values, actor=request.user
    ))  # fmt: skip


def ask(
    request: HttpRequest,
    sitting: Sitting,
    form: Any,
    title: Any,
    write: Callable[[dict[str, Any]], Any],
    *,
    template: str = "governance/agenda_form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, write what was entered, and go back to the agenda."""
    if request.method == "POST" and form.is_valid():
        try:
            write(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return back(sitting, "agenda")
    context = {"title": title, "body": sitting.body, "sitting": sitting, "form": form, **(more or {})}
    return render(request, template, context)


@login_required
@require_POST
def item_up(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """One place earlier."""
    return on_item(request, slug, public_id, item_id, move_item, by=-1)


@login_required
@require_POST
def item_down(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """One place later."""
    return on_item(request, slug, public_id, item_id, move_item, by=1)


@login_required
@require_POST
def item_drop(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Take it off the agenda."""
    return on_item(request, slug, public_id, item_id, drop_item, _("The item is off the agenda."))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def motion_new(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Word what is to be voted on."""
    sitting = led(request, slug, public_id)
    item = item_of(sitting, item_id)
    form = MotionForm(request.POST if request.method == "POST" else None, item=item)
    return ask(request, sitting, form, _("New motion"), lambda values: write_motion(
        motion=Motion(item=item), values=values, actor=request.user
    ))  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def motion_edit(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """Amend it; the earlier wording stays on record."""
    sitting = led(request, slug, public_id)
    motion = motion_of(sitting, motion_id)
    form = MotionForm(request.POST if request.method == "POST" else None, motion=motion)
    return ask(request, sitting, form, _("Amend the motion"), lambda values: write_motion(
        motion=motion, values=values, actor=request.user
    ))  # fmt: skip


@login_required
@require_POST
def motion_withdraw(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """Nobody asks for it any more."""
    return on_motion(request, slug, public_id, motion_id, withdraw_motion, _("The motion is withdrawn."))
