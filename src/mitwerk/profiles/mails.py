"""Mails about profiles: to the office what waits, to an organisation's people what became of it, and the question."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import memberships_of
from mitwerk.clusters.queries import office_address
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Person
from mitwerk.profiles.models import Draft


def mail_office(draft: Draft) -> None:
    """To the office of the first cluster it is a member of: a change waits. Once for each handing in."""
    membership = memberships_of([draft.organisation]).exclude(cluster=None).first()
    url = settings.BASE_URL + reverse("office_profile-changes:inspect", args=[draft.pk])
    with override(settings.LANGUAGE_CODE):
        queue_mail(
            to=office_address(membership.cluster if membership else None),
            subject=_("To be cleared: %(name)s") % {"name": draft.organisation.name},
            template="profiles/handed_in_mail.txt",
            context={"draft": draft},
            language=settings.LANGUAGE_CODE,
            button=Button(_("Read and clear"), url),
            key=f"profile/{draft.public_id}/{draft.version}/handed-in",
        )


def mail_answer(draft: Draft) -> None:
    """To whoever handed it in: it is public, or what the office wants changed."""
    if draft.by is None or not draft.by.is_active:
        return
    organisation, is_cleared = draft.organisation, draft.state == Draft.State.CLEARED
    with override(draft.by.language):
        name = {"name": organisation.name}
        subject = _("Your changes are public: %(name)s") if is_cleared else _("Please look again: %(name)s")
        page = organisation.get_absolute_url() if is_cleared else profile_page(organisation)
        label = _("See the profile") if is_cleared else _("Go on with the draft")
        queue_mail(
            to=draft.by.email,
            subject=subject % name,
            template="profiles/answer_mail.txt",
            context={"draft": draft, "is_cleared": is_cleared},
            language=draft.by.language,
            button=Button(label, absolute(page)),
            key=f"profile/{draft.public_id}/{draft.version}/{draft.state}",
        )


def mail_still_right(organisation: Organisation, person: Person, token: str, day: str, is_reminder: bool) -> None:
    """The yearly question, with the link that answers it. `day` is when it was asked: nobody gets it twice."""
    language = person.language
    with override(language):
        url = settings.BASE_URL + reverse("profiles:profile_confirm_link", args=[token])
        queue_mail(
            to=person.email,
            subject=_("Still right? The profile of %(name)s") % {"name": organisation.name},
            template="profiles/still_right_mail.txt",
            context={
                "organisation": organisation,
                "is_reminder": is_reminder,
                "page": absolute(organisation.get_absolute_url()),
                "editor": absolute(profile_page(organisation)),
            },
            language=language,
            button=Button(_("Yes, all right"), url),
            key=f"still-right/{organisation.public_id}/{day}/{person.public_id}{'/again' if is_reminder else ''}",
            is_secret=True,
        )


def profile_page(organisation: Organisation) -> str:
    """Where its people edit the profile, in the active language."""
    return reverse("profiles:profile_detail", args=[organisation.slug])
