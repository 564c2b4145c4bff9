"""Good files load; bad ones are refused whole, with entry, line and remedy for their author."""

from pathlib import Path

import pytest

from bot.wiring import QUESTIONNAIRES
from dialogs.questionnaire import Questionnaire
from dialogs.questionnaire_file import (
    QuestionnaireError,
    Vocabulary,
    load_questionnaire,
    text_keys,
    text_problems,
)

WORDS = Vocabulary(
    actions=frozenset({"consent", "handover"}), choices=frozenset({"needs"}), contents=frozenset({"offers"})
)
HEAD = 'id = "small"\nversion = 1\ndated = "2026-11-23"\nreason = "For tests."\n'
TOWN = '[[question]]\nid = "town"\nchoices = ["here", "elsewhere"]\n'
PAPER = '[[question]]\nid = "paper"\nchoices = ["a", "b"]\nkeep = "derived"\n'
GROUP = '[[derived]]\nid = "group"\nof = ["paper"]\notherwise = "unclear"\n'
RULES = 'rules = [{ when = { paper = ["a"] }, value = "1" }]\n'


def question(*lines: str) -> str:
    return "\n".join(("[[question]]", 'id = "q"', *lines)) + "\n"


ENTRIES = {
    "an unknown key": (question('choises = ["x"]', "skip = true"), "'choises'. Did you mean 'choices'?"),
    "choices that are no list": (question('choices = "yes"'), "'choices' must be a list of texts"),
    "choices that are no texts": (question("choices = [1, 2]"), "'choices' must be a list of texts"),
    "a condition without values": (
        question("skip = true", 'when = { town = "here" }'),
        "'when' must look like",
    ),
    "a condition that is none": (question("skip = true", "unless = 3"), "'unless' must look like"),
    "a flag that is a text": (question("skip = true", 'multi = "yes"'), "'multi' must be true or false."),
    "an unknown way of keeping": (
        question("skip = true", 'keep = "forever"'),
        "'keep' is 'forever'. Write one",
    ),
    "a way of keeping that is a list": (question("skip = true", "keep = []"), "'keep' is '[]'. Write one of"),
    "actions that are a list": (question('choices = ["a"]', 'on = ["a"]'), "'on' must look like"),
    "an action that is a number": (question('choices = ["a"]', "on = { a = 1 }"), "'on' must look like"),
    "contents that are a list": (question("skip = true", 'show = ["offers"]'), "'show' must be one name"),
    "supplied choices that are a list": (
        question('choices_from = ["needs"]'),
        "'choices_from' must be one name",
    ),
    "a condition on a later question": (
        question("skip = true", 'when = { later = ["x"] }') + '[[question]]\nid = "later"\nchoices = ["x"]\n',
        "'when' names 'later', but no earlier question has that id.",
    ),
    "a condition on itself": (
        question('choices = ["x"]', 'when = { q = ["x"] }'),
        "'when' names 'q', but no earlier",
    ),
    "a condition on a misspelt question": (
        question("skip = true", 'when = { towm = ["here"] }'),
        "Did you mean 'town'?",
    ),
    "a value that never comes": (
        question("skip = true", 'when = { town = ["hier"] }'),
        "waits for 'hier', which 'town' never has. Did you mean 'here'?",
    ),
    "a value that a statement never has": (
        '[[question]]\nid = "hello"\nstatement = true\n'
        + question("skip = true", 'when = { hello = ["yes"] }'),
        "waits for 'yes', which 'hello' never has.",
    ),
    "a value that is a command": (
        '[[question]]\nid = "ask"\nchoices = ["x", "/human"]\n'
        + question("skip = true", 'unless = { ask = ["/human"] }'),
        "waits for '/human', which 'ask' never has.",
    ),
    "a choice that stands twice": (question('choices = ["x", "y", "x"]'), "a choice stands twice."),
    "a reserved word": (question('choices = ["skip", "y"]'), "'skip' is a reserved word"),
    "another reserved word": (question('choices = ["ok", "y"]'), "'ok' is a reserved word"),
    "a colon in a choice": (question('choices = ["a:b", "y"]'), "'a:b' is a reserved word or sign"),
    "a plus before a choice": (question('choices = ["+a", "y"]'), "'+a' is a reserved word or sign"),
    "an id that a button cannot carry": (
        '[[question]]\nid = "my.town"\nskip = true\n',
        "question 'my.town' (line 9): an id has small letters",
    ),
    "a choice of 52 bytes": (question(f'choices = ["{"x" * 52}", "y"]'), "over 64 bytes"),
    "a choice of few letters and many bytes": (question(f'choices = ["{"ж" * 26}", "y"]'), "over 64 bytes"),
    "no way out": (question(), "so nobody could go on. Add choices or 'skip = true'."),
    "commands as the only way out": (question('choices = ["/human"]'), "so nobody could go on."),
    "a statement with choices": (
        question("statement = true", 'choices = ["x"]'),
        "a statement has no choices.",
    ),
    "choices twice over": (
        question('choices = ["x"]', 'choices_from = "needs"'),
        "it has 'choices' and 'choices_from'. Drop one.",
    ),
    "a multiple choice of nothing": (question("skip = true", "multi = true"), "'multi' needs choices."),
    "an exclusive choice that is none": (
        question('choices = ["none", "y"]', "multi = true", 'exclusive = ["non"]'),
        "'non' is not one of its choices. Did you mean 'none'?",
    ),
    "an action on a choice that is none": (
        question('choices = ["yes"]', 'on = { yess = "consent" }'),
        "'yess' is not one of its choices. Did you mean 'yes'?",
    ),
    "an unknown action": (
        question('choices = ["yes"]', 'on = { yes = "hand_over" }'),
        "'on' starts 'hand_over', which does not exist. Did you mean 'handover'?",
    ),
    "unknown contents": (question("statement = true", 'show = "offer"'), "Did you mean 'offers'?"),
    "unknown supplied choices": (question('choices_from = "neds"'), "Did you mean 'needs'?"),
    "unknown free text": (question("skip = true", 'from_text = "needs"'), "Write one of: domain, need."),
    "two of one id": (TOWN, "question 'town' (line 6): the id stands twice. Rename one."),
    "kept until derived, but nothing is derived": (
        PAPER,
        "'keep' is 'derived', but nothing is derived from it.",
    ),
    "no id": ("[[question]]\nskip = true\n", "question number 2: 'id' is missing"),
    "an id that is a number": ("[[question]]\nid = 3\nskip = true\n", "question number 2: 'id' is missing"),
    "a derived value of nothing": (
        PAPER + '[[derived]]\nid = "group"\nof = []\notherwise = "u"\n' + RULES,
        "derived 'group' (line 13): 'of' must name the questions",
    ),
    "a derived value without `of`": (
        PAPER + '[[derived]]\nid = "group"\notherwise = "u"\n' + RULES,
        "'of' must name",
    ),
    "a derived value of one text": (
        PAPER + '[[derived]]\nid = "group"\nof = "paper"\notherwise = "u"\n' + RULES,
        "'of' must name",
    ),
    "a derived value without a way out": (
        PAPER + '[[derived]]\nid = "group"\nof = ["paper"]\n' + RULES,
        "'otherwise' is missing.",
    ),
    "a derived value without rules": (PAPER + GROUP, "rule 1 must look like"),
    "rules that are one table": (PAPER + GROUP + "rules = { paper = 1 }\n", "rule 1 must look like"),
    "a rule without a value": (
        PAPER + GROUP + 'rules = [{ when = { paper = ["a"] } }]\n',
        "rule 1 must look like",
    ),
    "a rule that waits for a text": (
        PAPER + GROUP + 'rules = [{ when = { paper = "a" }, value = "1" }]\n',
        "rule 1 must look like",
    ),
    "a rule that is a text": (PAPER + GROUP + 'rules = ["a"]\n', "rule 1 must look like"),
    "an unknown key in a derived value": (
        PAPER + GROUP + RULES + 'els = "3"\n',
        "derived 'group' (line 13): unknown entry 'els'.",
    ),
    "a derived value without id": (PAPER + '[[derived]]\nof = ["paper"]\n', "derived value number 1: 'id'"),
    "a derived value called like a question": (
        PAPER + GROUP.replace("group", "town") + RULES,
        "derived 'town' (line 6): the id stands twice.",
    ),
    "a derived value of an unknown question": (
        PAPER + GROUP.replace('["paper"]', '["paper", "papr"]') + RULES,
        "'of' names 'papr', but no question has that id. Did you mean 'paper'?",
    ),
    "a rule on a question outside `of`": (
        PAPER + GROUP + 'rules = [{ when = { town = ["here"] }, value = "1" }]\n',
        "a rule looks at 'town', missing in 'of'.",
    ),
    "a rule for a value that never comes": (
        PAPER + GROUP + 'rules = [{ when = { paper = ["c"] }, value = "1" }]\n',
        "a rule waits for 'c', which 'paper' never has.",
    ),
}
FILES = {
    "not TOML": ("id = \n", "not readable as TOML"),
    "no header": (TOWN, "'id' is missing or not of type str. Write a name such as"),
    "a version that is a text": (
        HEAD.replace("1\n", '"1"\n', 1) + TOWN,
        "'version' is missing or not of type",
    ),
    "a version that is a truth": (
        HEAD.replace("= 1", "= true") + TOWN,
        "'version' is missing or not of type",
    ),
    "a version of five digits": (HEAD.replace("= 1", "= 10000") + TOWN, "Count from 1 to 9999."),
    "a day without quotation marks": (
        HEAD.replace('"2026-11-23"', "2026-11-23") + TOWN,
        "Write the day in quotation marks",
    ),
    "no question": (HEAD, "'question' is missing"),
    "an empty list of questions": (HEAD + "question = []\n", "there is no question."),
    "questions under a wrong name": (
        HEAD + TOWN.replace("question", "questions"),
        "unknown entry 'questions'. Did you mean 'question'?",
    ),
    "a question that is a number": (HEAD + "question = [1]\n", "question number 1: 'id' is missing"),
    "a derived value that is a text": (
        HEAD.replace("version", 'derived = "x"\nversion') + TOWN,
        "[[derived]]",
    ),
    "a derived value that is a number": (
        HEAD.replace("version", "derived = [1]\nversion") + TOWN,
        "number 1:",
    ),
}


