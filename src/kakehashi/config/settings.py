"""Everything that differs between machines comes from the environment, read here once.

`X_FILE` may name a file that holds the value of `X` (container secrets).
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from kakehashi.config.database import database

SOURCE = Path(__file__).parents[1]


def _env(name: str, default: str = "") -> str:
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


def _secret_key(home: Path) -> str:
    """Keep one key per home, so that several processes agree and sign-ins outlive a restart."""
    if given := _env("KAKEHASHI_SECRET_KEY"):
        return given
    file = home / "secret_key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()


KAKEHASHI_HOME = Path(_env("KAKEHASHI_HOME", "var")).resolve()
KAKEHASHI_PACK = Path(_env("KAKEHASHI_PACK", str(SOURCE.parents[1] / "programmes" / "jet")))
KAKEHASHI_NOW = _env("KAKEHASHI_NOW")  # an ISO moment: a demo or training system lives then
KAKEHASHI_DEMO = _env("KAKEHASHI_DEMO") == "1"
KAKEHASHI_MAIL_FROM = _env("KAKEHASHI_MAIL_FROM", "kakehashi@demo.invalid")
KAKEHASHI_ADDRESS = _env("KAKEHASHI_ADDRESS", "http://localhost:8000")  # as in letters
KAKEHASHI_JOBS_RAISE = False
SECRET_KEY = _secret_key(KAKEHASHI_HOME)
ALLOWED_HOSTS = _env("KAKEHASHI_HOSTS", "localhost,127.0.0.1").split(",")
PRODUCTION = _env("KAKEHASHI_PRODUCTION") == "1"
DEBUG = False
DATABASES = {"default": database(_env("DATABASE_URL"), KAKEHASHI_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # in the database: rate limits hold across processes
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語")]
LOCALE_PATHS = [SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

AUTH_USER_MODEL = "directory.Person"
ROOT_URLCONF = "kakehashi.config.urls"
WSGI_APPLICATION = "kakehashi.config.wsgi.application"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:today"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["kakehashi.config.hashing.OneAtATime"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # so that signing up never tells who has an account
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_CHANGE_EMAIL = True  # one address; the new one counts when it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {  # six wrong lock for ten minutes, six more for an hour, and so on
    "login_failed": "6/10m/key,12/1h/key,24/1d/key,60/10m/ip",
    "login": "200/m/ip",  # a whole office comes in through one address at nine o'clock
}
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
ACCOUNT_ADAPTER = "kakehashi.config.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "kakehashi.config.account_forms.SignInForm",
    "signup": "kakehashi.config.account_forms.SignUpForm",
    "add_email": "kakehashi.config.account_forms.AddressForm",
    "change_password": "kakehashi.config.account_forms.ChangePasswordForm",
    "set_password": "kakehashi.config.account_forms.SetPasswordForm",
    "reset_password": "kakehashi.config.account_forms.AskForLinkForm",
    "reset_password_from_key": "kakehashi.config.account_forms.NewPasswordForm",
    "reauthenticate": "kakehashi.config.account_forms.AskAgainForm",
}
MFA_ADAPTER = "kakehashi.config.second_factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody comes in before the first address is proven
MFA_FORMS = {
    "authenticate": "kakehashi.config.factor_forms.SecondStepForm",
    "reauthenticate": "kakehashi.config.factor_forms.AskCodeAgainForm",
    "activate_totp": "kakehashi.config.factor_forms.StartAppForm",
    "deactivate_totp": "kakehashi.config.factor_forms.StopAppForm",
    "generate_recovery_codes": "kakehashi.config.factor_forms.MakeCodesForm",
    "add_webauthn": "kakehashi.config.factor_forms.AddPasskeyForm",
    "edit_webauthn": "kakehashi.config.factor_forms.NamePasskeyForm",
}
PASSWORD_RESET_TIMEOUT = 3600
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "csp",
    "django_q",
    "kakehashi.web",  # before allauth: our templates win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "kakehashi.kernel",
    "kakehashi.directory",
    "kakehashi.deputies",
    "kakehashi.privacy",
    "kakehashi.approvals",
    "kakehashi.accounts",
    "kakehashi.correspondence",
    "kakehashi.councils",
    "kakehashi.intake",
    "kakehashi.recruitment",
    "kakehashi.selection",
    "kakehashi.placement",
    "kakehashi.arrival",
    "kakehashi.appointment",
    "kakehashi.statistics",
    "kakehashi.home",
    "kakehashi.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kakehashi.config.hashing.SignInsInTurn",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kakehashi.config.presence.Presence",
    "kakehashi.config.middleware.ReadersLanguage",
    "kakehashi.deputies.views.banner.InAnothersName",
    "kakehashi.config.typed.KeepsTyped",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kakehashi.kernel.web.RefusalMiddleware",
    "kakehashi.config.middleware.SignInFirst",
    "kakehashi.web.middleware.Problems",
    "kakehashi.config.methods.SightBeforeMethod",  # nearest to the page, which it may ask again
]
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
                "kakehashi.web.navigation.navigation",
                "kakehashi.config.presence.around",
            ],
        },
    },
]

FILE_UPLOAD_HANDLERS = [
    "kakehashi.config.uploads.NothingTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STATIC_URL = "static/"
STATIC_ROOT = KAKEHASHI_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
CSRF_FAILURE_VIEW = "kakehashi.config.typed.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = KAKEHASHI_HOME / "mail"  # until a mail server is named
if _env("KAKEHASHI_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _env("KAKEHASHI_SMTP_HOST")
    EMAIL_PORT = int(_env("KAKEHASHI_SMTP_PORT", "587"))
    EMAIL_HOST_USER = _env("KAKEHASHI_SMTP_USER")
    EMAIL_HOST_PASSWORD = _env("KAKEHASHI_SMTP_PASSWORD")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 20  # seconds: a server that is silent may not hold up a whole job

KAKEHASHI_JOBS_HELD = 360  # seconds: longer than any worker lives on one run
Q_CLUSTER = {
    "name": "kakehashi",
    "orm": "default",
    "workers": int(_env("KAKEHASHI_WORKERS", "1")),
    "timeout": 300,  # longer than the longest step; `retry` must be longer still
    "retry": KAKEHASHI_JOBS_HELD,
    "max_attempts": 5,
    "ack_failures": True,
    "poll": 0.5,
    "save_limit": 100,
    "catch_up": False,
    "label": "Queue",
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "kakehashi.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
