"""Plays a transcript of the team: people in their chats, newcomers in the web chat, the desk, the clock."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.jobs import JOBS, run_job
from bot.team_desk import TeamDesk
from bot.team_entry import SignedIn, TeamEntry
from casework.cases import Case
from casework.team import Role
from storage.store import Store
from tests.bot.people import Newcomer, stored
from tests.bot.plans import given_shift
from tests.doors import TOWN, Clock
from tests.team.chats import Chats
from tests.team.transcript import Step, Transcript, told
from tests.telegram.phones import Shown

NEWCOMERS = ("Nour", "Sami", "Lina")
FIRST_CHAT = 6001
OPENS_THE_LINK = "opens the link"
SHOWN_IN_LINKS = "https://wege.example.org"


def open_to_the_team(house: House, *, content: bool = False, public_url: str = SHOWN_IN_LINKS) -> House:
    """The house with a bot for the team."""
    town = house.towns[TOWN]
    municipality = replace(town.municipality, team_bot_shows_content=content)
    return replace(
        house,
        towns={TOWN: replace(town, municipality=municipality)},
        public_url=public_url,
        channels=frozenset({(TOWN, TEAM_TELEGRAM)}),
    )


def connected(house: House, name: str, role: Role, chat: int) -> str:
    """A member of the team who is reached in this chat; their id."""

    def join(store: Store) -> str:
        store.team.invite(role, f"token of {name}", house.clock())
        member = store.team.redeem(f"token of {name}", name, None, house.clock())
        assert member is not None
        store.member_addresses.put(member.id, TEAM_TELEGRAM, str(chat), house.clock())
        return member.id

    return stored(house, join)


def called(who: str) -> str:
    """What somebody calls themselves in the messenger: two may have the same name."""
    return who.removeprefix("Second")


@dataclass(slots=True)
class Stage:
    """Everybody in a transcript, and what they saw last."""

    house: House
    chats: Chats
    clock: Clock
    newcomers: dict[str, Newcomer] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    """Chats by the name of who holds the phone."""
    links: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    _seen: dict[str, list[Shown]] = field(default_factory=dict)
    _seen_once: dict[str, list[Shown]] = field(default_factory=dict)
    _read_by: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    _truths: dict[str, str] = field(default_factory=dict)

    def play(self, transcript: Transcript) -> None:
        """Writes into the steps what is read and what is true after each."""
        self.clock.now = transcript.now
        for name, role in transcript.team.items():
            connected(self.house, name, Role(role), self.chat(name))
            self.chats.say(self.chat(name), name, "/start")  # a bot may write only to who has written to it
        self.chats.settle()
        list(self._team_reads())
        self._truths = dict(self._what_is_true())
        for step in transcript.steps:
            self.clock.now += step.pause
            self._do(step)
            self.chats.settle()
            truths = dict(self._what_is_true())
            new = [f"! {name}: {truth}" for name, truth in truths.items() if self._truths.get(name) != truth]
            self._truths = truths
            step.after = [*self._team_reads(), *self._newcomers_read(), *new]

    def chat(self, name: str) -> int:
        return self.people.setdefault(name, FIRST_CHAT + len(self.people))

    def member(self, name: str) -> SignedIn:
        found = stored(self.house, lambda store: store.team.member_by_name(name))
        assert found is not None
        return SignedIn(id=found.id, role=found.role, name=found.name, active=found.active, town=TOWN)

    def case(self, number: int) -> str:
        found = stored(self.house, lambda store: store.cases.by_number(number))
        assert found is not None
        return found.id

    def _do(self, step: Step) -> None:
        if step.elsewhere:
            for pattern, do in ELSEWHERE.items():
                if found := re.fullmatch(pattern, step.elsewhere):
                    do(self, *found.groups())
                    return
            raise AssertionError(f"nobody knows how to do this: {step.elsewhere}")
        who, on, what = step.done
        if who in NEWCOMERS:
            self.newcomers[who].says(what)
        elif found := re.fullmatch(r"\((.*?)\)(, too late)?", what):
            self._tap(who, on, found[1], late=bool(found[2]))
        else:
            said = f"/start {self.links[who]}" if what == OPENS_THE_LINK else what
            self.chats.say(self.chat(who), called(who), said, self._message(who, on).id if on else None)

    def _tap(self, who: str, on: str, label: str, *, late: bool) -> None:
        """`late`: the button is gone, but a slow phone still shows it."""
        shown = self._seen_once[who] if late else list(self.chats.sees(self.chat(who)))
        for message in reversed(shown):
            for button in (each for row in message.buttons for each in row):
                if button.text == label and message.text.startswith(on):
                    self.chats.tap(self.chat(who), called(who), message.id, button.data)
                    return
        raise AssertionError(f"{who} has no button {label}")

    def _message(self, who: str, begins: str) -> Shown:
        """The newest that begins like this."""
        found = [each for each in self.chats.sees(self.chat(who)) if each.text.startswith(begins)]
        assert found, f"{who} has no message that begins with {begins}"
        return found[-1]

    def _team_reads(self) -> Iterator[str]:
        self.numbers |= {case.id: case.number for case in stored(self.house, _all_cases)}
        for name, chat in self.people.items():
            before, now = self._seen.get(name, []), list(self.chats.sees(chat))
            known = {(each.id, each.text, each.buttons) for each in before}
            self._seen_once.setdefault(name, []).extend(now)
            for message in now:
                if not message.mine and (message.id, message.text, message.buttons) not in known:
                    yield told(name, message, before, now, self.numbers)
            self._seen[name] = now

    def _newcomers_read(self) -> Iterator[str]:
        for name, newcomer in self.newcomers.items():
            view = newcomer.looks()
            keys = [reply.key for reply in view.rendered]
            letters = [each.text for each in view.letters if each.author == "guide"]
            known_keys, known_letters = self._read_by.get(name, ([], []))
            yield from (f"< {name}: {text}" for text in letters[len(known_letters) :])
            if keys != known_keys:
                yield f"< {name}: {' '.join(f'[{key}]' for key in keys)}"
            self._read_by[name] = (keys, letters)

    def _what_is_true(self) -> Iterator[tuple[str, str]]:
        team = {member.id: member for member in stored(self.house, lambda store: store.team.members())}
        cases = {case.number: case for case in stored(self.house, _all_cases)}
        for number in sorted({*self.numbers.values(), *cases}):
            case = cases.get(number)
            owner = team[case.owner].name if case is not None and case.owner else ""
            truth = "erased" if case is None else f"with {owner}" if owner else case.outcome or case.status
            yield f"case {number}", str(truth)
        reached = stored(self.house, lambda store: store.member_addresses.of_roles(Role))
        chats = {way.member.id: way for way in reached}
        for member in team.values():
            way = chats.get(member.id)
            told_here = (
                "not reached" if way is None else "reached" if way.unreachable_at is None else "blocked"
            )
            yield member.name, f"{member.role}, {told_here}" if member.active else "no access"


def _all_cases(store: Store) -> list[Case]:
    return [case for number in range(1, 10) if (case := store.cases.by_number(number)) is not None]


def _asks(stage: Stage, name: str, need: str, urgency: str) -> None:
    newcomer = stage.newcomers.setdefault(name, Newcomer(stage.house, language="ar"))
    newcomer.names_a_need(need.partition(".")[0], need)
    newcomer.taps(f"urgency:{urgency}")
    newcomer.taps("more:yes")
    newcomer.taps("consent:yes")
    newcomer.asks_for_a_person()


def _deletes(stage: Stage, name: str) -> None:
    stage.newcomers[name].says("/delete")
    stage.newcomers[name].taps("ask:yes")


def _is_invited(stage: Stage, name: str, role: str) -> None:
    token = asyncio.run(TeamEntry(stage.house).invited(TOWN, Role(role)))
    stage.chat(name)
    stage.links[name] = token.partition(".")[2]


def _connects_themselves(stage: Stage, phone: str, name: str) -> None:
    member = stage.member(name)
    token = asyncio.run(TeamEntry(stage.house).invited(TOWN, member.role, renews=member.id))
    stage.chat(phone)
    stage.links[phone] = token.partition(".")[2]


def _loses_access(stage: Stage, name: str, by: str) -> None:
    done = asyncio.run(TeamEntry(stage.house).revoke(stage.member(by), stage.member(name).id))
    assert done.ok, done.sentence


def _takes_at_the_desk(stage: Stage, name: str, number: str) -> None:
    desk = TeamDesk(stage.house)
    assert asyncio.run(desk.take(stage.member(name), stage.case(int(number)))).ok


def _reads_at_the_desk(stage: Stage, name: str, number: str) -> None:
    desk = TeamDesk(stage.house)
    assert asyncio.run(desk.view(stage.member(name), stage.case(int(number)))) is not None


def _takes_on_a_shift(stage: Stage, name: str, hours: str) -> None:
    member, starts_at = stage.member(name), stage.clock.now + timedelta(hours=int(hours))
    stored(stage.house, lambda store: given_shift(store, starts_at, member.id))


def _jobs(stage: Stage) -> None:
    for job in JOBS:
        run_job(stage.house, job)


ELSEWHERE: Mapping[str, Callable[..., None]] = {
    r"(\w+) asks for a person about ([\w.]+), urgency (\w+)": _asks,
    r"(\w+) deletes everything": _deletes,
    r"(\w+) is given a link: (\w+)": _is_invited,
    r"(\w+) holds a link to the access of (\w+)": _connects_themselves,
    r"the access of (\w+) is ended by (\w+)": _loses_access,
    r"(\w+) takes case (\d+) at the desk": _takes_at_the_desk,
    r"(\w+) reads case (\d+) at the desk": _reads_at_the_desk,
    r"(\w+) takes on a shift in (\d+) hours": _takes_on_a_shift,
    r"the regular jobs are done": _jobs,
}
"""What can happen outside of the team's chats."""
