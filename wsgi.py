"""For any WSGI server: `wsgi:app`."""

from website import create_app

app = create_app()
