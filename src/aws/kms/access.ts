// What the caller of each KMS operation must be allowed to do it to: keys and aliases by their ARNs, the keys' tags and policies.
import type { ReadTransaction, Store } from '../../store/store.ts';
import type { OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { aliases } from './state/alias/aliases.ts';
import { aliasArn, keyArn } from './state/arn.ts';
import { findKey } from './state/key/find-key.ts';
import { keyArnOfCiphertext } from './state/key/key-cipher.ts';
import { aliasesOf } from './state/key/key-use.ts';
import { KeyProblem } from './state/key/key-problem.ts';
import { keys } from './state/key/keys.ts';
import { grants } from './state/grant/grants.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The ARN of the key that a caller names; what names none stays as it was given, and is refused by the operation. */
function keyNamed(tx: ReadTransaction, caller: Caller, reference: string): string {
  try {
    return findKey(tx, caller, reference).arn;
  } catch (error) {
    if (!(error instanceof KeyProblem)) throw error;
    return reference.startsWith('arn:') ? reference : keyArn(caller, reference);
  }
}

type Named = (tx: ReadTransaction, input: Members, caller: Caller) => readonly string[];

const key =
  (...members: readonly string[]): Named =>
  (tx, input, caller) =>
    members.flatMap((member) => {
      const reference = text(input[member]);
      return reference === undefined ? [] : [keyNamed(tx, caller, reference)];
    });

const theKey = key('KeyId');

/** An alias that is made, changed or deleted, with the keys that it names and will name. */
const aliasAndKeys: Named = (tx, input, caller) => {
  const arn = aliasArn(caller, text(input['AliasName']) ?? '');
  const now = tx.table(aliases).get(arn)?.keyArn;
  return [arn, ...(now === undefined ? [] : [now]), ...key('TargetKeyId')(tx, input, caller)];
};

/** The key that is named, else the one that has made the ciphertext. What no key has made is refused by the operation. */
const keyOfCiphertext =
  (member: string): Named =>
  (tx, input, caller) => {
    if (text(input[member]) !== undefined) return key(member)(tx, input, caller);
    const ciphertext = input['CiphertextBlob'];
    const arn = ciphertext instanceof Uint8Array ? keyArnOfCiphertext(caller, ciphertext) : undefined;
    return [arn ?? keyArn(caller, '*')];
  };

const retired: Named = (tx, input, caller) => {
  const token = text(input['GrantToken']);
  const [grant] = token === undefined ? [] : tx.table(grants).by('token', { token });
  return grant === undefined ? theKey(tx, input, caller) : [grant.keyArn];
};

const named: Readonly<Record<string, Named>> = {
  CancelKeyDeletion: theKey,
  CreateAlias: aliasAndKeys,
  CreateGrant: theKey,
  Decrypt: keyOfCiphertext('KeyId'),
  DeleteAlias: aliasAndKeys,
  DescribeKey: theKey,
  DisableKey: theKey,
  DisableKeyRotation: theKey,
  EnableKey: theKey,
  EnableKeyRotation: theKey,
  Encrypt: theKey,
  GenerateDataKey: theKey,
  GenerateDataKeyWithoutPlaintext: theKey,
  GetKeyPolicy: theKey,
  GetKeyRotationStatus: theKey,
  ListGrants: theKey,
  ListKeyPolicies: theKey,
  ListResourceTags: theKey,
  PutKeyPolicy: theKey,
  ReEncrypt: (tx, input, caller) => [
    ...keyOfCiphertext('SourceKeyId')(tx, input, caller),
    ...key('DestinationKeyId')(tx, input, caller),
  ],
  RetireGrant: retired,
  RevokeGrant: theKey,
  ScheduleKeyDeletion: theKey,
  TagResource: theKey,
  UntagResource: theKey,
  UpdateAlias: aliasAndKeys,
  UpdateKeyDescription: theKey,
};

const values = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);

/** Of ReEncrypt, the one that the ciphertext gets. */
const contextOf = (input: Members): Tags =>
  (input['EncryptionContext'] ?? input['DestinationEncryptionContext'] ?? {}) as Tags;

/** The alias that a key is called by, also where its ARN is given. */
const aliasIn = (reference: string): string | undefined => /(?:^|:)(alias\/.+)$/.exec(reference)?.[1];

/** The condition keys of KMS that a request shows. */
const conditions: OperationAccess['conditions'] = {
  'kms:BypassPolicyLockoutSafetyCheck': (input) => values(input['BypassPolicyLockoutSafetyCheck'] ?? false),
  'kms:CallerAccount': (_input, { accountId }) => [accountId],
  'kms:EncryptionAlgorithm': () => ['SYMMETRIC_DEFAULT'],
  'kms:EncryptionContextKeys': (input) => Object.keys(contextOf(input)),
  'kms:GrantOperations': (input) => values(input['Operations']),
  'kms:GranteePrincipal': (input) => values(input['GranteePrincipal']),
  'kms:KeyOrigin': () => ['AWS_KMS'],
  'kms:KeySpec': () => ['SYMMETRIC_DEFAULT'],
  'kms:KeyUsage': () => ['ENCRYPT_DECRYPT'],
  'kms:MultiRegion': () => ['false'],
  'kms:ReEncryptOnSameKey': ({ SourceKeyId: source, DestinationKeyId: destination }) =>
    destination === undefined ? [] : [String(source === destination)],
  'kms:RequestAlias': (input) => values(input['KeyId']).flatMap((one) => aliasIn(one) ?? []),
  'kms:RetiringPrincipal': (input) => values(input['RetiringPrincipal']),
  'kms:RotationPeriodInDays': (input) => values(input['RotationPeriodInDays']),
  'kms:ScheduleKeyDeletionPendingWindowInDays': (input) => values(input['PendingWindowInDays'] ?? 30),
};

function requestTags({ Tags: tags }: Members): Tags {
  const given = (Array.isArray(tags) ? tags : []) as readonly { TagKey: string; TagValue: string }[];
  return Object.fromEntries(given.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

/** By operation, what `wire` asks before it runs. */
export function kmsAccess(store: Store): Record<string, OperationAccess> {
  const keyOf = (arn: string) => store.view((tx) => tx.table(keys).get(arn));
  const common = {
    conditions,
    conditionFamilies: { 'kms:EncryptionContext:': contextOf },
    resourcePolicyMustAllow: 'where there is one' as const,
    requestTags,
    resourceTags: (arn: string) => {
      const found = keyOf(arn);
      return found && Object.fromEntries(found.tags.map((tag) => [tag.key, tag.value]));
    },
    resourcePolicy: (arn: string) => keyOf(arn)?.policy,
  };
  const ofKeys = Object.entries(named).map(([name, of]): [string, OperationAccess] => [
    name,
    {
      ...common,
      conditions: {
        ...conditions,
        'kms:ResourceAliases': (input, caller) =>
          store.view((tx) => of(tx, input, caller).flatMap((arn) => aliasesOf(tx, arn))),
      },
      resources: (input, caller) => store.view((tx) => of(tx, input, caller)),
    },
  ]);
  return { ...Object.fromEntries(ofKeys), CreateKey: { conditions, requestTags } };
}
