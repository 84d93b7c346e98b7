"""Forms of networks."""

from mitwerk.networks.forms.affiliations import AffiliationForm, AgreeForm, EndForm
from mitwerk.networks.forms.pages import JoinForm, OwnPageForm
from mitwerk.networks.forms.people import NetworkInviteForm

__all__ = ["AffiliationForm", "AgreeForm", "EndForm", "JoinForm", "NetworkInviteForm", "OwnPageForm"]
