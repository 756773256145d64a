"""For any WSGI server: `wsgi:app`."""

from website.application import create_app

app = create_app()
