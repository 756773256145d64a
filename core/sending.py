"""Files made for one answer: sent once all of them is there.

A server that is handed pieces one by one ends an answer well even where the next piece fails, so that half a file looks whole.
"""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile

from flask import Response, request
from werkzeug.wsgi import wrap_file

# So many bytes are kept in memory; more on the disk, without a name.
IN_MEMORY = 4 << 20


def whole(pieces: Iterable[str | bytes], *, mimetype: str, name: str) -> Response:
    """A download of this name. Whatever is raised by a piece is raised here, before anything is sent."""
    made = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the server, when it is sent
    try:
        for piece in pieces:
            made.write(piece.encode() if isinstance(piece, str) else piece)
        size = made.tell()
        made.seek(0)
    except BaseException:
        made.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return Response(wrap_file(request.environ, made), headers=headers, content_type=mimetype, direct_passthrough=True)
