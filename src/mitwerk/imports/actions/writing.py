"""Everything that a file says is written at once or not at all."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit, record_audits
from mitwerk.actors.actions import tell_apart
from mitwerk.actors.actions.rows import assign
from mitwerk.actors.models import Contact, Membership, Organisation
from mitwerk.algorithms.collation import sort_key
from mitwerk.algorithms.sheets.values import Read
from mitwerk.algorithms.slugs import free_slug
from mitwerk.algorithms.text import normalise_name
from mitwerk.core.ids import new_public_id
from mitwerk.imports.actions.comparing import judge_rows
from mitwerk.imports.actions.pieces import is_alive, row_parts, save_rows
from mitwerk.imports.models import Import, OwnId, Row
from mitwerk.imports.queries.differences import PLAIN, Wanted, source_of
from mitwerk.imports.queries.directory import Held, directory_for, held, mark
from mitwerk.imports.queries.judging import Judge

TRIES = 3
WRITTEN = ["done", "organisation", "contact"]
Outcome, Decision, State = Row.Outcome, Row.Decision, Import.State


def write_rows(job: Import) -> None:
    """Write the file in one transaction. Where the directory has changed since the rows were compared with it, they
    are compared again first; the office is asked where something new may be there already."""
    for _try in range(TRIES):
        if mark() != job.mark:
            open_before = set(_undecided(job))
            judge_rows(job)
            if set(_undecided(job)) - open_before:
                break
        try:
            if _written(job, Writer(job)):
                return
        except IntegrityError:  # somebody entered the same address in this very moment
            job.mark = []
    Import.objects.filter(pk=job.pk, state=State.RUNNING).update(state=State.READY, problem="again")


def _undecided(job: Import) -> Any:
    return job.rows.filter(outcome=Outcome.DUPLICATE, decision="").values_list("number", flat=True)


@transaction.atomic
def _written(job: Import, writer: "Writer") -> bool:
    """False where the directory has changed after all. All imports that are being written wait for each other here.

    The writer has read the directory before, so that others wait for the writing alone.
    """
    running = Import.objects.select_for_update().filter(state=State.RUNNING).order_by("pk")
    if job.pk not in [one.pk for one in running]:
        return True  # another process has done it
    if mark() != job.mark:
        return False
    is_alive(job, job.total)
    for rows in row_parts(job):
        writer.write(rows)
    details = {"file": job.kind, "rows": job.total, "written": writer.count, "basis": job.legal_basis}
    record_audit(verb="import.run", target=job, actor=job.by, cluster_slug=_slug(job), details=details)
    Import.objects.filter(pk=job.pk).update(state=State.DONE, done_at=timezone.now(), problem="", index_from=0)
    return True


def _slug(job: Import) -> str:
    return job.cluster.slug if job.cluster else ""


class Writer:
    """Writes some rows at a time; remembers to which organisation each row of the file led."""

    def __init__(self, job: Import) -> None:
        self.job, self.now, self.source = job, timezone.now(), source_of(job)
        self.judge = Judge(job, directory_for(job))
        self.slugs = set(Organisation.objects.order_by().values_list("slug", flat=True))
        self.led_to: dict[int, int | None] = {}
        self.count = 0

    def write(self, rows: Sequence[Row]) -> None:
        reads = {row.number: Read(row.said, [(target, text) for target, text in row.notes]) for row in rows}
        fresh = [row for row in rows if self._is_fresh(row)]
        known = self._enter(fresh, reads)
        for row in rows:
            if row.number not in self.led_to:
                self.led_to[row.number] = self._leads_to(row)
        todo = [(row, self.led_to[row.number]) for row in rows if row.outcome not in ("refused", "unchanged")]
        known |= held((key for _row, key in todo if key and key not in known), self.job.cluster)
        made: list[tuple[Any, Row, str]] = []
        for row, key in todo:
            if key in known:
                self._apply(row, reads[row.number], known[key], made)
        self._make(made)
        written = [row for row, _key in todo if row.done]
        save_rows(written, WRITTEN)
        self.count += len(written)
        touched = {row.organisation: known[row.organisation].organisation for row in written if row.organisation}
        record_audits(
            verb="organisation.import", targets=touched.values(), actor=self.job.by, cluster_slug=_slug(self.job),
            details={"import": self.job.public_id},
        )  # fmt: skip

    def _is_fresh(self, row: Row) -> bool:
        if row.leader is not None or row.target is not None:
            return False
        is_another = row.outcome == Outcome.DUPLICATE and row.decision == Decision.NEW
        return row.outcome == Outcome.NEW or is_another

    def _leads_to(self, row: Row) -> int | None:
        """The organisation that a row writes to; None where it is left out."""
        if row.leader is not None:
            return self.led_to.get(row.leader)
        key = row.target
        if row.outcome == Outcome.DUPLICATE:
            key = row.chosen or row.twins[0][0] if row.decision == Decision.SAME else None
        return key if key in self.judge.directory.editable else None

    def _enter(self, rows: Sequence[Row], reads: dict[int, Read]) -> dict[int, Held]:
        """New organisations, with all that the row says of them."""
        made = [self._organisation(reads[row.number]) for row in rows]
        Organisation.objects.bulk_create(made)
        for row, one in zip(rows, made, strict=True):
            self.led_to[row.number] = one.pk
            row.done = {"made": one.pk, "at": one.updated_at.isoformat()}
            for twin, *_why in row.twins:
                tell_apart(one=one, other=Organisation.objects.get(pk=twin), actor=self.job.by)
        return {one.pk: Held(one) for one in made}

    def _organisation(self, read: Read) -> Organisation:
        values, public_id = read.values, new_public_id()
        name = values["name"]
        slug = free_slug(name, self.slugs.__contains__, fallback=public_id)
        self.slugs.add(slug)
        texts = {code: values[f"description_{code}"] for code in ("de", "en") if f"description_{code}" in values}
        return Organisation(
            public_id=public_id, slug=slug, name=name, sort_name=sort_key(name)[:250], description=texts,
            normalised_name=normalise_name(name)[:250], state_id=values.get("state"), office_changed_at=self.now,
            **{column: values[column] for column in PLAIN if column in values},
        )  # fmt: skip

    def _apply(self, row: Row, read: Read, one: Held, made: list[tuple[Any, Row, str]]) -> None:
        """What the row adds and changes; what is made is only collected, with the name it has in `done`, if any."""
        found, organisation = self.judge.wanted(row, read, one), one.organisation
        if found.is_empty and not row.done:
            return
        row.organisation, done = organisation.pk, {**row.done}
        if found.organisation:
            done["columns"] = assign(organisation, self._columns(found))
        if found.sectors:
            links = (Organisation.sectors.through(organisation=organisation, concept_id=key) for key in found.sectors)
            made += [(link, row, "") for link in links]
            one.sectors |= set(found.sectors)
            done["sectors"] = found.sectors
        if found.membership and one.membership:
            done["membership_changed"] = [one.membership.pk, assign(one.membership, found.membership)]
        elif found.membership:
            one.membership = Membership(organisation=organisation, cluster=self.job.cluster, **found.membership)
            made.append((one.membership, row, "membership"))
            done["membership_as"] = {name: str(value) for name, value in found.membership.items()}
        if found.own_id:
            one.own_ids.add(found.own_id)
            made.append((OwnId(organisation=organisation, cluster=self.job.cluster, key=found.own_id), row, "own_id"))
        row.done = done
        self._apply_contact(row, found, one, made)

    def _columns(self, found: Wanted) -> dict[str, Any]:
        named = {}
        if name := found.organisation.get("name"):
            named = {"sort_name": sort_key(name)[:250], "normalised_name": normalise_name(name)[:250]}
        return {**found.organisation, **named, "office_changed_at": self.now, "updated_at": self.now}

    def _apply_contact(self, row: Row, found: Wanted, one: Held, made: list[tuple[Any, Row, str]]) -> None:
        if not found.contact:
            return
        if found.person and found.person.pk:
            changed = assign(found.person, {**found.contact, "updated_at": self.now})
            row.done["contact_changed"] = [found.person.pk, changed]
        elif found.person is None:
            contact = Contact(
                organisation=one.organisation, position=1 + max((c.position for c in one.contacts), default=-1),
                source=self.source, legal_basis=self.job.legal_basis, legal_note=self.job.legal_note, **found.contact,
            )  # fmt: skip
            one.contacts.append(contact)
            made.append((contact, row, "contact"))

    def _make(self, made: Sequence[tuple[Any, Row, str]]) -> None:
        """All new rows of each kind at once."""
        models: tuple[Any, ...] = (Membership, OwnId, Contact, Organisation.sectors.through)
        for model in models:
            group = [(record, row, name) for record, row, name in made if isinstance(record, model)]
            model.objects.bulk_create([record for record, _row, _name in group])
            for record, row, name in group:
                if name:
                    row.done[name] = record.pk
                if isinstance(record, Contact):
                    row.contact = record.pk
                    row.done["contact_at"] = record.updated_at.isoformat()