def problems_of(folder: Path, text: str) -> tuple[str, ...]:
    path = folder / "small.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(path, WORDS)
    assert str(caught.value).startswith("small.toml: ")
    return caught.value.problems


@pytest.mark.parametrize(("entry", "told"), ENTRIES.values(), ids=ENTRIES.keys())
def test_a_bad_entry_is_told_alone_and_with_its_remedy(tmp_path: Path, entry: str, told: str) -> None:
    """One mistake is one problem; nothing else is blamed for it."""
    problems = problems_of(tmp_path, HEAD + TOWN + entry)
    assert [told in problem for problem in problems] == [True], problems


@pytest.mark.parametrize(("text", "told"), FILES.values(), ids=FILES.keys())
def test_a_bad_file_is_told_with_its_remedy(tmp_path: Path, text: str, told: str) -> None:
    """Whatever is wrong on top of a file, its author hears what to write."""
    problems = problems_of(tmp_path, text)
    assert any(told in problem for problem in problems), problems


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    """Wrong shapes and wrong sense together, so that one round of mending is enough."""
    text = HEAD.replace("= 1", "= 0") + TOWN + question('choices = "x"') + PAPER + GROUP
    text += '[[question]]\nid = "z"\nskip = true\nwhen = { twn = ["here"], q = ["anything"] }\n'
    problems = problems_of(tmp_path, text)
    assert [problem.partition(":")[0] for problem in problems] == [
        "'version' is 0. Count from 1 to 9999.",
        "question 'q' (line 9)",
        "derived 'group' (line 16)",
        "question 'z' (line 20)",
    ]


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    """Not a traceback."""
    path = tmp_path / "small.toml"
    path.write_bytes((HEAD + "# Rückfrage\n" + TOWN).encode("latin-1"))
    with pytest.raises(QuestionnaireError, match="Save it as UTF-8"):
        load_questionnaire(path, WORDS)


