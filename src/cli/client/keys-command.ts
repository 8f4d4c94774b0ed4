// `longshore keys`: makes, lists and deletes access keys of the account, so that each machine can have its own.
import type { CreateAccessKeyOutput, ListAccessKeysOutput, ShownKey } from '../../longshore/contract.ts';
import type { ClientFlags } from './client-flags.ts';
import { longshoreClient } from './longshore-client.ts';
import { outputWidth, progress, say, sayJson } from '../terminal/output.ts';
import { textTable } from '../terminal/text-table.ts';
import { instantText } from '../terminal/times.ts';

/** Prints the key as lines for a shell or an agent's configuration; its secret is never shown again. */
export async function createKey(userName: string | undefined, flags: ClientFlags): Promise<void> {
  const output = await longshoreClient(flags).call<CreateAccessKeyOutput>('CreateAccessKey', { userName });
  if (flags.json) return sayJson(output, 2);
  progress('Save the secret now: it is not shown again.');
  say(`AWS_ACCESS_KEY_ID=${output.accessKey.accessKeyId}`);
  say(`AWS_SECRET_ACCESS_KEY=${output.accessKey.secretAccessKey}`);
}

export async function listKeys(flags: ClientFlags): Promise<void> {
  const output = await longshoreClient(flags).call<ListAccessKeysOutput>('ListAccessKeys', {});
  if (flags.json) return sayJson(output, 2);
  for (const line of textTable(columns, output.accessKeys.map(row), outputWidth())) say(line);
}

const columns = [
  { head: 'ACCESS KEY', whole: true },
  { head: 'USER' },
  { head: 'STATUS' },
  { head: 'CREATED', whole: true },
];

const row = ({ accessKeyId, userName, status, createdAt }: ShownKey): string[] => [
  accessKeyId,
  userName,
  status,
  instantText(createdAt),
];

export async function deleteKey(accessKeyId: string, flags: ClientFlags): Promise<void> {
  await longshoreClient(flags).call('DeleteAccessKey', { accessKeyId });
  say(flags.json ? '{}' : `Deleted ${accessKeyId}.`);
}
