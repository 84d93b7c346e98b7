from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "mitwerk.core"
    label = "core"

    def ready(self) -> None:
        from mitwerk.core import checks  # noqa: F401  (registers the system checks)
        from mitwerk.core.database import prepare_connection

        connection_created.connect(prepare_connection, dispatch_uid="core.prepare_connection")
