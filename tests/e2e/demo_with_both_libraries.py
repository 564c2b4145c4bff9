"""The demo in a process that has loaded both messengers' libraries, as an installation with tokens has."""

from bot.__main__ import main
from bot.memory import models_built_when_used

with models_built_when_used():
    import aiogram  # noqa: F401 - to be there is all it is asked
import telegram.ext  # noqa: F401

main()
