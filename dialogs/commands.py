"""What can be asked for at any moment, as a table from command to function."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs.asking import ask, summary
from dialogs.beside import alone
from dialogs.conversation import ASKED, INTAKE, PROMPTS, Owner, Purpose
from dialogs.effects import EmergencySeen
from dialogs.letters import LETTER
from dialogs.messages import Choice, Reply
from dialogs.naming import named
from dialogs.runs import edited, taken_back
from dialogs.scene import Scene
from dialogs.wording import SOURCE

LANGUAGE_MENU = "language.menu"
WELCOME = "welcome"
MENUS = (LANGUAGE_MENU, WELCOME)

CARD = "emergency.card."
"""What the key of an emergency's card begins with."""

OFFER_ID = re.compile(r"[a-z0-9_-]{1,50}")
TAPPED_ONLY = ("/card", "/offers")
"""Typed, the argument would be a text of the person's own, kept on the screen."""


def start(scene: Scene, _: str) -> Scene:
    """The first screen; someone who agreed earlier is asked what they need today, or whether to go on."""
    if scene.conversation.guest:
        scene = scene.understood.runs()
        offered = scene.script.languages
        wanted = dict.fromkeys((scene.conversation.language, SOURCE))
        languages = tuple(code for code in wanted if code in offered)
        choices = (
            *(_language_choice(scene, code) for code in languages),
            *((scene.command("/language", "welcome.more"),) if set(offered) - set(languages) else ()),
            scene.command("/easy", "welcome.easy"),
        )
        return scene.say(Reply(key=WELCOME, choices=choices))
    if any(run.given for run in scene.conversation.runs if run.questionnaire == INTAKE):
        return ask(scene.begin("resume"))
    return ask(scene.anew())


def need(scene: Scene, _: str) -> Scene:
    """What do you need today? What is already known is not asked again."""
    return ask(scene.anew())


def letter(scene: Scene, _: str) -> Scene:
    """From whom a letter is, with what date, in which envelope: three taps to where help with it is."""
    return ask(scene.understood.begin(LETTER))


def easy(scene: Scene, _: str) -> Scene:
    """For someone who hardly reads: pictures, few words, and a person early."""
    scene = scene.anew()
    return ask(scene.say(Reply(key="easy.hello", choices=(scene.command("/human", "menu.human"),))))


def back(scene: Scene, _: str) -> Scene:
    """One step back: a prompt goes away, else the last answer is taken back and its question asked again."""
    run = scene.front
    if run is not None and (run.questionnaire in PROMPTS or (run.questionnaire == LETTER and not run.given)):
        return ask(scene.runs(*scene.conversation.runs[1:]))
    if run is None:
        return start(scene, "")
    agreed = scene.conversation.agreed(Purpose.INTAKE)
    earlier = taken_back(run, scene.script)
    if earlier is not None:
        return ask(scene.put(earlier))
    return mydata(scene, "") if agreed and run.given else language(scene, "")


def edit(scene: Scene, argument: str) -> Scene:
    """Asks one question of the summary again."""
    run = scene.front
    offered = summary(scene.script, run)[1] if run is not None and run.questionnaire == INTAKE else ()
    known = run is not None and any(choice.id == f"/edit {argument}" for choice in offered)
    changed = edited(run, argument, scene.script) if run is not None and known else None
    return ask(scene.put(changed)) if changed is not None else ask(scene)


def go_on(scene: Scene, _: str) -> Scene:
    """Shows the pending question again."""
    return ask(scene)


def language(scene: Scene, argument: str) -> Scene:
    """Without argument the list of languages; with one the switch, and what was shown is shown again."""
    code = argument.partition(" ")[0]
    if code not in scene.script.languages:
        choices = tuple(_language_choice(scene, other) for other in scene.script.languages)
        return scene.say(Reply(key=LANGUAGE_MENU, choices=choices))
    before = scene.conversation.shown
    scene = replace(scene, conversation=replace(scene.conversation, language=code))
    if before and before[-1].key not in MENUS:
        return scene.say(*before)
    return ask(scene if scene.front is not None or scene.paused else scene.anew())


def human(scene: Scene, _: str) -> Scene:
    """A person, please: asks for consent to hand over, unless a case is already waiting."""
    if scene.conversation.case is not None:
        return alone(scene, Reply(key="handover.already"))
    # words that were not understood are kept nowhere; the guide would not see them
    scene = scene.in_words if scene.conversation.missed else scene
    return ask(scene.wanted(_seen_card(scene) or ASKED))


def _seen_card(scene: Scene) -> str:
    """The emergency whose card is before their eyes: the guide must hear of it, by its kind alone."""
    cards = (reply.key for reply in scene.conversation.shown if reply.key.startswith(CARD))
    return next((f"emergency.{key.removeprefix(CARD)}" for key in cards), "")


