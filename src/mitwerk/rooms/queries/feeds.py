"""The secret addresses of calendars."""

from django.utils.crypto import constant_time_compare, salted_hmac

from mitwerk.rooms.models import Feed

SALT = "mitwerk.rooms.feed"


def token_of(feed: Feed) -> str:
    """The secret part of the address. No capitals: a missing page with one is sent on."""
    return f"{feed.public_id}-{salted_hmac(SALT, feed.nonce, algorithm='sha256').hexdigest()}"


def feed_by_token(token: str) -> Feed | None:
    """Whose address it is, for as long as they could open the door of the room (TRUST A9)."""
    name = token.partition("-")[0]
    feeds = Feed.objects.filter(person__until=None, person__person__user__is_active=True)
    found = feeds.select_related("person__network").filter(public_id=name[:16]).first()
    if found is None or not constant_time_compare(token_of(found), token):
        return None
    return found
