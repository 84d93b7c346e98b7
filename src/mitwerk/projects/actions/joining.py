"""Partners join: invited by a carrier or offering themselves, and only once the other side has said yes."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import ENDED
from mitwerk.core.changes import Refused, Values
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.profiles.queries.drafts import asked_people
from mitwerk.projects.actions.steps import note_step
from mitwerk.projects.mails import mail_answer, mail_invitation, mail_offer
from mitwerk.projects.models import Joining, Partner, Project, Step

JOIN = "project.join"
"""The act of the links in mails to invited organisations; their target is the joining's public id."""
LASTS = timedelta(days=60)


@transaction.atomic
def invite_organisation(*, project: Project, organisation: Organisation, values: Values, actor: User) -> Joining:
    """A carrier wants an organisation to take part: its people are asked, with a link that answers."""
    people = asked_people(organisation)
    if not people:
        raise Refused(_("Nobody acts for this organisation here yet. Ask the office to invite somebody."))
    joining = _open(project, organisation, Joining.Side.INVITED, values, actor)
    for person in people:
        token = make_act_link(person=person, act=JOIN, target=joining.public_id, lasts=LASTS)
        mail_invitation(joining, person, token)
    return joining


@transaction.atomic
def offer_to_join(*, project: Project, organisation: Organisation, values: Values, actor: User) -> Joining:
    """An organisation wants to take part: the carriers are asked."""
    if not project.is_open:
        raise Refused(_("The project is not looking for partners now."))
    joining = _open(project, organisation, Joining.Side.OFFERED, values, actor)
    mail_offer(joining)
    return joining


def _open(project: Project, organisation: Organisation, side: str, values: Values, actor: User) -> Joining:
    if project.phase in ENDED:
        raise Refused(_("The project has ended."))
    if Partner.objects.filter(project=project, organisation=organisation).exists():
        raise Refused(_("%(name)s takes part already.") % {"name": organisation.name})
    try:
        with transaction.atomic():
            joining = Joining.objects.create(
                project=project, organisation=organisation, side=side, by=actor, **values
            )
    except IntegrityError as twice:
        raise Refused(_("%(name)s has been asked, or has asked, already.") % {"name": organisation.name}) from twice
    _record("project.ask-to-join", joining, actor)
    return joining


@transaction.atomic
def accept_joining(*, joining: Joining, actor: User | None) -> Partner:
    """Both sides have said yes: the organisation takes part, and the history says so."""
    _answer(joining, Joining.State.ACCEPTED, actor)
    place = joining.project.partners.count()
    partner, _is_new = Partner.objects.get_or_create(
        project=joining.project, organisation=joining.organisation, name=joining.organisation.name,
        defaults={
            "role": joining.role, "involvement": joining.involvement, "effort_days": joining.effort_days,
            "position": place,
        },
    )  # fmt: skip
    note_step(joining.project, Step.Verb.JOIN, actor, text=joining.organisation.name)
    _record("project.join", joining, actor)
    mail_answer(joining)
    return partner


@transaction.atomic
def decline_joining(*, joining: Joining, actor: User | None) -> None:
    """No, thank you. It may be asked again."""
    _answer(joining, Joining.State.DECLINED, actor)
    _record("project.decline-to-join", joining, actor)
    mail_answer(joining)


def _answer(joining: Joining, state: str, actor: User | None) -> None:
    """Of two clicks at the same moment one counts."""
    waiting = Joining.objects.filter(pk=joining.pk, state=Joining.State.OPEN)
    if not waiting.update(state=state, answered_by=actor, answered_at=timezone.now()):
        raise Refused(_("This has been answered already."))
    joining.refresh_from_db(fields=["state", "answered_at", "answered_by"])
    revoke_act_links(act=JOIN, target=joining.public_id)


def _record(verb: str, joining: Joining, actor: User | None) -> None:
    slug = joining.project.clusters.values_list("slug", flat=True).first() or ""
    details = {"organisation": joining.organisation.public_id, "as": joining.role}
    record_audit(verb=verb, target=joining.project, actor=actor, cluster_slug=slug, details=details)
