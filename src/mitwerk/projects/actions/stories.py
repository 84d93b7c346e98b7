"""The story of an ended project: written by the office, released by every partner, and only then public."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.pipeline import ENDS
from mitwerk.core.changes import Refused, Values, save_values
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.profiles.queries.drafts import asked_people
from mitwerk.projects.actions.steps import tell
from mitwerk.projects.mails import mail_release
from mitwerk.projects.models import Partner, Project, Release, Step, Story
from mitwerk.projects.queries.endings import RELEASE, lacking_texts, partners_to_release, release_target

LASTS = timedelta(days=90)
State = Release.State


@transaction.atomic
def write_story(*, project: Project, values: Values, actor: User) -> Story:
    """Change the texts. Who has released the old ones is asked anew, because they have not read the new ones."""
    _lock(project)
    story, _is_new = Story.objects.get_or_create(project=project, defaults={"summary": project.summary})
    if all(getattr(story, name) == value for name, value in values.items()):
        return story
    save_values(story, {**values, "version": story.version + 1, "asked_at": None})
    for release in project.releases.all():
        revoke_act_links(act=RELEASE, target=release_target(release, story.version - 1))
    answered = project.releases.filter(state__in=(State.RELEASED, State.REFUSED))
    answered.update(state=State.OPEN, answered_at=None, answered_by=None)
    _record("project.write-story", project, actor)
    return story


@transaction.atomic
def ask_for_release(*, project: Project, actor: User) -> int:
    """Ask every partner that is to be named, with the story in the mail and a link that releases it. How many."""
    story = _written(project)
    if missing := lacking_texts(story):
        raise Refused(_("Before the partners are asked, this is still needed in both languages: %(what)s.") % {
            "what": ", ".join(missing)
        })  # fmt: skip
    asked = 0
    for organisation in partners_to_release(project):
        release, _is_new = Release.objects.get_or_create(project=project, organisation=organisation)
        if release.state == State.OPEN:
            asked += 1
            for person in asked_people(organisation):
                target = release_target(release, story.version)
                token = make_act_link(person=person, act=RELEASE, target=target, lasts=LASTS)
                mail_release(release, story, person, token)
    Story.objects.filter(pk=story.pk).update(asked_at=timezone.now())
    _record("project.ask-for-release", project, actor)
    return asked


@transaction.atomic
def answer_release(*, release: Release, version: int, is_released: bool, actor: User | None) -> None:
    """A partner's yes or no to the texts of this version; it may change its mind until the story is public."""
    story = _written(release.project)
    if story.version != version or story.asked_at is None:
        raise Refused(_("The story has been changed meanwhile. You will be asked again."))
    state = State.RELEASED if is_released else State.REFUSED
    Release.objects.filter(pk=release.pk).update(state=state, answered_at=timezone.now(), answered_by=actor)
    revoke_act_links(act=RELEASE, target=release_target(release, version))
    verb = "project.release-story" if is_released else "project.refuse-story"
    _record(verb, release.project, actor, organisation=release.organisation.public_id)


@transaction.atomic
def leave_name_out(*, release: Release, actor: User) -> None:
    """The office tells the story without a partner that did not answer, or does not want to be in it."""
    _lock(release.project)
    waiting = Release.objects.filter(pk=release.pk, state__in=(State.OPEN, State.REFUSED))
    if not waiting.update(state=State.LEFT_OUT, answered_at=timezone.now(), answered_by=actor):
        raise Refused(_("This partner has released the story."))
    _record("project.leave-name-out", release.project, actor, organisation=release.organisation.public_id)


@transaction.atomic
def publish_story(*, project: Project, actor: User) -> Step:
    """Every partner has released it, or is not named: its texts and its picture are the project's from now on."""
    story = _written(project)
    states = dict(project.releases.values_list("organisation", "state"))
    asked = story.asked_at is not None and State.RELEASED in states.values()
    named = [states.get(organisation.pk, State.OPEN) for organisation in partners_to_release(project)]
    if not asked or any(state not in (State.RELEASED, State.LEFT_OUT) for state in named):
        raise Refused(_("A partner has not released the story yet. Wait, or leave its name out."))
    project = Project.objects.get(pk=project.pk)  # as it is now: all of it is written
    values = {name: getattr(story, name) for name in ("summary", "problem", "work", "result")}
    if story.picture:
        values["picture"] = story.picture
    save_values(project, values)
    released = [key for key, state in states.items() if state == State.RELEASED]
    Partner.objects.filter(project=project).exclude(organisation__in=released).update(is_named=False)
    return tell(project=project, actor=actor)


def _lock(project: Project) -> None:
    """Answers, changes and the publication come one after the other. Only of what has ended, and is not told yet."""
    if Project.objects.select_for_update().get(pk=project.pk).phase not in ENDS:
        raise Refused(_("The story is public already, or the project has not ended."))


def _written(project: Project) -> Story:
    _lock(project)
    story = Story.objects.filter(project=project).select_related("picture").first()
    if story is None:
        raise Refused(_("Nobody has written the story yet."))
    return story


def _record(verb: str, project: Project, actor: User | None, **details: str) -> None:
    slug = project.clusters.values_list("slug", flat=True).first() or ""
    record_audit(verb=verb, target=project, actor=actor, cluster_slug=slug, details=details or None)
