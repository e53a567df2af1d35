"""Settings of the gallery. Runs with an empty environment; every variable is in the README's table."""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from gallery_project.data_folder import make_private_folder, secret_key
from gallery_project.environment import env_bool, env_int, env_list, env_secret, env_text

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = make_private_folder(Path(env_text("GALLERY_DATA_DIR", str(BASE_DIR / "var"))).expanduser().resolve())

# --- Where it answers
HOST = env_text("GALLERY_HOST", "127.0.0.1")
PORT = env_int("GALLERY_PORT", 8000, low=1, high=65535)
WEB_WORKERS = env_int("GALLERY_WEB_WORKERS", 1, low=1, high=32)
TASK_WORKERS = env_int("GALLERY_TASK_WORKERS", 2, low=1, high=32)
DEBUG = env_bool("GALLERY_DEBUG", default=False)
DEMO = env_bool("GALLERY_DEMO", default=False)
HTTPS = env_bool("GALLERY_HTTPS", default=False)
SECRET_KEY = env_secret("GALLERY_SECRET_KEY") or secret_key(DATA_DIR)
ALLOWED_HOSTS = env_list("GALLERY_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]") + (
    [] if HOST in {"0.0.0.0", "::"} else [HOST]  # noqa: S104 - compared, not bound
)
CSRF_TRUSTED_ORIGINS = env_list("GALLERY_TRUSTED_ORIGINS")
ROOT_URLCONF = "gallery_project.urls"
WSGI_APPLICATION = "gallery_project.wsgi.application"

INSTALLED_APPS = [
    "gallery_project.apps.GalleryProjectConfig",
    "settings_app",
    "models_catalog",
    "photos",
    "albums",
    "generation",
    "sharing",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "axes",
    "csp",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lib.toasts.ToastMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "settings_app.looks.looks",
            ],
        },
    },
]

# --- Database
_SQLITE_OPTIONS = {
    "timeout": 20,
    # Without IMMEDIATE a read that turns into a write fails at once with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}


def database(url: str) -> dict[str, object]:
    """Return Django's settings for the database at ``url``, with SQLite made safe for several processes."""
    parsed = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if str(parsed["ENGINE"]).endswith("sqlite3"):
        parsed["OPTIONS"] = _SQLITE_OPTIONS
    else:
        parsed["OPTIONS"] = {"connect_timeout": 5, **dict(parsed.get("OPTIONS", {}))}
    return parsed


DATABASE_URL = env_secret("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'gallery.sqlite3'}"
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by web, worker and follower: live previews and progress pass through it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- Files
MEDIA_ROOT = DATA_DIR
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR}},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "originals"},
    },
    "thumbnails": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "thumbnails"},
    },
    "incoming": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "incoming"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
UPLOAD_LIMIT = env_int("GALLERY_UPLOAD_LIMIT_MB", 1000, low=1, high=100_000) * 1024 * 1024
PIXEL_LIMIT = env_int("GALLERY_PIXEL_LIMIT_MP", 150, low=1, high=1000) * 1_000_000

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- The owner's door
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "settings_app:login"
LOGIN_REDIRECT_URL = "photos:timeline"
LOGOUT_REDIRECT_URL = "settings_app:login"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- What browsers are told
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        # Only for --ratio and the like: each picture's shape is told to the layout before it loads.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Tasks. `retry` must outlast everything a worker may hold: see lib/checks.
Q_CLUSTER = {
    "name": "gallery",
    "orm": "default",
    "workers": TASK_WORKERS,
    "timeout": 60,
    "retry": 900,
    # With ack_failures a failed task is not repeated by the queue (and max_attempts would be ignored):
    # retries belong to the rows, which count their attempts before the work begins.
    "ack_failures": True,
    "queue_limit": 2,
    "bulk": 1,
    "poll": 0.5,
    "guard_cycle": 0.5,
    "catch_up": False,
    "save_limit": 250,
    "recycle": 500,
    "max_rss": 400_000,
    "label": "Tasks",
}

LANGUAGE_CODE = "en"
TIME_ZONE = env_text("GALLERY_TIME_ZONE", "UTC")
USE_I18N = False
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("GALLERY_LOG_LEVEL", "INFO").upper()},
}
