"""Measure the search by judged queries."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from search.document import KINDS
from search.engines.base import EngineError
from search.follower import ENGINES, follower
from search.keeping import kept
from search.relevance import Gain, JudgementError, Ranking, Score, evaluate, gains, read_judgements
from search.searching import search

WAIT_SECONDS = 60.0
#: What is asked for: the measures look at no more than ten.
SIZE = 10


class Command(BaseCommand):
    """``evaluate_search QUERIES.jsonl [--engine E] [--kind K] [--json] [--compare SAVED.json]``"""

    help = "nDCG@10, MRR, success@5, p50 and p95 in ms, per kind of query and overall."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what to ask of whom."""
        parser.add_argument("queries", type=Path, help='JSON lines: {"kind", "query", "relevant": [source_id or id]}')
        parser.add_argument("--engine", choices=sorted(ENGINES), help="the one that answers, unless said")
        parser.add_argument("--kind", choices=KINDS, help="search among records of this kind only")
        parser.add_argument("--locale", default=settings.LANGUAGE_CODE)
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument(
            "--compare",
            type=Path,
            help="what --json printed before: also print the gain in nDCG@10, with 95%% intervals",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print a table, or JSON with ``all`` and the kinds."""
        before = _saved(options["compare"]) if options["compare"] else None
        try:
            lines = options["queries"].read_text(encoding="utf-8").splitlines()
            judgements = list(read_judgements(lines))
        except OSError as error:
            raise CommandError(_("O arquivo não pôde ser lido: %s.") % error) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("O arquivo não está em UTF-8: %s.") % error) from error
        except JudgementError as error:
            raise CommandError(f"{options['queries']}: {error}.") from error
        if not judgements:
            raise CommandError(_("O arquivo não tem consultas."))
        engine = options["engine"] or kept()[0]
        try:
            follower(engine).keep_up(wait=WAIT_SECONDS)
        except EngineError as error:
            raise CommandError(_("O índice não pode ser lido: %s.") % error) from error
        filters = {"kind": [options["kind"]]} if options["kind"] else {}

        asked = {"locale": options["locale"], "filters": filters, "engine": engine}
        today = timezone.localdate()

        def rank(query: str) -> Ranking:
            found = search(query, size=SIZE, today=today, **asked)
            return [(hit.source_id, hit.id) for hit in found.hits]

        scores = evaluate(judgements, rank, clock=time.perf_counter)
        gained = gains(before, {kind: score.each for kind, score in scores.items()}) if before else {}
        if options["as_json"]:
            self.stdout.write(json.dumps(_as_data(scores, gained), ensure_ascii=False))
        else:
            self._table(scores)
            for kind, gain in gained.items():
                self.stdout.write(
                    f"{kind:<16}{gain.queries:>8}{gain.difference:>+9.4f}  95%: {gain.low:+.4f} … {gain.high:+.4f}"
                )

    def _table(self, scores: dict[str, Score]) -> None:
        self.stdout.write(f"{'kind':<16}{'queries':>8}{'nDCG@10':>9}{'MRR':>8}{'succ@5':>8}{'p50 ms':>8}{'p95 ms':>8}")
        for kind, score in scores.items():
            self.stdout.write(
                f"{kind:<16}{score.queries:>8}{score.ndcg_at_10:>9.4f}{score.mrr:>8.4f}{score.success_at_5:>8.4f}"
                f"{score.p50_ms:>8.2f}{score.p95_ms:>8.2f}"
            )


def _as_data(scores: dict[str, Score], gained: dict[str, Gain]) -> dict[str, dict[str, Any]]:
    data = {kind: asdict(score) for kind, score in scores.items()}
    # Said under the kinds already.
    del data["all"]["each"]
    for kind, gain in gained.items():
        data[kind]["gain"] = asdict(gain)
    return data


def _saved(path: Path) -> dict[str, dict[str, float]]:
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        return {
            kind: {str(query): float(ndcg) for query, ndcg in score.get("each", {}).items()}
            for kind, score in saved.items()
        }
    except OSError as error:
        raise CommandError(_("O arquivo não pôde ser lido: %s.") % error) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CommandError(_("%s não é o que --json escreveu.") % path) from error
