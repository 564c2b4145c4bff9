"""What the closed lists of the catalogue are called in German: in the form, in versions, in a spreadsheet."""

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

CLOSED: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "status": Status,
    "service_area": Area,
    "cost.type": CostType,
    "gender_only": GenderOnly,
    "registration": Registration,
    "booked_by": BookedBy,
    "childcare": Childcare,
    "wheelchair": Wheelchair,
    "origin": Origin,
    "target_groups": TargetGroup,
    "residence": Paper,
    "modes": Mode,
}
"""Fields in which only members of a list may stand."""

LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Kind: {
        Kind.OFFER: "Angebot oder Kurs",
        Kind.ADVICE_CENTRE: "Beratungsstelle",
        Kind.AUTHORITY: "Behörde",
        Kind.VOLUNTEER_INITIATIVE: "Ehrenamtliche Initiative",
    },
    Status: {
        Status.ACTIVE: "aktiv (wird gezeigt)",
        Status.INACTIVE: "beendet (wird nicht gezeigt)",
        Status.DRAFT: "Entwurf (wird noch nicht gezeigt)",
    },
    CostType: {
        CostType.FREE: "kostenlos",
        CostType.FEE: "kostet etwas",
        CostType.DONATION: "gegen Spende",
        CostType.INCOME_BASED: "nach Einkommen",
    },
    Childcare: {
        Childcare.NONE: "keine",
        Childcare.ONSITE: "vor Ort",
        Childcare.CHILDREN_WELCOME: "Kinder dürfen mitkommen",
        Childcare.ON_REQUEST: "auf Anfrage",
    },
    Wheelchair: {
        Wheelchair.YES: "geeignet",
        Wheelchair.LIMITED: "eingeschränkt geeignet",
        Wheelchair.NO: "nicht geeignet",
        Wheelchair.UNKNOWN: "nicht bekannt",
    },
    Registration: {
        Registration.NONE: "nicht nötig",
        Registration.RECOMMENDED: "empfohlen",
        Registration.REQUIRED: "nötig",
    },
    Mode: {
        Mode.ONSITE: "vor Ort",
        Mode.PHONE: "am Telefon",
        Mode.ONLINE: "online",
        Mode.CHAT: "im Chat",
        Mode.MESSENGER: "über Messenger",
        Mode.HOME_VISIT: "Hausbesuch",
    },
    Area: {
        Area.MUNICIPALITY: "nur für die Stadt",
        Area.DISTRICT: "für den Landkreis",
        Area.STATE: "für ganz Hessen",
        Area.FEDERAL: "für ganz Deutschland",
    },
    Origin: {
        Origin.EXISTING: "gab es schon",
        Origin.INITIATED_BY_KISI: "durch uns entstanden",
        Origin.MODIFIED_BY_KISI: "durch uns verändert",
    },
    GenderOnly: {GenderOnly.WOMEN: "Frauen", GenderOnly.MEN: "Männer"},
    BookedBy: {BookedBy.PERSON: "die Person selbst", BookedBy.GUIDE: "nur das Team oder ein Amt"},
    Paper: {
        Paper.PERMIT: "Aufenthaltserlaubnis",
        Paper.SETTLEMENT: "Niederlassungserlaubnis",
        Paper.EU_LONGTERM: "Daueraufenthalt EU",
        Paper.PAR24: "Aufenthalt nach § 24 (Ukraine)",
        Paper.BLUECARD: "Blaue Karte EU",
        Paper.FICTION: "Fiktionsbescheinigung",
        Paper.GESTATTUNG: "Aufenthaltsgestattung",
        Paper.DULDUNG: "Duldung",
        Paper.ENTITLEMENT_INTEGRATION_COURSE: "Berechtigung zum Integrationskurs",
        Paper.ENTITLEMENT_VOCATIONAL_COURSE: "Berechtigung zum Berufssprachkurs",
    },
    TargetGroup: {
        TargetGroup.ALL: "alle",
        TargetGroup.ADULTS: "Erwachsene",
        TargetGroup.ADULTS_27PLUS: "Erwachsene ab 27",
        TargetGroup.YOUTH: "Jugendliche",
        TargetGroup.YOUTH_12_27: "junge Menschen von 12 bis 27",
        TargetGroup.CHILDREN: "Kinder",
        TargetGroup.PARENTS: "Eltern",
        TargetGroup.WOMEN: "Frauen",
        TargetGroup.SENIORS: "ältere Menschen",
        TargetGroup.CARERS: "pflegende Angehörige",
        TargetGroup.DISABILITY: "Menschen mit Behinderung",
        TargetGroup.WORKERS: "Beschäftigte",
        TargetGroup.REFUGEES: "Geflüchtete",
        TargetGroup.ASYLUM_SEEKERS: "Asylsuchende",
        TargetGroup.TOLERATED: "Geduldete",
    },
}
"""Every member has one; within a list no two are the same, and none holds a comma or semicolon."""

FORMER: Mapping[type[StrEnum], Mapping[str, StrEnum]] = {
    Kind: {"Angebot": Kind.OFFER, "Ehrenamt": Kind.VOLUNTEER_INITIATIVE},
    Status: {"aktiv": Status.ACTIVE, "beendet": Status.INACTIVE, "Entwurf": Status.DRAFT},
    CostType: {"kostet Geld": CostType.FEE, "Spende": CostType.DONATION},
    Childcare: {"Kinder willkommen": Childcare.CHILDREN_WELCOME},
    Wheelchair: {
        "ja": Wheelchair.YES,
        "teilweise": Wheelchair.LIMITED,
        "nein": Wheelchair.NO,
        "unbekannt": Wheelchair.UNKNOWN,
    },
    Mode: {"Telefon": Mode.PHONE, "Chat": Mode.CHAT, "Messenger": Mode.MESSENGER},
    Area: {"Kommune": Area.MUNICIPALITY, "Kreis": Area.DISTRICT, "Land": Area.STATE, "Bund": Area.FEDERAL},
    Origin: {
        "durch KISI begonnen": Origin.INITIATED_BY_KISI,
        "durch KISI verändert": Origin.MODIFIED_BY_KISI,
    },
    BookedBy: {"selbst": BookedBy.PERSON, "durch den Guide": BookedBy.GUIDE},
    Paper: {
        "Daueraufenthalt-EU": Paper.EU_LONGTERM,
        "Schutz nach § 24": Paper.PAR24,
        "Berechtigung Integrationskurs": Paper.ENTITLEMENT_INTEGRATION_COURSE,
        "Berechtigung Berufssprachkurs": Paper.ENTITLEMENT_VOCATIONAL_COURSE,
    },
    TargetGroup: {
        "12 bis 27 Jahre": TargetGroup.YOUTH_12_27,
        "Ältere": TargetGroup.SENIORS,
        "Pflegende": TargetGroup.CARERS,
        "Berufstätige": TargetGroup.WORKERS,
    },
}
"""What spreadsheets said before, and what is shorter to type: still understood, never written."""
