import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Service {
  volumes?: string[];
  healthcheck?: { test: string[] };
  cap_drop?: string[];
  security_opt?: string[];
  read_only?: boolean;
  command?: string[];
  environment?: Record<string, string>;
  entrypoint?: string[];
  profiles?: string[];
  restart?: string;
  depends_on?: Record<string, object>;
}
const text = readFileSync('docker-compose.yml', 'utf8');
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: object };

test('server and worker share DATA_DIR, and every service is healthy, closed and without rights', () => {
  for (const name of ['server', 'worker']) expect(services[name]!.volumes).toContain('files:/data');
  expect(volumes).toHaveProperty('files');
  for (const [name, service] of Object.entries(services)) {
    if (service.restart !== 'no') expect(service.healthcheck?.test.length, name).toBeGreaterThan(0);
    expect(service, name).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], read_only: true });
  }
});

test('no secret has a default, and Redis wants a password', () => {
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEY))\b([^}]*)\}/g)];
  expect(new Set(secrets.map(([, name]) => name))).toEqual(
    new Set([
      'BOOTSTRAP_API_KEY',
      'LANDFALL_PASSWORD',
      'POSTGRES_PASSWORD',
      'REDIS_PASSWORD',
      'S3_SECRET_ACCESS_KEY',
      'SECRETS_KEY',
    ]),
  );
  // That of the bucket is empty without a bucket.
  for (const [whole, name, rest] of secrets) expect(rest, whole).toMatch(name === 'S3_SECRET_ACCESS_KEY' ? /^:-$/ : /^:\?/);
  expect(services.server!.environment!.REDIS_URL).toContain('REDIS_PASSWORD');
  expect(services.redis!.command!.join(' ')).toContain('requirepass');
  expect(services.redis!.healthcheck!.test.join(' ')).toContain('REDISCLI_AUTH');
});

test('the profile s3 adds a bucket that server and worker wait for, and MinIO does not start without keys', () => {
  for (const name of ['minio', 'bucket']) expect(services[name]!.profiles).toEqual(['s3']);
  for (const name of ['server', 'worker']) {
    expect(services[name]!.depends_on).toMatchObject({ bucket: { required: false } });
    expect(services[name]!.environment).toHaveProperty('S3_BUCKET');
  }
  expect(services.minio!.entrypoint!.join(' ')).toContain('test -n "$$MINIO_ROOT_PASSWORD" &&');
});
