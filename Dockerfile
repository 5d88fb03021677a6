# Dateline for a team, with everything that it runs with: every package from the lock, by its hash.
# Running it downloads nothing. `docker build --tag dateline .`; compose.yaml runs it.
#
# The base image is named by a tag, since a digest ages. Pin the one that you have checked (docker
# image inspect --format '{{index .RepoDigests 0}}' shows it):
#
#   docker build --build-arg PYTHON=python:3.12-slim-bookworm@sha256:... --tag dateline .
ARG PYTHON=python:3.12-slim-bookworm

# --- The environment: only here is pip asked, and nothing is compiled
FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false
WORKDIR /build
RUN python -m venv /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH
# The lock alone: this layer is made anew only when it changes.
COPY requirements-team.txt ./
RUN pip install --no-deps --require-hashes --only-binary :all: --requirement requirements-team.txt
COPY pyproject.toml README.md ./
COPY flows flows
COPY transforms transforms
COPY expectations expectations
COPY warehouse warehouse
COPY pages pages
COPY seeds seeds
RUN pip install --no-deps --no-build-isolation . \
    && pip check \
    && python -m compileall -q -j 0 /opt/dateline/lib \
    && PREFECT_HOME=/tmp/prefect python -m flows.prefect_database \
    && rm -rf /tmp/prefect

# --- What is run
FROM ${PYTHON}
RUN groupadd --gid 10001 dateline \
    && useradd --uid 10001 --gid dateline --create-home --home-dir /var/lib/dateline --shell /usr/sbin/nologin dateline \
    && install --directory --owner dateline --group dateline /data /data/lake /data/home /data/news
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    PREFECT_HOME=/var/lib/dateline/prefect \
    DATELINE_CONFIG=/etc/dateline/dateline.toml
USER 10001:10001
WORKDIR /var/lib/dateline
# What is healthy depends on what is run: compose.yaml says it of each service.
HEALTHCHECK NONE
CMD ["dateline", "--help"]
