"""A coordinator starts a wave: the next people of the list are invited, in the background (`actions/sending.py`)."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.networks import tasks
from mitwerk.networks.actions.people import record_network
from mitwerk.networks.models import ListRow, Network, Wave
from mitwerk.networks.queries.waves import MOST_A_WAVE, invitable_rows, left_today


@transaction.atomic
def start_wave(*, network: Network, most: int, ends_at: datetime, legal_basis: str, language: str, actor: User) -> Wave:
    """Invite the next rows of the list, in the background. Raises `Refused` beyond what a day may hold."""
    Network.objects.select_for_update().get(pk=network.pk)  # one after the other
    most = min(most, MOST_A_WAVE)
    if most > left_today(network):
        raise Refused(_("That are too many for one day. Send fewer, or go on tomorrow."))
    rows = list(invitable_rows(network).values_list("pk", flat=True)[:most])
    if not rows:
        raise Refused(_("Nobody waits to be invited."))
    wave = Wave.objects.create(
        network=network, by=actor, ends_at=ends_at, legal_basis=legal_basis, language=language, total=len(rows)
    )
    ListRow.objects.filter(pk__in=rows).update(wave=wave)
    record_network("network.start_wave", network, actor, wave=wave.public_id, rows=len(rows))
    transaction.on_commit(partial(tasks.send.enqueue, wave.pk))
    return wave
