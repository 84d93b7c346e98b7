"""What the office has told all who are on site."""

from django.db.models import QuerySet
from django.utils import timezone

from mitwerk.congress.models import Bulletin, Congress

SHOWN = 5


def bulletins_of(congress: Congress) -> QuerySet[Bulletin]:
    """Those that stand now, the latest first."""
    now = timezone.now()
    return congress.bulletins.filter(at__lte=now, until__gt=now).order_by("-at", "-pk")[:SHOWN]
