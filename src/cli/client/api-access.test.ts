import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAccess } from '../access-file.ts';
import { apiAccess } from './api-access.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('apiAccess', () => {
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'longshore-access-'));
    writeAccess(data, {
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-west-1',
      accountId: '000000000000',
      accessKeyId: 'FROMFILE',
      secretAccessKey: 'kept',
    });
  });
  afterAll(() => rmSync(data, { recursive: true }));

  it('takes the server of the data directory, and another region where one is named', () => {
    expect(apiAccess({}, data, {})).toEqual({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-west-1',
      credentials: { accessKeyId: 'FROMFILE', secretAccessKey: 'kept' },
    });
    expect(apiAccess({ region: 'us-west-2' }, data, {}).region).toBe('us-west-2');
  });

  it('takes a named endpoint with the keys of the environment', () => {
    expect(
      apiAccess({ endpoint: 'http://there:1', data }, data, { ...keys, AWS_REGION: 'eu-north-1' }),
    ).toEqual({
      endpoint: 'http://there:1',
      region: 'eu-north-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: undefined },
    });
  });

  it('goes where longshore env points, unless a data directory is named', () => {
    const environment = { ...keys, AWS_ENDPOINT_URL: 'http://there:2' };
    expect(apiAccess({}, data, environment)).toMatchObject({
      endpoint: 'http://there:2',
      region: 'us-east-1',
    });
    expect(apiAccess({ data }, data, environment).endpoint).toBe('http://127.0.0.1:1');
  });

  it('says what is missing', () => {
    expect(() => apiAccess({ endpoint: 'http://there:1' }, data, {})).toThrow('AWS_ACCESS_KEY_ID');
    expect(() => apiAccess({}, join(data, 'nowhere'), {})).toThrow('No server has been started');
    expect(() => apiAccess({ endpoint: 'there' }, data, keys)).toThrow("--endpoint: 'there' is not a URL");
    expect(() => apiAccess({}, data, { ...keys, AWS_ENDPOINT_URL: 'ftp://x' })).toThrow('AWS_ENDPOINT_URL: ');
  });
});
