from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mitwerk.config"
    label = "config"

    def ready(self) -> None:
        from mitwerk.config import checks  # noqa: F401  (registers the system checks)
