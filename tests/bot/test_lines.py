"""Whoever has to act is told once what to do; whoever has not is told when it is over."""

from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from bot.channels.base import DeliveryError
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.lines import CALM, CONFLICT, NO_TOKEN, Line, News, Trouble, logged, sentence

AWAY, SHARED, REFUSED = DeliveryError("network"), DeliveryError(CONFLICT), DeliveryError("InvalidToken")


@dataclass(slots=True)
class Watched:
    """A line, the time, and what was said."""

    heard: list[News] = field(default_factory=list)
    now: float = 0.0

    def line(self, channel: str = TELEGRAM, *, several: bool = False) -> Line:
        return Line(
            town="erlenfels",
            channel=channel,
            tell=self.heard.append,
            several=several,
            clock=lambda: self.now,
            name="erlenfels_bot",
        )

    @property
    def troubles(self) -> list[Trouble | None]:
        return [news.trouble for news in self.heard]


@pytest.fixture
def watched() -> Watched:
    return Watched()


def go(line: Line, *tries: DeliveryError | None) -> None:
    """One try after the other; None: it succeeds."""
    for error in tries:
        if error is None:
            line.works()
        else:
            line.failed(error)


@pytest.mark.parametrize(
    ("tries", "said"),
    [
        ([None, None, None], [None]),
        ([AWAY, AWAY, AWAY], [Trouble.AWAY]),
        ([AWAY, AWAY, None, None], [Trouble.AWAY, None]),
        ([None, AWAY, AWAY, None], [None, Trouble.AWAY, None]),
        ([None, AWAY, None, AWAY, None], [None, Trouble.AWAY, None, Trouble.AWAY, None]),
        ([REFUSED, REFUSED, REFUSED], [Trouble.REFUSED]),
        ([REFUSED, AWAY, REFUSED, None], [Trouble.REFUSED, None]),
        ([AWAY, REFUSED, AWAY], [Trouble.AWAY, Trouble.REFUSED]),
        ([None, SHARED, SHARED, AWAY, SHARED], [None, Trouble.SHARED]),
        ([None, SHARED, REFUSED], [None, Trouble.SHARED, Trouble.REFUSED]),
        ([REFUSED, SHARED], [Trouble.REFUSED, Trouble.SHARED]),
    ],
    ids=[
        "it works",
        "no network from the start",
        "a network that comes late",
        "an outage",
        "two outages",
        "a token that is refused",
        "an outage on top of it mends nothing",
        "the network is back and the token is refused",
        "another program",
        "another program, and the token is made void",
        "a token that is taken, and used twice",
    ],
)
def test_only_changes_are_said(
    watched: Watched, tries: list[DeliveryError | None], said: list[Trouble | None]
) -> None:
    go(watched.line(), *tries)
    assert watched.troubles == said


def test_two_programs_that_fetch_in_turn_are_told_of_once(watched: Watched) -> None:
    """Between two conflicts some fetches succeed; that is no end of it."""
    line = watched.line()
    for _ in range(20):
        go(line, None, SHARED)
        watched.now += CALM - 1
    assert watched.troubles == [None, Trouble.SHARED]
    watched.now += CALM
    line.works()
    assert watched.troubles == [None, Trouble.SHARED, None]


def test_a_network_that_fails_now_and_then_does_not_prolong_a_conflict(watched: Watched) -> None:
    """What counts is when another program was met last."""
    line = watched.line()
    go(line, None, SHARED)
    for _ in range(2):
        watched.now += CALM / 2
        go(line, AWAY, None)
    assert watched.troubles == [None, Trouble.SHARED, None]


@pytest.mark.parametrize("reason", sorted(NO_TOKEN))
@pytest.mark.parametrize(
    ("channel", "setting"),
    [(TELEGRAM, "KURZE_WEGE_NEWCOMER_BOT_TOKEN"), (TEAM_TELEGRAM, "KURZE_WEGE_TEAM_BOT_TOKEN")],
)
def test_a_refused_token_is_told_with_the_setting_to_mend(
    watched: Watched, reason: str, channel: str, setting: str
) -> None:
    watched.line(channel).failed(DeliveryError(reason))
    remedy = watched.heard[0].remedy
    assert f"again from @BotFather into {setting}, or into the file that {setting}_FILE names, " in remedy


def test_where_there_are_several_towns_the_remedy_names_the_one(watched: Watched) -> None:
    watched.line(several=True).failed(REFUSED)
    assert "after erlenfels=, and start again" in watched.heard[0].remedy


def test_an_installation_logs_events_each_with_what_belongs_to_it(watched: Watched) -> None:
    go(watched.line(), REFUSED, None, AWAY, None, SHARED)
    with capture_logs() as logs:
        for news in watched.heard:
            logged(news)
    assert [(line["log_level"], line["event"]) for line in logs] == [
        ("error", "the messenger does not take this bot's token"),
        ("info", "bot connected"),
        ("warning", "no connection to the messenger, trying again"),
        ("info", "connection is back"),
        ("error", "another program fetches this bot's messages"),
    ]
    assert {line.get("bot", "erlenfels telegram") for line in logs} == {"erlenfels telegram"}
    assert logs[2]["reason"] == "network"
    assert "end the other program" in logs[4]["remedy"]


@pytest.mark.parametrize("channel", [TELEGRAM, TEAM_TELEGRAM])
def test_the_demo_says_sentences_that_name_the_bot(watched: Watched, channel: str) -> None:
    go(watched.line(channel), AWAY, REFUSED, None, SHARED)
    said = [sentence(news) for news in watched.heard]
    whose = "the newcomers' bot" if channel == TELEGRAM else "the team's bot"
    assert said[0] == (
        f"No connection to Telegram for {whose}. The web chat and the desk work without it. Trying again."
    )
    assert said[1].startswith(
        f"Telegram does not take the token of {whose}. Please copy it again from @BotFather"
    )
    assert ": https://t.me/erlenfels_bot" in said[2]
    assert said[3].startswith(f"Another program fetches the messages of {whose}. Please end ")


def test_the_demo_says_when_a_bot_is_back(watched: Watched) -> None:
    go(watched.line(TEAM_TELEGRAM), None, AWAY, None)
    assert sentence(watched.heard[2]) == "  Telegram bot for the team is back: https://t.me/erlenfels_bot"
