"""The office tells all who are on site."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.congress.actions.congresses import slug_of
from mitwerk.congress.models import Bulletin, Congress
from mitwerk.core.translated import Translated


@transaction.atomic
def post_bulletin(*, congress: Congress, text: Translated, key: str, actor: User) -> tuple[Bulletin, bool]:
    """It stands until the day is over. Sent twice it is one; with it whether it is new."""
    now = timezone.now()
    until = timezone.make_aware(dt.datetime.combine(timezone.localdate(now) + dt.timedelta(days=1), dt.time()))
    said = {"text": text, "until": until, "by": actor, "at": now}
    bulletin, is_new = Bulletin.objects.get_or_create(congress=congress, key=key, defaults=said)
    if is_new:
        record_audit(verb="bulletin.post", target=bulletin, actor=actor, cluster_slug=slug_of(congress))
    return bulletin, is_new
