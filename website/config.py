"""Settings: environment variables `TEMTHU_…`, read once when the program starts.

The table in docs/configuration.md says the same; a test compares them. Nothing else reads the environment.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PROJECT = Path(__file__).resolve().parent.parent
# Six sheets of 15 MB and what surrounds them.
# Written by `temthu load-demonstration`.
DEMONSTRATION_SIGN_INS = "demonstration-sign-ins.txt"
LARGEST_REQUEST = 96 * 1024 * 1024
# A list of all schools of a country, pasted.
LARGEST_TEXT = 4 * 1024 * 1024
# As OAI-PMH demands them.
ADDRESS = re.compile(r"\S+@(\S+\.)+\S+")
REPOSITORY = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. Field `data` is read from `TEMTHU_DATA`, and so on."""

    data: Path = PROJECT / "data"
    database_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    timezone: str = "Asia/Ho_Chi_Minh"
    country: str = "VN"
    https: bool = False
    trusted_proxies: int = 0
    search_engine: str = ""
    contact: str = ""
    repository: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read every `TEMTHU_…` that is set. A value that cannot be understood stops the program with a sentence."""
        given: dict[str, Any] = {}
        for name, default in cls.__dataclass_fields__.items():
            text = environment.get(variable(name), "").strip()
            if text:
                given[name] = _understood(name, text, kind=type(default.default))
        settings = cls(**given)
        settings._check()
        return settings

    def _check(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (LookupError, ValueError) as error:
            raise SystemExit(f"{variable('timezone')}: no time zone is called {self.timezone}.") from error
        if self.search_engine not in ("", "whoosh", "postgres"):
            raise SystemExit(f"{variable('search_engine')}: whoosh or postgres, please.")
        if self.contact and not ADDRESS.fullmatch(self.contact):
            raise SystemExit(f"{variable('contact')}: an e-mail address with a dot in its host, please.")
        if self.repository and not REPOSITORY.fullmatch(self.repository):
            raise SystemExit(f"{variable('repository')}: a name such as stamps.example, please.")

    def database(self) -> str:
        """The address SQLAlchemy takes: the PostgreSQL given, else the SQLite file of the data folder."""
        if not self.database_url:
            return f"sqlite:///{self.data.resolve() / 'temthu.sqlite'}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url

    def key(self) -> str:
        """The key that signs sessions: the one given, else one made at the first start and kept in the data folder."""
        return self.secret_key or _kept_key(self.data / "secret-key")


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"TEMTHU_{name.upper()}"


def _understood(name: str, text: str, *, kind: type[Any]) -> Any:
    try:
        if kind is bool:
            return {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}[text.lower()]
        if issubclass(kind, Path):
            return Path(text).expanduser().resolve()
        return kind(text)
    except (KeyError, ValueError) as error:
        raise SystemExit(f"{variable(name)}: {text!r} is not understood.") from error


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as out:
            path.chmod(0o600)
            out.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()


def flask_config(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions are told."""
    return {
        "SETTINGS": settings,
        "DATA": str(settings.data),
        "UPLOADS": str(settings.data / "uploads"),
        # Pages say so wherever invented children stand beside real ones.
        "DEMONSTRATION": (settings.data / DEMONSTRATION_SIGN_INS).exists(),
        "TIMEZONE": settings.timezone,
        "COUNTRY": settings.country,
        "SEARCH_ENGINE": settings.search_engine,
        "CONTACT": settings.contact,
        "REPOSITORY": settings.repository,
        "SECRET_KEY": settings.key(),
        "SQLALCHEMY_DATABASE_URI": settings.database(),
        "SESSION_COOKIE_NAME": "temthu",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_TEXT,
        "WTF_CSRF_TIME_LIMIT": None,  # a child may take an afternoon over a letter
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,  # addresses of static files carry their version
        "BABEL_TRANSLATION_DIRECTORIES": str(PROJECT / "translations"),
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "BOOTSTRAP_SERVE_LOCAL": True,
    }
