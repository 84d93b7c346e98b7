"""Writes of consents: asked for, given by a click in a mail, withdrawn from anywhere."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitwerk.clusters.models import Cluster
from mitwerk.consents.mails import mail_confirmation, unsubscribe_url
from mitwerk.consents.models import Asked, Consent, Evidence, Wording
from mitwerk.consents.purposes import PURPOSES, Purpose
from mitwerk.consents.queries import (
    START,
    address_hash,
    digest_of,
    evidence_digest,
    has_consent,
    is_flooded,
    latest,
    link_digest,
    old_requests,
    standing,
    standing_of,
    token_hash,
)
from mitwerk.core.ids import new_public_id
from mitwerk.outbox.actions import cancel_mails, queue_mail
from mitwerk.outbox.models import Mail


def _wording(purpose: Purpose, name: str) -> Wording:
    texts = {"text_de": purpose.de.format(name=name), "text_en": purpose.en.format(name=name)}
    said = {"purpose": purpose.key, "version": purpose.version, **texts}
    return Wording.objects.get_or_create(digest=digest_of(said), defaults=said)[0]


@transaction.atomic
def ask_for_consent(
    *, email: str, purpose: str, cluster: Cluster | None, name: str, form: str, language: str
) -> Asked | None:
    """Somebody typed this address: a mail goes there, and nothing else happens until its link is used.

    The same for every address, known or not. `name` is whose it is, as it stands in the words; an earlier request that
    nobody answered is forgotten, its link leads nowhere. None where the address was asked often enough this hour.
    """
    if is_flooded(email):
        return None
    slug, token = cluster.slug if cluster else "", secrets.token_urlsafe(32)
    Asked.objects.filter(email__iexact=email, purpose=purpose, cluster_slug=slug).delete()
    asked = Asked.objects.create(
        token_hash=token_hash(token),
        email=email,
        language=language,
        purpose=purpose,
        cluster_slug=slug,
        wording=_wording(PURPOSES[purpose], name),
        form=form[:200],
    )
    mail = mail_confirmation(asked, name, token)
    asked.mail_text = mail.text.replace(token, "…") if mail else ""
    asked.save(update_fields=["mail_text"])
    return asked


@transaction.atomic
def confirm_consent(*, asked: Asked) -> Consent:
    """The link in the mail was used and its button pressed. Who agreed before still agrees."""
    held = Asked.objects.select_for_update().filter(pk=asked.pk).first()
    known = latest(asked.email, asked.purpose, asked.cluster_slug)
    is_given = known is not None and known.kind == Consent.Kind.GIVEN
    if known and (held is None or is_given):
        Evidence.objects.filter(consent=known).update(token_hash=asked.token_hash)
        Asked.objects.filter(pk=asked.pk).delete()
        return known
    evidence = _evidence(asked.email, asked.language, asked.mail_text, asked.token_hash)
    evidence.consent = _add_link(
        kind=Consent.Kind.GIVEN,
        how=Consent.How.LINK,
        purpose=asked.purpose,
        cluster_slug=asked.cluster_slug,
        wording=asked.wording,
        address_hash=address_hash(asked.email),
        asked_at=asked.at,
        form=asked.form,
        evidence_digest=evidence_digest(evidence),
    )
    evidence.save()
    Asked.objects.filter(pk=asked.pk).delete()
    return evidence.consent


def _evidence(email: str, language: str, mail_text: str = "", hashed: str = "") -> Evidence:
    return Evidence(
        email=email, language=language, mail_text=mail_text, salt=secrets.token_hex(16),
        key=secrets.token_urlsafe(32), token_hash=hashed,
    )  # fmt: skip


@transaction.atomic
def give_consent(
    *, email: str, purpose: str, scope: str, name: str, form: str, language: str, how: Consent.How
) -> Consent:
    """Somebody who has proved the address, by a link in a mail or by signing in, ticked this themselves.

    `scope` is the public id of what it is given for. Who agreed before still agrees.
    """
    known = latest(email, purpose, scope)
    if known and known.kind == Consent.Kind.GIVEN:
        return known
    evidence = _evidence(email, language)
    evidence.consent = _add_link(
        kind=Consent.Kind.GIVEN, how=how, purpose=purpose, cluster_slug=scope, asked_at=timezone.now(),
        wording=_wording(PURPOSES[purpose], name), address_hash=address_hash(email), form=form[:200],
        evidence_digest=evidence_digest(evidence),
    )  # fmt: skip
    evidence.save()
    return evidence.consent


def _add_link(**said: Any) -> Consent:
    """The first wording is held until the transaction ends, so that no two links get the same one before them. There
    is one as soon as there is anything to agree to, and it stays."""
    Wording.objects.select_for_update().order_by("pk").first()
    last = Consent.objects.order_by("-pk").first()
    step = Consent(public_id=new_public_id(), at=timezone.now(), previous=last.digest if last else START, **said)
    step.digest = link_digest(step)
    step.save(force_insert=True)
    return step


@transaction.atomic
def withdraw_consent(*, email: str, purpose: str, cluster_slug: str = "", how: Consent.How) -> bool:
    """From this moment on it is no: mails of this kind that still wait are not sent. False where it was no before."""
    cancel_mails(to=email, purpose=purpose_code(purpose, cluster_slug))
    known = latest(email, purpose, cluster_slug)
    if known is None or known.kind != Consent.Kind.GIVEN:
        return False
    _add_link(
        kind=Consent.Kind.WITHDRAWN,
        how=how,
        purpose=purpose,
        cluster_slug=cluster_slug,
        wording=known.wording,
        address_hash=known.address_hash,
    )
    return True


@transaction.atomic
def forget_address(*, email: str) -> None:
    """A person goes: everything is withdrawn, and what names them is deleted. The chain still knows the hash."""
    for evidence in list(standing_of([email])):
        consent = evidence.consent
        withdraw_consent(
            email=email, purpose=consent.purpose, cluster_slug=consent.cluster_slug, how=Consent.How.ERASED
        )
    Evidence.objects.filter(consent__address_hash=address_hash(email)).delete()
    Asked.objects.filter(email__iexact=email).delete()


@transaction.atomic
def forget_scope(*, scope: str) -> None:
    """What it was given for is gone: everybody's is withdrawn, and who they were is deleted. The links stay."""
    for evidence in list(standing().filter(consent__cluster_slug=scope)):
        withdraw_consent(
            email=evidence.email, purpose=evidence.consent.purpose, cluster_slug=scope, how=Consent.How.ENDED
        )
    Evidence.objects.filter(consent__cluster_slug=scope).delete()


def forget_requests() -> int:
    """Those that nobody confirmed within a week."""
    return int(old_requests().delete()[0])


def purpose_code(purpose: str, cluster_slug: str) -> str:
    """What the outbox knows a purpose by."""
    return f"{purpose}:{cluster_slug}"


@transaction.atomic
def queue_consented_mail(
    *, evidence: Evidence, subject: str, template: str, context: dict[str, Any], key: str | None = None
) -> Mail | None:
    """The one way to mail somebody who agreed: asks once more, and the mail says how to leave. None where it is no."""
    consent = evidence.consent
    if not has_consent(evidence.email, consent.purpose, consent.cluster_slug):
        return None
    return queue_mail(
        to=evidence.email,
        subject=subject,
        template=template,
        context=context,
        language=evidence.language,
        key=key,
        unsubscribe_url=unsubscribe_url(evidence),
        purpose=purpose_code(consent.purpose, consent.cluster_slug),
    )
