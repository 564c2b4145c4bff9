"""What the record's codes are called in German; needs, languages and offers bring names of their own."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "webchat": "Web-Chat",
    "terminal": "Terminal",
    "telegram": "Telegram",
    "phone": "Telefon",
    "visit": "Gespräch vor Ort",
    "mail": "E-Mail",
    "newcomer": "Neuzugewanderte",
    "population": "Bevölkerung",
    "administration": "Verwaltung",
    "politics": "Politik",
    "volunteer": "Ehrenamt",
    "information": "Auskunft",
    "needs_capture": "Bedarfserfassung",
    "relay": "Gespräch mit einem Menschen",
    "handover": "Übergabe an einen Menschen",
    "emergency": "Notfall-Hinweis",
    "only_information": "nur Auskunft",
    "stopped": "abgebrochen",
    "gap": "kein passendes Angebot",
    "offers_shown": "Angebote gezeigt",
    "finished": "abgeschlossen",
    "answered": "beantwortet",
    "under_5": "unter 5 Min.",
    "5_15": "5 bis 14 Min.",
    "15_30": "15 bis 29 Min.",
    "30_60": "30 bis 59 Min.",
    "over_60": "ab 60 Min.",
    "bot": "Bot",
    "guide": "Integrationsguide",
    "deputy": "Vertretung",
    "lead": "Leitung",
    "self_declared": "selbst angegeben",
    "seen_by_guide": "vom Guide gesehen",
    "expired": "abgelaufen",
    "none": "keine der Gruppen",
    "unclear": "noch unklar",
    "unknown": "nicht bekannt",
    "de": "Deutsch",
    "en": "Englisch",
    "ar": "Arabisch",
    "uk": "Ukrainisch",
}


def label(code: str) -> str:
    """The code itself where it has no name: a report shows too little rather than nothing."""
    return LABELS.get(code, code)
