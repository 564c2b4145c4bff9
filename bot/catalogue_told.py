"""What the catalogue and its spreadsheet say in English, and how a guide reads it in German; only a table."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`words` are how the English sentence begins; its named groups stand in braces in the German one.

    A group `day...` is shown as a German date, `number...` as a plain figure. `hint` is what is proposed
    instead, or empty. `form` is what is read beside the field of a form, where that is another sentence;
    `field`: only of this field.
    """

    words: re.Pattern[str]
    german: str
    form: str = ""
    field: str = ""


def _told(words: str, german: str, form: str = "", field: str = "") -> Told:
    return Told(words=re.compile(words, re.DOTALL), german=german, form=form, field=field)


_VALUE = r"'(?P<value>.*)' "
_FROM_THE_LIST = "Das gibt es hier nicht. Bitte wählen Sie aus der Liste."

_OF_FIELDS = (
    _told(
        "is missing",
        "Es fehlt, wobei der Eintrag hilft. Wählen Sie mindestens einen Bedarf aus der Liste.",
        "Kreuzen Sie mindestens ein Thema an.",
        "needs",
    ),
    _told("is missing", "Das fehlt. Bitte füllen Sie diese Zelle aus.", "Das fehlt noch."),
    _told(
        "has no German text",
        "Der deutsche Text fehlt. Schreiben Sie ihn in die Spalte ohne Kürzel einer Sprache.",
        "Der deutsche Text fehlt: Er steht für alle Sprachen, in denen es keinen gibt.",
    ),
    _told(
        f"{_VALUE}does not look right",
        "„{value}“ ist keine Nummer mit Vorwahl des Landes. Schreiben Sie zum Beispiel: +49 69 90009100.",
        "Schreiben Sie die Nummer mit Vorwahl des Landes: +49 69 90009100.",
        "phone",
    ),
    _told(
        f"{_VALUE}does not look right",
        "„{value}“ ist keine E-Mail-Adresse. Schreiben Sie zum Beispiel: name@example.org.",
        "Das ist keine E-Mail-Adresse. Schreiben Sie: name@example.org.",
        "email",
    ),
    _told(
        f"{_VALUE}does not look right",
        "„{value}“ geht nicht als Kennung: nur kleine Buchstaben, Ziffern und Striche, wie frauen-cafe. "
        "Bei einem neuen Eintrag lassen Sie die Zelle leer.",
        "Die Kennung darf nur kleine Buchstaben, Ziffern und Striche haben.",
        "id",
    ),
    _told(
        r"stands twice\. Give",
        "Diese Kennung steht zweimal in der Tabelle. Löschen Sie eine der beiden Zeilen, oder leeren Sie die "
        "Kennung, wenn es ein neuer Eintrag ist.",
        field="id",
    ),
    _told(r"must begin with https://", "Die Adresse muss mit https:// beginnen.", field="url"),
    _told(
        f"{_VALUE}is no language code",
        "„{value}“ ist kein Kürzel einer Sprache. Schreiben Sie ihren Namen oder ihr Kürzel, wie ar oder uk.",
        "Das ist kein Kürzel einer Sprache. Schreiben Sie zum Beispiel: ar, uk.",
    ),
    _told(
        r"(?P<day>\S+) lies before valid_from, (?P<day_from>\S+)\.",
        "{day} liegt vor dem Tag, ab dem es gilt ({day_from}). Bitte berichtigen Sie einen von beiden.",
        "Das liegt vor dem Tag, ab dem es gilt.",
    ),
    _told(
        r"(?P<value>\d+) is less than minimum_age, (?P<low>\d+)\.",
        "{value} ist weniger als das Alter, ab dem man kommen darf ({low}). Bitte berichtigen Sie eines.",
        "Das ist weniger als das Alter, ab dem man kommen darf.",
    ),
    _told(
        "stands here although address_secret",
        "Die Adresse soll geheim bleiben. Löschen Sie Straße, PLZ und Ort, oder schreiben Sie bei "
        "„Adresse geheim“ nein.",
        "Die Adresse soll geheim bleiben. Löschen Sie sie hier.",
    ),
    _told(
        "is more than the maximum",
        "Das ist mehr, als es Plätze gibt. Bitte berichtigen Sie eine der beiden Zahlen.",
        "Das ist mehr, als es Plätze gibt.",
    ),
    _told(
        r"(?P<day>\S+) lies in the future",
        "{day} kommt erst noch. Schreiben Sie den Tag, an dem zuletzt jemand gefragt hat.",
        "Dieser Tag kommt noch. Prüfen Sie die Angaben, und kreuzen Sie an, dass Sie es heute getan haben.",
    ),
    _told(
        f"{_VALUE}is no date",
        "„{value}“ ist kein Datum. Schreiben Sie zum Beispiel: 23.11.2026.",
        "Das ist kein Datum. Schreiben Sie zum Beispiel: 23.11.2026.",
    ),
    _told("must be a whole number", "Bitte schreiben Sie eine ganze Zahl."),
    _told(
        r"must be a number from 0 to (?P<number>[\d.e+]+),",
        "Bitte schreiben Sie eine Zahl von 0 bis {number}.",
        "Bitte schreiben Sie eine Zahl, zum Beispiel 12 oder 12,50.",
    ),
    _told(
        r"is too long \((?P<length>\d+) characters\)\. Write at most (?P<most>\d+)",
        "Das ist zu lang ({length} Zeichen). Schreiben Sie höchstens {most} Zeichen.",
    ),
    _told(r"must be a text of at most (?P<most>\d+)", "Das ist zu lang: höchstens {most} Zeichen."),
    _told(
        r"there is no (?:need|body) '(?P<value>.*?)'\.", "„{value}“ gibt es hier nicht.{hint}", _FROM_THE_LIST
    ),
    _told("there is no such field", _FROM_THE_LIST),
)

