// What the caller of each Secrets Manager operation must be allowed to do it to: secrets by their ARNs, with their tags and policies.
import type { Store } from '../../store/store.ts';
import type { FurtherAction, OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { ofNewSecret, ofNewValue, ofUpdate, ofValues, type KeyQuestions } from './key-questions.ts';
import { secretFilter } from './operations/secret/secret-filters.ts';
import type { Filter } from './shapes.generated.ts';
import { lookUpSecret } from './state/secret/find-secret.ts';
import { partialArn } from './state/secret/secret-arn.ts';
import { secrets } from './state/secret/secrets.ts';

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);

/** What is not there, or not yet, could have any six characters behind its name. */
const anySuffix = (caller: Caller, name: string): string =>
  name.startsWith('arn:') ? name : `${partialArn(caller, name)}-??????`;

const requestTags = ({ Tags: tags }: Members): Tags => {
  const given = (Array.isArray(tags) ? tags : []) as readonly { Key?: string; Value?: string }[];
  return Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value]));
};

/** The condition keys of Secrets Manager that a request shows. */
const conditions: OperationAccess['conditions'] = {
  'secretsmanager:BlockPublicPolicy': (input) => texts(input['BlockPublicPolicy']),
  'secretsmanager:Description': (input) => texts(input['Description']),
  'secretsmanager:ForceDeleteWithoutRecovery': (input) => texts(input['ForceDeleteWithoutRecovery']),
  'secretsmanager:KmsKeyId': (input) => texts(input['KmsKeyId']),
  'secretsmanager:Name': (input) => texts(input['Name']),
  'secretsmanager:RecoveryWindowInDays': (input) => texts(input['RecoveryWindowInDays']),
  'secretsmanager:RotateImmediately': (input) => texts(input['RotateImmediately']),
  'secretsmanager:RotationLambdaARN': (input) => texts(input['RotationLambdaARN']),
  'secretsmanager:SecretId': (input) => texts(input['SecretId']),
  'secretsmanager:SecretPrimaryRegion': (_input, { region }) => [region],
  'secretsmanager:VersionId': (input) => texts(input['VersionId']),
  'secretsmanager:VersionStage': (input) => texts(input['VersionStage'] ?? input['VersionStages']),
};

/** Those that name one secret. */
const onOne = [
  'CancelRotateSecret',
  'DeleteResourcePolicy',
  'DeleteSecret',
  'DescribeSecret',
  'GetResourcePolicy',
  'GetSecretValue',
  'ListSecretVersionIds',
  'PutResourcePolicy',
  'PutSecretValue',
  'RestoreSecret',
  'RotateSecret',
  'TagResource',
  'UntagResource',
  'UpdateSecret',
  'UpdateSecretVersionStage',
  'ValidateResourcePolicy',
];

/** By operation, what `wire` asks before it runs. */
export function secretsManagerAccess(store: Store): Record<string, OperationAccess> {
  const arnOf = (caller: Caller, reference: string): string =>
    store.view((tx) => lookUpSecret(tx, caller, reference))?.arn ?? anySuffix(caller, reference);
  const secretOf = (arn: string) => store.view((tx) => tx.table(secrets).get(arn));
  const tagsOf = (arn: string): Tags | undefined => {
    const found = secretOf(arn);
    return found && Object.fromEntries(found.tags.map(({ key, value }) => [key, value]));
  };
  const common = {
    conditions,
    requestTags,
    resourceTags: tagsOf,
    resourcePolicy: (arn: string) => secretOf(arn)?.policy,
  };
  const named = (member: string): OperationAccess => ({
    ...common,
    resources: (input, caller) => {
      const arns = texts(input[member]).map((reference) => arnOf(caller, reference));
      return arns.length === 0 ? ['*'] : arns;
    },
  });
  /** Those that a batch reads, by their names or by filters. */
  const batched = (input: Members, caller: Caller): readonly string[] => {
    const filters = input['Filters'] as readonly Filter[] | undefined;
    if (filters === undefined) return texts(input['SecretIdList']).map((one) => arnOf(caller, one));
    const isAsked = secretFilter(filters);
    return store.view((tx) =>
      [...tx.table(secrets).by('scope', caller)]
        .filter((secret) => secret.deletion === undefined && isAsked(secret))
        .map(({ arn }) => arn),
    );
  };
  /** Whoever may read a batch may read of it what GetSecretValue would show. */
  const readingEach = (input: Members, read: readonly string[]): readonly FurtherAction[] => [
    ...(input['Filters'] === undefined ? [] : [{ action: 'secretsmanager:ListSecrets', resources: ['*'] }]),
    ...read.map((arn) => ({
      action: 'secretsmanager:GetSecretValue',
      resources: [arn],
      resourcePolicy: secretOf(arn)?.policy,
      eitherMayAllow: true,
      resourceTags: tagsOf(arn),
    })),
  ];
  const asking = (of: KeyQuestions) => (input: Members, caller: Caller) =>
    store.view((tx) => of(tx, input, caller));
  return {
    ...Object.fromEntries(onOne.map((name) => [name, named('SecretId')])),
    BatchGetSecretValue: {
      ...common,
      furtherActions: (input, caller) => {
        const read = batched(input, caller);
        return [
          ...readingEach(input, read),
          ...asking(ofValues('SecretIdList'))({ SecretIdList: read }, caller),
        ];
      },
    },
    GetSecretValue: { ...named('SecretId'), furtherActions: asking(ofValues('SecretId')) },
    PutSecretValue: { ...named('SecretId'), furtherActions: asking(ofNewValue) },
    UpdateSecret: { ...named('SecretId'), furtherActions: asking(ofUpdate) },
    CreateSecret: {
      ...common,
      furtherActions: asking(ofNewSecret),
      resources: (input, caller) => texts(input['Name']).map((name) => anySuffix(caller, name)),
    },
  };
}
