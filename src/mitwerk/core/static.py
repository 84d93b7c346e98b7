"""How static files are stored: hashed names, compressed once at set-up instead of at each request."""

from typing import Any

from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Gzip always; Brotli only when asked for (`STATIC_BROTLI`), because it takes minutes instead of seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The hashed address, remembered: the manifest is read once per process, and a page names twelve files."""
        if settings.DEBUG or force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=settings.STATIC_BROTLI, **options)
