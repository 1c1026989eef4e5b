import { createServer } from 'node:http';
import { listen } from '../../src/simulators/simulator-server.js';

export interface FileAnswer {
  status?: number;
  headers?: Record<string, string>;
  bytes?: Buffer;
  /** Whether a range is answered by that range. */
  ranges?: boolean;
  /** The connection breaks after this many bytes of the answer; 0: without an answer. */
  breakAfter?: number;
}

export interface AskedFile {
  path: string;
  headers: Record<string, unknown>;
  at: number;
}

/** A host outside of the API, for example a bucket. The caller closes it. */
export async function fileHost(answer: (path: string, times: number) => FileAnswer) {
  const asked: AskedFile[] = [];
  const server = createServer((request, response) => {
    const path = request.url!.slice(1);
    asked.push({ path, headers: request.headers, at: Date.now() });
    const {
      status = 200,
      headers,
      bytes = Buffer.alloc(0),
      ranges,
      breakAfter,
    } = answer(path, asked.filter(each => each.path === path).length);
    if (breakAfter === 0) return void request.socket.destroy();
    const from = ranges && status === 200 ? Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const sent = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : status, {
      'content-type': 'application/octet-stream',
      'content-length': sent.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
      ...headers,
    });
    if (breakAfter === undefined) return void response.end(sent);
    response.write(sent.subarray(0, breakAfter), () => request.socket.destroy());
  });
  return { ...(await listen(server, 0)), asked };
}
