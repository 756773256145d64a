"""create_app(): settings, extensions, features, in this order. No page and no rule lives here."""

from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import accounts
import archive
import stamps
from contest import editions, judging, letters, remarks, results, winners
from core import keys
from core.db import Base, db
from website import errors, headers, languages, navigation, templating, views
from website.config import PROJECT, Settings, flask_config

FEATURES = (accounts, archive, stamps, editions, letters, winners, judging, remarks, results)


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The whole program as one WSGI application. `overrides` are Flask settings, for tests."""
    settings = settings or Settings.read()
    app = Flask(
        "temthu",
        root_path=str(PROJECT),
        template_folder=str(PROJECT / "templates"),
        static_folder=str(PROJECT / "static"),
    )
    app.config.update(flask_config(settings), **overrides)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    _extend(app)
    for feature in FEATURES:
        feature.register(app)
    for part in (languages, templating, navigation, headers, errors, views):
        part.register(app)
    return app


def _extend(app: Flask) -> None:
    keys.register(app)
    db.init_app(app)
    Migrate(
        app,
        db,
        directory=str(PROJECT / "migrations"),
        render_as_batch=True,
        target_metadata=Base.metadata,
    )
    CSRFProtect(app)
    Bootstrap5(app)
