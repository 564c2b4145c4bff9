"""How a post reads in a messenger: texts and buttons, ready to be sent; it sends nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.channels.base import Bubble, Key, Keys, bubbles, units
from bot.posts import Part, Post
from bot.rendering import GERMAN_CARD, WAY_ON, Button, Rendered, render_one
from bot.town_script import TownScript
from dialogs.messages import verbatim

TICKS = {True: "☑ ", False: "☐ ", None: ""}
CHOSEN = "✓ "
SHORT = 14
"""Units of a label up to which two buttons share a row."""


def bubbles_of(script: TownScript, post: Post, now: datetime) -> list[Bubble]:
    """The messages in order: cards of offers that are gone by now are left out; none if it is too late."""
    if post.until is not None and now >= post.until:
        return []
    made = [bubble for part in post.parts for bubble in _part(script, post.language, part, now)]
    return (
        made
        if any(bubble.text for bubble in made)
        else list(_reply(script, post.language, Part(reply=WAY_ON), now))
    )


def _part(script: TownScript, language: str, part: Part, now: datetime) -> Iterator[Bubble]:
    if part.letter:
        text = script.text("telegram.guide", language, {"text": verbatim(part.letter)})
        yield from bubbles(Bubble(text=text, letter=True))
    elif part.reply is not None:
        yield from _reply(script, language, part, now)


def _reply(script: TownScript, language: str, part: Part, now: datetime) -> Iterator[Bubble]:
    rendered = render_one(script, part.reply, language, now) if part.reply is not None else None
    if rendered is None:  # it keeps its place: how many messages have gone is counted
        yield Bubble(text="")
        return
    text = rendered.as_text()
    if part.answer is not None:
        label = script.text(part.answer.key, language, part.answer.args)
        yield from bubbles(Bubble(text=f"{text}\n\n{CHOSEN}{label}", replaces=part.replaces))
        return
    keys, links = keys_of(rendered)
    shown = "\n".join((text, *links))
    keys += _map_of(script, rendered)
    yield from bubbles(Bubble(text=shown, keys=keys, replaces=part.replaces))


def _map_of(script: TownScript, rendered: Rendered) -> Keys:
    """The map of an offer's address, where the card knows one; the card for the counter needs none."""
    if rendered.card is None or rendered.key == GERMAN_CARD:
        return ()
    links = (line.href for line in rendered.card.lines if line.kind == "address" and line.href)
    label = script.text("card.map", rendered.language)
    return tuple((Key(label=label, url=link),) for link in links if link.startswith("https:"))


def keys_of(rendered: Rendered) -> tuple[Keys, list[str]]:
    """The buttons in rows, and links that can be no buttons: messengers take https alone."""
    keys = [_key(button) for button in rendered.buttons if not button.id.startswith("http:")]
    return _rows(keys), [button.id for button in rendered.buttons if button.id.startswith("http:")]


def _key(button: Button) -> Key:
    emoji = f"{button.emoji} " if button.emoji else ""
    label = f"{TICKS[button.ticked]}{emoji}{button.label}"
    return (
        Key(label=label, url=button.id)
        if button.id.startswith("https:")
        else Key(label=label, data=button.id)
    )


def _rows(keys: Sequence[Key]) -> Keys:
    rows: list[tuple[Key, ...]] = []
    for key in keys:
        if rows and len(rows[-1]) == 1 and _is_short(key) and _is_short(rows[-1][0]):
            rows[-1] = (rows[-1][0], key)
        else:
            rows.append((key,))
    return tuple(rows)


def _is_short(key: Key) -> bool:
    return units(key.label) <= SHORT
