import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const require = createRequire(import.meta.url);
const compress = promisify(gzip);

/** A file of GraphiQL, compressed by gzip. */
export interface CompressedFile {
  mediaType: string;
  bytes: Buffer;
}

const script = 'text/javascript; charset=utf-8';

/** All files of GraphiQL by their names: 9 MB of text, 2 MB compressed. They come from installed packages, never from other hosts. */
export async function compressedFiles(): Promise<ReadonlyMap<string, CompressedFile>> {
  const texts: [name: string, mediaType: string, text: string][] = [
    ...packageTexts(),
    [
      'graphql-ws.js',
      script,
      readFileSync(join(dirname(require.resolve('graphql-ws/package.json')), 'umd/graphql-ws.min.js'), 'utf8'),
    ],
    ['page.js', script, readFileSync(new URL('./browser/page.js', import.meta.url), 'utf8')],
    ['page.css', 'text/css; charset=utf-8', pageStyle],
  ];
  const compressed = new Map<string, CompressedFile>();
  // One after another: each needs its own memory.
  for (const [name, mediaType, text] of texts) compressed.set(name, { mediaType, bytes: await compressText(text) });
  return compressed;
}

export const compressText = (text: string): Promise<Buffer> => compress(text, { level: constants.Z_BEST_COMPRESSION });

/** The package consists of strings. It is loaded and forgotten, so that they do not stay in memory. */
function packageTexts(): [string, string, string][] {
  const path = require.resolve('@graphql-yoga/render-graphiql/graphiql');
  const parts = require(path) as Record<'js' | 'css' | 'editorWorkerService' | 'jsonWorker' | 'graphqlWorker', string>;
  delete require.cache[path];
  return [
    ['graphiql.js', script, parts.js],
    ['graphiql.css', 'text/css; charset=utf-8', parts.css],
    ['editor.worker.js', script, parts.editorWorkerService],
    ['json.worker.js', script, parts.jsonWorker],
    ['graphql.worker.js', script, parts.graphqlWorker],
  ];
}

const pageStyle = `body { margin: 0; height: 100vh; display: flex; flex-direction: column; font-family: system-ui, sans-serif; }
#bar { display: flex; gap: 12px; align-items: center; padding: 8px 16px; font-size: 14px; background: #f4f4f7; color: #222; }
#bar label { white-space: nowrap; }
#bar input { width: 28em; font: inherit; padding: 4px 8px; }
#root { flex: 1; min-height: 0; }
#root .graphiql-container { height: 100%; }
/* A tab that is shifted under the pointer is not clicked. GraphiQL shifts tabs when there are more than fit. */
#root .graphiql-tab { transform: none !important; }
`;
