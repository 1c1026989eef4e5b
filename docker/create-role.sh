#!/bin/sh
# The plain role of the server, created once with the cluster. `migrate` grants its rights.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$LANDFALL_PASSWORD" -U postgres -d landfall <<'SQL'
CREATE ROLE landfall LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
REVOKE TEMP ON DATABASE landfall FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
