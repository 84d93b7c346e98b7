"""Mails about projects: what is to be decided, what was decided, who takes part, who volunteers, what is due."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Role
from mitwerk.clusters.queries import office_address
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Person
from mitwerk.profiles.queries.drafts import asked_people
from mitwerk.projects.models import GroupMember, GroupReport, Joining, Project, Release, Step, Story, WorkingGroup
from mitwerk.projects.queries.groups import current_members
from mitwerk.projects.queries.pipeline import carriers_of
from mitwerk.vocabularies.models import Concept


def mail_submitted(project: Project, step: Step) -> None:
    """To the office of its first cluster and to each member of that cluster's board: an idea is to be decided.

    The key names nobody's address, because it stays when the mail is forgotten.
    """
    cluster = project.clusters.first()
    board = Role.objects.filter(cluster=cluster, kind=Role.Kind.BOARD_MEMBER, user__is_active=True)
    readers = {role.user.public_id: (role.user.email, role.user.language) for role in board.select_related("user")}
    office = office_address(cluster)
    if office not in {address for address, _language in readers.values()}:
        readers["office"] = (office, settings.LANGUAGE_CODE)
    for code, (address, language) in readers.items():
        with override(language):
            name = "projects:project_room" if code == "office" else "projects:project_decide"
            queue_mail(
                to=address,
                subject=_("To be decided: %(title)s") % {"title": project.title},
                template="projects/submitted_mail.txt",
                context={"project": project, "carriers": carriers_of(project)},
                language=language,
                button=Button(_("Read and decide"), absolute(reverse(name, args=[project.slug]))),
                key=f"project/{project.public_id}/step/{step.pk}/{code}",
            )


def mail_decision(project: Project, step: Step) -> None:
    """To those who carry it: what the board decided, in its words."""
    for person in _people(carriers_of(project)):
        language = person.language
        with override(language):
            queue_mail(
                to=person.email,
                subject=f"{step.get_verb_display()}: {project.title}",
                template="projects/decided_mail.txt",
                context={"project": project, "step": step},
                language=language,
                button=Button(_("Go to the project"), _room(project)),
                key=f"project/{project.public_id}/step/{step.pk}/{person.public_id}",
            )


def mail_invitation(joining: Joining, person: Person, token: str) -> None:
    """To an invited organisation's people, with the link by which it confirms."""
    language = person.language
    with override(language):
        url = settings.BASE_URL + reverse("projects:joining_link", args=[token])
        queue_mail(
            to=person.email,
            subject=_("Take part? %(title)s") % {"title": joining.project.title},
            template="projects/invitation_mail.txt",
            context={"joining": joining, "answer": absolute(_answer_page(joining))},
            language=language,
            button=Button(_("Yes, we take part"), url),
            key=f"joining/{joining.public_id}/{person.public_id}",
            is_secret=True,
        )


def mail_offer(joining: Joining) -> None:
    """To those who carry the project: somebody wants to take part."""
    for person in _people(carriers_of(joining.project)):
        language = person.language
        with override(language):
            queue_mail(
                to=person.email,
                subject=_("%(name)s wants to take part") % {"name": joining.organisation.name},
                template="projects/offer_mail.txt",
                context={"joining": joining},
                language=language,
                button=Button(_("Answer"), absolute(_answer_page(joining))),
                key=f"joining/{joining.public_id}/{person.public_id}",
            )


def mail_answer(joining: Joining) -> None:
    """To whoever asked: yes or no."""
    if joining.by is None or not joining.by.is_active:
        return
    language = joining.by.language
    with override(language):
        project = joining.project
        is_partner = joining.state == Joining.State.ACCEPTED
        may_enter = is_partner or joining.side == Joining.Side.INVITED
        page = _room(project) if may_enter else absolute(project.get_absolute_url())
        subject = _("%(name)s takes part: %(title)s") if is_partner else _("%(name)s does not take part: %(title)s")
        queue_mail(
            to=joining.by.email,
            subject=subject % {"name": joining.organisation.name, "title": project.title},
            template="projects/answer_mail.txt",
            context={"joining": joining, "is_partner": is_partner},
            language=language,
            button=Button(_("Go to the project"), page),
            key=f"joining/{joining.public_id}/answer",
        )


def _people(organisations: list[Organisation]) -> list[Person]:
    found = {person.pk: person for one in organisations for person in asked_people(one)}
    return list(found.values())


def _room(project: Project) -> str:
    return absolute(reverse("projects:project_room", args=[project.slug]))


def _answer_page(joining: Joining) -> str:
    return reverse("projects:joining_answer", args=[joining.public_id])


def ask_key(group: WorkingGroup, person: Person) -> str:
    """Nobody is asked twice for the same group."""
    return f"group/{group.public_id}/ask/{person.public_id}"


