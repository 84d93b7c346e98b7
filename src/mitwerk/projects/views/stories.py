"""The story of an ended project: written by the office, released by its partners."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.core.changes import Refused
from mitwerk.people.models import Person
from mitwerk.people.views import LinkedAct, act_page
from mitwerk.projects.actions import answer_release, ask_for_release, leave_name_out, publish_story, write_story
from mitwerk.projects.forms import StoryForm
from mitwerk.projects.models import Release, Story
from mitwerk.projects.queries.endings import (
    RELEASE,
    answerable_releases,
    omittable_releases,
    release_for,
    tellable_projects,
)

State = Release.State


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_write(request: HttpRequest, slug: str) -> HttpResponse:
    """The office makes the story, asks the partners and sees who has answered."""
    project = get_object_or_404(tellable_projects(request.user), slug=slug)
    story = Story.objects.filter(project=project).select_related("picture").first()
    initial = {name: getattr(story or project, name) for name in StoryForm.base_fields}
    form = StoryForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_story(project=project, values=form.cleaned_data, actor=request.user)
            messages.success(request, _("Saved. Nothing of it is public yet."))
            return redirect("projects:story_write", slug=slug)
        except Refused as refused:
            form.add_error(None, str(refused))
    releases = list(project.releases.select_related("organisation"))
    waiting = any(one.state in (State.OPEN, State.REFUSED) for one in releases)
    context = {
        "title": _("Make a story of it"), "project": project, "story": story, "form": form, "releases": releases,
        "is_ready": bool(story and story.asked_at and releases and not waiting),
        "lessons": project.steps.filter(phase=project.phase).first(),
        "figures": list(project.figures.all()),
    }  # fmt: skip
    return render(request, "projects/story_write.html", context)


@login_required
@require_POST
def story_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask every partner whether it releases the story."""

    def told(asked: int) -> str:
        return ngettext("%(number)s partner is asked.", "%(number)s partners are asked.", asked) % {"number": asked}

    return _done(request, slug, ask_for_release, told)


@login_required
@require_POST
def story_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody can read it from now on."""
    return _done(request, slug, publish_story, lambda step: _("The story is public."))


def _done(
    request: HttpRequest, slug: str, verb: Callable[..., Any], told: Callable[[Any], str]
) -> HttpResponse:
    project = get_object_or_404(tellable_projects(request.user), slug=slug)
    try:
        messages.success(request, told(verb(project=project, actor=request.user)))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("projects:story_write", slug=slug)
    return redirect("projects:project_room" if verb is publish_story else "projects:story_write", slug=slug)


@login_required
@require_POST
def release_omit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell the story without the name of a partner."""
    release = get_object_or_404(omittable_releases(request.user), public_id=public_id)
    try:
        leave_name_out(release=release, actor=request.user)
        messages.success(request, _("The story goes without this name."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("projects:story_write", slug=release.project.slug)


@login_required
@never_cache
@require_safe
def release_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The story as it is to be public, with a yes and a no."""
    release = get_object_or_404(answerable_releases(request.user), public_id=public_id)
    story = release.project.story
    context = {
        "title": _("May we tell this story?"), "release": release, "project": release.project, "story": story,
        "figures": list(release.project.figures.all()), "languages": settings.LANGUAGES, "texts": _texts(story),
    }  # fmt: skip
    return render(request, "projects/release_answer.html", context)


def _texts(story: Story) -> list[dict[str, str]]:
    """What is there, language by language, each with its label in that language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels = {name: str(field.label) for name, field in StoryForm.base_fields.items()}
        for name, label in labels.items():
            if text := getattr(story, name).get(code):
                found.append({"lang": code, "label": label, "text": text})
    return found


@login_required
@require_POST
def release_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Yes."""
    return _answered(request, public_id, is_released=True, told=_("Thank you. The story is released."))


@login_required
@require_POST
def release_refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """No."""
    told = _("The story does not appear under your name. The office knows.")
    return _answered(request, public_id, is_released=False, told=told)


def _answered(request: HttpRequest, public_id: str, *, is_released: bool, told: str) -> HttpResponse:
    release = get_object_or_404(answerable_releases(request.user), public_id=public_id)
    sent = request.POST.get("version", "")
    version = int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else 0
    try:
        answer_release(release=release, version=version, is_released=is_released, actor=request.user)
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("projects:release_answer", public_id=public_id)
    return redirect("projects:project_mine")


def _told(found: tuple[Release, int]) -> str:
    release = found[0]
    return _("With one click %(name)s releases the story of “%(project)s”, as it stands in the mail.") % {
        "name": release.organisation.name,
        "project": release.project.title,
    }


def _release(found: tuple[Release, int], person: Person) -> None:
    answer_release(release=found[0], version=found[1], is_released=True, actor=person.user)


LINK = LinkedAct(
    code=RELEASE,
    find=release_for,
    title=gettext_lazy("May we tell this story?"),
    tell=_told,
    button=gettext_lazy("Yes, release it"),
    verb=_release,
    done=gettext_lazy("Thank you. The story is released."),
    other=lambda found: (
        _("Read it here first, or say no"),
        reverse("projects:release_answer", args=[found[0].public_id]),
    ),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release_link(request: HttpRequest, token: str) -> HttpResponse:
    """The yes from the mail, without signing in."""
    return act_page(request, token, LINK)
