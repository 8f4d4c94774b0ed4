// What the caller of each STS operation must be allowed: to assume a role, by the role's trust policy too.
import type { Store } from '../../store/store.ts';
import type { FurtherAction, OperationAccess, Tags } from '../../wire/authorise.ts';
import { roleOfArn } from '../iam/state/session/assume-role.ts';
import type { AssumeRoleRequest } from './shapes.generated.ts';

type Input = Partial<AssumeRoleRequest>;

const maybe = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const tagsOf = ({ Tags: tags = [] }: Input): Tags =>
  Object.fromEntries(tags.map(({ Key: key, Value: value }) => [key, value]));

/** By operation, what `wire` asks before it runs. */
export function stsAccess(store: Store): Record<string, OperationAccess> {
  const trust = (arn: string): string | undefined => store.view((tx) => roleOfArn(tx, arn)?.assumeRolePolicy);
  const assumeRole: OperationAccess = {
    resources: ({ RoleArn: arn = '*' }: Input) => [arn],
    resourcePolicy: (arn) => trust(arn),
    resourcePolicyMustAllow: true,
    conditions: {
      'sts:ExternalId': ({ ExternalId: id }: Input) => maybe(id),
      'sts:RoleSessionName': ({ RoleSessionName: name }: Input) => maybe(name),
      'sts:SourceIdentity': ({ SourceIdentity: identity }: Input) => maybe(identity),
      'sts:TransitiveTagKeys': ({ TransitiveTagKeys: keys = [] }: Input) => keys,
    },
    requestTags: tagsOf,
    resourceTags: (arn) =>
      store.view((tx) => {
        const role = roleOfArn(tx, arn);
        return role && Object.fromEntries(role.tags.map(({ key, value }) => [key, value]));
      }),
    furtherActions: (input: Input) => {
      const { RoleArn: arn = '*', SourceIdentity: identity } = input;
      const further = (action: string): FurtherAction => ({
        action,
        resources: [arn],
        resourcePolicy: trust(arn) ?? '',
      });
      return [
        ...(Object.keys(tagsOf(input)).length > 0 ? [further('sts:TagSession')] : []),
        ...(identity === undefined ? [] : [further('sts:SetSourceIdentity')]),
      ];
    },
  };
  return {
    AssumeRole: assumeRole,
    GetCallerIdentity: { needsNoPermission: true },
    GetSessionToken: { needsNoPermission: true },
  };
}
