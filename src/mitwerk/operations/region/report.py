"""What loading a folder did, in counts and in refused rows."""

from dataclasses import asdict, dataclass, field
from typing import Any

from mitwerk.core.saving import Tally


class FileError(Exception):
    """A file that cannot be used at all. Nothing is written when there is one."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


@dataclass(frozen=True)
class Refusal:
    """A row that was left out: where it stands (rows count from 1) and what is wrong with it."""

    file: str
    row: int
    field: str
    reason: str
    id: str = ""

    def __str__(self) -> str:
        named = f" ({self.id})" if self.id else ""
        return f"{self.file}, row {self.row}{named}, field {self.field}: {self.reason}"


@dataclass
class FileReport:
    """One file's part of the report. `notes` tell what was loaded but could not be matched or placed."""

    file: str
    tally: Tally = field(default_factory=Tally)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.file}: {sentence(self.tally)}" + (f", {len(self.refused)} refused" if self.refused else "")


@dataclass
class Report:
    """The whole load. `is_written` is False when `--strict` took everything back."""

    files: list[FileReport] = field(default_factory=list)
    is_written: bool = True

    @property
    def total(self) -> Tally:
        tallies = [f.tally for f in self.files]
        return Tally(*(sum(getattr(t, name) for t in tallies) for name in ("new", "changed", "unchanged")))

    @property
    def refused(self) -> list[Refusal]:
        return [refusal for file in self.files for refusal in file.refused]

    @property
    def notes(self) -> list[str]:
        return [f"{file.file}: {note}" for file in self.files for note in file.notes]

    def as_json(self) -> dict[str, Any]:
        return {
            "is_written": self.is_written,
            "total": {**asdict(self.total), "refused": len(self.refused)},
            "files": [
                {
                    "file": f.file,
                    **asdict(f.tally),
                    "refused": [asdict(r) for r in f.refused],
                    "notes": f.notes,
                }
                for f in self.files
            ],
        }


def sentence(tally: Tally) -> str:
    return f"{tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged"
