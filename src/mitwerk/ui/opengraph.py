"""The picture a page shows when somebody shares its address.

Its own address holds the words and a signature, so that nobody can have the server draw other words. Typst draws it:
texts go in as data, nothing is fetched.
"""

import json
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.core import signing
from django.urls import reverse

from mitwerk.algorithms.emblem import colours_for, emblem_svg, panel_svg
from mitwerk.ui.typeset import compiled

SALT = "opengraph"
LONGEST_TITLE = 140
SOURCE = Path(__file__).parent / "typst" / "card.typ"


class Card(TypedDict):
    """What is on the picture: name of the home, title of the page, emblem key, accent colour ``#rrggbb``."""

    home: str
    title: str
    key: str
    accent: str


def card_url(card: Card) -> str:
    """Absolute address of the picture; the same words always give the same address."""
    token = signing.Signer(salt=SALT).sign_object(card, compress=True)
    return str(settings.BASE_URL) + reverse("ui:opengraph", kwargs={"token": token})


def read_card(token: str) -> Card | None:
    """The card a token describes, or None when it was not made here."""
    try:
        card = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Card(home=card["home"], title=card["title"], key=card["key"], accent=card["accent"])


def draw_card(card: Card) -> bytes:
    """PNG of 1200 × 630 px. A long title is cut at a word."""
    title = card["title"]
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    colours = colours_for(card["accent"])
    data = {
        "home": card["home"],
        "title": title,
        "accent": card["accent"],
        "emblem": emblem_svg(card["key"], 64, colours),
        "panel": panel_svg(card["key"], 4, 6, colours),
    }
    return compiled(SOURCE, {"data": json.dumps(data, ensure_ascii=False)}, format="png", ppi=72.0)
