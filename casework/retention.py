"""What is kept, how long, why and by which law, in one table; it deletes nothing itself."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class CountedFrom(StrEnum):
    """The moment from which a period runs, as storage can compute it."""

    WITH_ACCOUNT = "with_account"  # no period of its own: goes in the moment its account goes
    WITH_MEMBER = "with_member"  # the same with a member of the team whose access ends
    GUEST_SEEN = "guest_seen"  # last message of an account that has not consented
    LAST_CONTACT = "last_contact"  # last message of an account that has
    LAST_ANSWER = "last_answer"  # last change of a run that is not finished
    CASE_CLOSED = "case_closed"  # closing of the account's last case, if none is open
    CREATED = "created"  # the row's own time of writing
    LAST_USED = "last_used"  # the row's own time of last use
    LEFT = "left"  # leaving the team
    FAILED = "failed"  # when delivery was given up
    TOOK_PLACE = "took_place"  # the moment that was planned, cancelled or not
    NEVER = "never"  # kept as evidence; nothing in it names anybody once the rules of other tables are met


LABELS = {
    CountedFrom.WITH_ACCOUNT: "–",
    CountedFrom.WITH_MEMBER: "–",
    CountedFrom.GUEST_SEEN: "letzte Nachricht als Gast",
    CountedFrom.LAST_CONTACT: "letzter Kontakt",
    CountedFrom.LAST_ANSWER: "letzte Antwort",
    CountedFrom.CASE_CLOSED: "Abschluss des letzten Falls",
    CountedFrom.CREATED: "Entstehung",
    CountedFrom.LAST_USED: "letzte Nutzung",
    CountedFrom.LEFT: "Ausscheiden aus dem Team",
    CountedFrom.FAILED: "letzter Zustellversuch",
    CountedFrom.TOOK_PLACE: "Tag des Termins",
    CountedFrom.NEVER: "–",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One period: `keep` is None where there is none of its own (WITH_...) or none at all (NEVER).

    A table may have several rules, each for the rows named in `what`; what is due by any of them goes.
    """

    table: str
    what: str
    keep: timedelta | None
    counted_from: CountedFrom
    why: str
    law: str


GUEST = timedelta(hours=24)
UNFINISHED = timedelta(days=30)
RELAYED = timedelta(days=90)
WAY_BACK = timedelta(days=30)
AFTER_CLOSING = timedelta(days=183)  # six months
WITHOUT_CONTACT = timedelta(days=730)  # 24 months
OPEN_CONTACT = timedelta(hours=4)
AFTER_APPOINTMENT = timedelta(days=30)
AUDIT = timedelta(days=365)

_CONSENT = "Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO"
_SPECIAL = "Einwilligung, Art. 6 Abs. 1 Buchst. a und Art. 9 Abs. 2 Buchst. a DSGVO"
_TASK = "Öffentliche Aufgabe, Art. 6 Abs. 1 Buchst. e DSGVO, § 3 HDSIG"
_LIMIT = "Speicherbegrenzung, Art. 5 Abs. 1 Buchst. e DSGVO"
_SECURITY = "Sicherheit der Verarbeitung, Art. 32 DSGVO"
_PROOF = "Nachweis der Einwilligung, Art. 7 Abs. 1 DSGVO"
_ERASURE = "Löschung und ihr Nachweis, Art. 17 und Art. 5 Abs. 2 DSGVO"
_GRANT = "Aufbewahrung für die Förderung, Art. 82 VO (EU) 2021/1060; kein Personenbezug, ErwG 26 DSGVO"
_VOLUNTEERS = (
    "Aufbewahrung für die Förderung, Art. 82 VO (EU) 2021/1060; Ehrenamt, Art. 6 Abs. 1 Buchst. e DSGVO"
)
_STAFF = "Beschäftigte und Ehrenamt, Art. 6 Abs. 1 Buchst. e DSGVO, § 23 HDSIG"


def _rule(table: str, keep: timedelta | None, start: CountedFrom, law: str, what: str, why: str) -> Rule:
    return Rule(table=table, what=what, keep=keep, counted_from=start, why=why, law=law)


_C = CountedFrom

# fmt: off

