from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentsConfig(AppConfig):
    name = "mitwerk.consents"
    label = "consents"
    verbose_name = _("Consents")
    default_auto_field = "django.db.models.BigAutoField"
