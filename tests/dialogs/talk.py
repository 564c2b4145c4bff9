"""A conversation driven by hand: taps by question and code, typed texts, time, and a guide who takes it."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.town_script import TownScript
from dialogs.conversation import Conversation, Owner, Run
from dialogs.effects import Effect
from dialogs.engine import Turn, advance
from dialogs.messages import Choice, Media, Message, Reply
from dialogs.runs import answered, pending

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
TO_OFFERS = ("/start", "/language de", "need:lang", "detail:lang.first_orientation")
TO_CONSENT = (*TO_OFFERS, "urgency:has_time", "more:yes")
TO_TOWN = (*TO_CONSENT, "consent:yes")
TO_AGE = (*TO_TOWN, "town:here")


class Talk:
    """One person's conversation with the bare engine."""

    def __init__(self, script: TownScript, now: datetime = NOON, language: str = "de") -> None:
        self.script, self.now = script, now
        self.conversation = Conversation(language=language)
        self.effects: tuple[Effect, ...] = ()
        self.replies: tuple[Reply, ...] = ()
        self._ids = itertools.count(1)

    def send(self, *, text: str | None = None, choice: str | None = None, media: Media | None = None) -> Turn:
        """One message; with neither text nor choice a photo, or what `media` says."""
        number = next(self._ids)
        message = Message(id=f"m{number}", text=text, choice=choice, media=media)
        turn = advance(self.script, self.conversation, message, self.now, lambda: f"r{next(self._ids)}")
        self.conversation, self.replies, self.effects = turn.conversation, turn.replies, turn.effects
        return turn

    def says(self, text: str) -> Turn:
        return self.send(text=text)

    def taps(self, *whats: str) -> Turn:
        """Taps what is shown: a command, or the end of a choice's id such as `need:lang`."""
        turn = None
        for what in whats:
            turn = self.send(choice=what if what.startswith("/") else self.choice(what).id)
        assert turn is not None
        return turn

    def choice(self, what: str) -> Choice:
        """The shown choice whose id is `what` or ends with it."""
        found = [c for c in choices_in(self.conversation.shown) if c.id == what or c.id.endswith("." + what)]
        assert found, (what, [c.id for c in choices_in(self.conversation.shown)])
        return found[0]

    def waits(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    def guide_takes(self) -> None:
        """What the guide desk does when a case is taken."""
        taken = (Reply(key="handover.taken"),)
        self.conversation = replace(self.conversation, owner=Owner.GUIDE, case=7, shown=taken)

    def guide_closes(self) -> None:
        """What the guide desk does when a case is closed."""
        menu = (Choice(id="/need", key="menu.need"), Choice(id="/human", key="menu.human"))
        closed = (Reply(key="handover.closed", choices=menu),)
        self.conversation = replace(self.conversation, owner=Owner.BOT, case=None, shown=closed)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the last replies."""
        return tuple(reply.key for reply in self.replies)

    @property
    def asks(self) -> str:
        """Key of the last reply: the question that is open."""
        return self.keys[-1] if self.keys else ""

    @property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """Answers kept in the intake."""
        return next((run.answers for run in self.conversation.runs if run.questionnaire == "intake"), {})


def choices_in(replies: tuple[Reply, ...]) -> Iterator[Choice]:
    return (choice for reply in replies for choice in reply.choices)


def run_of(script: TownScript, **answers: str | tuple[str, ...]) -> Run:
    """A run of the intake with these answers, given through the engine's own functions, in order."""
    run = Run(id="r1", questionnaire="intake", version=1)
    while (question := pending(run, script)) is not None:
        if question.statement:
            run = answered(run, question, ("seen",), script)
        elif question.id in answers:
            given = answers[question.id]
            run = answered(run, question, (given,) if isinstance(given, str) else given, script)
        else:
            return run
    return run