def test_a_good_file_loads(tmp_path: Path) -> None:
    """With everything it says."""
    path = tmp_path / "small.toml"
    path.write_text(HEAD + TOWN + PAPER + GROUP + RULES, "utf-8")
    loaded = load_questionnaire(path, WORDS)
    assert [one.id for one in loaded.questions] == ["town", "paper"]
    assert loaded.derived[0].value({"paper": ("a",)}) == "1"
    assert loaded.derived[0].value({"paper": ("b",)}) == "unclear"


def test_a_text_that_is_missing_is_told(tmp_path: Path) -> None:
    """By its key and by where it belongs."""
    path = tmp_path / "small.toml"
    path.write_text(HEAD + TOWN, "utf-8")
    told = list(text_problems(load_questionnaire(path, WORDS), {"small.town"}.__contains__, "locales/de"))
    assert told == [
        f"no text 'small.town.{choice}' in locales/de. Add it or drop the choice."
        for choice in ("here", "elsewhere")
    ]


@pytest.mark.parametrize("path", sorted(QUESTIONNAIRES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_questionnaire_of_the_project_is_named_like_its_file(
    path: Path, questionnaires: dict[str, Questionnaire]
) -> None:
    """So that no two can have one id, and its texts are found under the file's name."""
    assert questionnaires[path.stem].id == path.stem
    assert all(key.startswith(f"{path.stem}.") for key in text_keys(questionnaires[path.stem]))
