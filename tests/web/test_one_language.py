"""An installation that offers German alone, as each does before its other languages are reviewed."""

from bot.web.app import web_app
from bot.web.site import WebTown
from tests.web.browser import Browser
from tests.web.conftest import SETTINGS
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
from tests.web.forms import say


class OnlyGerman(FakeNewcomerDesk):
    """Offers one language, as an installation does that has no reviews yet."""

    def languages(self) -> tuple[tuple[str, str, str], ...]:
        return (("de", "Deutsch", "ltr"),)


ONLY_GERMAN = {
    "uk": {"web.only_german": "лише німецькою, 112"},
    "en": {"web.only_german": "German only, 112"},
}


def only_german(team: FakeTeamDesk, town: WebTown, device: str) -> Browser:
    app = web_app(OnlyGerman(), team.desks, FakeTexts(ONLY_GERMAN), [town], SETTINGS)
    return Browser(app, **{"accept-language": device})


def test_where_only_german_is_offered_nobody_is_offered_a_choice(team: FakeTeamDesk, town: WebTown) -> None:
    client = only_german(team, town, "de")
    for path in ("/", "/imprint", "/weiter"):
        page = client.get(path).text
        assert "<summary>" not in page
        assert "112" not in page


def test_whoever_reads_no_german_is_told_in_their_language_and_in_english(
    team: FakeTeamDesk, town: WebTown
) -> None:
    client = only_german(team, town, "uk-UA,de;q=0.5")
    page = client.get("/").text
    assert page.index("лише німецькою, <a") < page.index("German only, <a")
    assert 'lang="uk" dir="ltr"><span>лише' in page
    assert only_german(team, town, "sw").get("/").text.count("German only") == 1
    say(client, choice="r.start:go")
    assert "German only" not in client.get("/").text, "only the first screen says so"
