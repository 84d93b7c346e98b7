from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetencesConfig(AppConfig):
    name = "mitwerk.competences"
    label = "competences"
    verbose_name = _("Competences")
    default_auto_field = "django.db.models.BigAutoField"
