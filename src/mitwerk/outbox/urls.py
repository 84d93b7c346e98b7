from django.urls import path

from mitwerk.outbox import views

app_name = "outbox"

urlpatterns = [
    path("demo/mail/", views.mail_list, name="mail_list"),
    path("demo/mail/<str:public_id>/", views.mail_detail, name="mail_detail"),
]
