"""A list of A's network: one row is not kept yet, another one is invited in a wave."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from mitwerk.networks.models import ListRow, PeopleList, Wave
from mitwerk.networks.tests.cast import Networks


def list_records(networks: Networks) -> dict[str, Model]:
    """Made without a worker; nobody is invited by it."""
    now, network = timezone.now(), networks.heads
    opened = PeopleList.objects.create(
        network=network, file_name="liste.csv", heads=["Name"], columns=["contact_name"], cells=[[2, ["Wer da steht"]]]
    )
    row = ListRow.objects.create(network=network, source=opened, number=2, name="Wer da steht", problem="email")
    kept = PeopleList.objects.create(network=network, kept_at=now)
    wave = Wave.objects.create(
        network=network, ends_at=now + timedelta(days=30), legal_basis="x", language="de", total=1, sent_at=now
    )
    ListRow.objects.create(network=network, source=kept, number=1, name="W", email="welle@example.org", wave=wave)
    return {"lists": opened, "rows of lists": row, "waves": wave}


def places_of_lists(records: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """What stands in the places of its addresses."""
    of_list = ("list_detail", "list_columns", "list_keep", "list_discard")
    return {
        **{(f"networks:{name}", "public_id"): records["lists"].public_id for name in of_list},
        **{(f"networks:row_{verb}", "public_id"): records["rows of lists"].public_id for verb in ("change", "remove")},
        ("networks:wave_detail", "public_id"): records["waves"].public_id,
        ("networks:my_invitation_decline", "public_id"): records["network invitations"].public_id,
        ("networks:my_consents", "public_id"): records["networks"].public_id,
    }
