"""A newcomer and a guide go the whole way in a browser, while the process is killed and started again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.doors import WEB
from bot.record import record_of
from bot.wiring import LOCALES
from casework.evidence import REPORTS, as_csv
from dialogs.wording import load_wording
from storage import Store
from tests.doors import folded
from tests.e2e.people import HANDOVER, QUESTIONS, TO_CONSENT, Newcomer
from tests.e2e.phone import BOARD, QUIET, SCREEN, Phone, context
from tests.e2e.product import Product

TO_OFFERS, FROM_OFFERS = TO_CONSENT[1:3], TO_CONSENT[3:]
ASKED = "مرحبا، متى تبدأ الدورة؟"
ANSWERED = "Guten Tag! Der Kurs beginnt am Montag um 9 Uhr. Telefon: 069 90009100"
THANKED = "شكرا جزيلا لكم"
ANSWERS = (
    ("Wohnort", "Hier in der Stadt oder in einem Ortsteil"),
    ("Alter", "27 bis 59"),
    ("Deutsch", "Ein bisschen"),
    ("Familie hier", "Partnerin oder Partner, Kinder von 3 bis 5 Jahren"),
    ("In Deutschland seit", "3 bis 12 Monate"),
)

WAITING = (
    ("/language uk", ":housing", ":housing.search", ".urgency:this_week"),
    ("/language ar", ":admin", ":admin.letters", ".urgency:date_in_letter"),
    ("/language en", ":lang", ":lang.integration_course", ".urgency:today"),
    ("/language ar", ":lang", ":lang.first_orientation", ".urgency:has_time"),
)


@pytest.fixture(scope="module")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Callable[..., Phone]]:
    """Makes phones in a language, with or without script."""
    contexts = []

    def make(language: str, *, script: bool = True) -> Phone:
        contexts.append(context(chromium, language, script=script))
        return Phone(contexts[-1].new_page())

    yield make
    for each in contexts:
        each.close()


def said(key: str, language: str) -> str:
    return folded(load_wording(LOCALES).text(key, language))


def test_the_whole_way_in_arabic_and_german_with_kills_in_between(
    product: Product, phone: Callable[..., Phone]
) -> None:
    product.start()
    newcomer, guide = phone("ar"), phone("de")
    ask_for_help(product, newcomer)
    answer_everything(product, newcomer)
    take_over(product, guide)
    write_to_each_other(product, newcomer, guide)
    close(newcomer, guide)
    token = next(
        str(c.get("value")) for c in newcomer.page.context.cookies() if c.get("name") == "kw-erlenfels"
    )
    assert product.stop() == 0
    check_what_is_left(product, token)


def ask_for_help(product: Product, newcomer: Phone) -> None:
    newcomer.open(product.address)
    assert newcomer.page.get_attribute("html", "dir") == "rtl"
    newcomer.check()
    newcomer.picture("phone_first_screen_ar")
    newcomer.tap("/language ar", *TO_OFFERS)
    assert 1 <= newcomer.page.locator("article.card").count() <= 3
    newcomer.check()
    newcomer.tap(*FROM_OFFERS)
    product.restart()


def answer_everything(product: Product, newcomer: Phone) -> None:
    half = len(QUESTIONS) // 2
    newcomer.tap(*QUESTIONS[:half])
    newcomer.check()
    product.restart()
    newcomer.tap(*QUESTIONS[half:])
    newcomer.check()
    newcomer.tap(*HANDOVER)
    product.restart()
    newcomer.open(product.address)
    newcomer.check()
    newcomer.write(ASKED)
    assert ASKED in newcomer.text


def take_over(product: Product, guide: Phone) -> None:
    guide.open(product.invitation)
    guide.check()
    guide.page.fill("input[name=name]", "Anna Guide")
    guide.press("Eintreten")
    assert "Fall 1" in guide.text
    guide.check()
    guide.press("Übernehmen")
    assert ASKED in guide.text
    shown = dict(
        zip(*(guide.page.locator(f"aside {part}").all_inner_texts() for part in ("dt", "dd")), strict=True)
    )
    assert {question: shown.get(question) for question, _ in ANSWERS} == dict(ANSWERS)
    guide.check()


def write_to_each_other(product: Product, newcomer: Phone, guide: Phone) -> None:
    guide.write_letter(ANSWERED)
    assert "noch nicht abgeholt" in guide.text
    product.restart()
    newcomer.page.wait_for_selector(".letter.guide")  # it comes by itself, also after the restart
    assert folded(ANSWERED) in newcomer.text
    newcomer.check()
    write_into_the_void(product, newcomer, THANKED)
    newcomer.picture("phone_chat_with_guide_ar")
    guide.page.reload()
    assert THANKED in guide.text
    assert "noch nicht abgeholt" not in guide.text
    guide.check()
    guide.picture("desk_case", SCREEN)


def write_into_the_void(product: Product, newcomer: Phone, text: str) -> None:
    """Nobody answers, and the browser says so; loading that page again sends the form again."""
    newcomer.page.fill("textarea", text)
    product.kill()
    newcomer.page.click(".send")
    newcomer.page.wait_for_url("chrome-error://**")
    product.start()
    newcomer.page.reload()
    newcomer.page.reload()
    assert newcomer.text.count(text) == 1


def close(newcomer: Phone, guide: Phone) -> None:
    guide.page.select_option("select[name=outcome]", "answered")
    guide.press("Abschließen")
    assert "abgeschlossen" in guide.text
    newcomer.page.reload()
    assert said("handover.closed", "ar") in newcomer.text
    assert newcomer.text.count(ASKED) == newcomer.text.count(THANKED) == 1
    newcomer.check()


def check_what_is_left(product: Product, token: str) -> None:
    letters, known, record = product.inside(lambda store: (*left_of(store, token), record_of(store)))
    assert letters == [("newcomer", ASKED), ("guide", ANSWERED), ("newcomer", THANKED)]
    assert known["age"] == ("27_59",)
    assert known["household"] == ("partner", "children_3_5")
    assert "paper" not in known, "the paper is forgotten once the group is known"
    counts = dict.fromkeys(("captures", "handovers", "needs", "contacts"), 0)
    for row in record.tallies:
        if row.cell.table in counts:
            counts[row.cell.table] += row.count
    assert counts == {"captures": 1, "handovers": 1, "needs": 1, "contacts": 1}
    (protocol,) = record.protocols
    assert (protocol.language, protocol.role, protocol.outcome) == ("ar", "guide", "handover")
    assert all(as_csv(report.table(record, exact=True)) for report in REPORTS.values())
    with product.opened() as database:
        assert database.check() == ()


def left_of(store: Store, token: str) -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]]]:
    account = store.accounts.find(WEB, token)
    assert account is not None
    case = store.cases.of_account(account.id)
    conversation = store.conversations.load(account.id)
    assert case is not None
    assert conversation is not None
    answers = dict(conversation.known)
    for run in conversation.runs:
        answers |= run.answers
    return [(letter.author, letter.text) for letter in store.letters.of_case(case.id)], answers


def test_without_script_a_typed_need_leads_to_a_guide_who_answers(
    product: Product, phone: Callable[..., Phone]
) -> None:
    product.start()
    newcomer, guide = phone("uk", script=False), phone("de", script=False)
    newcomer.open(product.address)
    newcomer.write("Мені потрібен курс німецької мови")
    assert newcomer.page.locator("article.card").count() >= 1
    newcomer.tap("/human", ".ask:yes")
    product.restart()
    newcomer.write("Коли починається курс?")
    guide.open(product.invitation)
    guide.page.fill("input[name=name]", "Anna Guide")
    guide.press("Eintreten")
    guide.press("Übernehmen")
    assert guide.text.count("Коли починається курс?") == 1
    guide.write_letter("Am Montag um 9 Uhr.")
    with newcomer.page.expect_navigation():
        newcomer.page.click(".reload a")
    assert newcomer.text.count("Am Montag um 9 Uhr.") == 1
    assert newcomer.text.count("Коли починається курс?") == 1


def test_phones_in_other_languages_show_the_same_steps(product: Product, phone: Callable[..., Phone]) -> None:
    product.start()
    to_a_question = (*TO_OFFERS, *FROM_OFFERS, *QUESTIONS[:3])
    for language, steps, name in (
        ("en", TO_OFFERS, "phone_offers_en"),
        ("uk", to_a_question, "phone_question_uk"),
    ):
        newcomer = phone(language)
        newcomer.open(product.address)
        newcomer.tap(f"/language {language}", *steps)
        assert newcomer.page.get_attribute("html", "lang") == language
        newcomer.check()
        newcomer.picture(name)


def test_whoever_is_in_a_hurry_stands_first_on_the_board(
    product: Product, phone: Callable[..., Phone], newcomer: Callable[[], Newcomer]
) -> None:
    product.start()
    for steps in WAITING:
        newcomer().tap(*steps, "/human", ".ask:yes")
    guide = phone("de")
    guide.open(product.invitation)
    guide.page.fill("input[name=name]", "Anna Guide")
    guide.press("Eintreten")
    guide.check()
    heads = guide.page.locator("article.line .head strong").all_inner_texts()
    assert heads == ["Fall 2", "Fall 3", "Fall 1", "Fall 4"], "a date, today, this week, has time"
    with guide.page.expect_navigation():
        guide.page.click("article.line:has-text('Fall 1') button:has-text('Übernehmen')")
    guide.page.click("a:has-text('Alle Fälle')")
    guide.picture("desk_queue", BOARD)
    assert guide.page.locator("section[aria-labelledby=mine] article.line").count() == 1
