from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    name = "mitwerk.networks"
    label = "networks"
    verbose_name = _("Networks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Who withdraws one of these is shown to fewer people at once, so it is done on the page of the network."""
        from mitwerk.consents.purposes import BELONGS, PAGES, SEEN_BY_CLUSTER, SEEN_BY_MEMBERS

        PAGES.update({purpose.key: "networks:my_consents" for purpose in (BELONGS, SEEN_BY_MEMBERS, SEEN_BY_CLUSTER)})
