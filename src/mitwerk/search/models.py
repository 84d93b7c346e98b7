"""The index: one document per public record and language. It finds; what may be seen is asked of each subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """Analysed words of one record in one language, and the plain text that snippets are cut from.

    `title` and `body` hold terms (``[a-z0-9]+``, see `algorithms.text`); the database's full-text index over them is
    made in the migrations, one for SQLite (FTS5) and one for PostgreSQL.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=5)
    title = models.TextField()
    body = models.TextField(blank=True)
    heading = models.TextField()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "language"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.heading}"


class SearchException(models.Model):
    """A word the editors have indexed as other words, because no rule knows it (“OEE” → “Anlageneffektivität”)."""

    word = models.CharField(_("word"), max_length=64)
    language = models.CharField(_("language"), max_length=5, default="de")
    terms = models.CharField(_("is found by"), max_length=250, help_text=_("Words, separated by commas."))

    class Meta:
        verbose_name = _("exception of the search")
        verbose_name_plural = _("exceptions of the search")
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["word", "language"], name="search_exception_once")]

    def __str__(self) -> str:
        return self.word
