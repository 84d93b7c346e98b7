"""How Django's forms are drawn here: `{{ form }}` and `{{ field.as_field_group }}` give our own templates."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
