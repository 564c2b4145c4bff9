"""Which town's bot has which token, read from the settings; the tokens go nowhere but to their bots."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.settings import PREFIX, Settings, SettingsError, secret, source

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,100}")
_SPLIT = re.compile(r"[,\n]")
NAMES = {TELEGRAM: "NEWCOMER_BOT_TOKEN", TEAM_TELEGRAM: "TEAM_BOT_TOKEN"}


def bot_tokens(settings: Settings, towns: Sequence[str]) -> Mapping[tuple[str, str], str]:
    """Token by town and channel; empty if there is none.

    Raises:
        SettingsError: every problem at once; none of them quotes a token.
    """
    problems: list[str] = []
    found: dict[tuple[str, str], str] = {}
    for channel, name in NAMES.items():
        try:
            text = secret(settings, name.lower())
        except SettingsError as error:
            problems += error.problems
            continue
        variable = source(settings, name.lower())
        for entry in filter(None, (part.strip() for part in _SPLIT.split(text))):
            problems += _take(found, entry, channel, variable, towns)
    problems += _shared(found)
    if found and settings.telegram_updates == "webhook" and not settings.public_url.startswith("https://"):
        problems.append(
            f"{PREFIX}TELEGRAM_UPDATES is webhook, but {PREFIX}PUBLIC_URL does not begin with https://."
            " Set it, or leave TELEGRAM_UPDATES out: then the program fetches."
        )
    if problems:
        raise SettingsError(problems)
    return found


def _take(
    found: dict[tuple[str, str], str], entry: str, channel: str, variable: str, towns: Sequence[str]
) -> Iterator[str]:
    town, named, token = entry.rpartition("=")
    if not named and len(towns) > 1:
        yield f"{variable}: with several towns write town=token, by commas. Towns: {', '.join(towns)}."
    elif named and town not in towns:
        yield f"{variable} names a town that there is not. Towns: {', '.join(towns)}."
    elif not _TOKEN.fullmatch(token):
        yield f"{variable} is not a bot's token. Copy it whole from @BotFather: digits, a colon, letters."
    elif (town or towns[0], channel) in found:
        yield f"{variable} has two tokens for one town. Leave one out."
    else:
        found[town or towns[0], channel] = token


def _shared(found: Mapping[tuple[str, str], str]) -> Iterator[str]:
    if len(set(found.values())) < len(found):
        names = " and ".join(PREFIX + name for name in NAMES.values())
        yield f"{names}: one token stands twice. Every town has two bots of its own, one for each."
