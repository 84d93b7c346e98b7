from django.urls import path

from mitwerk.ui import views

app_name = "ui"

urlpatterns = [
    path("ui/", views.components, name="components"),
    path("opengraph/<str:token>.png", views.opengraph, name="opengraph"),
]
