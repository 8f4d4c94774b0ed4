// The user, group or role that a simulation is about.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { invalidInput } from '../../errors.ts';
import { inHomePartition } from '../../state/entity/entity.ts';
import type { Policies, Requester } from '../../state/policy/evaluate.ts';
import { boundaryOf, policiesOfGroup, policiesOfRole } from '../../state/principal/policies-of.ts';
import { userPrincipal } from '../../state/principal/principal.ts';
import { groupNamed, roleNamed, userNamed } from '../find.ts';

export interface Simulated {
  readonly requester: Requester;
  readonly policies: Pick<Policies, 'identity' | 'boundary'>;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Finds it by its ARN; throws InvalidInput or NoSuchEntity. */
export function simulatedPrincipal(tx: ReadTransaction, arn: string, call: Call): Simulated {
  const [, accountId, kind, name] =
    /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(inHomePartition(arn)) ?? [];
  if (accountId !== call.accountId)
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  if (kind === 'user') return userPrincipal(tx, userNamed(tx, call, name!));
  const requester = { accountId, arn: inHomePartition(arn) };
  if (kind === 'group')
    return {
      requester,
      policies: { identity: policiesOfGroup(tx, groupNamed(tx, call, name!)) },
      context: {},
    };
  const role = roleNamed(tx, call, name!);
  return {
    requester: { accountId, arn: role.arn, roleArn: role.arn },
    policies: { identity: policiesOfRole(tx, role), boundary: boundaryOf(tx, role) },
    context: Object.fromEntries(
      role.tags.map(({ key, value }) => [`aws:principaltag/${key.toLowerCase()}`, [value]]),
    ),
  };
}
