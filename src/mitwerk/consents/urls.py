from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.consents import views
from mitwerk.core.addresses import in_region_and_clusters

app_name = "consents"

urlpatterns = [
    path(_("newsletter/confirm/<str:token>/"), views.confirm, name="confirm"),
    path(_("newsletter/leave/<str:key>/"), views.unsubscribe, name="unsubscribe"),
    path(_("account/consents/"), views.my_consents, name="my_consents"),
    path(_("account/consents/<str:public_id>/withdraw/"), views.consent_withdraw, name="consent_withdraw"),
    *in_region_and_clusters(
        [
            path(_("newsletter/"), views.subscribe, name="subscribe"),
            path(_("newsletter/mail/"), views.asked, name="asked"),
        ]
    ),
]
