"""What waits for somebody on their desk."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.core.desk import DeskRow
from mitwerk.networks.queries.affiliations import waiting_affiliations
from mitwerk.networks.queries.joining import waiting_join_requests
from mitwerk.networks.queries.people import waiting_network_invitations


def desk_rows(user: Any) -> list[DeskRow]:
    """Invitations to networks, proposals of agreements, and people who ask to join."""
    invitations = [
        DeskRow(
            title=_("Invitation"),
            text=invitation.offer,
            url=reverse("networks:my_invitation", args=[invitation.public_id]),
            action=_("See the invitation"),
            due=timezone.localdate(invitation.expires_at),
        )
        for invitation in waiting_network_invitations(user)
    ]
    proposals = [
        DeskRow(
            title=_("Affiliation agreement"),
            text=f"{one.network} · {one.cluster}",
            url=reverse("networks:affiliation_detail", args=[one.network.slug, one.public_id]),
            action=_("Read the proposal"),
        )
        for one in waiting_affiliations(user)
    ]
    requests = [
        DeskRow(
            title=_("Asks to join"),
            text=f"{one.organisation} · {one.network}",
            url=reverse("networks:join_list", args=[one.network.slug]),
            action=_("Answer"),
        )
        for one in waiting_join_requests(user)
    ]
    return [*invitations, *proposals, *requests]
