import pg from 'pg';

/** Copies all rows of the only project this many times, with new ids: the projects differ only in their names. */
export async function copyProjects(ownerUrl: string, copies: number): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    // References are copied together with the referenced rows, in any order.
    await owner.query('SET session_replication_role = replica');
    const { rows } = await owner.query<{ table: string; columns: string; values: string }>(`
      SELECT c.table_name AS table, string_agg(quote_ident(c.column_name), ', ') AS columns,
        string_agg(CASE WHEN c.data_type = 'uuid' AND c.column_name NOT IN ('organization_id', 'lease_owner') THEN format('md5(n || %I::text)::uuid', c.column_name)
          WHEN c.column_name = 'external_ref' THEN 'external_ref || n' ELSE quote_ident(c.column_name) END, ', ') AS values
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'landfall' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
        AND c.table_name NOT IN ('organizations', 'api_keys', 'migrations', 'idempotency_keys', 'rate_budgets', 'usage_months', 'installation')
      GROUP BY 1`);
    for (const { table, columns, values } of rows) {
      const named = pg.escapeIdentifier(table);
      await owner.query(
        `INSERT INTO landfall.${named} (${columns}) SELECT ${values} FROM landfall.${named}, generate_series(1, ${copies}) AS n`,
      );
    }
  } finally {
    await owner.end();
  }
}
