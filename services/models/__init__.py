"""The write model, and the published read model."""

from services.models.alert import Alert
from services.models.api_key import ApiKey
from services.models.article import Article
from services.models.belonging import Bodies, Body, body_of
from services.models.booklet import BookletEdition, EditionFile, EditionIsKept
from services.models.city import City
from services.models.dismissal import Dismissal
from services.models.entry import (
    RECORD_PREVIEW,
    LiveAtOnce,
    PublishedEntry,
    PublishedPage,
    Sourced,
    TakenOver,
    entry_changed,
    entry_drafted,
    preview_asked,
)
from services.models.form import FormTemplate
from services.models.front_end import FrontEnd, PreviewLink
from services.models.information import InformationPage
from services.models.link import Link, LinkUse, ReadUpTo
from services.models.newsroom import Absence, RoleGroup, Staff, newsroom_is_set_up
from services.models.procedure import ProcedurePage
from services.models.published import (
    LogHead,
    ProjectAgain,
    PublishedRecord,
    PublishedVersion,
    PublishingBusy,
    RecordLink,
)
from services.models.review import Reminder, ReminderMail, Review
from services.models.schedule import ScheduleFailure
from services.models.score import EntryScore
from services.models.secretariat import SecretariatPage
from services.models.service import ServicePage, Suspension
from services.models.sheet import UploadedSheet
from services.models.sign_of_life import SignOfLife
from services.models.source_head import SourceHead
from services.models.stages import BodyReview, CityApproval, Notice, Refused, ReviewState, Stage, Wait, waiting
from services.models.taxonomy import Audience, District, LifeEvent, Question, Topic
from services.models.unit import HoursException, Unit, Visit
from services.models.visit_count import VisitCount
from services.models.webhook import Webhook, WebhookDelivery, WebhookRemoval

#: The model behind each kind of record.
ENTRY_MODELS: dict[str, type[Sourced]] = {
    model.kind: model
    for model in (
        ServicePage,
        ProcedurePage,
        SecretariatPage,
        InformationPage,
        Unit,
        FormTemplate,
        Topic,
        Audience,
        LifeEvent,
        District,
        Question,
        Alert,
        City,
    )
}

__all__ = [
    "ENTRY_MODELS",
    "RECORD_PREVIEW",
    "Absence",
    "Alert",
    "ApiKey",
    "Article",
    "Audience",
    "Bodies",
    "Body",
    "BodyReview",
    "BookletEdition",
    "City",
    "CityApproval",
    "Dismissal",
    "District",
    "EditionFile",
    "EditionIsKept",
    "EntryScore",
    "FormTemplate",
    "FrontEnd",
    "HoursException",
    "InformationPage",
    "LifeEvent",
    "Link",
    "LinkUse",
    "LiveAtOnce",
    "LogHead",
    "Notice",
    "PreviewLink",
    "ProcedurePage",
    "ProjectAgain",
    "PublishedEntry",
    "PublishedPage",
    "PublishedRecord",
    "PublishedVersion",
    "PublishingBusy",
    "Question",
    "ReadUpTo",
    "RecordLink",
    "Refused",
    "Reminder",
    "ReminderMail",
    "Review",
    "ReviewState",
    "RoleGroup",
    "ScheduleFailure",
    "SecretariatPage",
    "ServicePage",
    "SignOfLife",
    "SourceHead",
    "Sourced",
    "Staff",
    "Stage",
    "Suspension",
    "TakenOver",
    "Topic",
    "Unit",
    "UploadedSheet",
    "Visit",
    "VisitCount",
    "Wait",
    "Webhook",
    "WebhookDelivery",
    "WebhookRemoval",
    "body_of",
    "entry_changed",
    "entry_drafted",
    "newsroom_is_set_up",
    "preview_asked",
    "waiting",
]
