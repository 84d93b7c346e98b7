"""Mails to guests: whether they have a seat, what they have to do, and their invoices. Nothing else stands in them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.algorithms import registrations as way
from mitwerk.clusters.queries import office_address
from mitwerk.congress.models import Bulletin
from mitwerk.core.addresses import address_of
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.registrations.models import Invoice, Lead, Registration
from mitwerk.registrations.queries import token_of


def link_of(registration: Registration) -> str:
    """Absolute, in the active language."""
    return settings.BASE_URL + reverse("registrations:registration_detail", args=[token_of(registration)])


def mail_state(registration: Registration) -> None:
    """How it stands now: with the code of the ticket where there is a seat."""
    subjects = {
        way.ASKED: _subject_asked, way.WAITING: _subject_waiting, way.BOOKED: _subject_booked,
        way.CANCELLED: _subject_cancelled, way.REFUSED: _subject_refused,
    }  # fmt: skip
    qr = registration.public_id if registration.state == way.BOOKED else ""
    moment = f"{registration.state}/{registration.queued_at:%Y%m%d%H%M%S%f}"
    _send(registration, subjects[registration.state], "state_mail", moment, qr=qr)


def _subject_asked() -> str:
    return _("Your registration has arrived: %(title)s")


def _subject_waiting() -> str:
    return _("You are on the waiting list: %(title)s")


def _subject_booked() -> str:
    return _("Your ticket: %(title)s")


def _subject_cancelled() -> str:
    return _("Your registration is cancelled: %(title)s")


def _subject_refused() -> str:
    return _("There is no seat for you this time: %(title)s")


def mail_offer(registration: Registration) -> None:
    """A seat has become free and is held; a click takes it."""
    moment = f"offered/{registration.held_until:%Y%m%d%H%M%S}"
    _send(registration, lambda: _("A seat is held for you: %(title)s"), "offer_mail", moment)


def mail_lapsed(registration: Registration) -> None:
    """The time to take it is over."""
    moment = f"lapsed/{registration.queued_at:%Y%m%d%H%M%S%f}"
    _send(registration, lambda: _("The seat has gone to somebody else: %(title)s"), "lapsed_mail", moment)


def mail_already(registration: Registration) -> None:
    """Somebody has entered an address that is registered. Once an hour at most, whoever tries how often."""
    moment = f"already/{timezone.now():%Y%m%d%H}"
    _send(registration, lambda: _("You are registered already: %(title)s"), "already_mail", moment)


def mail_group(registration: Registration, size: int) -> None:
    """To who has registered others: where the group is seen and cancelled."""
    _send(registration, lambda: _("Your group: %(title)s"), "group_mail", "group", size=size)


def mail_invoice(registration: Registration, invoice: Invoice) -> None:
    """There is a document; it is fetched by the link."""
    moment = f"invoice/{invoice.public_id}"
    _send(
        registration, lambda: f"{invoice}: %(title)s", "invoice_mail", moment, invoice=invoice,
    )  # fmt: skip


def mail_lead_asked(lead: Lead) -> None:
    """Somebody has read their badge and asks for their address. Once for each time that is asked. An organisation that
    was only typed stays out of the mail: it may be an address, or advertising."""
    moment = f"lead/{lead.public_id}/{lead.asked_at:%Y%m%d%H%M%S%f}"
    _send(
        lead.asked, lambda: _("A guest would like to stay in touch: %(title)s"), "lead_asked_mail", moment,
        label=_label_answer, other=lead.asker,
    )  # fmt: skip


def mail_lead_agreed(lead: Lead) -> None:
    """To who asked: the other has agreed. The address itself stands on the page, where it can be taken back."""
    moment = f"lead/{lead.public_id}/agreed/{lead.agreed_at:%Y%m%d%H%M%S%f}"
    _send(
        lead.asker, lambda: _("You can stay in touch: %(title)s"), "lead_agreed_mail", moment, label=_label_see,
        other=lead.asked,
    )  # fmt: skip


def mail_bulletin(registration: Registration, bulletin: Bulletin) -> None:
    """A word of the office to somebody who is on site."""
    moment = f"bulletin/{bulletin.public_id}"
    _send(
        registration, lambda: _("Message from the office: %(title)s"), "bulletin_mail", moment, label=_label_see,
        text=bulletin.text,
    )  # fmt: skip


def mail_thanks(registration: Registration, *, has_slides: bool) -> None:
    """The day after: thanks, where to say how it was, and what there is to read. Once for whoever left an address."""
    if not registration.email:
        return
    congress, language = registration.admission.congress, registration.language
    with override(language):
        title, slug = str(congress.event), congress.event.slug
        queue_mail(
            to=registration.email,
            subject=_("Thank you for coming: %(title)s") % {"title": title},
            template="registrations/thanks_mail.txt",
            context={
                "registration": registration, "title": title, "words": str(congress.thanks),
                "page": absolute(congress.get_absolute_url()),
                "slides": absolute(address_of("congress:proceeding_list", slug=slug)) if has_slides else "",
            },
            language=language,
            button=Button(
                _("Answer three questions"),
                absolute(reverse("registrations:feedback_give", args=[token_of(registration)])),
            ),
            reply_to=office_address(congress.cluster),
            key=f"registration/{registration.public_id}/thanks",
        )  # fmt: skip


def _label_change() -> str:
    return _("See, change or cancel")


def _label_answer() -> str:
    return _("Say yes or no")


def _label_see() -> str:
    return _("To your ticket")


def _send(
    registration: Registration, subject: Any, template: str, moment: str, *, qr: str = "", label: Any = _label_change,
    **more: Any,
) -> None:  # fmt: skip
    """`moment` tells one mail of a registration from the others; nobody gets the same one twice. Who came without
    registering may have left no address: then there is none."""
    if not registration.email:
        return
    congress, language = registration.admission.congress, registration.language
    with override(language):
        title = str(congress.event)
        queue_mail(
            to=registration.email,
            subject=subject() % {"title": title},
            template=f"registrations/{template}.txt",
            context={
                "registration": registration, "title": title, "event": congress.event,
                "kind_name": str(registration.kind), **more,
            },
            language=language,
            button=Button(label(), link_of(registration)),
            reply_to=office_address(congress.cluster),
            key=f"registration/{registration.public_id}/{moment}",
            qr=qr,
        )  # fmt: skip
