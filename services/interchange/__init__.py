"""Exchange formats: one module each, that turns files into records, records into bytes, or both."""

from collections.abc import Mapping

from services.interchange import cpsv_ap, dcat, federal_v3, hsds, native, planilha, schema_org
from services.interchange.base import Charter, Files, Format, Given, Reading, Rejected, Remark, Site, SourceFile
from services.interchange.sources import open_source

#: Every format by the name that ``--format`` takes.
FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        federal_v3.FORMAT,
        native.FORMAT,
        planilha.FORMAT,
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
