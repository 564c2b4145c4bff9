"""In an emergency the numbers are what a phone shows first."""

from tests.web.browser import Browser
from tests.web.forms import say


def test_the_numbers_stand_above_a_long_talk_with_a_person(client: Browser) -> None:
    """On a phone the newest letters alone fill the height; nobody scrolls in an emergency."""
    say(client, choice="/human")
    for number in range(8):
        say(client, text=f"letter {number}")
    say(client, choice="/emergency")
    page = client.get("/").text
    assert 0 < page.index('href="tel:112"') < page.index("letter 7")
    assert page.count('class="replies"') == 1
