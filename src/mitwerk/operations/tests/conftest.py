"""The small region in a folder of its own, and a way to load it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from mitwerk.operations.tests.small_region import Load, write_small_region


@pytest.fixture
def small(tmp_path: Path, settings: Any) -> Path:
    settings.ROOT = tmp_path
    return write_small_region(tmp_path)


@pytest.fixture
def load() -> Load:
    """Loads a folder and gives the report; `CommandError` where nothing could be loaded."""

    def run(folder: Path, *arguments: str, command: str = "load_region") -> dict[str, Any]:
        out = StringIO()
        call_command(command, str(folder), "--json", *arguments, stdout=out)
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    return run
