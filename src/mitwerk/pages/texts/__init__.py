"""The first words of the pages with a job, as files next to this one: title, lead, then the text.

They are put into the tree once; from then on they belong to the editors.
"""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import override

TEXTS = ("about", "how_we_work", "imprint", "privacy", "accessibility")

_LINKS = {
    "contact": "clusters:contact",
    "membership": "clusters:membership",
    "organisations": "portal:organisation_list",
    "competences": "portal:competence_list",
    "projects": "projects:project_list",
    "networks": "networks:network_list",
    "events": "events:event_list",
    "need_report": "matching:need_report",
    "news": "pages:news_list",
    "imprint": "pages:imprint",
    "privacy": "pages:privacy",
    "accessibility": "pages:accessibility",
    "how_we_work": "pages:how_we_work",
}


def text_of(kind: str, language: str) -> tuple[str, str, str]:
    """Title, lead and rich text of a page; `{{name}}` stands for one of our addresses in that language."""
    words = (Path(__file__).parent / f"{kind}.{language}.html").read_text(encoding="utf-8")
    title, lead, body = words.split("\n", 2)
    with override(language):
        for name, view in _LINKS.items():
            body = body.replace("{{" + name + "}}", reverse(view))
    return title.strip(), lead.strip(), body.strip()
