"""Reads of consents. Whoever sends something that needs one asks `has_consent`, every time."""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.consents.models import Asked, Consent, Evidence
from mitwerk.consents.purposes import NEWSLETTER, PAGES
from mitwerk.outbox.models import Mail

GOOD_FOR = timedelta(hours=72)
ASKED_KEPT = timedelta(days=7)
MAILS_PER_HOUR = 3
CONFIRMATION = "consents/confirm_mail.txt"


def address_hash(email: str) -> str:
    """What is kept of an address for good: enough to know it again, too little to read it."""
    return salted_hmac("mitwerk.consents", email.strip().lower(), settings.ADDRESS_KEY, algorithm="sha256").hexdigest()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def digest_of(values: Any) -> str:
    """Of anything JSON can hold, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def latest(email: str, purpose: str, cluster_slug: str = "") -> Consent | None:
    """How it stands with an address and a purpose; None where nothing was ever said."""
    steps = Consent.objects.filter(address_hash=address_hash(email), purpose=purpose, cluster_slug=cluster_slug)
    return steps.order_by("-pk").first()


def has_consent(email: str, purpose: str, cluster_slug: str = "") -> bool:
    """May we, at this moment?"""
    step = latest(email, purpose, cluster_slug)
    return step is not None and step.kind == Consent.Kind.GIVEN


def standing() -> QuerySet[Evidence]:
    """Addresses whose newest word is yes."""
    later = Consent.objects.filter(
        address_hash=OuterRef("consent__address_hash"),
        purpose=OuterRef("consent__purpose"),
        cluster_slug=OuterRef("consent__cluster_slug"),
        pk__gt=OuterRef("consent_id"),
    )
    given = Evidence.objects.filter(~Exists(later), consent__kind=Consent.Kind.GIVEN)
    return given.select_related("consent", "consent__wording")


def standing_of(emails: Iterable[str]) -> QuerySet[Evidence]:
    """What holders of these addresses have agreed to, and have not withdrawn."""
    return standing().filter(consent__address_hash__in=[address_hash(email) for email in emails]).order_by("pk")


def with_pages(given: Iterable[Evidence]) -> list[tuple[Evidence, str]]:
    """Each with the address where it is withdrawn, if that is not here."""
    pages = [(one, PAGES.get(one.consent.purpose)) for one in given]
    return [(one, reverse(page, args=[one.consent.cluster_slug]) if page else "") for one, page in pages]


def readable_subscribers(user: Any) -> QuerySet[Evidence]:
    """What the office sees: the subscribers of its clusters, the umbrella body all. Who belongs to a network and agreed
    to be seen there is no subscriber, and no business of the office."""
    subscribers = standing().filter(consent__purpose=NEWSLETTER.key)
    if is_umbrella_editor(user):
        return subscribers
    slugs = Cluster.objects.filter(pk__in=edited_cluster_ids(user)).values("slug")
    return subscribers.filter(consent__cluster_slug__in=slugs)


def open_request(token: str) -> Asked | None:
    """What waits for the click on this link; None once it has run out."""
    found = Asked.objects.select_related("wording").filter(token_hash=token_hash(token))
    return found.filter(at__gt=timezone.now() - GOOD_FOR).first()


def confirmed_by(token: str) -> Evidence | None:
    return Evidence.objects.select_related("consent").filter(token_hash=token_hash(token)).first()


def is_flooded(email: str) -> bool:
    """Nobody is to be flooded with confirmations, whoever asks."""
    hour_ago = timezone.now() - timedelta(hours=1)
    sent = Mail.objects.filter(to__iexact=email, template=CONFIRMATION, created_at__gt=hour_ago)
    return sent.count() >= MAILS_PER_HOUR


def old_requests() -> QuerySet[Asked]:
    return Asked.objects.filter(at__lt=timezone.now() - ASKED_KEPT)


def link_digest(step: Consent) -> str:
    """Over everything a link says, and the link before it."""
    names = (
        "public_id", "kind", "how", "purpose", "cluster_slug", "address_hash", "form", "evidence_digest", "previous"
    )  # fmt: skip
    said = {name: getattr(step, name) for name in names}
    said |= {"at": step.at.isoformat(), "asked_at": step.asked_at.isoformat() if step.asked_at else ""}
    return digest_of({**said, "wording": step.wording.digest})


def evidence_digest(evidence: Evidence) -> str:
    return digest_of([evidence.salt, evidence.email, evidence.language, evidence.mail_text])


def broken_links() -> list[str]:
    """Public ids of links that do not fit: changed, or without the one before them. Empty for an unbroken chain."""
    found, before = [], ""
    for step in Consent.objects.select_related("wording", "evidence").order_by("pk").iterator(chunk_size=500):
        own = getattr(step, "evidence", None)
        fits = step.previous == (before or START) and step.digest == link_digest(step)
        if not fits or (own and evidence_digest(own) != step.evidence_digest):
            found.append(step.public_id)
        before = step.digest
    return found


START = "0" * 64
"""What the first link has before it."""
