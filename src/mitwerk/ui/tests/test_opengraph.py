"""Pictures of shared pages: ours alone can be asked for, and words stay words."""

from io import BytesIO

from django.core import signing
from django.test import Client
from PIL import Image

from mitwerk.ui.opengraph import SALT, Card, card_url, draw_card, read_card

CARD = Card(home="IT", title='#panic("x") $ \\ "Mühlen"', key="abc", accent="#1d4e9e")


def token(card: Card) -> str:
    return card_url(card).rsplit("/", 1)[1].removesuffix(".png")


def test_markup_in_a_title_is_drawn_not_run() -> None:
    assert Image.open(BytesIO(draw_card(CARD))).size == (1200, 630)


def test_only_words_signed_here_are_drawn(db: None, client: Client) -> None:
    good = token(CARD)
    answer = client.get(f"/opengraph/{good}.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert client.get(f"/opengraph/{good[:-2]}xx.png").status_code == 404
    foreign = signing.Signer(key="another key", salt=SALT).sign_object(CARD, compress=True)
    assert read_card(foreign) is None


def test_the_same_words_have_the_same_address() -> None:
    assert card_url(CARD) == card_url(Card(**CARD))
    assert card_url(CARD) != card_url(Card(home="IT", title="other", key="abc", accent="#1d4e9e"))
