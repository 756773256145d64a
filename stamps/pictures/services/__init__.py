"""Every write of pictures: adding and withdrawing them, their smaller sizes, the index they are searched by."""

from stamps.pictures.services.adding import add_picture, keep, or_forget, restore_picture, withdraw_picture
from stamps.pictures.services.indexing import bring_up_to_date, heal, index_later, rebuild, rebuild_later

__all__ = [
    "add_picture",
    "bring_up_to_date",
    "heal",
    "index_later",
    "keep",
    "or_forget",
    "rebuild",
    "rebuild_later",
    "restore_picture",
    "withdraw_picture",
]
