"""The application inside one web process: it leaves when the server that started it is gone.

Without this a server that is killed leaves processes behind that go on answering, on the same port,
with an old program.
"""

import os
import threading
import time

from website.application import create_app

SECONDS_BETWEEN_LOOKS = 1.0


def leave_with(starter: int) -> None:
    """Wait until the starter is gone, then end this process at once: every commit is on the disk already."""
    while os.getppid() == starter:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os._exit(0)


threading.Thread(target=leave_with, args=(os.getppid(),), daemon=True).start()
app = create_app()
