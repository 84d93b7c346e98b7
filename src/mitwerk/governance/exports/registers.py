"""What others read of ballots and resolutions."""

import json
from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from mitwerk.algorithms.text_units import holdable
from mitwerk.clusters.exports import inside
from mitwerk.clusters.models import Cluster, Region
from mitwerk.core.atom import LanguageFeed, stable_id
from mitwerk.core.jsonld import absolute
from mitwerk.governance.models import Ballot, Resolution
from mitwerk.governance.queries import final_file


def ballot_json(ballot: Ballot) -> str:
    """The published file of a closed ballot, for `verify_ballot.py` and for people; the same bytes every time."""
    return json.dumps(final_file(ballot), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def resolution_feed(
    resolutions: Iterable[Resolution], home: Cluster | Region | None, cluster: Cluster | None, language: str
) -> bytes:
    """The latest resolutions as an Atom document, in one language."""
    name = home.menu_name if home else "Mitwerk"
    feed = LanguageFeed(
        title=f"{name}: {_('Resolutions')}",
        link=absolute(reverse("governance:resolution_list", kwargs=inside(cluster))),
        description="",
        language=language,
        author_name=name,
        feed_url=absolute(reverse("governance:resolution_feed", kwargs=inside(cluster))),
        feed_guid=stable_id(f"resolutions/{home.public_id if home else 'mitwerk'}/{language}"),
    )
    for one in resolutions:
        decided = datetime.combine(one.decided_on, time(), get_default_timezone())
        feed.add_item(
            title=holdable(f"{one.code} {one.title}"),
            link=absolute(one.address(cluster.slug if cluster else None)),
            description=holdable(str(one.wording)),
            author_name=holdable(str(one.body.name)),
            pubdate=decided,
            updateddate=max(decided, one.updated_at),
            unique_id=stable_id(f"resolution/{one.public_id}/{language}"),
        )
    return feed.writeString("utf-8").encode()
