"""Settings: everything that differs between places comes from the environment.

DATABASE_URL             what web and worker connect as: an ordinary, powerless role
OWNER_DATABASE_URL       who owns the tables; only `migrate` and the tests use it
MIJNGEMEENTE_SECRET      at least 50 random characters; seals secrets and signs links
MIJNGEMEENTE_URL         where people reach us, as https://gemeente.example
MIJNGEMEENTE_PROXIES     addresses of proxies whose forwarded headers count, comma separated
MIJNGEMEENTE_STATIC      folder for sheets and scripts, gathered and compressed at the start
MIJNGEMEENTE_SECOND_FACTOR  "optional" lets people in without a code from their telephone; only on localhost
MIJNGEMEENTE_ERASURES    file to which each erasure is added, to replay after a restore
MAIL_SMTP                smtp://user:password@host:587 for our own mail; smtps:// for TLS from the start
MAIL_INTERNAL_HOSTS      mail hosts that may lie inside our own network, comma separated
WEBHOOK_INTERNAL_HOSTS   hosts of webhooks that may lie inside our own network, comma separated
MAIL_LISTEN              host:port on which we take mail in by SMTP; lmtp://host:port for LMTP
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"

PUBLIC_URL = os.environ.get("MIJNGEMEENTE_URL", "http://localhost:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
IS_LOCAL = _public.hostname in {"localhost", "127.0.0.1"}

SECRET_KEY = os.environ.get("MIJNGEMEENTE_SECRET", "")
DEBUG = False
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TRUSTED_PROXIES = [each for each in os.environ.get("MIJNGEMEENTE_PROXIES", "").split(",") if each]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "mijngemeente.platform.apps.PlatformConfig",
    "mijngemeente.reference.apps.ReferenceConfig",
    "mijngemeente.organisations.apps.OrganisationsConfig",
    "mijngemeente.conversations.apps.ConversationsConfig",
    "mijngemeente.answers.apps.AnswersConfig",
    "mijngemeente.assignment.apps.AssignmentConfig",
    "mijngemeente.clusters.apps.ClustersConfig",
    "mijngemeente.desk.apps.DeskConfig",
    "mijngemeente.figures.apps.FiguresConfig",
    "mijngemeente.beginning.apps.BeginningConfig",
    "mijngemeente.imports.apps.ImportsConfig",
    "mijngemeente.intake.apps.IntakeConfig",
    "mijngemeente.team.apps.TeamConfig",
    "mijngemeente.workshop.apps.WorkshopConfig",
    "mijngemeente.competencies.apps.CompetenciesConfig",
    "mijngemeente.course.apps.CourseConfig",
    "mijngemeente.growth.apps.GrowthConfig",
    "mijngemeente.privacy.apps.PrivacyConfig",
    "rest_framework",
    "drf_spectacular",
    "mijngemeente.api.apps.ApiConfig",
    "mijngemeente.web.apps.WebConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mijngemeente.web.questions.QuestionMiddleware",
    "mijngemeente.web.sheets.SheetMiddleware",
    "mijngemeente.web.compression.CompressPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mijngemeente.web.fragments.FragmentMiddleware",
    "mijngemeente.web.methods.MethodMiddleware",
    "mijngemeente.api.version.ApiVersion",
    "mijngemeente.web.door.DoorMiddleware",
]

ROOT_URLCONF = "mijngemeente.web.urls"
ASGI_APPLICATION = "mijngemeente.web.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "web" / "templates", Path(__file__).parent / "channels"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "mijngemeente.web.navigation.shell",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "mijngemeente",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(query.get("port") or parts.port or ""),
        "CONN_MAX_AGE": 0,
    }


OWNER_DB_ALIAS = "owner"
_app = _database(os.environ.get("DATABASE_URL", "postgresql:///mijngemeente"))
_owner = _database(
    os.environ.get("OWNER_DATABASE_URL", os.environ.get("DATABASE_URL", "postgresql:///mijngemeente"))
)
APP_ROLE = str(_app["USER"])
DATABASES = {
    "default": _app
    | {
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": int(os.environ.get("DATABASE_POOL", "10"))},
            # Plans are kept per connection: planning took most of the time of our small statements.
            "server_side_binding": True,
            "prepare_threshold": 3,
        }
    },
    OWNER_DB_ALIAS: _owner,
}
DATABASE_ROUTERS = ["mijngemeente.platform.routing.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "no_such_module"
PROCRASTINATE_ON_APP_READY = "mijngemeente.platform.jobs.register"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        # Counters of attempts live here: far more room than somebody who guesses can fill.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "mijngemeente.organisations.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/werkplek/"

# Somebody who works for a municipality signs in with a password and a code; the demo lets you look around.
SECOND_FACTOR_REQUIRED = not (
    IS_LOCAL and os.environ.get("MIJNGEMEENTE_SECOND_FACTOR", "optional") == "optional"
)
ACCOUNT_ADAPTER = "mijngemeente.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An invitation is mailed, so whoever accepted it owns the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "mijngemeente.web.sign_in.LoginForm",
    "change_password": "mijngemeente.web.sign_in.ChangePasswordForm",
    "reset_password": "mijngemeente.web.sign_in.ResetPasswordForm",
    "reset_password_from_key": "mijngemeente.web.sign_in.ResetPasswordKeyForm",
}
# A whole town hall may share one address, so per address there is more room than per account.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/15m/key",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
PASSWORD_RESET_TIMEOUT = 60 * 60
MFA_ADAPTER = "mijngemeente.web.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "mijngemeente.web.sign_in.AuthenticateForm",
    "reauthenticate": "mijngemeente.web.sign_in.ReauthenticateForm",
    "activate_totp": "mijngemeente.web.sign_in.ActivateTOTPForm",
}
MFA_TOTP_ISSUER = "MijnGemeente"
# Telephones run up to half a minute early or late.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
USERSESSIONS_TRACK_ACTIVITY = False

# In a cookie they would carry names, under a name without __Host-.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
if not IS_LOCAL:
    SESSION_COOKIE_NAME = "__Host-session"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# 25 MB of files fit in one message. Somewhat more is refused by the form, which keeps the text; far too
# much is not read at all.
BODY_LIMIT_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Who knows about what is one box for each colleague and group of topics: a hundred colleagues send 2,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("fy", "Frysk")]
LOCALE_PATHS = [Path(__file__).parent / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
# Filled by `mijngemeente web` before it serves (cli/statics.py).
STATIC_ROOT = Path(os.environ.get("MIJNGEMEENTE_STATIC", ROOT / "var" / "static"))
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "mijngemeente.web.bundles.BundledFiles"},
}

# So long a question back to the resident waits for its answer; then a person looks.
ASKED_HOURS = int(os.environ.get("MIJNGEMEENTE_ASKED_HOURS", "24"))
MAIL_SMTP = os.environ.get("MAIL_SMTP", "")
INTERNAL_WEBHOOK_HOSTS = frozenset(
    filter(None, os.environ.get("WEBHOOK_INTERNAL_HOSTS", "").lower().split(","))
)
INTERNAL_MAIL_HOSTS = frozenset(filter(None, os.environ.get("MAIL_INTERNAL_HOSTS", "").lower().split(",")))
MAIL_LISTEN = os.environ.get("MAIL_LISTEN", "")
# Outside the database and its backups: what is replayed after one of those was restored.
ERASURE_JOURNAL = Path(os.environ.get("MIJNGEMEENTE_ERASURES", ROOT / "var" / "erasures.jsonl"))
MAIL_NAME = _public.hostname or "localhost"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_smtp = urlsplit(MAIL_SMTP or "smtp://localhost:25")
EMAIL_HOST = _smtp.hostname or "localhost"
EMAIL_PORT = _smtp.port or 25
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp.scheme == "smtp" and bool(_smtp.username)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", f"MijnGemeente <geen-antwoord@{_public.hostname}>")

REST_FRAMEWORK = {
    # The door of the room asks for a token (api/door.py); nobody comes in with a session.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "mijngemeente.api.problems.handle",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "MijnGemeente",
    "DESCRIPTION": "Gesprekken met inwoners, voor andere systemen van een gemeente. Zie docs/koppelen.md.",
    "VERSION": "1.0.0",
    "CONTACT": {"name": "MijnGemeente", "url": "https://mijngemeente.example/"},
    "LICENSE": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    "SERVERS": [{"url": "/api/v1", "description": "Deze installatie"}],
    "SCHEMA_PATH_PREFIX": "/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "OAS_VERSION": "3.0.3",
    "POSTPROCESSING_HOOKS": ["mijngemeente.api.describe.finish"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "APPEND_COMPONENTS": {"securitySchemes": {"sleutel": {"type": "http", "scheme": "bearer"}}},
    "SECURITY": [{"sleutel": []}],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "mijngemeente.platform.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    # aiosmtpd tells who writes to whom, and what.
    "loggers": {"mail.log": {"level": "ERROR"}},
}