_OF_CELLS = (
    _told(
        f"{_VALUE}is not possible here. Write ja or nein",
        "„{value}“ geht hier nicht. Schreiben Sie ja oder nein.",
    ),
    _told(f"{_VALUE}is not possible here", "„{value}“ gibt es hier nicht.{hint}", _FROM_THE_LIST),
    _told(f"{_VALUE}is no number", "„{value}“ ist keine Zahl. Schreiben Sie nur Ziffern, wie 12 oder 12,50."),
    _told(f"{_VALUE}is not clear", "Was mit „{value}“ gemeint ist, ist nicht klar.{hint}"),
    _told(
        r"names one thing and has the code of another\. Write (?P<one>.*) or (?P<other>.*)\.",
        "Der Name und das Kürzel in Klammern passen nicht zusammen. Gemeint ist {one} oder {other}.",
    ),
    _told(f"{_VALUE}is no language", "„{value}“ ist keine Sprache, die wir kennen.{hint}"),
    _told(
        "is a formula",
        "Hier steht eine Formel. Kopieren Sie die Zelle, und fügen Sie sie als Wert wieder ein.",
    ),
    _told("shows an error", "Die Zelle zeigt einen Fehler an. Schreiben Sie den Wert selbst hinein."),
    _told(
        r"has something in column (?P<place>\d+), which has no head",
        "In Spalte {place} steht etwas, aber die Spalte hat keine Überschrift. Löschen Sie es.",
    ),
    _told(
        f"{_VALUE}is an invented address",
        "„{value}“ ist eine erfundene Adresse. Schreiben Sie die richtige, oder lassen Sie die Zelle leer.",
    ),
    _told(
        f"{_VALUE}is an invented number",
        "„{value}“ ist eine erfundene Nummer. Schreiben Sie die richtige, oder lassen Sie die Zelle leer.",
    ),
    _told(
        f"{_VALUE}is the fictional town's postal code",
        "{value} ist die Postleitzahl der erfundenen Stadt. Schreiben Sie die richtige.",
    ),
    _told(
        "this sentence says that the page is a demonstration",
        "Dieser Satz sagt, dass alles nur eine Vorführung ist. Löschen Sie ihn, und sehen Sie alles noch "
        "einmal durch.",
    ),
)

_OF_HEADS = (
    _told(
        "is no column of the template",
        "Diese Überschrift kennen wir nicht.{hint} Benennen Sie die Spalte um. Löschen Sie sie nur, wenn "
        "auch wegfallen soll, was dort stand.",
    ),
    _told(
        r"stands twice\. Remove", "Diese Überschrift steht zweimal da. Löschen Sie eine der beiden Spalten."
    ),
    _told(
        "is lacking", "Diese Spalte fehlt. Fügen Sie sie mit dieser Überschrift ein; die Vorlage hat alle."
    ),
)