_VAULT = (
    _rule("accounts", GUEST, _C.GUEST_SEEN, _LIMIT,
          "Gäste: Schlüssel, Stadt, Sprache",
          "Wer nur schaut, soll keine Spur hinterlassen."),
    _rule("accounts", WITHOUT_CONTACT, _C.LAST_CONTACT, _CONSENT,
          "Konten mit Einwilligung",
          "Wer so lange nicht schreibt, braucht uns nicht mehr."),
    _rule("addresses", None, _C.WITH_ACCOUNT, _CONSENT,
          "Chat-Adresse oder Web-Sitzung",
          "Ohne Adresse kommt keine Antwort an."),
    _rule("addresses", WAY_BACK, _C.CASE_CLOSED, _CONSENT,
          "Rückweg: Telefon, E-Mail, Rufname, sichere Zeiten",
          "Nach dem Abschluss gibt es keinen Grund mehr anzurufen."),
    _rule("member_addresses", None, _C.WITH_MEMBER, _STAFF,
          "Team: Chat oder E-Mail-Adresse, verschlüsselt",
          "Damit Nachrichten ankommen; geht in dem Moment, in dem der Zugang endet."),
    _rule("resume_codes", None, _C.WITH_ACCOUNT, _CONSENT,
          "Wiedereinstiegs-Code, nur als Prüfwert",
          "Damit man auf einem anderen Gerät weitermachen kann."),
    _rule("erasures", timedelta(days=40), _C.CREATED, _ERASURE,
          "Prüfwerte gelöschter Konten",
          "Eine alte Sicherung darf Gelöschtes nicht zurückbringen."),
    _rule("resume_tries", timedelta(hours=1), _C.CREATED, _SECURITY,
          "Versuche mit einem Wiedereinstiegs-Code, Herkunft nur als Prüfwert",
          "Damit niemand Codes durchprobiert: zehn Versuche je Stunde."),
    _rule("key_check", None, _C.NEVER, _SECURITY,
          "Prüfwert des Schlüssels der Stadt",
          "Damit mit einem falschen Schlüssel nichts startet."),
)
_CASEWORK = (
    _rule("persons", AFTER_CLOSING, _C.CASE_CLOSED, _SPECIAL,
          "Personen nach Rolle im Haushalt, ohne Namen",
          "Rückfragen kommen oft erst Monate später."),
    _rule("persons", WITHOUT_CONTACT, _C.LAST_CONTACT, _SPECIAL,
          "Dieselben, in jedem Fall spätestens",
          "Wer wiederkommt, soll nicht alles noch einmal sagen."),
    _rule("conversations", UNFINISHED, _C.LAST_ANSWER, _CONSENT,
          "Unfertige Fragebögen",
          "Nach einem Monat macht kaum jemand weiter; am 14. Tag fragen wir einmal."),
    _rule("conversations", AFTER_CLOSING, _C.CASE_CLOSED, _SPECIAL,
          "Antworten",
          "Rückfragen kommen oft erst Monate später."),
    _rule("conversations", WITHOUT_CONTACT, _C.LAST_CONTACT, _SPECIAL,
          "Dieselben, in jedem Fall spätestens",
          "Wer wiederkommt, soll nicht alles noch einmal sagen."),
    _rule("cases", AFTER_CLOSING, _C.CASE_CLOSED, _TASK,
          "Fälle: Nummer, Thema, Stand",
          "Rückfragen kommen oft erst Monate später."),
    _rule("letters", RELAYED, _C.CREATED, _SPECIAL,
          "Nachrichten zwischen Mensch und Guide",
          "Für die Beratung nötig, danach nicht mehr."),
    _rule("appointments", AFTER_APPOINTMENT, _C.TOOK_PLACE, _CONSENT,
          "Termine: Zeit; Ort und Mitzubringendes verschlüsselt",
          "Wer einen Termin verpasst hat, fragt bald danach."),
    _rule("contacts", OPEN_CONTACT, _C.LAST_USED, _LIMIT,
          "Laufender Kontakt, bis sein Protokoll geschrieben ist",
          "Das Protokoll nennt keine Person; der Rest geht."),
    _rule("ledger", AFTER_CLOSING, _C.CASE_CLOSED, _TASK,
          "Was aus einem Bedarf wurde",
          "Gezählt ist schon; danach hilft es niemandem mehr."),
    _rule("ledger", WITHOUT_CONTACT, _C.LAST_CONTACT, _TASK,
          "Dasselbe, in jedem Fall spätestens",
          "Damit nichts doppelt gezählt wird."),
    _rule("consents", None, _C.WITH_ACCOUNT, _PROOF,
          "Einwilligung: Fassung und Zeit",
          "Wir müssen zeigen können, dass Sie zugestimmt haben."),
)
_RECORD = (
    _rule("protocols", None, _C.NEVER, _GRANT,
          "Kontaktprotokolle, nur Codes",
          "Nachweis für die Förderung; niemand ist darin erkennbar."),
    _rule("tallies", None, _C.NEVER, _GRANT,
          "Zählungen",
          "Nachweis für die Förderung; niemand ist darin erkennbar."),
    _rule("numbers", None, _C.NEVER, _TASK,
          "Letzte vergebene Fallnummer",
          "Damit keine Nummer zweimal vergeben wird."),
    _rule("tally_marks", None, _C.WITH_ACCOUNT, _TASK,
          "Merker, welche Zahl eine Zeile erhöht hat",
          "Damit eine Korrektur die richtige Zahl ändert."),
    _rule("offer_versions", None, _C.NEVER, _GRANT,
          "Angebote und ihre Fassungen",
          "Nachweis, welche Angebote es gab und was sich geändert hat."),
    _rule("offer_drafts", AUDIT, _C.LAST_USED, _LIMIT,
          "Entwürfe von Angeboten, die niemand freigegeben hat",
          "Was ein Jahr lang niemand weiterschreibt, ist überholt."),
    _rule("catalogue_state", None, _C.NEVER, _GRANT,
          "Stand des Katalogs",
          "Eine Zahl, damit alle denselben Stand sehen."),
    _rule("offer_checks", None, _C.NEVER, _GRANT,
          "Prüfungen von Angeboten und Besuche dort: Tag, Ergebnis, Rolle, Teammitglied nur als Kennung",
          "Nachweis der Besuche für die Förderung; ist der Name gelöscht, nennt die Kennung niemanden."),
    _rule("offer_checks", AUDIT, _C.CREATED, _LIMIT,
          "Nur der freie Text eines Besuchs: was dort gefunden wurde",
          "Freier Text kann doch jemanden nennen; Tag und Ergebnis genügen als Nachweis."),
    _rule("offer_questions", AUDIT, _C.CREATED, _TASK,
          "Fragen an die Kontakte von Angeboten, je Quartal eine; was sie schreiben, verschlüsselt und nur, "
          "bis der Guide es erledigt hat",
          "Damit niemand zweimal gefragt wird und keine Antwort verloren geht."),
    _rule("gap_steps", None, _C.NEVER, _GRANT,
          "Was aus Bedarfen ohne Angebot wurde: Bedarf, Entscheidung, Rolle",
          "Nachweis der Maßnahmen für die Förderung; niemand ist darin erkennbar."),
    _rule("gap_steps", AUDIT, _C.CREATED, _LIMIT,
          "Nur die Notiz zu einer Entscheidung",
          "Freier Text kann doch jemanden nennen; Tag und Entscheidung genügen als Nachweis."),
)
_TEAM = (
    _rule("members", AUDIT, _C.LEFT, _STAFF,
          "Team: Name, Rolle, Passwort-Prüfwert",
          "So lange muss ein Lesezugriff einer Person zugeordnet werden können."),
    _rule("invitations", timedelta(hours=72), _C.CREATED, _SECURITY,
          "Einladungen, nur als Prüfwert",
          "Ein alter Link darf niemandem die Tür öffnen."),
    _rule("sessions", timedelta(hours=12), _C.LAST_USED, _SECURITY,
          "Anmeldungen am Arbeitsplatz",
          "Ein vergessener Rechner soll nicht offen bleiben."),
    _rule("audit", AUDIT, _C.CREATED, _SECURITY,
          "Wer welchen Fall gelesen oder geändert hat; wer vom Team wo erreicht wird",
          "Damit Missbrauch auffällt und geklärt werden kann."),
    _rule("shifts", None, _C.NEVER, _GRANT,
          "Einsätze: Titel, Ort, Zeit",
          "Nachweis der Einsätze für die Förderung; eine Frist setzt erst der Zuwendungsgeber."),
    _rule("assignments", None, _C.NEVER, _VOLUNTEERS,
          "Welches Teammitglied welchen Einsatz übernimmt, nur als Kennung",
          "Nachweis der Einsätze für die Förderung; ist der Name gelöscht, nennt die Kennung niemanden."),
)
_DELIVERY = (
    _rule("updates", timedelta(hours=48), _C.CREATED, _SECURITY,
          "Kennungen empfangener Nachrichten",
          "Damit eine doppelt zugestellte Nachricht einmal zählt."),
    _rule("outbox", timedelta(days=30), _C.FAILED, _TASK,
          "Unzustellbare Nachrichten, verschlüsselt; zugestellter Text geht sofort, von Hinweisen auf Fälle "
          "bleibt die Kennung",
          "Damit jemand sieht, dass eine Antwort nicht ankam, und eine Antwort zum richtigen Fall geht."),
    _rule("reminders", timedelta(days=30), _C.CREATED, _TASK,
          "Merker, wer woran erinnert wurde, nur als Kennung",
          "Damit niemand zweimal erinnert wird."),
)

