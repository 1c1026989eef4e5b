import type { Database } from './data-source.js';

/**
 * Rights of the server's role beyond its work, in words. Row-level security must apply to it, and an attacker who controls the
 * server must not be able to create objects.
 */
export async function surplusRights(database: Database, queueSchema: string): Promise<string[]> {
  const [row] = await database.query<{ surplus: string[] }[]>(
    `SELECT array_remove(ARRAY[
       CASE WHEN rolsuper THEN 'SUPERUSER' END,
       CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
       CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
       CASE WHEN rolcreatedb THEN 'CREATEDB' END,
       CASE WHEN rolreplication THEN 'REPLICATION' END,
       CASE WHEN EXISTS (SELECT FROM pg_class WHERE relnamespace = ANY (ours.schemas) AND pg_has_role(relowner, 'USAGE'))
         THEN 'ownership of tables' END,
       CASE WHEN EXISTS (SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = r.oid AND deptype = 'o'
         AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))) THEN 'ownership of objects' END,
       CASE WHEN has_database_privilege(current_database(), 'TEMP') THEN 'TEMP on the database' END,
       CASE WHEN has_database_privilege(current_database(), 'CREATE') THEN 'CREATE on the database' END,
       CASE WHEN EXISTS (SELECT FROM unnest(ours.schemas || to_regnamespace('public')::oid) AS s(id) WHERE has_schema_privilege(s.id, 'CREATE'))
         THEN 'CREATE on a schema' END,
       CASE WHEN EXISTS (SELECT FROM pg_class WHERE relnamespace = ANY (ours.schemas) AND relkind IN ('r', 'p')
         AND has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER')) THEN 'TRUNCATE, REFERENCES or TRIGGER on tables' END
     ], NULL) AS surplus
     FROM pg_roles r, (SELECT array_agg(oid) AS schemas FROM pg_namespace WHERE nspname IN ('landfall', $1)) AS ours
     WHERE rolname = current_user`,
    [queueSchema],
  );
  return row!.surplus;
}
