"""A network's own list of people on its way in: what its rows say, until each person answers for themselves."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id
from mitwerk.networks.models.networks import Network
from mitwerk.networks.models.people import NetworkInvitation
from mitwerk.networks.models.waves import Wave


class PeopleList(models.Model):
    """One file of a network's coordinators. Its cells are forgotten when its rows are kept."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="lists", verbose_name=_("network"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    file_name = models.CharField(_("file"), max_length=200)
    heads: Any = models.JSONField(default=list, blank=True)
    columns: Any = models.JSONField(default=list, blank=True)
    cells: Any = models.JSONField(default=list, blank=True)
    """Number and cells of each row, or the code of what is wrong with it."""
    at = models.DateTimeField(_("uploaded"), default=timezone.now)
    kept_at = models.DateTimeField(_("kept on"), null=True, blank=True)

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        """Without the file's name, which may hold somebody's."""
        return str(self.network)


class ListRow(models.Model):
    """A person as a list names them. Their firm is text here: the directory learns of it when they agree, not before.

    It goes when they answer, whatever they answer, and when nobody does within the time.
    """

    class Problem(models.TextChoices):
        EMAIL = "email", _("No e-mail address. Enter it, or remove the row.")
        BROKEN = "broken", _("The e-mail address is not complete. Correct it.")
        NAME = "name", _("No name. Enter whose address it is.")
        PAIR = "pair", _("Several people and addresses in one row. Say which address is whose.")
        AGAIN = "again", _("Another row has this address. Remove one of them.")
        KNOWN = "known", _("This person belongs to the network already. Remove the row.")
        CELL = "cell", _("A cell is far too long; a quotation mark may not be closed.")
        COLUMNS = "columns", _("The row has far too many cells.")
        CARD = "card", _("The card is damaged or incomplete.")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="list_rows", verbose_name=_("network"))
    source = models.ForeignKey(PeopleList, models.CASCADE, related_name="rows", verbose_name=_("list"))
    number = models.PositiveIntegerField(_("row"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    firm = models.CharField(_("organisation"), max_length=250, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    problem = models.CharField(_("to be looked at"), max_length=10, choices=Problem, blank=True)
    wave = models.ForeignKey(
        Wave, models.CASCADE, null=True, blank=True, related_name="rows", verbose_name=_("wave of invitations")
    )
    invitation = models.OneToOneField(
        NetworkInvitation, models.CASCADE, null=True, blank=True, related_name="row", verbose_name=_("invitation")
    )

    class Meta:
        verbose_name = _("row of a list")
        verbose_name_plural = _("rows of lists")
        ordering = ["source", "number", "pk"]
        indexes = [models.Index(fields=["network", "problem"], name="networks_row_problem")]
        constraints = [
            models.UniqueConstraint(
                "network", Lower("email"), condition=Q(problem=""), name="networks_row_once_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(problem="") | (~Q(email="") & ~Q(name="")), name="networks_row_usable_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(wave=None, invitation=None) | Q(wave__isnull=False, problem=""),
                name="networks_row_invited_in_a_wave",
            ),
        ]

    def __str__(self) -> str:
        """Without name and address, because this stands in the log."""
        return f"{self.network} · {self.number}"
