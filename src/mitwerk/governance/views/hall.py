"""A sitting while it runs: who is there, which item is dealt with, votes, words and tasks."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.governance.actions import (
    agree_on_task,
    close_item,
    count_devices,
    count_hands,
    drop_task,
    end_sitting,
    finish_task,
    note_attendance,
    open_item,
    open_sitting,
    stop_vote,
    vote_by_device,
    write_record,
)
from mitwerk.governance.forms import HandsForm, RecordForm, TaskForm
from mitwerk.governance.models import Sitting, Task
from mitwerk.governance.queries import own_seats, presence_of, task_page
from mitwerk.governance.rules import can_lead
from mitwerk.governance.views.agenda import ask, item_of, motion_of, on_item, on_motion
from mitwerk.governance.views.sittings import do, entered, led


@login_required
@require_POST
def sitting_begin(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Open the sitting."""
    sitting = led(request, slug, public_id)
    return do(request, sitting, lambda: open_sitting(sitting=sitting, actor=request.user), _("The sitting is open."))


@login_required
@require_POST
def sitting_end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Close the sitting."""
    sitting = led(request, slug, public_id)
    done = _("The sitting has ended. Read the minutes through and publish them.")
    return do(request, sitting, lambda: end_sitting(sitting=sitting, actor=request.user), done)


@login_required
@require_POST
def attendance(request: HttpRequest, slug: str, public_id: str, organisation_id: str) -> HttpResponse:
    """Note that an organisation came or left: who leads the body for all, everybody else for their own."""
    sitting = entered(request, slug, public_id)
    mine = {seat.organisation_id for seat in own_seats(request.user, sitting)}
    if organisation_id not in mine and not can_lead(request.user, sitting.body):
        raise Http404
    is_there = request.POST.get("there") != "no"
    return do(
        request, sitting,
        lambda: note_attendance(
            sitting=sitting, organisation_id=organisation_id, is_there=is_there, actor=request.user
        ),
        part="there",
    )  # fmt: skip


@login_required
@require_POST
def item_open(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Deal with it now."""
    return on_item(request, slug, public_id, item_id, open_item)


@login_required
@require_POST
def item_close(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """It is done."""
    return on_item(request, slug, public_id, item_id, close_item)


@login_required
@require_POST
def item_postpone(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Put it off to the next agenda."""
    return on_item(request, slug, public_id, item_id, close_item, is_postponed=True)


@login_required
@require_POST
def motion_device(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """Have it voted on by device; after the count everybody in the body sees who voted how."""
    return on_motion(request, slug, public_id, motion_id, vote_by_device, is_secret=False)


@login_required
@require_POST
def motion_secret(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """Have it voted on by device, in secret."""
    return on_motion(request, slug, public_id, motion_id, vote_by_device, is_secret=True)


@login_required
@require_POST
def motion_count(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """End the vote by device and count it."""
    return on_motion(request, slug, public_id, motion_id, count_devices)


@login_required
@require_POST
def motion_stop(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """Stop the vote without a count."""
    return on_motion(request, slug, public_id, motion_id, stop_vote)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def motion_hands(request: HttpRequest, slug: str, public_id: str, motion_id: str) -> HttpResponse:
    """Enter the hands that were counted."""
    sitting = led(request, slug, public_id)
    motion = motion_of(sitting, motion_id)
    form = HandsForm(request.POST if request.method == "POST" else None, body=sitting.body)
    return ask(request, sitting, form, _("Show of hands"), lambda values: count_hands(
        motion=motion, actor=request.user, **values
    ), template="governance/motion_hands.html", more={"motion": motion, "presence": presence_of(sitting)})  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item_record(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Write down what was said."""
    sitting = led(request, slug, public_id)
    item = item_of(sitting, item_id)
    form = RecordForm(request.POST if request.method == "POST" else None, item=item)
    return ask(request, sitting, form, item.title, lambda values: write_record(
        item=item, values=values, actor=request.user
    ))  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: HttpRequest, slug: str, public_id: str, item_id: str) -> HttpResponse:
    """Write down who does what by when."""
    sitting = led(request, slug, public_id)
    item = item_of(sitting, item_id)
    form = TaskForm(request.POST if request.method == "POST" else None, body=sitting.body)
    return ask(request, sitting, form, _("New task"), lambda values: agree_on_task(
        sitting=sitting, values={**values, "item": item}, actor=request.user
    ))  # fmt: skip


def _task(request: HttpRequest, slug: str, public_id: str, task_id: str) -> tuple[Sitting, Task]:
    sitting = entered(request, slug, public_id)
    task = task_page(request.user, sitting, task_id)
    if task is None:
        raise Http404
    task.sitting = sitting
    return sitting, task


@login_required
@require_POST
def task_done(request: HttpRequest, slug: str, public_id: str, task_id: str) -> HttpResponse:
    """It is done: said by who leads the body, or by the organisation whose task it is."""
    sitting, task = _task(request, slug, public_id, task_id)
    done = _("Thank you. The task is done.")
    return do(request, sitting, lambda: finish_task(task=task, is_done=True, actor=request.user), done, "tasks")


@login_required
@require_POST
def task_undone(request: HttpRequest, slug: str, public_id: str, task_id: str) -> HttpResponse:
    """It is not done after all."""
    sitting, task = _task(request, slug, public_id, task_id)
    done = _("The task is open again.")
    return do(request, sitting, lambda: finish_task(task=task, is_done=False, actor=request.user), done, "tasks")


@login_required
@require_POST
def task_drop(request: HttpRequest, slug: str, public_id: str, task_id: str) -> HttpResponse:
    """It was written down by mistake."""
    sitting = led(request, slug, public_id)
    task = task_page(request.user, sitting, task_id)
    if task is None:
        raise Http404
    task.sitting = sitting
    done = _("The task is gone.")
    return do(request, sitting, lambda: drop_task(task=task, actor=request.user), done, "tasks")
