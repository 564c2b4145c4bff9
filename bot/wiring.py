"""Builds the house once: reads files, opens the database, loads the towns; decides nothing later."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex

from bot.bot_tokens import bot_tokens
from bot.doors import MAIL
from bot.house import House, Town
from bot.mail_settings import mail_settings
from bot.settings import Settings, SettingsError, listed, together
from bot.shown_offers import shown_offers
from bot.town_script import TownScript, vocabulary
from catalog.index import Index, Speech
from catalog.lessons import KEPT, languages, learned, remembered
from catalog.municipality import Municipality, load_municipality
from catalog.needs import Taxonomy, packaged_taxonomy
from catalog.offer import Offer
from dialogs.actions import ACTIONS
from dialogs.conversation import Purpose
from dialogs.questionnaire import Questionnaire
from dialogs.questionnaire_file import load_questionnaire
from dialogs.wording import SOURCE, Wording, load_wording
from storage.catalogue import Change
from storage.database import Database
from storage.keys import Keys
from storage.store import Store
from storage.writer import Writer

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
QUESTIONNAIRES = ROOT / "dialogs" / "questionnaires"
MUNICIPALITIES = ROOT / "catalog" / "municipalities"
CONSENT_TEXTS = {
    Purpose.INTAKE: ("intake.consent", "consent.more"),
    Purpose.HANDOVER: ("handover.ask", "intake.contact"),
}
DEMO_TOWN = MUNICIPALITIES / "erlenfels"

Tell = Callable[[], None]


def quiet() -> None:
    """For who does not want to be told."""


def build_house(
    settings: Settings, key: bytes, towns: Sequence[Municipality], *, every_language: bool, tell: Tell = quiet
) -> House:
    """The whole installation on its database, migrated and with the towns' catalogues in it.

    `every_language` (the demo): also those that no native has reviewed. `tell`: see `load_speech`.

    Raises:
        StorageError: the database cannot be opened with this key.
        QuestionnaireError, WordingError, CatalogError: a file is wrong; every problem at once.
    """
    wording, taxonomy, questionnaires = load_wording(LOCALES), packaged_taxonomy(), load_questionnaires()
    languages = wording.languages if every_language else _offered(wording, settings)
    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))

    script_of = _Scripts(
        wording=wording,
        taxonomy=taxonomy,
        speech=load_speech(taxonomy, tell),
        questionnaires=questionnaires,
        languages=languages,
        beneath=() if every_language else (SOURCE, "en"),
    )
    now = datetime.now(UTC)
    opened = [(town, *writer.run(town.id, partial(_catalogue, town=town, now=now))) for town in towns]
    return House(
        towns={
            town.id: Town(municipality=town, version=version, script=script_of(town, offers))
            for town, version, offers in opened
        },
        writer=writer,
        secret=hmac.digest(key, b"kurze-wege: forms and web addresses", "sha256"),
        clock=lambda: datetime.now(UTC),
        script_of=script_of,
        public_url=settings.public_url,
        channels=channels_of(settings, [town.id for town in towns]),
    )


def channels_of(settings: Settings, towns: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Town and channel of every way that is set up. Raises SettingsError."""
    bots, mail = together(lambda: bot_tokens(settings, towns), lambda: mail_settings(settings))
    return frozenset(bots) | {(town, MAIL) for town in towns if mail is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scripts:
    """Makes a town's script from what all towns share and the town's own offers."""

    wording: Wording
    taxonomy: Taxonomy
    speech: Speech
    questionnaires: Mapping[str, Questionnaire]
    languages: tuple[str, ...]
    beneath: tuple[str, ...]

    def __call__(self, municipality: Municipality, offers: Sequence[Offer]) -> TownScript:
        unreviewed = (c for c in self.languages if c != SOURCE and not self.wording[c].reviewed_by)
        return TownScript(
            questionnaires=self.questionnaires,
            languages=self.languages,
            consent_versions=consent_versions(self.questionnaires, self.wording),
            wording=self.wording,
            taxonomy=self.taxonomy,
            offers=offers,
            index=Index.build(self.speech, offers),
            office_hours=municipality.guide.office_hours,
            letters_by_messenger=municipality.team_bot_shows_content,
            unreviewed=frozenset(unreviewed),
            beneath=self.beneath,
        )


def script_from_files(town: Municipality, tell: Tell = quiet) -> TownScript:
    """The town's script as its files say, in every language there is; for looking, without a database."""
    wording, taxonomy = load_wording(LOCALES), packaged_taxonomy()
    scripts = _Scripts(
        wording=wording,
        taxonomy=taxonomy,
        speech=load_speech(taxonomy, tell),
        questionnaires=load_questionnaires(),
        languages=wording.languages,
        beneath=(),
    )
    return scripts(town, town.offers)


def read_towns(settings: Settings, default: Path | None = None) -> tuple[Municipality, ...]:
    """The towns named in the settings, or the one in `default`. Raises SettingsError, CatalogError."""
    folders = [Path(name) for name in listed(settings.towns)] or ([default] if default else [])
    if not folders:
        raise SettingsError(["KURZE_WEGE_TOWNS is missing. Name the folder of your town's files."])
    return tuple(load_municipality(_municipality_folder(folder)) for folder in folders)


def _municipality_folder(named: Path) -> Path:
    for folder in (named, MUNICIPALITIES / named.name):
        if (folder / "municipality.toml").is_file():
            return folder
    raise SettingsError(
        [f"there is no file {named}/municipality.toml. Correct the name or path of the town."]
    )


def load_questionnaires(folder: Path = QUESTIONNAIRES) -> dict[str, Questionnaire]:
    """Every questionnaire in the folder, by id. Raises QuestionnaireError."""
    words = vocabulary(frozenset(ACTIONS))
    loaded = (load_questionnaire(path, words) for path in sorted(folder.glob("*.toml")))
    return {questionnaire.id: questionnaire for questionnaire in loaded}


def consent_versions(questionnaires: Mapping[str, Questionnaire], wording: Wording) -> dict[Purpose, str]:
    """Versions of what people agree to: they change with the questionnaire and with the German texts."""
    return {
        purpose: f"{questionnaires['intake'].version}-{_fingerprint(wording, keys)}"
        for purpose, keys in CONSENT_TEXTS.items()
    }


def _fingerprint(wording: Wording, keys: Sequence[str]) -> str:
    text = "".join(wording.text(key, SOURCE) for key in keys)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _offered(wording: Wording, settings: Settings) -> tuple[str, ...]:
    unknown = [code for code in settings.unreviewed_languages if code not in wording.languages]
    if unknown:
        known = ", ".join(wording.languages)
        raise SettingsError([f"KURZE_WEGE_OFFER_UNREVIEWED names {', '.join(unknown)}. There are: {known}."])
    return tuple(
        code
        for code in wording.languages
        if code == SOURCE or wording[code].reviewed_by or code in settings.unreviewed_languages
    )


def load_speech(taxonomy: Taxonomy, tell: Tell = quiet) -> Speech:
    """What people say, in every language that has a word list: whoever chose one may write in another.
    `tell` is called before that takes a minute, because it must be learned first.
    """
    found = {language: remembered(language, KEPT) for language in languages()}
    if None in found.values():
        tell()
    mark = token_hex(8)
    return Speech.build(each or learned(code, taxonomy, KEPT, mark) for code, each in found.items())


def import_files(store: Store, town: Municipality, now: datetime) -> tuple[str, ...]:
    """Takes what the town's files say into its catalogue; the ids of what is new, changed or withdrawn."""
    change = Change(by="files", why="aus den Dateien der Stadt gelesen", at=now)
    store.catalogue.share(town.shared)
    changed = store.catalogue.put_offers(town.own, change, complete=True)
    for name, offers in town.shared.items():
        changed += store.catalogue.put_offers(offers, change, shared=name, complete=True)
    return changed


def _catalogue(store: Store, town: Municipality, now: datetime) -> tuple[int, tuple[Offer, ...]]:
    # Files are the way in: an empty database takes them once, after that the database is the catalogue. The
    # fictional town has nobody who edits it, so there the files always win.
    if store.catalogue.version() == 0 or town.fictional:
        import_files(store, town, now)
    return store.catalogue.version(), shown_offers(store)
