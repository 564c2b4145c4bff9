"""What a member of the team sends to the team's bot, as the channel gives it; it knows no messenger."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMessage:
    """One message in a private chat with the bot; at most one of `text` and `choice`.

    `id` is the message's own, the same when it comes twice. `tapped` is the reference of the message whose
    button was tapped, `quoted` the text which that message answers, if it answers one. `reference` is the
    message's own reference, `answers` that of the message it answers, or that the tapped one does. `name` is
    what the person calls themselves in the messenger.
    """

    id: str
    text: str = ""
    choice: str = ""
    reference: str = ""
    tapped: str = ""
    quoted: str = ""
    answers: str = ""
    name: str = ""
