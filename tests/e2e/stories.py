"""What newcomers and guides do on Telegram from the first word to the end, each as fast as they can."""

from dataclasses import dataclass, field

from tests.e2e.crowd import Phone, Story
from tests.e2e.people import HANDOVER, QUESTIONS, TO_CONSENT

LETTERS = 4
"""What each newcomer writes to their guide before they say thanks."""

STEPS = (*TO_CONSENT, *QUESTIONS, *HANDOVER)
TAKEN, CLOSED, GOODBYE = "Now a person is writing", "is over. Now the program", "Everything about you"
WHICH, WROTE = "An welchen Fall soll das gehen?", " schreibt:\n"


def newcomer(me: Phone, name: str, *, deletes: bool) -> Story:
    """From the first word through the whole intake to a guide, and to the end of it."""
    yield from me.say("/start")
    yield from me.tap_when_shown(*STEPS)
    yield from me.wait_for(TAKEN)
    for number in range(LETTERS):
        yield from me.say(f"letter {name}-{number}")
    for number in range(LETTERS):
        yield from me.wait_for(f"answer to {name}-{number}")
    yield from me.say(f"thanks {name}")
    yield from me.wait_for(CLOSED)
    if deletes:
        yield from me.say("/delete")
        yield from me.tap_when_shown(".ask:yes")
        yield from me.wait_for(GOODBYE)


@dataclass(slots=True)
class GuidesWork:
    """A guide takes what waits, answers every letter once, by a reply to it, and closes after the thanks."""

    me: Phone
    seen: set[object] = field(default_factory=set)
    """What is dealt with: each offer, letter, question and thanks once, however often it came."""

    def story(self, start: str) -> Story:
        yield from self.me.say(start)
        yield from self.me.tap_when_shown(start.removeprefix("/start "))
        yield from self.me.wait_for("Willkommen")
        while True:
            yield
            for message in self.me.messages:
                yield from self._take(message.id)
                yield from self._answer(message.id)
                yield from self._say_which(message.id)

    def _take(self, number: int) -> Story:
        data = self._data(number, "take:")
        if data and self._first(data):
            yield from self.me.tap(number, data)

    def _answer(self, number: int) -> Story:
        _, wrote, letter = self.me.seen[number].text.partition(WROTE)
        if not wrote or not self._first(letter):
            return
        if letter.startswith("letter "):
            yield from self.me.say(f"answer to {letter.removeprefix('letter ')}", reply_to=number)
        else:
            close = self._data(number, "close:")
            yield from self.me.tap(number, close)
            yield from self.me.tap_when_shown(close.replace("close:", "done:") + ":answered")

    def _say_which(self, number: int) -> Story:
        """After a crash the bot may not know which case a message was about; then it asks."""
        message = self.me.seen[number]
        if message.text != WHICH or not self._first(asked := message.whole["reply_to_message"]["text"]):
            return
        letter = self.me.newest(asked.replace("answer to ", f"{WROTE}letter "))
        assert letter is not None
        case = letter.text.partition(WROTE)[0]
        (data,) = (b.data for row in message.buttons for b in row if b.text == case)
        yield from self.me.tap(number, data)

    def _data(self, number: int, beginning: str) -> str:
        buttons = (button for row in self.me.seen[number].buttons for button in row)
        return next((button.data for button in buttons if button.data.startswith(beginning)), "")

    def _first(self, what: object) -> bool:
        new = what not in self.seen
        self.seen.add(what)
        return new
