"""Mails on their way out: written in the transaction of the act they tell of, sent after it."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.core.ids import new_public_id


class Mail(models.Model):
    """One mail to one address, rendered when it was written. `key` says what nobody may be mailed twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        GIVEN_UP = "given_up", _("given up")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    key = models.CharField(_("only once"), max_length=200, unique=True, null=True, blank=True)
    template = models.CharField(_("kind"), max_length=100)
    to = models.EmailField(_("to"))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("text with markup"), blank=True)
    calendar = models.TextField(_("date for the calendar"), blank=True)
    qr = models.CharField(_("what its QR code says"), max_length=100, blank=True, editable=False)
    purpose = models.CharField(_("needs consent to"), max_length=120, blank=True, editable=False)
    headers: Any = models.JSONField(_("headers"), default=dict, blank=True)
    is_secret = models.BooleanField(_("the text is forgotten when it is sent"), default=False)
    state = models.CharField(
        pgettext_lazy("how far something is", "state"), max_length=10, choices=State, default=State.WAITING
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="outbox_mail_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="outbox_mail_sent_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Its page in the demo's mailbox; outside of the demo there is none."""
        return reverse("outbox:mail_detail", args=[self.public_id])
