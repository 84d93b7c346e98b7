"""What people can agree to, and in which words.

The words are law: whoever changes one gives the purpose a new version (`consents/tests/test_wordings.py` holds the
digest of each). They are no texts of the interface, because a record shows them in both languages.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """One thing to agree to. `{name}` in the words is the region, the cluster or the network."""

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
BELONGS = Purpose(
    "network-membership",
    _("Membership in a network"),
    1,
    "Ich möchte dem Netzwerk „{name}“ angehören. Dafür werden mein Name, meine E-Mail-Adresse und, wenn ich sie nenne, "
    "meine Organisation gespeichert. Die Netzwerkkoordination sieht sie. Ich kann jederzeit austreten.",
    "I would like to belong to the network “{name}”. For this my name, my e-mail address and, if I name it, my "
    "organisation are stored. The coordinators of the network see them. I can leave at any time.",
)
SEEN_BY_MEMBERS = Purpose(
    "network-members",
    _("Visible to the members of a network"),
    1,
    "Die Mitglieder des Netzwerks „{name}“ dürfen meinen Namen und meine Organisation sehen. Das kann ich jederzeit "
    "widerrufen.",
    "The members of the network “{name}” may see my name and my organisation. I can withdraw this at any time.",
)
SEEN_BY_CLUSTER = Purpose(
    "network-cluster",
    _("Visible to the cluster of a network"),
    1,
    "Wer im Cluster angemeldet ist, darf sehen, dass ich dem Netzwerk „{name}“ angehöre, mit meinem Namen und meiner "
    "Organisation. Das kann ich jederzeit widerrufen.",
    "Whoever is signed in to the cluster may see that I belong to the network “{name}”, with my name and my "
    "organisation. I can withdraw this at any time.",
)
PURPOSES = {purpose.key: purpose for purpose in (NEWSLETTER, BELONGS, SEEN_BY_MEMBERS, SEEN_BY_CLUSTER)}
PAGES: dict[str, str] = {}
"""Where a consent is withdrawn with which something else ends: purpose to the name of an address that takes the scope.
The subjects above say so as they start (`networks/apps.py`)."""
