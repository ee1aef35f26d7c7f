# The image of a server, a worker and every command (docs/containers.md).
# EXTRAS are lock files of extras, such as --build-arg EXTRAS="s3 semantic".
ARG PYTHON=3.13-slim-trixie

FROM python:${PYTHON} AS build
ARG EXTRAS=s3
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /src
COPY requirements*.lock ./
# What the lock files name, with their hashes; wheels only, so that nothing is compiled.
RUN python -P -m venv /opt/interviewrelay \
    && for lock in requirements.lock $(printf 'requirements-%s.lock ' ${EXTRAS}); do \
        /opt/interviewrelay/bin/python -P -m pip install --no-deps --require-hashes \
            --only-binary :all: -r "$lock" || exit 1; \
    done \
    && python -P -m venv /tmp/tools \
    && /tmp/tools/bin/python -P -m pip install --no-deps --require-hashes --only-binary :all: \
        -r requirements-binary.lock
COPY . .
RUN /tmp/tools/bin/python -P -m hatchling build -t wheel -d /tmp/wheel \
    && /opt/interviewrelay/bin/python -P -m pip install --no-deps /tmp/wheel/*.whl \
    && /opt/interviewrelay/bin/python -P -m pip uninstall --yes pip

FROM python:${PYTHON}
# pg_dump, for backups of PostgreSQL.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin interviewrelay \
    && install -d -m 700 -o 10001 -g 10001 /data /data/files /backups
COPY --from=build /opt/interviewrelay /opt/interviewrelay
ENV PATH=/opt/interviewrelay/bin:$PATH \
    INSTANCE_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-P", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/livez', timeout=4)"]
ENTRYPOINT ["python", "-P", "-m", "interviewrelay"]
CMD ["serve"]
