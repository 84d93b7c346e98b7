"""Entry of the production server (granian, WSGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitwerk.config.settings.production")
application = get_wsgi_application()
