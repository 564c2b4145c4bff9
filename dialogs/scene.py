"""A turn in the making: the conversation so far, what will be shown, what should be done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.conversation import (
    ERASE,
    HANDOVER,
    INTAKE,
    PROMPTS,
    REASONS,
    TYPED,
    Conversation,
    Owner,
    Purpose,
    Run,
)
from dialogs.effects import Effect
from dialogs.guests import token
from dialogs.messages import Args, Choice, Reply
from dialogs.questionnaire import SEEN
from dialogs.runs import kept_after, needs_in
from dialogs.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Script, conversation and what the turn has gathered; every method gives a new scene."""

    script: Script
    conversation: Conversation
    now: datetime
    new_id: Callable[[], str]
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    page: tuple[Reply, ...] = ()
    """What is shown from now on, where that is more than what is new."""

    @property
    def front(self) -> Run | None:
        """The run in front, if there is one."""
        return self.conversation.runs[0] if self.conversation.runs else None

    @property
    def paused(self) -> bool:
        """True while a guide has the conversation: then the bot asks nothing but whether to erase."""
        erasing = self.front is not None and self.front.questionnaire == ERASE
        return self.conversation.owner is Owner.GUIDE and not erasing

    @property
    def needs(self) -> tuple[str, ...]:
        """Needs named in the run of the intake that is under way."""
        for run in self.conversation.runs:
            if run.questionnaire == INTAKE:
                return needs_in(run, self.script)
        return ()

    @property
    def urgency(self) -> str | None:
        """How urgent that is, if it has been said."""
        for run in self.conversation.runs:
            if run.questionnaire == INTAKE and run.answers.get("urgency"):
                return run.answers["urgency"][0]
        return None

    @property
    def token(self) -> str:
        """What ids of choices start with at this moment."""
        return token(self.conversation, self.script)

    @property
    def understood(self) -> "Scene":
        """The scene in which the message counts as understood."""
        if not self.conversation.missed:
            return self
        return replace(self, conversation=replace(self.conversation, missed=0))

    def say(self, *replies: Reply) -> "Scene":
        """The scene with more to show."""
        return replace(self, replies=(*self.replies, *replies))

    def do(self, *effects: Effect) -> "Scene":
        """The scene with more to be done."""
        return replace(self, effects=(*self.effects, *effects))

    def put(self, run: Run) -> "Scene":
        """The scene with `run` instead of the front run."""
        return self.runs(run, *self.conversation.runs[1:])

    def runs(self, *runs: Run) -> "Scene":
        """The scene with these runs, the front one first."""
        return replace(self, conversation=replace(self.conversation, runs=runs))

    def begin(self, questionnaire: str, reason: str = "") -> "Scene":
        """The scene with a new run in front. A prompt takes the place of one that is still open."""
        if self.front is not None and self.front.questionnaire == questionnaire:
            return self
        known, seen = (self.conversation.known, self._seen) if questionnaire == INTAKE else ({}, ())
        run = Run(
            id=self.new_id(),
            questionnaire=questionnaire,
            version=self.script.questionnaires[questionnaire].version,
            answers={**known, **dict.fromkeys(seen, (SEEN,))},
            given=seen,
            reason=reason if reason in REASONS else "",
        )
        rest = (other for other in self.conversation.runs if other.questionnaire not in PROMPTS)
        return self.runs(run, *rest)

    def wanted(self, reason: str) -> "Scene":
        """The scene with the question about a person in front; of several reasons the last counts."""
        scene = self.begin(HANDOVER, reason=reason)
        run = scene.conversation.runs[0]
        return scene if run.reason == reason else scene.put(replace(run, reason=reason))

    @property
    def _seen(self) -> tuple[str, ...]:
        """What is not said any more to who has agreed to something: that nothing is kept."""
        return () if self.conversation.guest else ("notice",)

    def anew(self) -> "Scene":
        """The scene with a fresh intake; what an unfinished one has found out for good is still known."""
        known = dict(self.conversation.known)
        if self.conversation.agreed(Purpose.INTAKE):
            for run in self.conversation.runs:
                known |= kept_after(run, self.script) if run.questionnaire == INTAKE else {}
        scene = replace(self, conversation=replace(self.conversation, known=known, runs=()))
        return scene.begin(INTAKE)

    @property
    def in_words(self) -> "Scene":
        """The scene in which the intake knows that words were written, which nobody keeps."""
        scene = self if any(run.questionnaire == INTAKE for run in self.conversation.runs) else self.anew()
        return scene.runs(
            *(
                replace(run, reason=TYPED) if run.questionnaire == INTAKE else run
                for run in scene.conversation.runs
            )
        )

    def command(self, command: str, key: str, args: Args | None = None) -> Choice:
        """A choice that is a command; for a guest it carries the answers so far."""
        carried = "" if self.conversation.agreed(Purpose.INTAKE) else self.token
        return Choice(id=f"{command} {carried}".rstrip(), key=key, args=args or {})
