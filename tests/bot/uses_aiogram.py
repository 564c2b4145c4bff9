"""Uses aiogram in a process of its own, as it is or with models built later, and tells what came of it."""

import json
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.memory import models_built_when_used

PERSON = {"id": 7, "is_bot": False, "first_name": "Oksana", "language_code": "uk"}
CHAT = {"id": 7, "type": "private", "first_name": "Oksana"}
WRITTEN = {"message_id": 5, "date": 1, "chat": CHAT, "from": PERSON, "text": "привіт", "new_in_the_api": 1}
UPDATES = [
    {"update_id": 1, "message": {**WRITTEN, "reply_to_message": WRITTEN}},
    {
        "update_id": 2,
        "callback_query": {"id": "9", "from": PERSON, "chat_instance": "1", "data": "x", "message": WRITTEN},
    },
    {
        "update_id": 3,
        "message": {**WRITTEN, "voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
    },
]


def resident() -> float:
    """MB of memory that the process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


def models() -> list[type[BaseModel]]:
    """Every type and method of the library."""
    from aiogram import methods, types

    named = [vars(module)[name] for module in (types, methods) for name in module.__all__]
    return [each for each in named if isinstance(each, type) and issubclass(each, BaseModel)]


def fields_of(model: type[BaseModel]) -> dict[str, str]:
    """What each field takes, without the places in memory where functions lie."""
    return {name: re.sub(r" at 0x\w+", "", str(field)) for name, field in model.model_fields.items()}


def used() -> dict[str, Any]:
    """What a bot does all day: it reads updates and answers, and makes calls."""
    from aiogram.methods import Response, SendMessage
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User

    button = InlineKeyboardButton(text="Так", callback_data="r.q:yes")
    call = SendMessage(chat_id=7, text="?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    read = Response[list[Update]].model_validate({"ok": True, "result": UPDATES})
    sent = Response[Message | bool].model_validate({"ok": True, "result": WRITTEN})
    me = Response[User].model_validate({"ok": True, "result": PERSON})
    return {
        "told": [str(each.model_dump(exclude_none=True, warnings=False)) for each in (read, sent, me, call)],
        "fields": [[each.__name__, fields_of(each)] for each in models()],
    }


def main(when_used: bool) -> dict[str, Any]:
    """Figures, what was read and written, and which models cannot be built; all as JSON can have it."""
    before = resident()
    with models_built_when_used() if when_used else nullcontext():
        import aiogram  # noqa: F401 - what it costs is what is looked at

        complete = sum(each.__pydantic_complete__ for each in models() if "types" in each.__module__)
    told = used()
    grown = resident() - before
    for model in models():
        hasattr(model.__pydantic_validator__, "title")  # pydantic builds it now if it has not done so yet
    unbuilt = [model.__name__ for model in models() if not model.__pydantic_complete__]
    return {**told, "complete": complete, "grown": grown, "unbuilt": unbuilt}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1] == "when-used")))
