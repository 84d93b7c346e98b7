from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CongressConfig(AppConfig):
    name = "mitwerk.congress"
    verbose_name = _("Congress")
