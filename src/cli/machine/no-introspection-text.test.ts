import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { serveIntrospection } from '../../agent/introspection.ts';
import { noIntrospectionText } from './no-introspection-text.ts';

const source = {
  metadata: () => ({ Cluster: 'c', ContainerInstanceArn: null, Version: '1' }),
  tasks: () => [],
};

test('says which port is taken, that the agent runs all the same, and how to choose another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = { host: '127.0.0.1', port: (other.address() as AddressInfo).port };
  const error: unknown = await serveIntrospection(source, address).catch((refused: unknown) => refused);
  other.close();
  expect(noIntrospectionText(address, error)).toBe(
    `The agent runs without its introspection endpoint: another process, perhaps another agent, listens on 127.0.0.1:${address.port}. ` +
      'Choose another port with LONGSHORE_INTROSPECTION_PORT; 0 is for none.',
  );
});

test('says what else is in the way', () => {
  const error = new Error('listen EADDRNOTAVAIL: address not available 127.0.0.9:51678');
  expect(noIntrospectionText({ host: '127.0.0.9', port: 51_678 }, error)).toMatch(
    /^The agent runs without its introspection endpoint: listen EADDRNOTAVAIL: [^.]+ 127\.0\.0\.9:51678\. Choose/,
  );
});
