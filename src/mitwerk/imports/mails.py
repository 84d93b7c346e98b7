"""The mail that tells somebody that they are kept here (GDPR Art. 14): what, why, where from, and how to object."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.actors.models import Contact
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import office_address, the_region
from mitwerk.imports.queries.directory import first_language
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button

SALT = "mitwerk.imports.contact"


def contact_token(contacts: Sequence[Contact]) -> str:
    """For the address of the page on which they can object; it does not run out, because their right does not."""
    return signing.dumps([one.public_id for one in contacts], salt=SALT)


def contact_ids(token: str) -> list[str] | None:
    """Public ids of the contacts that a link is about; None where it is none of ours."""
    try:
        return [str(one) for one in signing.loads(token, salt=SALT)]
    except signing.BadSignature:
        return None


def mail_information(contacts: Sequence[Contact], cluster: Cluster | None) -> bool:
    """One mail for all that is kept with one address; False where it was written before."""
    region, language, first = the_region(), first_language(), contacts[0]
    with override(language):
        subject = _("What we have recorded about you")
        url = settings.BASE_URL + reverse("imports:contact_objection", args=[contact_token(contacts)])
        button = Button(_("See it or have it deleted"), url)
    mail = queue_mail(
        to=first.email,
        subject=subject,
        template="imports/information_mail.txt",
        context={
            "contacts": contacts,
            "basis": first.legal_basis,
            "note": first.legal_note,
            "source": first.source,
            "responsible": cluster or region,
            "office": office_address(cluster),
        },
        language=language,
        button=button,
        reply_to=office_address(cluster),
        key=f"information:{first.public_id}",
    )
    return mail is not None
