"""What members leave in the room of their group: notes and files."""

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.core.files import forget_lost
from mitwerk.core.ids import new_public_id
from mitwerk.projects.actions.groups import record_group
from mitwerk.projects.models import GroupFile, GroupNote, WorkingGroup

MOST_FILES = 50


@transaction.atomic
def add_note(*, group: WorkingGroup, text: str, actor: User) -> GroupNote:
    note = GroupNote.objects.create(group=group, text=text, by=actor)
    record_group("project.add-note", group, actor, {"note": note.public_id})
    return note


@transaction.atomic
def drop_note(*, note: GroupNote, actor: User) -> None:
    """Gone for good."""
    details = {"note": note.public_id}
    if GroupNote.objects.filter(pk=note.pk).delete()[0]:
        record_group("project.drop-note", note.group, actor, details)


@transaction.atomic
def add_file(*, group: WorkingGroup, name: str, file: "UploadedFile[Any]", actor: User) -> GroupFile:
    """Store a checked file (`forms.GroupFileForm`) under a name of ours; what it was called is what readers see."""
    if group.files.count() >= MOST_FILES:
        raise Refused(_("The room holds %(number)s files. Take one away first.") % {"number": MOST_FILES})
    ending = name.rpartition(".")[2].lower()
    file.name = f"{new_public_id()}.{ending}"
    kept = GroupFile.objects.create(group=group, name=name[-150:], file=file, size=file.size or 0, by=actor)
    record_group("project.add-file", group, actor, {"file": kept.public_id})
    return kept


@transaction.atomic
def drop_file(*, file: GroupFile, actor: User) -> None:
    """The row, and after the commit what lies on the disk."""
    details = {"file": file.public_id}
    if GroupFile.objects.filter(pk=file.pk).delete()[0]:
        record_group("project.drop-file", file.group, actor, details)
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))


def forget_lost_files() -> int:
    """Delete what no row names any more, because its project was removed. How many. A part of the timed work."""
    return forget_lost(GroupFile)
