"""Below the office's own address."""

from django.urls import path

from mitwerk.languages import views

app_name = "languages"
urlpatterns = [
    path("", views.language_list, name="language_list"),
    path("export/", views.text_export, name="text_export"),
    path("import/", views.text_import, name="text_import"),
    path("import/<slug:public_id>/", views.delivery_detail, name="delivery_detail"),
    path("import/<slug:public_id>/apply/", views.delivery_apply, name="delivery_apply"),
]
