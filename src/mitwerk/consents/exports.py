"""The proof of a consent, for a lawyer to read."""

from collections.abc import Iterator

from mitwerk.consents.models import Consent
from mitwerk.consents.queries import address_hash, broken_links


def proof_of(email: str) -> str:
    """Everything the chain knows of an address, oldest first, and whether the chain is whole."""
    steps = Consent.objects.filter(address_hash=address_hash(email)).select_related("wording", "evidence")
    lines = [f"Consents of {email}", f"Known by: {address_hash(email)}"]
    for number, step in enumerate(steps.order_by("pk"), 1):
        lines += ["", f"{number}. {step.kind} at {step.at.isoformat()}", *_said(step)]
    if len(lines) == 2:
        lines += ["", "Nothing is known."]
    broken = broken_links()
    lines += ["", f"Chain: {'broken at ' + ', '.join(broken) if broken else 'unbroken'}"]
    return "\n".join(lines)


def _said(step: Consent) -> Iterator[str]:
    yield f"   purpose: {step.purpose}{' of ' + step.cluster_slug if step.cluster_slug else ''}"
    yield f"   how: {step.how}, by the holder of the address"
    yield f"   record: {step.public_id}, digest {step.digest}"
    if step.kind != Consent.Kind.GIVEN:
        return
    yield f"   asked at: {step.asked_at.isoformat() if step.asked_at else '-'} on {step.form}"
    yield f"   wording, version {step.wording.version}:"
    yield f"     de: {step.wording.text_de}"
    yield f"     en: {step.wording.text_en}"
    evidence = getattr(step, "evidence", None)
    if evidence is None:
        yield "   address and mail were deleted with the account"
        return
    yield f"   address: {evidence.email}"
    yield "   mail:"
    yield from (f"     | {line}" for line in evidence.mail_text.splitlines())
