"""Mails about contributions: to speakers, and to who handed one in."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mitwerk.congress.models import Congress, Contribution, Speaker, StepTaken
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Person


def mail_speaker(speaker: Speaker, token: str) -> None:
    """Asks whether they may be named in the programme."""
    contribution = speaker.contribution
    with override(speaker.person.language):
        queue_mail(
            to=speaker.person.email,
            subject=_("May the programme name you? %(title)s") % {"title": contribution.title},
            template="congress/speaker_mail.txt",
            context={"contribution": contribution, "organisation": contribution.organisation},
            language=speaker.person.language,
            button=Button(_("Read and answer"), absolute(reverse("congress:speaker_link", args=[token]))),
            key=f"congress/speaker/{speaker.public_id}",
        )


def mail_step(contribution: Contribution, step: StepTaken) -> None:
    """To who handed it in: what the office decided, in its words."""
    handed_in = contribution.steps.filter(verb="submit", by__is_active=True).order_by("-at", "-pk").first()
    if handed_in is None or handed_in.by is None:
        return
    reader = handed_in.by
    with override(reader.language):
        queue_mail(
            to=reader.email,
            subject=_("%(title)s: %(state)s")
            % {"title": contribution.title, "state": contribution.get_state_display()},
            template="congress/step_mail.txt",
            context={"contribution": contribution, "step": step},
            language=reader.language,
            button=Button(
                _("See how it stands"),
                absolute(reverse("congress:contribution_detail", args=[contribution.public_id])),
            ),
            key=f"congress/step/{step.pk}",
        )


def mail_juror(congress: Congress, person: Person, waiting: int) -> None:
    """What waits for their points; once a day at most."""
    with override(person.language):
        subject = ngettext(
            "%(count)s contribution waits for your points: %(congress)s",
            "%(count)s contributions wait for your points: %(congress)s",
            waiting,
        )
        queue_mail(
            to=person.email,
            subject=subject % {"count": waiting, "congress": congress.event.title},
            template="congress/jury_mail.txt",
            context={"congress": congress, "waiting": waiting},
            language=person.language,
            button=Button(_("Read and score"), absolute(reverse("congress:review_list", args=[congress.public_id]))),
            key=f"congress/jury/{congress.public_id}/{person.public_id}/{timezone.localdate()}",
        )
