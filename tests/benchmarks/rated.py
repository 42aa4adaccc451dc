"""A million ratings of a city's services, written by the database itself (PostgreSQL)."""

import time
from typing import Any

from django.db import connection
from django.utils import timezone

_WRITE = """
WITH services AS (
    SELECT row_number() OVER (ORDER BY entry_id) - 1 AS place, entry_id,
           coalesce(body::json -> 'secretariat' ->> 'id', '') AS body_id
    FROM conecta_services_publishedrecord WHERE kind = 'service' AND NOT deleted
), few AS (SELECT count(*) AS number FROM services),
drawn AS (
    -- Few services have most of the ratings.
    SELECT n, floor(power(random(), 3) * (SELECT number FROM few))::int AS place, random() AS a, random() AS b,
           random() AS c, random() AS d, random() AS e
    FROM generate_series(1, %s) AS n
)
INSERT INTO conecta_feedback_rating (token, service_id, body_id, version, locale, stars, reasons, comment, managed,
    channel, took_minutes, unit_id, source, received_at, set_aside, promised_minutes, summed)
SELECT gen_random_uuid(), services.entry_id, services.body_id, '', 'pt-br', 1 + floor(sqrt(a) * 5)::int,
    CASE WHEN b < 0.4 THEN '["slow"]' WHEN b < 0.7 THEN '["easy", "fast"]' ELSE '[]' END::jsonb, '',
    (ARRAY['yes', 'partly', 'no', ''])[1 + floor(c * 4)::int],
    (ARRAY['digital', 'in_person', 'phone', ''])[1 + floor(d * 4)::int],
    CASE WHEN e < 0.5 THEN 1440 * (1 + floor(power(e * 2, 3) * 30)::int) END,
    CASE WHEN b < 0.5 THEN 'unit' || floor(c * 40)::int ELSE '' END,
    'portal', %s - (a * 364 + 1) * interval '1 day', d > 0.98, 14400, false
FROM drawn JOIN services USING (place)
"""


def rate(number: str) -> dict[str, Any]:
    """Write so many ratings, then make all sums anew: its seconds, and how many sums there are."""
    from feedback.summing import recompute

    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [int(number), now])
        cursor.execute("ANALYZE conecta_feedback_rating")
    started = time.perf_counter()
    sums = recompute(now)
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE conecta_feedback_ratingsum")
    return {"seconds": seconds, "sums": sums}