def emergency(scene: Scene, _: str) -> Scene:
    """The card with every number."""
    return emergency_card(scene, "emergency")


def emergency_card(scene: Scene, kind: str) -> Scene:
    """One card, numbers first, before anything is asked. `kind`: a need code, or `emergency` for all."""
    ways_on = (scene.command("/human", "menu.human"), scene.command("/continue", "nav.continue"))
    card = Reply(
        key=f"{kind}.card" if kind == "emergency" else CARD + kind.partition(".")[2],
        choices=ways_on,
    )
    return scene.do(EmergencySeen(kind=kind)).say(card)


def card(scene: Scene, argument: str) -> Scene:
    """The same card in German, to show at the counter."""
    offer = argument.partition(" ")[0]
    if not OFFER_ID.fullmatch(offer):
        return ask(scene)
    return scene.say(
        Reply(
            key="offer.german", args={"offer": offer}, choices=(scene.command("/continue", "nav.continue"),)
        )
    )


def offers(scene: Scene, argument: str) -> Scene:
    """What fits a need that was recognised in a letter."""
    return named(scene, (argument.partition(" ")[0],))


def visit(scene: Scene, _: str) -> Scene:
    """Where and when the guide is to be found."""
    found = scene.script.contents("visit", {}, scene.conversation.language, scene.now)
    return ask(scene.say(*found.replies).do(*found.effects))


def mydata(scene: Scene, _: str) -> Scene:
    """What is kept about this person, in their language."""
    conversation = scene.conversation
    ways_on = (scene.command("/delete", "menu.delete"), scene.command("/continue", "nav.continue"))
    if conversation.guest:
        return scene.say(Reply(key="mydata.guest", choices=ways_on))
    lines = [f"@mydata.language|@language.{conversation.language}"]
    lines += [f"@mydata.consent.{c.purpose}|at:{c.at.isoformat()}" for c in conversation.consents]
    for run in conversation.runs:
        lines += summary(scene.script, run)[0] if run.questionnaire == INTAKE else ()
    if not conversation.runs and conversation.known:
        lines += summary(scene.script, scene.begin(INTAKE).conversation.runs[0])[0]
    if conversation.case is not None:
        lines.append(f"@mydata.case|{conversation.case}")
    return scene.say(Reply(key="mydata.kept", args={"lines": tuple(lines)}, choices=ways_on))


def delete(scene: Scene, _: str) -> Scene:
    """Asks once before everything is erased; whoever waits for a guide hears that this ends as well."""
    if scene.conversation.case is not None:
        scene = scene.say(Reply(key="erase.case"))
    return ask(scene.begin("erase"))


def privacy(scene: Scene, _: str) -> Scene:
    """What happens with the answers, at more length than the consent question."""
    return scene.say(Reply(key="consent.more", choices=(scene.command("/continue", "nav.continue"),)))


def help_(scene: Scene, _: str) -> Scene:
    """What this is and what can be asked for."""
    if scene.paused:
        kept = (scene.command("/mydata", "menu.mydata"), scene.command("/delete", "menu.delete"))
        return scene.say(Reply(key="help.with_guide", choices=kept))
    choices = (
        scene.command("/need", "menu.need"),
        scene.command("/human", "menu.human"),
        scene.command("/language", "menu.language"),
        scene.command("/mydata", "menu.mydata"),
        scene.command("/delete", "menu.delete"),
    )
    return scene.say(Reply(key="help", choices=choices))


COMMANDS: Mapping[str, Callable[[Scene, str], Scene]] = {
    "/start": start,
    "/need": need,
    "/easy": easy,
    "/letter": letter,
    "/back": back,
    "/edit": edit,
    "/continue": go_on,
    "/language": language,
    "/human": human,
    "/emergency": emergency,
    "/visit": visit,
    "/card": card,
    "/offers": offers,
    "/mydata": mydata,
    "/delete": delete,
    "/privacy": privacy,
    "/help": help_,
    # what people try as well
    "/hilfe": help_,
    "/menu": need,
    "/data": mydata,
    "/stop": mydata,
}

WHILE_A_GUIDE_WRITES = (
    *("/language", "/emergency", "/card", "/visit"),
    *("/mydata", "/data", "/stop", "/delete", "/privacy", "/help", "/hilfe"),
)
"""What still works while a guide has the conversation; all else is answered by saying who is speaking."""


def command(scene: Scene, text: str) -> Scene | None:
    """The scene after a command such as `/language ar`; None if `text` is not one."""
    name, _, argument = text.strip().partition(" ")
    name = name.lower()
    known = COMMANDS.get(name)
    if known is None:
        return None
    if scene.conversation.owner is Owner.GUIDE and name not in WHILE_A_GUIDE_WRITES:
        return ask(scene)
    return known(scene, argument.strip())


def _language_choice(scene: Scene, code: str) -> Choice:
    return scene.command(f"/language {code}", f"language.{code}")
