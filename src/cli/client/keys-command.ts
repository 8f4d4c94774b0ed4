// `longshore keys`: makes, lists and deletes access keys of the account, so that each machine can have its own.
import type { ShownKey } from '../../longshore/contract.ts';
import { lastPart } from '../../lib/arn.ts';
import { UsageError } from '../usage-error.ts';
import type { ClientFlags } from './client-flags.ts';
import { longshoreClient } from './longshore-client.ts';
import { outputWidth, progress, print, printJson } from '../terminal/output.ts';
import { textTable } from '../terminal/text-table.ts';
import { instantText } from '../terminal/times.ts';

export interface CreateKeyFlags extends ClientFlags {
  readonly forAgent?: boolean;
}

/** Prints the key as lines for a shell or an agent's configuration; its secret is never shown again. */
export async function createKey(userName: string | undefined, flags: CreateKeyFlags): Promise<void> {
  const { forAgent = false, cluster } = flags;
  if (cluster !== undefined && !forAgent)
    throw new UsageError('--cluster limits the key of an agent: give --for-agent too.');
  const input = { userName, ...(forAgent && { kind: 'agent', cluster }) };
  const output = await longshoreClient(flags).call('CreateAccessKey', input);
  if (flags.json) return printJson(output, 2);
  progress('Save the secret now: it is not shown again.');
  print(`AWS_ACCESS_KEY_ID=${output.accessKey.accessKeyId}`);
  print(`AWS_SECRET_ACCESS_KEY=${output.accessKey.secretAccessKey}`);
}

export async function listKeys(flags: ClientFlags): Promise<void> {
  const output = await longshoreClient(flags).call('ListAccessKeys', {});
  if (flags.json) return printJson(output, 2);
  for (const line of textTable(columns, output.accessKeys.map(row), outputWidth())) print(line);
}

const columns = [
  { head: 'ACCESS KEY', whole: true },
  { head: 'USER' },
  { head: 'KIND', whole: true },
  { head: 'CLUSTER' },
  { head: 'STATUS' },
  { head: 'CREATED', whole: true },
];

const row = ({ accessKeyId, userName, kind, clusterArn, status, createdAt }: ShownKey): string[] => [
  accessKeyId,
  userName,
  kind,
  clusterArn === undefined ? '-' : lastPart(clusterArn),
  status,
  instantText(createdAt),
];

export async function deleteKey(accessKeyId: string, flags: ClientFlags): Promise<void> {
  await longshoreClient(flags).call('DeleteAccessKey', { accessKeyId });
  print(flags.json ? '{}' : `Deleted ${accessKeyId}.`);
}
