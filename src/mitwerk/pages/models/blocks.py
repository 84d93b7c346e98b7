"""The blocks editors arrange. They hold words and choices only; what is live is read when the page is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from mitwerk.pages.models.choosers import OrganisationChooserBlock, ProjectChooserBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
"""What editors may write: no embeds from elsewhere, no pictures outside the block made for them."""


def _heading() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("heading"), required=False, max_length=80, help_text=_("Empty: the usual heading."))


def _how_many(default: int, most: int = 24) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=_("how many"), default=default, min_value=1, max_value=most)


class HeroBlock(blocks.StructBlock):
    """The first words, and the box to describe a need in."""

    claim = blocks.CharBlock(
        label=_("claim"), required=False, max_length=90, help_text=_("Empty: the claim of the cluster or region.")
    )
    intro = blocks.TextBlock(
        label=_("introduction"), required=False, max_length=400, rows=3, help_text=_("Empty: its description.")
    )
    shows_examples = blocks.BooleanBlock(
        label=_("shows needs as examples"), required=False, default=True, help_text=_("Taken from published needs.")
    )

    class Meta:
        label = _("Opening with search")
        icon = "pick"
        template = "pages/blocks/hero.html"


class NumbersBlock(blocks.StructBlock):
    """Counted when the page is shown."""

    class Meta:
        label = _("Live numbers")
        icon = "order"
        template = "pages/blocks/numbers.html"


class NewsBlock(blocks.StructBlock):
    heading = _heading()
    count = _how_many(5, 12)

    class Meta:
        label = _("Latest news")
        icon = "doc-full"
        template = "pages/blocks/news.html"


class StoriesBlock(blocks.StructBlock):
    heading = _heading()
    count = _how_many(3, 9)

    class Meta:
        label = _("Project stories")
        icon = "success"
        template = "pages/blocks/stories.html"


class CompetencesBlock(blocks.StructBlock):
    heading = _heading()
    count = _how_many(7, 20)

    class Meta:
        label = _("Key competences")
        icon = "list-ul"
        template = "pages/blocks/competences.html"


class ActorsBlock(blocks.StructBlock):
    heading = _heading()
    count = _how_many(12, 48)

    class Meta:
        label = _("Actors")
        icon = "group"
        template = "pages/blocks/actors.html"


class CongressBlock(blocks.StructBlock):
    """The next congress, else the next date, else the last one with its date."""

    text = blocks.TextBlock(
        label=_("text"), required=False, max_length=400, rows=3, help_text=_("Empty: the description of the event.")
    )

    class Meta:
        label = _("Next congress or date")
        icon = "date"
        template = "pages/blocks/congress.html"


class NetworksBlock(blocks.StructBlock):
    heading = _heading()
    count = _how_many(4)

    class Meta:
        label = _("Networks")
        icon = "link"
        template = "pages/blocks/networks.html"


class CharterBlock(blocks.StructBlock):
    """What the members agreed on: a project that tells of it, or a page that holds it."""

    heading = _heading()
    project = ProjectChooserBlock(label=_("project"), required=False)
    page = blocks.PageChooserBlock(label=_("or page"), required=False)
    text = blocks.TextBlock(label=_("text"), required=False, max_length=600, rows=3)

    class Meta:
        label = _("Charter")
        icon = "form"
        template = "pages/blocks/charter.html"


class NeedsBlock(blocks.StructBlock):
    heading = _heading()
    count = _how_many(4, 12)

    class Meta:
        label = _("What firms look for")
        icon = "help"
        template = "pages/blocks/needs.html"


class VoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("what the member says"), max_length=400, rows=3)
    organisation = OrganisationChooserBlock(label=_("organisation"))

    class Meta:
        label = _("voice")
        icon = "openquote"


class VoicesBlock(blocks.StructBlock):
    """Words of members, in the language of the page. Nothing is shown while there are none."""

    heading = _heading()
    voices = blocks.ListBlock(VoiceBlock(), label=_("voices"), min_num=0, max_num=6, default=[])

    class Meta:
        label = _("Voices of members")
        icon = "openquote"
        template = "pages/blocks/voices.html"


class CallsBlock(blocks.StructBlock):
    reports_need = blocks.BooleanBlock(label=_("report a need"), required=False, default=True)
    becomes_member = blocks.BooleanBlock(label=_("become a member"), required=False, default=True)

    class Meta:
        label = _("Calls to action")
        icon = "arrow-right"
        template = "pages/blocks/calls.html"


class ClustersBlock(blocks.StructBlock):
    heading = _heading()

    class Meta:
        label = _("Clusters of the region")
        icon = "folder-open-inverse"
        template = "pages/blocks/clusters.html"


class MapBlock(blocks.StructBlock):
    heading = _heading()

    class Meta:
        label = _("Map of the region")
        icon = "site"
        template = "pages/blocks/map.html"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        label = _("Picture with caption")
        icon = "image"
        template = "pages/blocks/picture.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "pages/blocks/text.html"


TEXT_BLOCKS: list[tuple[str, Any]] = [
    ("text", TextBlock(features=FEATURES)),
    ("picture", PictureBlock()),
]
_SHARED: list[tuple[str, Any]] = [
    ("hero", HeroBlock()),
    ("numbers", NumbersBlock()),
    ("news", NewsBlock()),
    ("stories", StoriesBlock()),
    ("competences", CompetencesBlock()),
    ("actors", ActorsBlock()),
    ("congress", CongressBlock()),
    ("networks", NetworksBlock()),
    ("needs", NeedsBlock()),
    ("voices", VoicesBlock()),
    ("calls", CallsBlock()),
    *TEXT_BLOCKS,
]
CLUSTER_BLOCKS = [*_SHARED, ("charter", CharterBlock())]
REGION_BLOCKS = [*_SHARED, ("clusters", ClustersBlock()), ("map", MapBlock())]
