import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the documents that a folder writes as `graphql(...)`, into its own folder `generated`. */
const documentsOf = (folder: string, documentMode: 'string' | 'documentNode' = 'string'): CodegenConfig['generates'] => ({
  [`${folder}/generated/`]: {
    documents: [`${folder}/**/*.ts`, `!${folder}/generated/**`],
    preset: 'client',
    presetConfig: { fragmentMasking: false },
    config: {
      // Our programs send texts: a parsed document would need packages that only the development has.
      documentMode,
      enumsAsTypes: true,
      skipTypename: true,
      useTypeImports: true,
      strictScalars: true,
      scalars: { ID: 'string', DateTime: 'string', JSONObject: 'Record<string, unknown>', SafeInt: 'number' },
    },
  },
});

const config: CodegenConfig = {
  schema: 'schema.graphql',
  importExtension: '.js',
  generates: {
    ...documentsOf('src/demo'),
    ...documentsOf('test/support'),
    // Clients such as graphql-request take parsed documents.
    ...documentsOf('examples/portal', 'documentNode'),
  },
};

export default config;
