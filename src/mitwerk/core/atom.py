"""Atom feeds: in one language, with ids that stay when an installation moves to another address."""

from uuid import NAMESPACE_URL, uuid5

from django.utils.feedgenerator import Atom1Feed


class LanguageFeed(Atom1Feed):
    """Django's feed, which says its language as XML does."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xml:lang": self.feed["language"]}


def stable_id(name: str) -> str:
    """An Atom id that depends on nothing but our own ids: the same on every host, for ever."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://mitwerk.invalid/{name}')}"
