"""The columns as the table of ``docs/planilha.md``: made here, and held equal to the page by a test."""

from itertools import groupby

from services.interchange.planilha.tables import REQUIRED
from services.interchange.planilha.writing import instructions


def guide() -> str:
    """A section for each sheet, in Markdown."""
    parts = []
    for sheet, columns in groupby(instructions(), key=lambda row: row[0]):
        parts.append(f"### {sheet}\n\n| coluna | o que escrever | exemplo |\n|---|---|---|")
        for _sheet, heading, instruction, example in columns:
            needed = " (obrigatória)" if heading in REQUIRED[sheet] else ""
            cells = (f"**{heading}**{needed}", instruction, example)
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("")
    return "\n".join(parts).strip()
