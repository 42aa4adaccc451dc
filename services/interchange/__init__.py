"""Exchange formats: one module each, that turns files into records, records into bytes, or both."""

from collections.abc import Mapping

from services.interchange import (
    aggregator,
    cpsv_ap,
    dcat,
    federal_v1,
    federal_v3,
    general_table,
    hsds,
    native,
    planilha,
    schema_org,
    service_csv,
    tables,
)
from services.interchange.base import Charter, Files, Format, Given, Reading, Rejected, Remark, Site, SourceFile
from services.interchange.sources import open_source

#: Every format by the name that ``--format`` takes.
FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        federal_v3.FORMAT,
        native.FORMAT,
        planilha.FORMAT,
        aggregator.FORMAT,
        federal_v1.FORMAT,
        general_table.FORMAT,
        service_csv.FORMAT,
        tables.FORMAT,
        schema_org.FORMAT,
        *cpsv_ap.FORMATS,
        hsds.FORMAT,
        dcat.listing(lambda: FORMATS.values()),
    )
}

__all__ = [
    "FORMATS",
    "Charter",
    "Files",
    "Format",
    "Given",
    "Reading",
    "Rejected",
    "Remark",
    "Site",
    "SourceFile",
    "open_source",
]
