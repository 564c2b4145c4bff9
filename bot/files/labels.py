"""What the closed lists of the catalogue are called in German, as a guide reads them in a spreadsheet."""

from collections.abc import Mapping
from enum import StrEnum

from catalog.offer import (
    Area,
    BookedBy,
    Childcare,
    CostType,
    GenderOnly,
    Kind,
    Mode,
    Origin,
    Paper,
    Registration,
    Status,
    TargetGroup,
    Wheelchair,
)

LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Kind: {
        Kind.OFFER: "Angebot",
        Kind.ADVICE_CENTRE: "Beratungsstelle",
        Kind.AUTHORITY: "Behörde",
        Kind.VOLUNTEER_INITIATIVE: "Ehrenamt",
    },
    Status: {Status.ACTIVE: "aktiv", Status.INACTIVE: "beendet", Status.DRAFT: "Entwurf"},
    CostType: {
        CostType.FREE: "kostenlos",
        CostType.FEE: "kostet Geld",
        CostType.DONATION: "Spende",
        CostType.INCOME_BASED: "nach Einkommen",
    },
    Childcare: {
        Childcare.NONE: "keine",
        Childcare.ONSITE: "vor Ort",
        Childcare.CHILDREN_WELCOME: "Kinder willkommen",
        Childcare.ON_REQUEST: "auf Anfrage",
    },
    Wheelchair: {
        Wheelchair.YES: "ja",
        Wheelchair.LIMITED: "teilweise",
        Wheelchair.NO: "nein",
        Wheelchair.UNKNOWN: "unbekannt",
    },
    Registration: {
        Registration.NONE: "nicht nötig",
        Registration.RECOMMENDED: "empfohlen",
        Registration.REQUIRED: "nötig",
    },
    Mode: {
        Mode.ONSITE: "vor Ort",
        Mode.PHONE: "Telefon",
        Mode.ONLINE: "online",
        Mode.CHAT: "Chat",
        Mode.MESSENGER: "Messenger",
        Mode.HOME_VISIT: "Hausbesuch",
    },
    Area: {
        Area.MUNICIPALITY: "Kommune",
        Area.DISTRICT: "Kreis",
        Area.STATE: "Land",
        Area.FEDERAL: "Bund",
    },
    Origin: {
        Origin.EXISTING: "gab es schon",
        Origin.INITIATED_BY_KISI: "durch KISI begonnen",
        Origin.MODIFIED_BY_KISI: "durch KISI verändert",
    },
    GenderOnly: {GenderOnly.WOMEN: "Frauen", GenderOnly.MEN: "Männer"},
    BookedBy: {BookedBy.PERSON: "selbst", BookedBy.GUIDE: "durch den Guide"},
    Paper: {
        Paper.PERMIT: "Aufenthaltserlaubnis",
        Paper.SETTLEMENT: "Niederlassungserlaubnis",
        Paper.EU_LONGTERM: "Daueraufenthalt-EU",
        Paper.PAR24: "Schutz nach § 24",
        Paper.BLUECARD: "Blaue Karte EU",
        Paper.FICTION: "Fiktionsbescheinigung",
        Paper.GESTATTUNG: "Aufenthaltsgestattung",
        Paper.DULDUNG: "Duldung",
        Paper.ENTITLEMENT_INTEGRATION_COURSE: "Berechtigung Integrationskurs",
        Paper.ENTITLEMENT_VOCATIONAL_COURSE: "Berechtigung Berufssprachkurs",
    },
    TargetGroup: {
        TargetGroup.ALL: "alle",
        TargetGroup.ADULTS: "Erwachsene",
        TargetGroup.ADULTS_27PLUS: "Erwachsene ab 27",
        TargetGroup.YOUTH: "Jugendliche",
        TargetGroup.YOUTH_12_27: "12 bis 27 Jahre",
        TargetGroup.CHILDREN: "Kinder",
        TargetGroup.PARENTS: "Eltern",
        TargetGroup.WOMEN: "Frauen",
        TargetGroup.SENIORS: "Ältere",
        TargetGroup.CARERS: "Pflegende",
        TargetGroup.DISABILITY: "Menschen mit Behinderung",
        TargetGroup.WORKERS: "Berufstätige",
        TargetGroup.REFUGEES: "Geflüchtete",
        TargetGroup.ASYLUM_SEEKERS: "Asylsuchende",
        TargetGroup.TOLERATED: "Geduldete",
    },
}
"""Every member has one; within a list no two are the same, and none holds a comma or semicolon."""
