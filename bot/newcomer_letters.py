"""Letters of a case as the newcomer sees them on a page; looking at them counts as picking them up."""

from datetime import datetime

from bot.newcomer_views import LetterView
from dialogs.conversation import Conversation
from storage.store import Store

CLOSED = "handover.closed"


def letters_of(
    store: Store, account_id: str, conversation: Conversation, now: datetime
) -> tuple[LetterView, ...]:
    """Those of the open case, or of the last one while its closing is what is shown; oldest first."""
    ended = any(reply.key == CLOSED for reply in conversation.shown)
    if conversation.case is None and not ended:
        return ()
    case = store.cases.of_account(account_id)
    if case is None:
        return ()
    letters = store.letters.of_case(case.id)
    store.letters.mark_picked_up(account_id, now)
    return tuple(LetterView(author=letter.author, text=letter.text, at=letter.at) for letter in letters)
