// A service of AWS assumes a role for what it runs: the role of a task, for the task.
import type { Random } from '../../../../lib/random.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { inHomePartition } from '../entity/entity.ts';
import { evaluate } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Role } from '../role/role.ts';
import { roles } from '../role/roles.ts';
import { roleCredentials, type Credentials, type SessionSettings } from './new-session.ts';
import type { SessionSeal } from './session-seal.ts';

/** The role of that ARN, of whatever partition; undefined where there is none. */
export function roleOfArn(tx: ReadTransaction, arn: string): Role | undefined {
  const [role] = tx.table(roles).by('arn', { arn: inHomePartition(arn) });
  return role;
}

/** The service that assumes a role, and on behalf of what. */
export interface AssumingService {
  /** e.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** The ARN of what it does it for, as trust policies ask for by aws:SourceArn. */
  readonly sourceArn: string;
}

/** Whether the trust policy of the role lets the service assume it for that. */
export function trustsService(role: Role, { service, sourceArn }: AssumingService): boolean {
  const { accountId, arn, assumeRolePolicy } = role;
  const context: Readonly<Record<string, readonly string[]>> = {
    'aws:sourcearn': [sourceArn],
    'aws:sourceaccount': [accountId],
    'aws:principalisawsservice': ['true'],
    'aws:principalservicename': [service],
  };
  const { result } = evaluate(
    {
      requester: { accountId, arn: service, service },
      action: 'sts:AssumeRole',
      resource: arn,
      context: (key) => context[key],
    },
    {
      identity: [],
      resource: { name: 'trust', document: parsePolicy(assumeRolePolicy, 'trust') },
      resourceMustAllow: true,
    },
  );
  return result === 'allowed';
}

/**
 * Credentials of the role for what the service runs, e.g. a task, whose id is the session's name; undefined where there is no such
 * role, or it does not trust the service.
 */
export function assumeRole(
  tx: ReadTransaction,
  { seal, random }: { readonly seal: SessionSeal; readonly random: Random },
  roleArn: string,
  service: AssumingService,
  settings: SessionSettings,
): Credentials | undefined {
  const role = roleOfArn(tx, roleArn);
  return role !== undefined && trustsService(role, service)
    ? roleCredentials(seal, random, role, settings)
    : undefined;
}
