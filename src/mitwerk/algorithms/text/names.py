"""Names of organisations, for comparing: *Müller & Söhne GmbH & Co. KG* and *Mueller und Soehne* are one."""

import re

from mitwerk.algorithms.text.folding import fold

# Written without spaces and punctuation: "e. V." and "eV" both are "ev".
_LEGAL_FORMS = frozenset(
    """
    gmbh ggmbh mbh kg kgaa ohg gbr ag se eg ev ek ekfr ekfm ug ughaftungsbeschraenkt ughaftungsbeschraenktcokg gug
    gmbhcokg gmbhundcokg gmbhucokg gmbhcokgaa gmbhundcokgaa gmbhcoohg gmbhundcoohg agcokg agundcokg agcokgaa agundcokgaa
    secokgaa seundcokgaa secokg seundcokg ugundcokg ugcokg cokg undcokg cokgaa undcokgaa coohg undcoohg undco
    gmbhig gmbhil gmbhinsolvenz partg partgmbb partmbb mbb aoer koer vvag sce ewiv stille
    aktiengesellschaft kommanditgesellschaft eingetragenerverein eingetragenegenossenschaft
    gesellschaftmitbeschraenkterhaftung gemeinnuetzigegmbh gemeinnuetzigegesellschaftmitbeschraenkterhaftung
    unternehmergesellschaft unternehmergesellschafthaftungsbeschraenkt haftungsbeschraenkt
    ltd limited inc incorporated llc llp plc corp corporation bv nv sa sas sarl spa srl sro doo spzoo as ab oy oyj aps
    """.split()
)
_MAX_FORM_WORDS = 6
_MAX_NAME = 1_000  # characters; a longer name is cut


def _form_at(words: list[str], at: int) -> int:
    """How many words from ``at`` on are a legal form, the longest reading; 0 where they are none."""
    for count in range(min(_MAX_FORM_WORDS, len(words) - at), 0, -1):
        if "".join(words[at : at + count]) in _LEGAL_FORMS:
            return count
    return 0


def normalise_name(name: str) -> str:
    """The comparison form of a name: folded words and single spaces, without punctuation and legal forms.

    A legal form counts anywhere but at the beginning (*AG Energiebilanzen* keeps its *ag*, *SAP SE & Co. KG Leipzig*
    loses ``se co kg``), ``&`` and ``+`` between words are *und*. A name of nothing but legal forms stays as it is.
    """
    folded = re.sub(r"(?<=\w)\s*[&+]\s*(?=\w)", " und ", fold(name[:_MAX_NAME]))
    words = re.sub(r"[\W_]+", " ", folded.replace("'", "").replace("’", "")).split()
    kept: list[str] = []
    at = 0
    while at < len(words):
        count = _form_at(words, at) if kept else 0
        if not count:
            kept.append(words[at])
        at += count or 1
    return " ".join(kept)
