from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoomsConfig(AppConfig):
    name = "mitwerk.rooms"
    label = "rooms"
    verbose_name = _("Rooms of networks")
    default_auto_field = "django.db.models.BigAutoField"
