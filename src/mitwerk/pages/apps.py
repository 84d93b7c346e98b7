from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "mitwerk.pages"
    label = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mitwerk.actors.actions import organisations_merged
        from mitwerk.pages import checks  # noqa: F401  (registers the system checks)
        from mitwerk.pages.actions import follow_merge
        from mitwerk.pages.documents import NEWS
        from mitwerk.search.documents import register
        from mitwerk.search.freshness import listen

        register(NEWS)
        listen(NEWS)
        organisations_merged.connect(follow_merge, dispatch_uid="pages.merge")
