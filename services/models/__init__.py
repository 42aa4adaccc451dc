"""The write model, and the published read model."""

from services.models.alert import Alert
from services.models.city import City
from services.models.entry import LiveAtOnce, PublishedEntry, PublishedPage, Sourced, entry_changed, preview_asked
from services.models.form import FormTemplate
from services.models.information import InformationPage
from services.models.procedure import ProcedurePage
from services.models.published import (
    LogHead,
    ProjectAgain,
    PublishedRecord,
    PublishedVersion,
    PublishingBusy,
    RecordLink,
)
from services.models.secretariat import SecretariatPage
from services.models.service import ServicePage, Suspension
from services.models.taxonomy import Audience, District, LifeEvent, Question, Topic
from services.models.unit import HoursException, Unit, Visit

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
    "Alert",
    "Audience",
    "City",
    "District",
    "FormTemplate",
    "HoursException",
    "InformationPage",
    "LifeEvent",
    "LiveAtOnce",
    "LogHead",
    "ProcedurePage",
    "ProjectAgain",
    "PublishedEntry",
    "PublishedPage",
    "PublishedRecord",
    "PublishedVersion",
    "PublishingBusy",
    "Question",
    "RecordLink",
    "SecretariatPage",
    "ServicePage",
    "Sourced",
    "Suspension",
    "Topic",
    "Unit",
    "Visit",
    "entry_changed",
    "preview_asked",
]
