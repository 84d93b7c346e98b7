"""Who runs this installation: what the law wants to read in the imprint."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Operator(models.Model):
    """What DDG § 5 and MStV § 18 ask for. One row, shown in both languages."""

    REQUIRED = ("name", "street", "postal_code", "town", "represented_by", "email")

    only = models.BooleanField(default=True, editable=False, unique=True)
    name = models.CharField(_("name and legal form"), max_length=200, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    represented_by = models.CharField(
        _("represented by"),
        max_length=300,
        blank=True,
        help_text=_("For a company or association: the board or the managing directors."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    register = models.CharField(
        _("register and number"), max_length=200, blank=True, help_text=_("For example: local court, VR 1234.")
    )
    vat_id = models.CharField(_("VAT identification number"), max_length=40, blank=True)
    supervisor = models.CharField(_("supervisory authority"), max_length=200, blank=True)
    responsible = models.CharField(
        _("responsible for the content"),
        max_length=300,
        blank=True,
        help_text=_("Name and address of the person responsible for news (MStV § 18 (2))."),
    )
    privacy_contact = models.CharField(
        _("contact for privacy"),
        max_length=300,
        blank=True,
        help_text=_("The data protection officer, if there is one."),
    )
    hosting = models.CharField(
        _("where the server stands"), max_length=300, blank=True, help_text=_("Name and place of the hosting company.")
    )

    class Meta:
        verbose_name = _("operator (imprint)")
        verbose_name_plural = _("operator (imprint)")
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="pages_operator_is_one")]

    def __str__(self) -> str:
        return self.name or str(_("operator (imprint)"))

    def missing(self) -> list[str]:
        """Names of the fields the law wants and nobody has filled in."""
        return [name for name in self.REQUIRED if not getattr(self, name)]

    def facts(self) -> list[tuple[str, str]]:
        """(label, value) of what is filled in, in the order of the form."""
        hidden = {"id", "only", "privacy_contact", "hosting"}
        fields = [field for field in self._meta.fields if field.name not in hidden]
        return [(str(field.verbose_name), value) for field in fields if (value := getattr(self, field.name))]
