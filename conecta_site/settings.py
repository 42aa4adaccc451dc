"""Settings: safe for production as they stand; the demo relaxes them. See ``configuration.py``."""

import sys
from typing import Any

import environ

from conecta_site.configuration import PROJECT_DIR, read_configuration

CONECTA = read_configuration()

# Wagtail's library of pictures loads decoders of HEIF and AVIF wherever they are. No picture here is one
# (services/uploads/refusing.py), and decoders that nobody needs are only a way in, and 7 MiB of each process.
sys.modules["pillow_heif"] = None  # type: ignore[assignment]

DEBUG = False
SECRET_KEY = CONECTA.secret_key
ALLOWED_HOSTS = CONECTA.allowed_hosts
BASE_DIR = PROJECT_DIR
DATA_DIR = CONECTA.data_dir

INSTALLED_APPS = [
    "conecta_site",
    "home",
    "feedback",
    "search",
    "services",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
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
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

# Down to the page cache they may only add headers, the same for all readers of a page: conecta_site/page_door.py gives
# kept pages out without asking them.
MIDDLEWARE = [
    "conecta_site.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "conecta_site.permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conecta_site.compression.CompressionMiddleware",
    "conecta_site.caching.PageCacheMiddleware",
    "conecta_site.api_door.APIDoorMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Before whoever asks for the user: a session that is over has none.
    "home.signing_in.sessions.SessionRulesMiddleware",
    "home.second_factor.asking.SecondFactorMiddleware",
    "services.middleware.PublishingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "conecta_site.admin_door.AdminDoorMiddleware",
]

ROOT_URLCONF = "conecta_site.urls"
WSGI_APPLICATION = "conecta_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {"default": environ.Env.db_url_config(CONECTA.database_url)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that will publish must own the write lock before it reads.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Opening a file anew for each request would cost more than most requests.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        DATABASES["default"]["ENGINE"] = "conecta_site.postgresql"
        # A server that is silent holds a thread for seconds, where the system alone would wait for minutes. Seconds,
        # seconds, milliseconds.
        DATABASES["default"]["OPTIONS"] = {
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "tcp_user_timeout": 20_000,
            **DATABASES["default"].get("OPTIONS", {}),
        }
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A pooler between transactions (PgBouncer) gives the next one another connection: nothing may be left on it.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = CONECTA.database_pooler
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environ.Env.cache_url_config(CONECTA.cache_url)}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # One count for each client of a minute, and what each address last said: three hundred would not hold them.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 20_000)
elif CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "conecta_site.redis_cache.RedisCache"
TRUSTED_PROXIES = CONECTA.trusted_proxies
API_REQUESTS_PER_MINUTE = CONECTA.api_requests_per_minute

globals().update(environ.Env.email_url_config(CONECTA.email_url))
DEFAULT_FROM_EMAIL = CONECTA.email_from
SERVER_EMAIL = CONECTA.email_from

AUTHENTICATION_BACKENDS = ["home.signing_in.backend.AccountBackend"]
# Hashed as Django does by default (PBKDF2): Argon2 would take 100 MiB for each sign-in, half of what a worker has.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "home.signing_in.passwords.EasyHereValidator"},
]
CONECTA_SECOND_FACTOR = CONECTA.second_factor
# Counted as at the door (home/second_factor/devices.py); one step early or late, and no further with each sign-in.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
OTP_TOTP_SYNC = False
CONECTA_SESSION_HOURS = CONECTA.session_hours
CONECTA_SESSION_IDLE_MINUTES = CONECTA.session_idle_minutes

LANGUAGE_CODE = "pt-br"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("pt-br", "Português"), ("es", "Español"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "conecta_site" / "locale"]
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONECTA.time_zone
# A translation must not appear in Portuguese on the Spanish site while it is unfinished.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

ELASTICSEARCH_URL = CONECTA.elasticsearch_url
ELASTICSEARCH_API_KEY = CONECTA.elasticsearch_api_key
ELASTICSEARCH_CA_FILE = CONECTA.elasticsearch_ca_file
ELASTICSEARCH_INDEX_PREFIX = CONECTA.elasticsearch_index_prefix
ELASTICSEARCH_CONNECT_SECONDS = CONECTA.elasticsearch_connect_ms / 1000
ELASTICSEARCH_READ_SECONDS = CONECTA.elasticsearch_read_ms / 1000

CONECTA_WEBHOOK_PRIVATE_ADDRESSES = CONECTA.webhook_private_addresses
CONECTA_CONTACT_KEYS = CONECTA.contact_keys
CONECTA_BACKUP_RECIPIENTS = CONECTA.backup_recipients
CONECTA_RATING_LINK_DAYS = CONECTA.rating_link_days
CONECTA_CONTACT_MONTHS = CONECTA.contact_months
CONECTA_OMBUDSMAN_URL = CONECTA.ombudsman_url
CONECTA_MANIFESTATIONS = CONECTA.manifestations
CONECTA_DEADLINE_NEXT_WORKING_DAY = CONECTA.deadline_next_working_day
CONECTA_BOOKLET_MEGABYTES = CONECTA.booklet_megabytes
CONECTA_BOOKLET_SECONDS = CONECTA.booklet_seconds
# A demo is looked at without a worker.
CONECTA_BOOKLET_AT_ONCE = CONECTA.demo
CONECTA_GENERAL_TABLE_DAY = CONECTA.general_table_day

STATIC_URL = "/static/"
STATIC_ROOT = CONECTA.static_dir
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Files without an address: what people attach to what they bring before the ombudsman.
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if CONECTA.demo:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True

# A service with many steps has more fields than Django's default of a thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

WAGTAIL_SITE_NAME = "Conecta"
# Publishes what was approved, not what was written since.
WAGTAIL_FINISH_WORKFLOW_ACTION = "services.finishing.publish_approved"
WAGTAILADMIN_BASE_URL = CONECTA.base_url
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "services.admin_search"}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.uploads.forms.DocumentForm"
# What is made anew (services/uploads/cleaning.py), and no more: drawings with scripts in them (SVG) least of all.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.uploads.forms.ImageForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Dates as people here write them, in the editor's fields too.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# No text of the charter embeds another site, so this server asks none about what it has.
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

SESSION_COOKIE_AGE = CONECTA.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
# Links in mails lead into the admin: "Strict" would ask for the password at each.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# The editor shows its preview in a frame of the same site.
X_FRAME_OPTIONS = "SAMEORIGIN"
# Of DENY: it would take that preview away, and the page that may stand in no frame says so itself.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
if not CONECTA.demo:
    SECURE_SSL_REDIRECT = True
    # Asked from beside this process, without the server in front that knows TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONECTA.trusted_proxies else None
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    # Of every page; conecta_site/admin_door.py and home/reading/views.py say which need more, and why.
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "worker-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
    },
}

CONECTA_CODE_VERSION = "conecta_site.code_version.code_version"
CONECTA_SLOW_QUERY_MS = CONECTA.slow_query_ms
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "conecta_site.json_log.JsonFormatter"},
        "text": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": CONECTA.log}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Says of every attempt what search/guard.py says once.
        "elastic_transport": {"level": "ERROR"},
        # A line for each request is for programs that collect them.
        "conecta.request": {"level": "INFO" if CONECTA.log == "json" else "WARNING"},
    },
}
