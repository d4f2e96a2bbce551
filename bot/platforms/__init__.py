"""The messengers, one file each: everything in which they differ is declared here and nowhere else."""

from bot.platforms.bale import Bale
from bot.platforms.base import Call, Capabilities, Failure, Platform
from bot.platforms.reading import Unreadable
from bot.platforms.telegram import Telegram

#: Every messenger we speak, by the name that settings and accounts use.
PLATFORMS: dict[str, Platform] = {platform.name: platform for platform in (Telegram(), Bale())}

__all__ = ["PLATFORMS", "Bale", "Call", "Capabilities", "Failure", "Platform", "Telegram", "Unreadable"]