RULES: tuple[Rule, ...] = (*_VAULT, *_CASEWORK, *_RECORD, *_TEAM, *_DELIVERY)

# Files beside the database, under the same duty to say how long.
FILES: tuple[Rule, ...] = (
    _rule("Protokolldateien", timedelta(days=14), _C.CREATED, _SECURITY,
          "Betrieb, ohne Text, Namen und Adressen",
          "Um Fehler zu finden."),
    _rule("Sicherung des Tresors", timedelta(days=7), _C.CREATED, _SECURITY,
          "Verschlüsselte Kopie von Schlüsseln und Adressen",
          "Gelöschtes soll auch aus der Sicherung bald verschwinden."),
    _rule("Sicherung der übrigen Daten", timedelta(days=30), _C.CREATED, _SECURITY,
          "Verschlüsselte Kopie",
          "Damit nach einem Schaden nichts verloren ist."),
    _rule("Liste der Löschungen", timedelta(days=40), _C.CREATED, _ERASURE,
          "Zufällige Kennungen, neben den Sicherungen",
          "Länger als jede Sicherung, damit keine Gelöschtes wiederbringt."),
)
# fmt: on


def rules_for(table: str) -> tuple[Rule, ...]:
    """In the order of RULES; empty for a table that has none, which is a fault."""
    return tuple(rule for rule in RULES if rule.table == table)
