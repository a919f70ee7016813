import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readWebConfig } from '../../../src/app/serve/web-config.ts';
import { makeFolder } from '../../support/cleanup.ts';

const folder = makeFolder(tmpdir(), 'web-config');
afterAll(folder.remove);

const HASH = `$2y$10$${'a'.repeat(53)}`;

function config(text: string): string {
  const path = join(folder.path, 'web.yml');
  writeFileSync(path, text);
  return path;
}

test('what the exporter toolkit takes: certificates beside the file, users, headers', () => {
  writeFileSync(join(folder.path, 'node.crt'), 'CERT');
  writeFileSync(join(folder.path, 'node.key'), 'KEY');
  const read = readWebConfig(
    config(
      `tls_server_config:\n  cert_file: node.crt\n  key_file: node.key\n  min_version: TLS13\nbasic_auth_users:\n  prometheus: ${HASH}\nhttp_server_config:\n  http2: false\n  headers:\n    X-Frame-Options: deny\n`,
    ),
  );
  expect(read).toEqual({
    tls: { cert: 'CERT', key: 'KEY', clientAuth: 'NoClientCert', minVersion: 'TLSv1.3' },
    users: { prometheus: HASH },
    headers: { 'X-Frame-Options': 'deny' },
  });
});

test('an empty file asks for nothing', () => {
  expect(readWebConfig(config(''))).toEqual({ users: {}, headers: {} });
});

test.each([
  ['tls_server_confg: {}\n', /unknown key "tls_server_confg"/],
  ['tls_server_config:\n  cert_file: a\n  key_file: b\n  cert: c\n', /unknown key "tls_server_config.cert"/],
  ['basic_auth_users:\n  prometheus: hunter2\n', /basic_auth_users.prometheus: must be a bcrypt hash/],
  ['http_server_config:\n  headers:\n    X-Evil: 1\n', /unknown key "http_server_config.headers.X-Evil"/],
  ['http_server_config:\n  headers:\n    X-Frame-Options: "a\\nb"\n', /one line of ASCII/],
  ['tls_server_config:\n  cert_file: none.crt\n  key_file: none.key\n', /none.crt: ENOENT/],
  ['a: [\n', /not YAML/],
  ['a: &a [*a,*a]\nb: *c\n', /not YAML|unknown key/],
])('%j is refused in one line that quotes no value', (text, message) => {
  const refuse = () => readWebConfig(config(text));
  expect(refuse).toThrow(message);
  expect(refuse).not.toThrow(/hunter2|\n/);
});

test('a client certificate that is to be verified takes a CA', () => {
  writeFileSync(join(folder.path, 'node.crt'), 'CERT');
  const tls = 'tls_server_config:\n  cert_file: node.crt\n  key_file: node.crt\n';
  expect(() => readWebConfig(config(`${tls}  client_auth_type: RequireAndVerifyClientCert\n`))).toThrow(
    /client_ca_file/,
  );
  expect(() => readWebConfig(config(`${tls}  client_allowed_sans: [a]\n`))).toThrow(/RequireAndVerifyClientCert/);
});
