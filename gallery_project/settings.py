"""Settings of the gallery. Runs with an empty environment; every variable is in the README's table."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from gallery_project.data_folder import data_folder, make_private_folder, secret_key
from gallery_project.environment import env_bool, env_choice, env_int, env_list, env_secret, env_text
from gallery_project.time_zone import env_time_zone

BASE_DIR = Path(__file__).resolve().parent.parent
# The demo has a folder, a database and a port of its own: it can never touch the owner's library.
DEMO = env_bool("GALLERY_DEMO", default=False)
DATA_DIR = make_private_folder(data_folder(env_text("GALLERY_DATA_DIR", str(BASE_DIR / "var")), is_demo=DEMO))

# --- Where it answers
HOST = env_text("GALLERY_HOST", "127.0.0.1")
PORT = env_int("GALLERY_PORT", 8001 if DEMO else 8000, low=1, high=65535)
STANDIN_PORT = PORT + 1000 if PORT < 64000 else PORT - 1000
WEB_WORKERS = env_int("GALLERY_WEB_WORKERS", 1, low=1, high=32)
TASK_WORKERS = env_int("GALLERY_TASK_WORKERS", 2, low=1, high=32)
DEBUG = env_bool("GALLERY_DEBUG", default=False)
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
    "settings_app.admin_config.GalleryAdminConfig",
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
    "photos.files.shortcut.ThumbnailShortcut",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "photos.files.gate.PictureCookieMiddleware",
    "settings_app.door.middleware.OwnerRequired",
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
# Every list asks for a hundred rows in an order: helpers that read the whole table beside it only make that slower.
_POSTGRESQL_OPTIONS = {"connect_timeout": 5, "options": "-c max_parallel_workers_per_gather=0"}
_SQLITE_OPTIONS = {
    "timeout": 20,
    # Without IMMEDIATE a read that turns into a write fails at once with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url``, with SQLite made safe for several processes.

    Raises:
        ImproperlyConfigured: when it is not the address of a SQLite or PostgreSQL database. The address may hold a
            password, so it is not repeated.
    """
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (ValueError, dj_database_url.ParseError):
        raise ImproperlyConfigured("DATABASE_URL is not the address of a database.") from None
    if scheme == "sqlite":
        parsed["OPTIONS"] = _SQLITE_OPTIONS
    else:
        parsed["OPTIONS"] = {**_POSTGRESQL_OPTIONS, **parsed.get("OPTIONS", {})}
    return parsed


_OWN_DATABASE_URL = f"sqlite:///{quote(str(DATA_DIR / 'gallery.sqlite3'))}"
DATABASES = {"default": database((not DEMO and env_secret("DATABASE_URL")) or _OWN_DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by web, worker and follower: live previews and progress pass through it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # The queue notes its own state twice a second and nobody reads it.
    "unread": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

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
    # What was painted over pictures to have a part of them made anew.
    "masks": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "masks"},
    },
    # ZIPs that wait to be fetched. They grow in place, so this is a folder wherever the originals are.
    "archives": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "archives"},
    },
    "staticfiles": {"BACKEND": "gallery_project.static_storage.HashedStaticFiles"},
}
# Uploads are written beside the library: the system's place for temporary files may be small, or lie in memory.
FILE_UPLOAD_TEMP_DIR = make_private_folder(DATA_DIR / "incoming")
FILE_UPLOAD_HANDLERS = ["photos.intake.handing_in.OwnersFiles"]
# A selection names each of its pictures.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
# Of the files of a plain form those beyond photos.intake.handing_in.MOST_FILES are left out, and told.
DATA_UPLOAD_MAX_NUMBER_FILES = 20_000
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
PROXIES = env_int("GALLERY_PROXIES", 0, low=0, high=10)
AXES_HANDLER = "settings_app.door.delays.GrowingDelay"
AXES_CLIENT_IP_CALLABLE = "settings_app.door.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "settings_app.door.views.too_soon"
AXES_FAILURE_LIMIT = 5
# How long failures are remembered; how long to wait after them is decided in settings_app/door/delays.py.
AXES_COOLOFF_TIME = timedelta(days=1)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
LOGIN_URL = "settings_app:login"
LOGIN_REDIRECT_URL = "photos:timeline"
LOGOUT_REDIRECT_URL = "settings_app:login"
# Browsers do not tell ports apart: without names of its own the demo would sign the owner out of the library.
SESSION_COOKIE_NAME = "demo_sessionid" if DEMO else "sessionid"
CSRF_COOKIE_NAME = "demo_csrftoken" if DEMO else "csrftoken"
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
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "worker-src": [SELF],
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

# --- Tasks. `retry` must outlast everything a worker may hold: gallery_project.E001 in checks.py.
Q_CLUSTER: dict[str, Any] = {
    "name": "gallery",
    "orm": "default",
    "cache": "unread",
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

# --- Rented pods. Tests and the stand-in point elsewhere.
# The demo rents from a stand-in only, whatever the environment says: it must never spend money.
RUNPOD_STANDIN_PORT = STANDIN_PORT + 1
_RUNPOD_STANDIN = f"http://127.0.0.1:{RUNPOD_STANDIN_PORT}"
RUNPOD_API_BASE = _RUNPOD_STANDIN if DEMO else env_text("RUNPOD_API_BASE", "https://api.runpod.io")
RUNPOD_PROXY_TEMPLATE = (
    _RUNPOD_STANDIN + "/proxy/{pod_id}/{port}"
    if DEMO
    else env_text("RUNPOD_PROXY_TEMPLATE", "https://{pod_id}-{port}.proxy.runpod.net")
)

LANGUAGE_CODE = "en"
TIME_ZONE = env_time_zone("GALLERY_TIME_ZONE")
USE_I18N = False
USE_TZ = True

LOG_LEVEL = env_choice("GALLERY_LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"axes": {"level": "WARNING"}, "django-q": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
