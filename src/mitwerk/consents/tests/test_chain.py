"""The record of a consent cannot be changed unseen, can be read, and outlives the account without a name (TRUST P3)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from mitwerk.actors.tests.cast import Cast
from mitwerk.consents.actions import forget_address, withdraw_consent
from mitwerk.consents.models import Consent, Evidence, Wording
from mitwerk.consents.purposes import PURPOSES
from mitwerk.consents.queries import broken_links, digest_of, has_consent
from mitwerk.consents.tests.test_newsletter import ADDRESS, confirmed
from mitwerk.core.append_only import take_away

WORDS = {
    ("newsletter", 1): "d0fb",
    ("network-membership", 1): "c69f",
    ("network-members", 1): "8b42",
    ("network-cluster", 1): "05bb",
}
"""First letters of the digest of each version's words. A change of words is a new version; the old line stays."""


def test_words_do_not_change_without_a_new_version() -> None:
    found = {(one.key, one.version): digest_of([one.de, one.en])[:4] for one in PURPOSES.values()}
    assert {key: WORDS.get(key) for key in found} == found


@pytest.mark.parametrize("model", [Consent, Wording])
def test_nobody_changes_or_deletes_a_link(cast: Cast, model: type[Consent]) -> None:
    confirmed()
    for act in (
        lambda: model.objects.update(purpose="x"),
        lambda: model.objects.all()._raw_delete(using="default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_what_the_owner_of_the_database_changes_is_seen(cast: Cast) -> None:
    first, second = confirmed(), confirmed("zwei@example.org")
    assert (broken_links(), first.consent.form) == ([], "/de/it/newsletter/")
    take_away(connection, "consents_consent")
    Consent.objects.filter(pk=first.consent_id).update(form="/other/")
    assert broken_links() == [first.consent.public_id]
    Consent.objects.filter(pk=first.consent_id).update(form=first.consent.form)
    Evidence.objects.filter(pk=second.pk).update(email="drei@example.org")
    assert broken_links() == [second.consent.public_id]
    Evidence.objects.filter(pk=first.pk).delete()
    Consent.objects.filter(pk=first.consent_id)._raw_delete(using="default")
    assert broken_links() == [second.consent.public_id]


def proof() -> str:
    out = StringIO()
    call_command("consent_proof", ADDRESS, stdout=out)
    return out.getvalue()


def test_the_proof_says_everything_and_after_the_account_only_what_must_stay(cast: Cast) -> None:
    confirmed()
    given = proof()
    words = ("IT-Cluster", "wording, version 1", "on /de/it/newsletter/", f"address: {ADDRESS}", "asked at", "| Jemand")
    assert [word in given for word in words] == [True] * len(words)
    assert given.endswith("Chain: unbroken\n")
    forget_address(email=ADDRESS)
    left = proof()
    assert ("1. given" in left, "2. withdrawn" in left, "how: erased" in left, "deleted with the account" in left) == (
        True,
        True,
        True,
        True,
    )
    assert (Evidence.objects.count(), has_consent(ADDRESS, "newsletter", "it"), broken_links()) == (0, False, [])
    stored = str(list(Consent.objects.values()))
    assert "leserin" not in stored


def test_withdrawing_what_was_never_given_writes_nothing(cast: Cast) -> None:
    assert withdraw_consent(email=ADDRESS, purpose="newsletter", how=Consent.How.PAGE) is False
    assert (Consent.objects.count(), "Nothing is known." in proof()) == (0, True)
