"""What would make a profile more useful, as things to do; no score."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitwerk.profiles.queries.content import Content


@dataclass(frozen=True)
class Step:
    """Something to do next, with why it is worth it, and the section where it is done."""

    section: str
    title: str | Promise
    why: str | Promise


def next_steps(content: Content) -> list[Step]:
    """In the order in which they help readers most; what is there already is not named."""
    steps = [*_texts(content), *_skills(content)]
    if not any(row["name_visibility"] == "public" or _has_public_way(row) for row in content["contacts"]):
        steps.append(
            Step("contacts", _("Name somebody to turn to"), _("Without a contact that everybody sees, nobody calls."))
        )
    if not content["town"]:
        steps.append(Step("places", _("Say where you are"), _("Then you stand on the map and are found by place.")))
    if not content["website"]:
        steps.append(Step("about", _("Give your website"), _("Readers want to look further.")))
    if not content["sectors"]:
        steps.append(Step("about", _("Choose the sectors you work for"), _("Firms of other clusters look by sector.")))
    if not (content["size"] or content["employees"]) or not content["founded"]:
        steps.append(Step("about", _("Give size and founding year"), _("Partners want to know whom they deal with.")))
    if not content["logo"]:
        steps.append(Step("logo", _("Put in your logo"), _("You are recognised at once, in lists and on the map.")))
    return steps


def _texts(content: Content) -> list[Step]:
    """A text in each language, the German and the English one as two things to do."""
    missing = [code for code, _name in settings.LANGUAGES if not content["description"].get(code)]
    titles = {"de": _("Describe yourselves in German"), "en": _("Describe yourselves in English")}
    why = _("Two or three sentences: what you do, and for whom. Readers of the other language see a foreign text now.")
    return [Step("about", titles[code], why) for code in missing]


def _skills(content: Content) -> list[Step]:
    steps = []
    if not content["competences"]:
        steps.append(
            Step("competences", _("Say what you can do"), _("Competences are what you are found by most often."))
        )
    if not content["references"]:
        steps.append(Step("references", _("Name a reference"), _("One finished project says more than ten claims.")))
    elif any(not row["concepts"] for row in content["references"]):
        steps.append(
            Step("references", _("Say what each reference proves"), _("Then it stands beside that competence."))
        )
    return steps


def _has_public_way(row: Content) -> bool:
    return any(row[way] and row[f"{way}_visibility"] == "public" for way in ("email", "phone"))