def mail_ask(group: WorkingGroup, person: Person, token: str) -> None:
    """To somebody who might volunteer, with the link by which they do."""
    language = person.language
    with override(language):
        queue_mail(
            to=person.email,
            subject=_("Who volunteers? %(task)s") % {"task": group.task},
            template="projects/ask_mail.txt",
            context={"group": group, "read": absolute(reverse("projects:group_volunteer", args=[group.public_id]))},
            language=language,
            button=Button(_("I volunteer"), settings.BASE_URL + reverse("projects:volunteer_link", args=[token])),
            key=ask_key(group, person),
            is_secret=True,
        )


def mail_volunteer(member: GroupMember) -> None:
    """To those who carry the project: somebody has volunteered."""
    group = member.group
    for person in _people(carriers_of(group.project)):
        if person.pk != member.person_id:
            subject = gettext_noop("%(name)s volunteers: %(task)s")
            key = f"group/{group.public_id}/joined/{member.public_id}/{person.public_id}"
            _mail_group(group, person, subject, "projects/volunteer_mail.txt", {"member": member}, key)


def mail_report(report: GroupReport) -> None:
    """To those who carry the project: a group needs help."""
    for person in _people(carriers_of(report.group.project)):
        subject, key = gettext_noop("Needs help: %(task)s"), f"group/report/{report.public_id}/{person.public_id}"
        _mail_group(report.group, person, subject, "projects/report_mail.txt", {"report": report}, key)


def mail_report_due(group: WorkingGroup, stage: str) -> None:
    """Before and on the day to the speaker, or to all where there is none, or to the carriers where nobody belongs to
    it yet. After it to the substitute and the office."""
    members = list(current_members().filter(group=group))
    start, template = f"group/{group.public_id}/due/{group.report_due}/{stage}", "projects/due_mail.txt"
    if stage == "late":
        readers = [one.person for one in members if one.function == GroupMember.Function.SUBSTITUTE]
        _mail_office_late(group, f"{start}/office")
    else:
        speaker = [one.person for one in members if one.function == GroupMember.Function.SPEAKER]
        readers = speaker or [one.person for one in members] or _people(carriers_of(group.project))
    for person in readers:
        late, due = gettext_noop("Report was due: %(task)s"), gettext_noop("Report back: %(task)s")
        subject = late if stage == "late" else due
        _mail_group(group, person, subject, template, {"stage": stage}, f"{start}/{person.public_id}")


def _mail_office_late(group: WorkingGroup, key: str) -> None:
    with override(settings.LANGUAGE_CODE):
        queue_mail(
            to=office_address(group.project.clusters.first()),
            subject=_("Report was due: %(task)s") % {"task": group.task},
            template="projects/due_mail.txt",
            context={"group": group, "stage": "office"},
            language=settings.LANGUAGE_CODE,
            button=_room_button(group),
            key=key,
        )


def _mail_group(
    group: WorkingGroup, person: Person, subject: str, template: str, context: dict[str, Any], key: str
) -> None:
    """`subject` has a place for the task, and for the name of the member the context speaks of."""
    language = person.language
    with override(language):
        member = context.get("member")
        words = {"task": group.task, "name": member.person.name if member else ""}
        queue_mail(
            to=person.email,
            subject=_(subject) % words,
            template=template,
            context={"group": group, **context},
            language=language,
            button=_room_button(group),
            key=key,
        )


def _room_button(group: WorkingGroup) -> Button:
    return Button(_("Go to the working group"), absolute(reverse("projects:group_room", args=[group.public_id])))


def mail_proofs(
    project: Project, organisation: Organisation, concepts: list[Concept], person: Person, token: str
) -> None:
    """To a partner's people: is it right that the project proved these competences?"""
    language = person.language
    with override(language):
        page = reverse("projects:proof_answer", args=[organisation.slug, project.slug])
        queue_mail(
            to=person.email,
            subject=_("Did the project prove this? %(title)s") % {"title": project.title},
            template="projects/proof_mail.txt",
            context={"project": project, "organisation": organisation, "concepts": concepts, "page": absolute(page)},
            language=language,
            button=Button(_("Yes, all of them"), settings.BASE_URL + reverse("projects:proof_link", args=[token])),
            key=f"proof/{project.public_id}/{organisation.public_id}/{person.public_id}",
            is_secret=True,
        )


def mail_release(release: Release, story: Story, person: Person, token: str) -> None:
    """To a partner's people: the story as it is to be public, and the link that releases it."""
    language = person.language
    with override(language):
        page = reverse("projects:release_answer", args=[release.public_id])
        queue_mail(
            to=person.email,
            subject=_("May we tell this story? %(title)s") % {"title": release.project.title},
            template="projects/release_mail.txt",
            context={"release": release, "story": story, "page": absolute(page)},
            language=language,
            button=Button(_("Yes, release it"), settings.BASE_URL + reverse("projects:release_link", args=[token])),
            key=f"release/{release.public_id}/{story.version}/{person.public_id}",
            is_secret=True,
        )
