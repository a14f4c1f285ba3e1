"""Settings, chosen by environment variables; the defaults are the embedded clinic.

AJAR_DATA_DIR       where the embedded database and the secret key live (default: ./var)
AJAR_DATABASE_URL   a database URL; default: SQLite in the data directory
AJAR_SECRET_KEY     default: a key made at first start and kept in the data directory
AJAR_HOSTS          comma-separated host names that may be served (default: loopback only)
AJAR_HTTPS          on where a proxy ends TLS: secure cookies, HSTS, redirect (default: off)
AJAR_DEMO           on for the synthetic clinic: one-click sign-ins and no second factor (default: off)
"""

from pathlib import Path

import django_stubs_ext
import environ

from ajar.clinic.embedded import database_options, kept_secret_key

django_stubs_ext.monkeypatch()  # lets forms and managers name their model in angle brackets

env = environ.Env()

HERE = Path(__file__).resolve().parent
DATA_DIR = Path(env.str("AJAR_DATA_DIR", default="var")).resolve()
DEMO = env.bool("AJAR_DEMO", default=False)
HTTPS = env.bool("AJAR_HTTPS", default=False)

DEBUG = False
SECRET_KEY = env.str("AJAR_SECRET_KEY", default="") or kept_secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("AJAR_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("AJAR_ORIGINS", default=[])

ROOMS = [
    "staff",
    "patients",
    "tasks",
    "ledger",
    "governance",
    "instruments",
    "scheduling",
    "screening",
    "evaluation",
    "consent",
    "careplan",
    "dosing",
    "monitoring",
    "bedside",
    "discharge",
    "safety",
    "integration",
    "followup",
    "maintenance",
    "paperwork",
    "web",
    "desk",
    "gateway",
    *(["demo"] if DEMO else []),
]
INSTALLED_APPS = [
    # Our rooms first: their templates stand before those of the sign-in library.
    *(f"ajar.clinic.{room}" for room in ROOMS if (HERE / room / "apps.py").exists()),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ajar.clinic.staff.middleware.SecondFactorMiddleware",
    "ajar.clinic.staff.middleware.IdleMiddleware",
    "ajar.clinic.patients.access.DefaultDenyMiddleware",
    "ajar.clinic.ledger.middleware.StaleLedgerMiddleware",
]

ROOT_URLCONF = "ajar.clinic.urls"
WSGI_APPLICATION = "ajar.clinic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ajar.clinic.web.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": env.db_url("AJAR_DATABASE_URL", default=f"sqlite:///{DATA_DIR}/ajar.sqlite3")}
DATABASES["default"].update(database_options(DATABASES["default"]["ENGINE"]))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "ajar.clinic.staff.adapter.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ajar"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
EMAIL_BACKEND = env.str("AJAR_EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")

SESSION_COOKIE_NAME = "__Host-ajar-session" if HTTPS else "ajar-session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
IDLE_MINUTES = env.int("AJAR_IDLE_MINUTES", default=240 if DEMO else 20)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
