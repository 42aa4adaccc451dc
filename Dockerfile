# Conecta's web server and worker in one small image: the command says which.
FROM python:3.11-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /venv
# What changes seldom comes first, so that a new version of ours brings only ours.
COPY requirements.txt constraints.txt ./
RUN /venv/bin/pip install --requirement requirements.txt
COPY . .
# Files that pages link to, named by their content. The values are any: none is kept.
RUN CONECTA_SECRET_KEY=only-to-collect-what-pages-link-to-and-kept-nowhere-after CONECTA_ALLOWED_HOSTS=localhost \
    CONECTA_BASE_URL=https://localhost \
    CONECTA_DATABASE_URL=postgres://nobody@localhost/none CONECTA_EMAIL_URL=smtp://localhost \
    CONECTA_EMAIL_FROM=nobody@localhost CONECTA_MANIFESTATIONS=0 CONECTA_STATIC_DIR=/app/static \
    CONECTA_DATA_DIR=/tmp/conecta \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && /venv/bin/python -m compileall -q conecta_site home services search feedback

FROM python:3.11-slim-trixie
# pg_dump and pg_restore, for manage.py backup and restore: Debian 13 has those of PostgreSQL 17, which compose.yaml
# starts, and older ones refuse a newer server.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /data conecta \
    && install -d -o conecta /data/media /data/private /data/backups
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=1048576 CONECTA_DATA_DIR=/data CONECTA_STATIC_DIR=/app/static
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "deploy/healthy.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "2", "--respawn-failed-workers", "--workers-kill-timeout", "30", "--workers-max-rss", "600", "--log-level", "warning", "conecta_site.wsgi:application"]
