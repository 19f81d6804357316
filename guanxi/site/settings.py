"""Django's settings. Everything a company may want to change comes from the environment; see docs/operations.md."""

import os
from pathlib import Path

import django_stubs_ext

from guanxi.foundation.server import database_settings
from guanxi.site.mail import system_mail
from guanxi.site.secret import kept_secret

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # spinning threads cost tenfold on a busy machine
django_stubs_ext.monkeypatch()  # ModelForm[Company] and its like are written in annotations and bases

GUANXI_HOME = Path(os.environ.get("GUANXI_HOME", ".guanxi")).expanduser().resolve()
ENGINE = os.environ.get("GUANXI_ENGINE", "duckdb")
SPARK_MASTER = os.environ.get("GUANXI_SPARK_MASTER", "local[*]")
SECRET_KEY = os.environ.get("GUANXI_SECRET_KEY") or kept_secret(GUANXI_HOME)
DEBUG = os.environ.get("GUANXI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("GUANXI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GUANXI_ORIGINS", "").split(",") if origin]
BEHIND_TLS = os.environ.get("GUANXI_TLS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "guanxi.foundation.accounts",
    "guanxi.foundation.access",
    "guanxi.foundation.audit",
    "guanxi.foundation.company",
    "guanxi.foundation.jobs",
    "guanxi.foundation.push",
    "guanxi.foundation.catalogue",
    "guanxi.foundation.history",
    "guanxi.foundation.ui",
    "guanxi.foundation.entrance",
    "guanxi.foundation.administration",
    "guanxi.customer",
    "guanxi.insight",
    "guanxi.operational.marketing",
    "guanxi.collaborative.channels",
    "guanxi.integration.transfer",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "guanxi.foundation.ui.middleware.page_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guanxi.foundation.ui.middleware.reader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guanxi.foundation.ui.middleware.legible",
]

ROOT_URLCONF = "guanxi.site.urls"
WSGI_APPLICATION = "guanxi.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "guanxi.foundation.ui.context.frame",
            ],
        },
    }
]

FORM_RENDERER = "guanxi.foundation.ui.forms.LedgerForms"

DATABASES = {"default": database_settings(GUANXI_HOME, os.environ)}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["guanxi.foundation.access.entry.Colleagues"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}"}
    for rule in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "entrance:login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = GUANXI_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# How mail leaves: `capture` (nothing leaves, the outbox shows it), smtp://user:password@host:port or smtps://…
MAIL = os.environ.get("GUANXI_MAIL", "capture")
MAIL_FROM = os.environ.get("GUANXI_MAIL_FROM", "")
DEFAULT_FROM_EMAIL = MAIL_FROM or "guanxi@localhost"
globals().update(system_mail(MAIL))
# Where customers reach this installation, for the links in their mails.
PUBLIC_URL = os.environ.get("GUANXI_URL", "http://localhost:8000").rstrip("/")

SESSION_ENGINE = "guanxi.foundation.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "guanxi.foundation.ui.failures.unsigned"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Pages find the push process on the next port of the same host, or behind a proxy at GUANXI_PUSH_URL.
PUSH_PORT = os.environ.get("GUANXI_PUSH_PORT", "")
PUSH_URL = os.environ.get("GUANXI_PUSH_URL", "")

# What fails on our side is told at the terminal and kept, with its trace, beside the data.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "guanxi.site.logs.WithoutValues", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "line"},
        "kept": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": GUANXI_HOME / "errors.log",
            "maxBytes": 5 * 1024 * 1024,
            "backupCount": 3,
            "delay": True,
            "level": "ERROR",
            "formatter": "line",
        },
    },
    "root": {"handlers": ["terminal", "kept"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
