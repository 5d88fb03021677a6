#!/bin/sh
# Run once, by the image of PostgreSQL, when its volume is new: a database and an owner for the lake,
# and one for Prefect. Neither owner is a superuser, and neither gets into the other's database.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv dateline DATELINE_DB_PASSWORD
\getenv prefect PREFECT_DB_PASSWORD
CREATE ROLE dateline LOGIN PASSWORD :'dateline';
CREATE ROLE prefect LOGIN PASSWORD :'prefect';
CREATE DATABASE dateline OWNER dateline;
CREATE DATABASE prefect OWNER prefect;
REVOKE CONNECT, TEMPORARY ON DATABASE dateline, prefect FROM PUBLIC;
SQL
