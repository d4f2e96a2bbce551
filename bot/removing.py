"""Takes a message out of a chat: deleted, or emptied of its picture where it is too old for that."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from bot.api_errors import Missing, NotModified, Rejected, Unsupported
from bot.messenger import Messenger
from bot.platforms.base import Params
from bot.transport import Upload

#: Side of the picture that stands in for one that is gone, in pixels; messengers refuse much smaller ones.
_BLANK = 320


async def remove(messenger: Messenger, chat: int, message: int, emptied: Params | None) -> bool:
    """Whether nothing of it is to be seen any more. `emptied`: what it is exchanged for when it cannot be deleted.

    Raises `BotApiError` for whatever may go better later.
    """
    named: Params = {"chat_id": chat, "message_id": message}
    try:
        await messenger.api.call("deleteMessage", named)
    except (Missing, Rejected, Unsupported) as error:
        if messenger.platform.is_not_there(error.description):
            return True
    else:
        return True
    if emptied is None:
        return False
    try:
        files = {"blank": Upload("blank.jpg", _blank(), "image/jpeg")}
        await messenger.api.call("editMessageMedia", {**named, **emptied}, files=files)
    except NotModified:
        return True
    except (Missing, Rejected, Unsupported):
        return False
    return True


@lru_cache(maxsize=1)
def _blank() -> bytes:
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (_BLANK, _BLANK), "#808080").save(made, "JPEG")
    return made.getvalue()
