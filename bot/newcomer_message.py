"""What a person sent in a messenger, as the desk takes it: text, or the mere kind of what is no text."""

from dialogs.messages import TEXT_LENGTH, Media, Message

VOICES = frozenset(("voice", "audio", "video_note"))
FILES = frozenset(
    (
        *("photo", "document", "video", "animation", "sticker", "contact", "location", "venue", "poll"),
        *("dice", "story", "paid_media", "game", "live_photo", "checklist"),
    )
)

START = "/start"


def said_in(message_id: str, text: str | None, kind: str) -> tuple[Message | None, str]:
    """The message, and what the link carried by which they came; None for what is no message of a person.

    `kind`: the messenger's name for what was sent. Commands may carry the bot's name.
    """
    if text is None:
        media = Media.VOICE if kind in VOICES else Media.FILE
        return (Message(id=message_id, media=media) if kind in VOICES | FILES else None), ""
    word, _, rest = text.partition(" ")
    command, _, _ = word.partition("@")
    if command == START:
        return Message(id=message_id, text=command), rest.strip()
    if len(text) > TEXT_LENGTH:
        return Message(id=message_id, media=Media.TOO_LONG), ""
    whole = text if not word.startswith("/") else f"{command} {rest}".strip()
    return Message(id=message_id, text=whole), ""
