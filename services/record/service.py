"""A service as published: Lei 13.460/2017 art. 7, federal charter XML v3, DESIGN §3."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.record.values import (
    TRANSLATABLE,
    Amount,
    Code,
    Codes,
    Dated,
    Duration,
    Entry,
    Incomplete,
    Instant,
    Line,
    Lines,
    OrderedRefs,
    Ref,
    Refs,
    Rich,
    Standards,
    Stated,
    Text,
    TimeEstimate,
    Url,
    Value,
)

ChannelType = Literal[
    "in_person",
    "web",
    "web_schedule",
    "web_track",
    "web_consult",
    "web_enrol",
    "web_issue",
    "web_fill_in",
    "web_declare",
    "web_calculate",
    "app",
    "phone",
    "whatsapp",
    "sms",
    "email",
    "post",
    "fax",
    "home_visit",
]
Login = Literal["unknown", "none", "own", "govbr_bronze", "govbr_prata", "govbr_ouro"]
Device = Literal["any", "phone", "computer"]
CriterionBasis = Literal["order", "income", "priority_group", "lottery", "assessment", "other"]


class Condition(Value):
    """When a case applies: one of these answers to the question."""

    question: Ref
    answers: Codes = Field(default=[], description="Keys of the question's answers; any of them")


class Document(Value):
    """Something to bring or send (art. 7 §2 II; v3 ``documento``)."""

    name: Text
    note: Text = Field(default="", description="Copies, age, form in which it is accepted")
    where_to_get: Text = ""
    form: Ref | None = Field(default=None, description="The form to fill in")
    service: Ref | None = Field(default=None, description="The service by which it is obtained")
    legal_basis: Line = Field(
        default="", description="The law that demands it in this form, where others forbid to ask for it"
    )


class Fee(Value):
    """Something to pay (v3 ``custo``): an amount, or words where it varies."""

    name: Text = ""
    amount: Amount | None = None
    currency: Annotated[Code, AfterValidator(lambda value: value or "BRL")] = "BRL"
    varies: Text = Field(default="", description="What the amount depends on, where it is not fixed")


class Channel(Value):
    """A form of provision (art. 7 §2 V; v3 ``canal-de-prestacao``)."""

    type: ChannelType
    text: Text = Field(default="", description="Address, number or instruction")
    url: Url = ""
    waiting: Duration | None = Field(default=None, description="Wait at this channel (art. 7 §3 II)")
    system_down: Text = Field(
        default="",
        description="What to do while this channel's system is down (v3 ``procedimento-sistema-indisponivel``)",
    )


class DocumentCase(Value):
    """Documents asked for only in this case."""

    text: Line = ""
    condition: Condition | None = None
    items: Stated[Document] = []


class FeeCase(Value):
    """Fees due only in this case."""

    text: Line = ""
    condition: Condition | None = None
    items: list[Fee] = []


class ChannelCase(Value):
    """Channels open only in this case."""

    text: Line = ""
    condition: Condition | None = None
    items: list[Channel] = []


class Documents(Value):
    """Documents of a step: for everybody, and by case."""

    default: Stated[Document] = []
    cases: list[DocumentCase] = []


class Fees(Value):
    """Fees of a step: for everybody, and by case."""

    default: list[Fee] = []
    cases: list[FeeCase] = []


class Channels(Value):
    """Channels of a step: for everybody, and by case."""

    default: list[Channel] = []
    cases: list[ChannelCase] = []


class Step(Value):
    """A main step (art. 7 §2 III; v3 ``etapa``)."""

    title: Line = ""
    description: Rich = ""
    documents: Documents = Documents()
    fees: Fees = Fees()
    channels: Channels = Channels()
    time: TimeEstimate | None = None


class Applicant(Value):
    """Who may ask, and what is required of them (art. 7 §2 II; v3 ``solicitante``)."""

    who: Text = ""
    requirements: Rich = ""


class Criterion(Value):
    """A criterion by which the city decides who is attended."""

    basis: CriterionBasis
    description: Rich = ""


class Law(Value):
    """A law or rule that the service rests on."""

    title: Text = ""
    url: Url = ""


class Validity(Value):
    """How long the result holds (v3 ``validade-documento``)."""

    type: Literal["unstated", "unlimited", "limited"] = "unstated"
    quantity: int | None = Field(default=None, ge=0, le=100_000)
    unit: Literal["days", "months", "years"] | None = None
    note: Text = ""


class DigitalLink(Value):
    """Where the service is done online, and what that takes."""

    url: Url
    login: Login = "unknown"
    device: Device = "any"


class Suspension(Value):
    """A time in which the service is not given."""

    starts: Instant
    ends: Instant | None = Field(default=None, description="Open-ended if absent")
    message: Text = ""


class Season(Value):
    """A time in which a seasonal service is given; outside all of them it is closed."""

    opens: Instant
    closes: Instant
    message: Text = ""


class NotApplicable(Value):
    """An item of the charter that this service does not have, and why."""

    rule: Code = Field(description="Key of the rule of completeness")
    reason: Text = ""


class QuestionAnswer(Value):
    """An answer that a person may choose."""

    key: Code
    text: Line


class QuestionText(Value):
    """A question that this service's cases use: embedded so that a checklist needs no other record."""

    id: str
    title: Annotated[str, TRANSLATABLE]
    help: Annotated[str, TRANSLATABLE] = ""
    answers: Stated[QuestionAnswer] = []


class Service(Entry):
    """A service of the city to a person."""

    kind: Literal["service"]
    secretariat: Ref | None = Field(default=None, description="The body that gives it")
    sector: Line = Field(default="", description="The department in charge")
    popular_names: Lines = Field(default=[], description="What people call it")
    acronym: Code = ""
    keywords: Lines = []
    summary: Text = Field(default="", description="What it is, in a sentence or two (art. 7 §2 I)")
    description: Rich = Field(default="", description="The same at length, where a summary is not enough")
    outcome: Rich = Field(default="", description="What the person gets")
    applicants: list[Applicant] = []
    requirements: Rich = Field(default="", description="What holds for every applicant (art. 7 §2 II)")
    criteria: list[Criterion] = []
    queue: Rich = Field(default="", description="Where the queue or the result is published")
    appeal: Rich = Field(default="", description="How to appeal against a decision")
    steps: list[Step] = []
    time: TimeEstimate | None = Field(default=None, description="In all (art. 7 §2 IV)")
    free: bool | None = Field(default=None, description="v3 ``gratuito``")
    legislation: list[Law] = []
    not_applicable: Stated[NotApplicable] = Field(
        default=[], description="Items of the charter that it does not have, each with the reason"
    )
    validity: Validity | None = None
    online: bool | None = Field(default=None, description="Whether it can be done online (v3 ``servico-digital``)")
    digital_link: Annotated[DigitalLink | None, AfterValidator(lambda link: link if link and link.url else None)] = None
    contact: Rich = Field(default="", description="Whom to ask about it (v3 ``contato``)")
    audiences: Refs = []
    topics: Refs = []
    life_events: Refs = []
    related: OrderedRefs = []
    related_texts: Lines = Field(
        default=[], description="Related services that are not in this charter, as their source names them"
    )
    forms: OrderedRefs = []
    units: Refs = Field(default=[], description="Where it is given in person")
    area_served: Refs = Field(default=[], description="Districts; empty means the whole municipality")
    standards: Standards = Standards()
    suspensions: Dated[Suspension] = []
    seasons: list[Season] = []
    questions: list[QuestionText] = []
    reviewed_on: date | None = None
    review_due: date | None = None
    published_incomplete: Incomplete = False
