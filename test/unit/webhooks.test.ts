import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import { webhookRetryMs } from '../../src/domain/model/webhook.js';
import { signedHeaders } from '../../src/webhooks/signature.js';

test('waits grow to four hours, with random differences', () => {
  const hour = 3_600_000;
  const middle = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map(failures => webhookRetryMs(failures, 5_000, () => 0.5));
  expect(middle).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000, 5_120_000, 4 * hour, 4 * hour, 4 * hour]);
  expect([0, 0.999].map(chance => Math.round(webhookRetryMs(1, 5_000, () => chance) / 100))).toEqual([40, 60]);
});

test('a message is signed as the example of Standard Webhooks, with each secret', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const body = '{"test": 2432232314}';
  const at = 1_614_265_330_999;
  const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', body, [new Secret(secret)], at);
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
  const both = signedHeaders('a', body, [new Secret(other), new Secret(secret)], Date.now());
  for (const each of [secret, other]) expect(new Webhook(each).verify(body, both)).toEqual({ test: 2432232314 });
});
