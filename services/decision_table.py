"""A service's checklist as a table that a phone can look answers up in, without the network.

``services/static/conecta_services/checklist.js`` resolves it; ``tests/data/checklist_vectors.json`` holds it to what
``services.checklist`` finds.
"""

from typing import Any

from services.case_words import helped, titled, worded
from services.cases import Question, Row, optional_steps, questions_of, rows_of
from services.record import Service


def decision_table(record: Service) -> dict[str, Any]:
    """JSON of what ``services.checklist.checklist`` needs, in the active language where words are not the record's.

    ``questions``: what to ask, in this order: ``id``, ``title``, ``help``, ``options`` (``[key, text]``), and ``many``
    where several answers may hold at once. ``rows``: ``[part, step, case]``, both counted from 1, case 0 for everybody;
    its items are those of the record at that place (``steps[step - 1][part].default``, or ``.cases[case - 1].items``).
    A row that holds for some goes on with the question's id, the answers of which any will do, and the case in words;
    ``maybe``: the steps of which nothing is left where none of their rows holds.
    """
    table: dict[str, Any] = {
        "questions": [_question(question) for question in questions_of(record)],
        "rows": [_row(row) for row in rows_of(record)],
    }
    maybe = optional_steps(record)
    return table | ({"maybe": maybe} if maybe else {})


def _question(question: Question) -> dict[str, Any]:
    options = [[option.key, worded(option)] for option in question.options]
    told: dict[str, Any] = {"id": question.id, "title": titled(question), "options": options}
    if helped(question):
        told["help"] = helped(question)
    if question.many:
        told["many"] = True
    return told


def _row(row: Row) -> list[Any]:
    told: list[Any] = [row.part, row.step, row.case]
    if row.when is not None:
        told += [row.when.question, list(row.when.answers), row.text]
    elif row.case:
        told += ["", [], row.text]
    return told
