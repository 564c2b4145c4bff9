"""An offer of help as the catalogue keeps it; it does not say whom it fits.

Field names follow Open Referral HSDS 3 where HSDS has the thing: assured_date, minimum_age, maximum_age,
interpretation_services, eligibility_description, application_process, fees_description, valid_from, valid_to,
required_documents, address_1, postal_code, contact, capacity (available, maximum, updated).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Texts = Mapping[str, str]  # by language; German is always there


class Kind(StrEnum):
    OFFER = "offer"
    ADVICE_CENTRE = "advice_centre"
    AUTHORITY = "authority"
    VOLUNTEER_INITIATIVE = "volunteer_initiative"


class Status(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"  # gone, kept for the count of old and new offers
    DRAFT = "draft"


class CostType(StrEnum):
    FREE = "free"
    FEE = "fee"
    DONATION = "donation"
    INCOME_BASED = "income_based"


class Childcare(StrEnum):
    NONE = "none"
    ONSITE = "onsite"
    CHILDREN_WELCOME = "children_welcome"
    ON_REQUEST = "on_request"


class Wheelchair(StrEnum):
    YES = "yes"
    LIMITED = "limited"
    NO = "no"
    UNKNOWN = "unknown"


class Registration(StrEnum):
    NONE = "none"
    RECOMMENDED = "recommended"
    REQUIRED = "required"


class Mode(StrEnum):
    ONSITE = "onsite"
    PHONE = "phone"
    ONLINE = "online"
    CHAT = "chat"
    MESSENGER = "messenger"
    HOME_VISIT = "home_visit"


class Area(StrEnum):
    """For whose inhabitants; smaller comes first in the results."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    STATE = "state"
    FEDERAL = "federal"


class Origin(StrEnum):
    EXISTING = "existing"
    INITIATED_BY_KISI = "initiated_by_kisi"
    MODIFIED_BY_KISI = "modified_by_kisi"


class GenderOnly(StrEnum):
    WOMEN = "women"
    MEN = "men"


class BookedBy(StrEnum):
    PERSON = "person"
    GUIDE = "guide"  # a newcomer cannot book it; offices and guides do


class Paper(StrEnum):
    """What someone may have to hold; "none" is missing on purpose, so that it cannot be written down."""

    PERMIT = "permit"
    SETTLEMENT = "settlement"
    EU_LONGTERM = "eu_longterm"
    PAR24 = "par24"
    BLUECARD = "bluecard"
    FICTION = "fiction"
    GESTATTUNG = "gestattung"
    DULDUNG = "duldung"
    ENTITLEMENT_INTEGRATION_COURSE = "entitlement_integration_course"
    ENTITLEMENT_VOCATIONAL_COURSE = "entitlement_vocational_course"


ENTITLEMENTS = frozenset({Paper.ENTITLEMENT_INTEGRATION_COURSE, Paper.ENTITLEMENT_VOCATIONAL_COURSE})


class TargetGroup(StrEnum):
    ALL = "all"
    ADULTS = "adults"
    ADULTS_27PLUS = "adults_27plus"
    YOUTH = "youth"
    YOUTH_12_27 = "youth_12_27"
    CHILDREN = "children"
    PARENTS = "parents"
    WOMEN = "women"
    SENIORS = "seniors"
    CARERS = "carers"
    DISABILITY = "disability"
    WORKERS = "workers"
    REFUGEES = "refugees"
    ASYLUM_SEEKERS = "asylum_seekers"
    TOLERATED = "tolerated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """`amount` in euro; None where it is free, differs, or is not known."""

    type: CostType
    amount: float | None = None
    fees_description: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`part`: the part of the town, empty if it does not matter."""

    address_1: str
    postal_code: str
    city: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """`available` 0 is full; None is not known."""

    available: int | None = None
    maximum: int | None = None
    updated: dt.date | None = None
    waiting_list: bool = False

    @property
    def full(self) -> bool:
        return self.available == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`residence` empty: no paper is asked for. `valid_from` and `valid_to` are the first and the last day.

    `address_secret`: the place must stay unknown; there is no address. `note` is for guides, never shown.
    `opening_hours` is in the OpenStreetMap syntax, empty if there are none.
    """

    id: str
    kind: Kind
    status: Status
    name: Texts
    description: Texts
    needs: tuple[str, ...]
    body: str
    organization: str
    service_area: Area
    assured_date: dt.date
    languages: tuple[str, ...] = ("de",)
    interpretation_services: bool = False
    target_groups: tuple[TargetGroup, ...] = (TargetGroup.ALL,)
    modes: tuple[Mode, ...] = (Mode.ONSITE,)
    cost: Cost = field(default_factory=lambda: Cost(type=CostType.FREE))
    residence: tuple[Paper, ...] = ()
    eligibility_description: Texts = field(default_factory=dict)
    gender_only: GenderOnly | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    address: Address | None = None
    address_secret: bool = False
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    contact: str = ""
    opening_hours: str = ""
    schedule_description: Texts = field(default_factory=dict)
    appointment_required: bool = False
    registration: Registration = Registration.NONE
    booked_by: BookedBy = BookedBy.PERSON
    application_process: Texts = field(default_factory=dict)
    required_documents: tuple[Texts, ...] = ()
    capacity: Capacity | None = None
    childcare: Childcare = Childcare.NONE
    wheelchair: Wheelchair = Wheelchair.UNKNOWN
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    origin: Origin = Origin.EXISTING
    note: str = ""

    @property
    def is_the_guide(self) -> bool:
        return self.body == "guide" and self.kind is Kind.ADVICE_CENTRE

    @property
    def full(self) -> bool:
        return self.capacity is not None and self.capacity.full
