from django.urls import path

from mitwerk.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account_show, name="account_show"),
    path("profile/", views.account_edit, name="account_edit"),
    path("confirm/", views.mail_confirm, name="mail_confirm"),
    path("sessions/<int:number>/end/", views.session_end, name="session_end"),
]
