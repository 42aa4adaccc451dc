"""The screen that offers a year's holidays: the country's computed, the city's own written beneath."""

import re
import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.widgets.auto_height_text import AdminAutoHeightTextInput
from wagtail.blocks import StreamValue

from home.first_day.holidays import DayOff, customary, national
from services.models import City, LogHead

#: "02/07 Independência da Bahia"; at the end "(facultativo)" where no law makes it a holiday.
_LINE = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?[\s:;,–-]+(.+?)\s*(\((?:ponto )?facultativo\))?")


def own_days(text: str, year: int) -> list[DayOff]:
    """The days that a text lists, one a line. Raises ``ValidationError``."""
    found, faults = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        told = _LINE.fullmatch(line)
        try:
            if told is None:
                raise ValueError
            day = date(int(told[3] or year), int(told[2]), int(told[1]))
        except ValueError:
            faults.append(_("“%s”: escreva o dia e o nome, como 02/07 Independência da Bahia.") % line[:60])
        else:
            found.append(DayOff(day, told[4][:255], "optional" if told[5] else "holiday"))
    if faults:
        raise ValidationError(faults)
    return found


class CalendarForm(forms.Form):
    """Which of the computed days, and which others."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Feriados nacionais"), required=False, widget=forms.CheckboxSelectMultiple
    )
    optional = forms.MultipleChoiceField(
        label=gettext_lazy("Pontos facultativos de costume"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Só os que a Prefeitura decreta. Exemplo: terça-feira de Carnaval"),
    )
    own = forms.CharField(
        label=gettext_lazy("Feriados do estado e da cidade"),
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Um por linha, dia e nome; se for ponto facultativo, escreva (facultativo) no fim. "
            "Exemplo: 02/07 Independência da Bahia"
        ),
    )

    def __init__(self, *args: Any, year: int, present: set[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.offered = {day.date.isoformat(): day for day in (*national(year), *customary(year))}
        for name, days in (("days", national(year)), ("optional", customary(year))):
            missing = [day for day in days if day.date not in present]
            field: Any = self.fields[name]
            field.choices = [(day.date.isoformat(), f"{day.date:%d/%m} {day.name}") for day in missing]
            if not missing:
                del self.fields[name]
        if "days" in self.fields:
            self.fields["days"].initial = [day.date.isoformat() for day in national(year)]

    def clean_own(self) -> list[DayOff]:
        """As days."""
        return own_days(self.cleaned_data["own"], self.year)

    @property
    def chosen(self) -> list[DayOff]:
        """All that were ticked or written; of a valid form."""
        ticked = [*self.cleaned_data.get("days", []), *self.cleaned_data.get("optional", [])]
        return [*(self.offered[day] for day in ticked), *self.cleaned_data["own"]]


class CalendarView(View):
    """A year's days; the calendar itself is changed among the city's settings."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may change the city."""
        if not request.user.has_perm("conecta_services.change_city"):
            raise PermissionDenied
        this_year = timezone.localdate(timezone.now()).year
        asked = request.GET.get("ano", "")
        self.years = [this_year, this_year + 1]
        self.year = int(asked) if asked in map(str, self.years) else this_year
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is missing of the year."""
        return self._shown(CalendarForm(year=self.year, present=_days_of(City.load())))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add what was chosen and is not there."""
        form = CalendarForm(request.POST, year=self.year, present=_days_of(City.load()))
        if not form.is_valid():
            return self._shown(form)
        added = _add(form.chosen)
        messages.success(request, ngettext("%d dia acrescentado.", "%d dias acrescentados.", added) % added)
        return redirect(f"{reverse('conecta_first_day:calendar')}?ano={self.year}")

    def _shown(self, form: CalendarForm) -> HttpResponse:
        calendar = City.load().calendar.raw_data
        held = sorted((date.fromisoformat(each["value"]["date"]), each["value"]["name"]) for each in calendar)
        context = {
            "page_title": _("Calendário de %(year)d") % {"year": self.year},
            "header_icon": "calendar-alt",
            "breadcrumbs_items": [
                {"url": reverse("conecta_first_day:list"), "label": _("Primeiros passos")},
                {"url": "", "label": _("Calendário de %(year)d") % {"year": self.year}},
            ],
            "form": form,
            "media": form.media,
            "years": self.years,
            "year": self.year,
            "held": [each for each in held if each[0].year == self.year],
        }
        return TemplateResponse(self.request, "conecta_home/admin/calendar.html", context)


def _days_of(city: City) -> set[date]:
    return {date.fromisoformat(each["value"]["date"]) for each in city.calendar.raw_data}


def _add(days: list[DayOff]) -> int:
    with LogHead.held():
        # Read again under the lock: somebody else may be at the calendar.
        city: Any = City.load()
        present = _days_of(city)
        new = {day.date: day for day in days if day.date not in present}
        if not new:
            return 0
        rows = [
            *city.calendar.raw_data,
            *(
                {
                    "type": "holiday",
                    "id": str(uuid.uuid4()),
                    "value": {"date": day.date.isoformat(), "name": day.name, "type": day.type, "districts": []},
                }
                for day in new.values()
            ),
        ]
        rows.sort(key=lambda row: str(row["value"]["date"]))
        city.calendar = StreamValue(city.calendar.stream_block, rows, is_lazy=True)
        city.save()
    return len(new)
