"""Turns replies into what a person reads; every channel shows the same, only the form differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import CardView, card
from bot.town_script import TownScript
from catalog.matching import Match
from dialogs.messages import Choice, Reply
from dialogs.questionnaire import DONE, SKIP
from dialogs.wording import SOURCE

STYLES = {
    "/emergency": "emergency",
    "/human": "person",
    "/back": "back",
    "/card": "card",
    "/edit": "change",
    "/easy": "picture",
    "/delete": "delete",
}
ENDINGS = {SKIP: "skip", DONE: "done"}
"""Styles of the choices that leave a question."""

SOMETHING_ELSE = ("intake.need.other", "intake.detail.other")
ELSE_EMOJI = "❓"
"""Before "something else", where every need has its own."""

LETTERS = {
    "intake.need.letter": "✉️",
    "letter.sender.court": "⚖️",
    "letter.sender.asylum_office": "🏛️",
    "letter.sender.foreigners_office": "🛂",
    "letter.sender.benefits_office": "💶",
    "letter.sender.landlord": "🏠",
    "letter.sender.employer": "💼",
    "letter.sender.creditor": "🧾",
    "letter.sender.insurance": "💳",
    "letter.sender.school": "🎒",
    "letter.sender.police": "🚓",
    "letter.sender.unknown": "❓",
    "letter.envelope.yellow": "🟨",
    "letter.envelope.ordinary": "⬜",
    "letter.envelope.unknown": "❓",
}
"""Who sends a letter and in what, as pictures; by the key of the choice."""

SAFETY = ("emergency.", "intake.consent", "consent.more", "intake.contact", "handover.ask")
"""Texts that can harm if they are wrong: consent and emergencies."""

GERMAN_CARD = "offer.german"
"""A card in German, to be shown at the counter."""

WAY_ON = Reply(
    key="menu.next",
    choices=(
        Choice(id="/need", key="menu.need"),
        Choice(id="/human", key="menu.human"),
        Choice(id="/help", key="menu.help"),
    ),
)
"""Stands where nothing else is left to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to tap, as it reads.

    Pictures for people who hardly read, else empty: `icon` names one of the drawings of the pages, `emoji` is
    what messengers show, which have no drawings.
    """

    id: str
    label: str
    ticked: bool | None = None
    style: str = ""
    icon: str = ""
    emoji: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One reply as it reads: text with line breaks, or a card. `progress`: (question, of how many)."""

    key: str
    text: str
    buttons: tuple[Button, ...]
    card: CardView | None = None
    progress: tuple[int, int] | None = None
    language: str
    direction: str

    def as_text(self) -> str:
        """The reply without buttons, as a terminal or a messenger shows it."""
        return self.card.as_text() if self.card is not None else self.text


def render(
    script: TownScript, replies: Sequence[Reply], language: str, now: datetime
) -> tuple[Rendered, ...]:
    """The replies as they read; cards of offers that are gone by now are left out, but never all there is."""
    rendered = tuple(
        one for reply in replies if (one := render_one(script, reply, language, now)) is not None
    )
    return rendered if rendered or not replies else render(script, (WAY_ON,), language, now)


def button(script: TownScript, choice: Choice, language: str) -> Button:
    """A choice as it reads."""
    if choice.id.startswith("/"):
        style, icon = STYLES.get(choice.id.partition(" ")[0], ""), LETTERS.get(choice.key, "")
        emoji = icon
    else:
        code = choice.id.rpartition(":")[2]
        style = ENDINGS.get(code, "")
        icon, emoji = _pictures(script, choice, code)
    return Button(
        id=choice.id,
        label=script.text(choice.key, language, choice.args),
        ticked=choice.ticked,
        style=style,
        icon=icon,
        emoji=emoji,
    )


def _pictures(script: TownScript, choice: Choice, code: str) -> tuple[str, str]:
    """Icon and emoji of what someone may need, or of a letter they got."""
    if choice.key in LETTERS:
        return LETTERS[choice.key], LETTERS[choice.key]
    domain = script.taxonomy.domains.get(code) if ".need" in choice.id else None
    if domain is not None:
        return domain.icon, domain.icon
    need = script.taxonomy.needs.get(code)
    if need is not None:
        return "", need.icon
    return "", ELSE_EMOJI if choice.key in SOMETHING_ELSE else ""


def render_one(script: TownScript, reply: Reply, language: str, now: datetime) -> Rendered | None:
    """The reply as it reads; None for the card of an offer that is gone."""
    buttons = tuple(button(script, choice, language) for choice in reply.choices)
    german = reply.key == GERMAN_CARD
    shown = SOURCE if german else language
    direction = script.wording.direction(shown)
    if german or reply.key == "offer.card":
        view = _card(script, reply, language, now, german)
        if view is None:
            return None
        return Rendered(
            key=reply.key, text=view.title, buttons=buttons, card=view, language=shown, direction=direction
        )
    step, steps = reply.args.get("step"), reply.args.get("steps")
    return Rendered(
        key=reply.key,
        text=_text(script, reply, language),
        buttons=buttons,
        progress=(step, steps) if isinstance(step, int) and isinstance(steps, int) else None,
        language=shown,
        direction=direction,
    )


def _text(script: TownScript, reply: Reply, language: str) -> str:
    text = script.text(reply.key, language, reply.args)
    if language not in script.unreviewed or not reply.key.startswith(SAFETY):
        return text
    others = (script.text(reply.key, code, reply.args) for code in script.beneath if code != language)
    return "\n\n".join((text, *others, script.text("unreviewed", language)))


def _card(script: TownScript, reply: Reply, language: str, now: datetime, german: bool) -> CardView | None:
    offer = script.by_id.get(str(reply.args.get("offer", "")))
    if offer is None:
        return None
    why = reply.args.get("why", ())
    match = Match(
        offer=offer,
        need=str(reply.args.get("need", "")),
        score=0.0,
        reasons=why if isinstance(why, tuple) else (),
    )
    return card(offer, match, language, script.wording, now, german=german)
