import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import { createPost } from '../../src/http/post.js';
import { postWebhooks, refuseWebhookUrl } from '../../src/webhooks/post-webhook.js';
import { webhookReceiver } from '../support/webhook-receiver.js';

const secrets = [new Secret(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)];
const message = { id: 'evt_1', body: '{"text":"şifre 😀 \\u2028"}' };
const postFrom = (allowPrivateHosts: boolean) => postWebhooks(createPost({ requestTimeoutMs: 400, allowPrivateHosts }));
const send = (url: string) => postFrom(true)({ url, secrets }, message);

test('only a status from 200 to 299 is a success; a redirect is not followed', async () => {
  const elsewhere = await webhookReceiver();
  const receiver = await webhookReceiver(({ path }) => {
    if (path !== '/302') return Number(path.slice(1));
    return response => response.writeHead(302, { location: `${elsewhere.url}/secret` }).end();
  });
  expect(await send(`${receiver.url}/204`)).toEqual({ ok: true, status: 204, error: null, retryAfterMs: null });
  for (const status of [302, 400, 404, 410, 500]) {
    expect(await send(`${receiver.url}/${status}`)).toMatchObject({
      ok: false,
      status,
      error: expect.stringContaining(`${status}`),
    });
  }
  expect(elsewhere.received).toEqual([]);
  const [{ body, headers }] = receiver.received as [(typeof receiver.received)[0]];
  expect(body).toBe(message.body);
  expect(new Webhook(secrets[0]!.reveal()).verify(body, headers)).toEqual(JSON.parse(message.body));
});

test('the body of an answer is not read, whatever its length and encoding; a receiver that asks to wait is heard', async () => {
  let written = 0;
  const receiver = await webhookReceiver(({ path }) => {
    if (path === '/later') return response => response.writeHead(503, { 'retry-after': '7' }).end();
    if (path === '/never') return response => response.writeHead(429, { 'retry-after': '99999999' }).end();
    return response => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
  });
  expect(await send(`${receiver.url}/endless`)).toMatchObject({ ok: true, status: 200 });
  expect(written).toBeLessThan(50_000_000);
  expect(await send(`${receiver.url}/later`)).toMatchObject({ ok: false, status: 503, retryAfterMs: 7_000 });
  expect(await send(`${receiver.url}/never`)).toMatchObject({ retryAfterMs: 4 * 3_600_000 });
});

test('no answer in time, a broken connection, no server: a failure with its reason, without the path', async () => {
  const receiver = await webhookReceiver(({ path }) => (path.startsWith('/break') ? 'BREAK' : () => {}));
  for (const path of ['/silent-secret', '/break-secret']) {
    const answer = await send(receiver.url + path);
    expect(answer).toMatchObject({ ok: false, status: null });
    expect(answer.error).toMatch(/127\.0\.0\.1/);
    expect(answer.error).not.toContain('secret');
  }
  expect(await send('http://no-such-host.invalid/')).toMatchObject({
    ok: false,
    error: expect.stringContaining('cannot be reached'),
  });
});

test('a private address is refused when it is set, and again at each call', async () => {
  const receiver = await webhookReceiver();
  const { port } = new URL(receiver.url);
  const inside = [
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f.1:${port}/`,
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00::1]/',
    'http://10.0.0.7/',
  ];
  const post = postFrom(false);
  for (const url of inside) {
    expect(await post({ url, secrets }, message), url).toMatchObject({
      ok: false,
      status: null,
      error: expect.stringMatching(/public host/),
    });
    expect(await refuseWebhookUrl(false)(url.replace('http:', 'https:')), url).toMatch(/public host/);
  }
  expect(receiver.received).toEqual([]);
  const refuse = refuseWebhookUrl(false);
  for (const url of ['http://a.example/', 'https://u@a.example/', 'https://a.example/#x', 'file:///etc/passwd', 'x', ''])
    expect(await refuse(url), url).toMatch(/^(Give|Leave)/);
  // A name that does not resolve yet can be given: each call looks it up.
  expect(await refuse('https://no-such-host.invalid/hook?token=1')).toBeNull();
});
