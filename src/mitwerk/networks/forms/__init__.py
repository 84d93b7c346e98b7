"""Forms of networks."""

from mitwerk.networks.forms.people import NetworkInviteForm

__all__ = ["NetworkInviteForm"]
