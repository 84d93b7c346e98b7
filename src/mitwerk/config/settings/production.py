"""Production is the base: safe without any further setting. `dev` and `test` loosen it."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from mitwerk.config.environment import (
    ROOT,
    bare_address,
    base_url,
    cache,
    data_folder,
    database,
    demo,
    email,
    host_names,
    mail_address,
    path_or_url,
    secret,
    whole_number,
    yes_or_no,
)
from mitwerk.config.settings.sign_in import *
from mitwerk.core.database import use_safe_sqlite

use_safe_sqlite()

MITWERK_DATA = data_folder()
SECRET_KEY = secret("SECRET_KEY", MITWERK_DATA)
ADDRESS_KEY = secret("ADDRESS_KEY", MITWERK_DATA)
"""Hides the addresses of consents and objections. Apart from SECRET_KEY, because a new one would forget all of them."""
BALLOT_KEY = secret("BALLOT_KEY", MITWERK_DATA)
"""Locks the boxes of secret ballots while they run. Apart from the database, so that who reads that reads no vote."""
BASE_URL = base_url()
IS_HTTPS = BASE_URL.startswith("https://")
DEBUG = False
ALLOWED_HOSTS = [str(urlsplit(BASE_URL).hostname), *host_names("EXTRA_HOSTS")]
TRUSTED_PROXIES = whole_number("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "mitwerk.config.apps.ConfigConfig",
    "mitwerk.core.apps.CoreConfig",
    "mitwerk.ui.apps.UiConfig",
    "mitwerk.outbox.apps.OutboxConfig",
    "mitwerk.accounts.apps.AccountsConfig",
    "mitwerk.pictures.apps.PicturesConfig",
    "mitwerk.places.apps.PlacesConfig",
    "mitwerk.vocabularies.apps.VocabulariesConfig",
    "mitwerk.clusters.apps.ClustersConfig",
    "mitwerk.consents.apps.ConsentsConfig",
    "mitwerk.actors.apps.ActorsConfig",
    "mitwerk.people.apps.PeopleConfig",
    "mitwerk.profiles.apps.ProfilesConfig",
    "mitwerk.competences.apps.CompetencesConfig",
    "mitwerk.governance.apps.GovernanceConfig",
    "mitwerk.events.apps.EventsConfig",
    "mitwerk.matching.apps.MatchingConfig",
    "mitwerk.charter.apps.CharterConfig",
    "mitwerk.congress.apps.CongressConfig",
    "mitwerk.registrations.apps.RegistrationsConfig",
    "mitwerk.projects.apps.ProjectsConfig",
    "mitwerk.networks.apps.NetworksConfig",
    "mitwerk.rooms.apps.RoomsConfig",
    "mitwerk.search.apps.SearchConfig",
    "mitwerk.imports.apps.ImportsConfig",
    "mitwerk.pages.apps.PagesConfig",
    "mitwerk.portal.apps.PortalConfig",
    "mitwerk.exchange.apps.ExchangeConfig",
    "mitwerk.languages.apps.LanguagesConfig",
    "mitwerk.privacy.apps.PrivacyConfig",
    "mitwerk.operations.apps.OperationsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "mitwerk.core.middleware.office_policy",
    "mitwerk.core.middleware.clean_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mitwerk.core.middleware.HouseLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mitwerk.clusters.middleware.choose_cluster",
    "mitwerk.core.middleware.keep_private",
    "mitwerk.config.door.end_old_sessions",
    "mitwerk.config.door.ask_for_second_factor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "mitwerk.config.busy.KeepWhatWasSent",
]

ROOT_URLCONF = "mitwerk.config.urls"
WSGI_APPLICATION = "mitwerk.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mitwerk.config.navigation.site",
            ],
            "builtins": ["mitwerk.ui.templatetags.ui"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "mail",  # plain text, where nothing must be escaped
        "APP_DIRS": True,
        "OPTIONS": {"autoescape": False},
    },
]

FORM_RENDERER = "mitwerk.ui.forms.Renderer"

DATABASES = {"default": database(MITWERK_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": cache(),
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
    "pictures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pictures",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
FORMAT_MODULE_PATH = ["mitwerk.config.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = MITWERK_DATA / "static"
MEDIA_URL = path_or_url("MEDIA_URL", "/media/")
MEDIA_ROOT = MITWERK_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MITWERK_DATA / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "mitwerk.core.static.StaticStorage"},
}
STATIC_BROTLI = yes_or_no("STATIC_BROTLI")
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365

IS_DEMO = demo(BASE_URL)
vars().update(email(MITWERK_DATA, IS_DEMO))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = mail_address("FROM_EMAIL", f"mitwerk@{urlsplit(BASE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OFFICE_EMAIL = mail_address("OFFICE_EMAIL", DEFAULT_FROM_EMAIL)
SECURITY_EMAIL = mail_address("SECURITY_EMAIL", OFFICE_EMAIL)
REPLY_ADDRESS = bare_address("REPLY_ADDRESS")  # empty: mails of rooms are not answered by mail
IMPRINT_URL = "pages:imprint"  # stands at the end of every mail
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

WAGTAIL_SITE_NAME = "Mitwerk"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "mitwerk.pictures.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "mitwerk.pictures.forms.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "mitwerk.config.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
# Wagtail's admin writes scripts and styles into its pages and shows previews in a frame, so it cannot do with nonces.
OFFICE_PREFIX = "/office/"
OFFICE_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

PATHS_WITHOUT_LANGUAGE = ("/office/", "/media/", "/documents/", "/account/", "/static/", "/demo/")
RESERVED_SLUGS = frozenset(
    "de en ui office account konto demo static media documents images suche search akteure organisations kompetenzen "
    "competences projekte projects netzwerke networks termine events bedarfe needs aktuelles news kontakt contact "
    "membership mitglied-werden report-a-need bedarf-melden robots sitemap manifest security opengraph region "
    "about ueber-uns how-we-work so-arbeiten-wir imprint impressum privacy datenschutz accessibility "
    "barrierefreiheit my mein my-desk mein-schreibtisch newsletter invitation einladung contact-data "
    "kontaktdaten still-right noch-richtig bodies gremien vote abstimmen resolutions beschluesse take-part "
    "dabei-sein dates terminabfrage charter leitbild congresses kongresse registrations anmeldungen "
    "check-in einlass rooms raeume room-mail raum-mail".split()
)
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names below the domain belong to other people
    "security.W021",  # for the same reason the domain is not put on the browsers' list
]
