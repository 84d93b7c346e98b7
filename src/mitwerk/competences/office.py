"""What organisations can do, as tabs of the organisation's form."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from mitwerk.actors import office as actors_office
from mitwerk.core.office_forms import RowForm, RowsPanel, both
from mitwerk.vocabularies.models import COMPETENCES
from mitwerk.vocabularies.office import ConceptField, ConceptsField


class CompetenceForm(RowForm):
    concept = ConceptField(COMPETENCES, label=_("concept"))


class ReferenceForm(RowForm):
    concepts = ConceptsField(COMPETENCES, label=_("competences proved"), required=False)


class OrganisationOffice(actors_office.OrganisationOffice):
    """Organisations with their competences and references."""

    tabs = (
        *actors_office.OrganisationOffice.tabs[:-1],
        (
            _("Competences"),
            (
                RowsPanel(
                    "competences",
                    [FieldPanel("concept"), both("wording")],
                    form=CompetenceForm,
                    label=_("competence"),
                    heading=_("Competences"),
                    help_text=_("The concept is what people search and filter by; the wording is what they read."),
                ),
            ),
        ),
        (
            _("References"),
            (
                RowsPanel(
                    "references",
                    [both("wording", rows=2), FieldPanel("concepts")],
                    form=ReferenceForm,
                    label=_("reference"),
                    heading=_("References"),
                ),
            ),
        ),
        actors_office.OrganisationOffice.tabs[-1],
    )
