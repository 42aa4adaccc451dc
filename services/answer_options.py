"""The answers of a question, for whoever writes a case: chosen from a list, stored as their keys."""

from typing import Any

from django import forms
from django.apps import apps
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks


class AnswerBlock(blocks.FieldBlock):
    """The key of an answer. The admin's script puts a list of the chosen question's answers in its place."""

    def __init__(self, *, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=False,
            label=label,
            help_text=help_text,
            widget=forms.TextInput(
                attrs={
                    "data-controller": "conecta-answer",
                    "data-conecta-answer-url-value": reverse_lazy("conecta_answer_options", args=[0]),
                    "data-conecta-answer-empty-value": _("Escolha a resposta"),
                    "data-conecta-answer-without-value": _("Escolha antes a pergunta"),
                }
            ),
        )
        super().__init__(label=label, **kwargs)

    class Meta:
        icon = "help"
        default = ""


def answer_options(_request: HttpRequest, pk: int) -> JsonResponse:
    """Keys and texts of a question's answers, in its order."""
    question = get_object_or_404(apps.get_model("conecta_services", "Question"), pk=pk)
    answers = [{"key": block.value["key"], "text": block.value["text"]} for block in question.answers]
    return JsonResponse({"answers": answers})


@hooks.register("register_admin_urls")
def answer_option_urls() -> list[Any]:
    """Behind the admin's login, as all that is registered here."""
    return [path("conecta/perguntas/<int:pk>/respostas/", answer_options, name="conecta_answer_options")]
