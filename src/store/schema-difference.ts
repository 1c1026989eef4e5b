import { createDataSource } from './data-source.js';

/** The statements that would make a migrated database match the entities; empty if it matches. */
export async function schemaDifference(ownerUrl: string): Promise<string[]> {
  const dataSource = createDataSource(ownerUrl, { poolSize: 2 });
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await dataSource.destroy();
  }
}
