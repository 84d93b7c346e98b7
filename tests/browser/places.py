"""The public pages a browser looks at: one of each kind, in both languages."""

from typing import NamedTuple


class Place(NamedTuple):
    """A page by its address in German and English."""

    name: str
    de: str
    en: str

    def path(self, language: str) -> str:
        return self.de if language == "de" else self.en


PLACES = [
    Place("region home", "/de/", "/en/"),
    Place("cluster home", "/de/it/", "/en/it/"),
    Place("news list", "/de/it/aktuelles/", "/en/it/news/"),
    Place(
        "news article",
        "/de/it/aktuelles/it-cluster-startet-vier-projekte/",
        "/en/it/news/it-cluster-starts-four-projects/",
    ),
    Place("directory", "/de/akteure/", "/en/organisations/"),
    Place("directory of a cluster", "/de/it/akteure/?kind=company", "/en/it/organisations/?kind=company"),
    Place("directory as a map", "/de/akteure/?view=map", "/en/organisations/?view=map"),
    Place("empty directory", "/de/akteure/?q=zeppelinhangar", "/en/organisations/?q=zeppelinhangar"),
    Place("profile", "/de/it/akteure/gisa-gmbh/", "/en/it/organisations/gisa-gmbh/"),
    Place("claim form", "/de/akteure/gisa-gmbh/uebernehmen/", "/en/organisations/gisa-gmbh/claim/"),
    Place("competences", "/de/it/kompetenzen/", "/en/it/competences/"),
    Place("competence", "/de/kompetenzen/online-shops/", "/en/competences/online-shops/"),
    Place("projects", "/de/projekte/", "/en/projects/"),
    Place("story", "/de/it/projekte/leitbild-des-it-clusters/", "/en/it/projects/leitbild-des-it-clusters/"),
    Place("networks", "/de/netzwerke/", "/en/networks/"),
    Place("network", "/de/it/netzwerke/i-kam/", "/en/it/networks/i-kam/"),
    Place("newsletter", "/de/newsletter/", "/en/newsletter/"),
    Place("newsletter, one more step", "/de/it/newsletter/mail/", "/en/it/newsletter/mail/"),
    Place("events", "/de/termine/", "/en/events/"),
    Place(
        "event",
        "/de/termine/auftakttreffen-zum-mitteldeutschen-it-cluster/",
        "/en/events/auftakttreffen-zum-mitteldeutschen-it-cluster/",
    ),
    Place("needs", "/de/bedarfe/", "/en/needs/"),
    Place("need form", "/de/bedarf-melden/", "/en/report-a-need/"),
    Place("contact form", "/de/it/kontakt/", "/en/it/contact/"),
    Place("search", "/de/suche/?q=Softwarelösungen", "/en/search/?q=software"),
    Place("search without result", "/de/suche/?q=zeppelinhangar", "/en/search/?q=zeppelinhangar"),
    Place("imprint", "/de/impressum/", "/en/imprint/"),
    Place("privacy", "/de/datenschutz/", "/en/privacy/"),
    Place("accessibility", "/de/barrierefreiheit/", "/en/accessibility/"),
    Place("not found", "/de/gibt-es-nicht/", "/en/no-such-page/"),
    Place("sign in", "/de/konto/login/", "/en/account/login/"),
]