_SAVE_AS_UTF_8 = "Speichern Sie sie als „CSV UTF-8“."
_OF_FILES = (
    _told("has no rows", "Die Tabelle hat keine Zeilen. Nehmen Sie die Vorlage."),
    _told("is empty", "Die Datei ist leer. Nehmen Sie die Vorlage."),
    _told(
        r"is larger than (?P<most>\d+) MB\. Keep",
        "Die Datei ist größer als {most} MB. Behalten Sie nur die Angebote, oder teilen Sie die Tabelle auf.",
    ),
    _told(
        r"is larger than (?P<most>\d+) MB once unpacked",
        "Ausgepackt ist die Datei größer als {most} MB, oder sie ist keine gewöhnliche Tabelle. Löschen Sie "
        "die leeren Zeilen unter der Tabelle, oder kopieren Sie die Tabelle in eine neue Datei.",
    ),
    _told(
        r"ends in .+\. Save it as one of",
        "Dieses Format können wir nicht lesen. Speichern Sie die Tabelle als .xlsx oder .csv.",
    ),
    _told("is one too many", "Bitte nehmen Sie eine Tabelle nach der anderen."),
    _told("is of another format", "Bitte nehmen Sie eine Datei nach der anderen."),
    _told("is not there", "Die Datei ist nicht da."),
    _told(
        r"is a folder|is no ordinary file", "Das ist keine gewöhnliche Datei. Wählen Sie die Tabelle selbst."
    ),
    _told(
        r"cannot be read \(", "Die Datei lässt sich nicht öffnen. Schließen Sie sie in anderen Programmen."
    ),
    _told(
        "cannot be read as a workbook",
        "Die Datei lässt sich nicht als Tabelle lesen. Öffnen Sie sie, speichern Sie sie neu als .xlsx, und "
        "versuchen Sie es noch einmal.",
    ),
    _told(
        r"cannot be read near line (?P<line>\d+)",
        "Bei Zeile {line} lässt sich die Datei nicht lesen. Suchen Sie dort nach einem Anführungszeichen, "
        "das nicht geschlossen ist, oder nach einer viel zu langen Zelle.",
    ),
    _told("is protected by a password", "Die Datei hat ein Passwort. Speichern Sie sie ohne."),
    _told(
        r"has \d+ parts|has more in it than a table|declares entities",
        "In der Datei steckt mehr als eine Tabelle. Kopieren Sie die Tabelle allein in eine neue Datei.",
    ),
    _told(
        r'has no sheet "(?P<sheet>.*)", but (?P<sheets>.*)\. Name the sheet so',
        "Es gibt kein Blatt „{sheet}“, sondern: {sheets}. Nennen Sie das Blatt mit den Angeboten so.",
    ),
    _told(
        r"has merged cells: (?P<cells>.*)\. Unmerge",
        "Hier sind Zellen verbunden: {cells}. Trennen Sie sie, und schreiben Sie den Wert in jede Zeile.",
    ),
    _told(
        r"has more than (?P<most>\d+) rows", "Das sind mehr als {most} Zeilen. Teilen Sie die Tabelle auf."
    ),
    _told(
        r"has more than (?P<most>\d+) columns.*\(row (?P<row>\d+)\)",
        "Zeile {row} hat mehr als {most} Spalten. Löschen Sie, was nicht in der Vorlage steht.",
    ),
    _told("is written in UTF-16", f"Die Datei ist in UTF-16 geschrieben oder kein Text. {_SAVE_AS_UTF_8}"),
    _told(
        r"is not written in UTF-8 \(line (?P<line>\d+)\)",
        f"Die Datei ist nicht in UTF-8 geschrieben (Zeile {{line}}). {_SAVE_AS_UTF_8}",
    ),
    _told(
        "has no entries",
        "Die Tabelle hat keine Einträge: Damit wäre jeder Eintrag der Stadt zurückgezogen. Lassen Sie den "
        "Haken weg.",
    ),
)

_REMARKS = (
    _told(
        r"row (?P<row>\d+) is the template's example",
        "Zeile {row} ist das Beispiel der Vorlage und bleibt weg.",
    ),
    _told(
        r"row (?P<row>\d+) had no id and is '(?P<id>.*)' now",
        "Zeile {row} hatte keine Kennung und bekommt diese: {id}.",
    ),
    _told(
        f"{_VALUE}is shared with other towns",
        "„{value}“ benutzen mehrere Städte gemeinsam. In Ihrer Stadt gilt dann, was in der Tabelle steht.",
    ),
)

TOLD = (*_OF_FIELDS, *_OF_CELLS, *_OF_HEADS, *_OF_FILES, *_REMARKS)
"""The first that fits counts."""
