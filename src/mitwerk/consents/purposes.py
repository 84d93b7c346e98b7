"""What people can agree to, and in which words.

The words are law: whoever changes one gives the purpose a new version (`consents/tests/test_wordings.py` holds the
digest of each). They are no texts of the interface, because a record shows them in both languages.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """One thing to agree to. `{name}` in the words is the region or the cluster."""

    key: str
    label: str | Promise
    version: int
    de: str
    en: str


NEWSLETTER = Purpose(
    "newsletter",
    _("Newsletter"),
    1,
    "Ich möchte den Newsletter von {name} per E-Mail erhalten: Neuigkeiten, Termine und Projekte. Dafür wird meine "
    "Adresse gespeichert und an niemanden weitergegeben. Meine Einwilligung kann ich jederzeit widerrufen, mit einem "
    "Klick in jeder Mail oder unter „Mein Konto“.",
    "I would like to receive the newsletter of {name} by e-mail: news, events and projects. For this my address is "
    "stored and given to nobody. I can withdraw my consent at any time, with one click in every mail or under "
    "“My account”.",
)
PURPOSES = {purpose.key: purpose for purpose in (NEWSLETTER,)}
