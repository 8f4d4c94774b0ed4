// Inline policies: documents that are part of a user, a group or a role.
import type { Call } from '../../../../wire/api.ts';
import { asMalformedPolicy, inlinePolicyNotFound, limitExceeded } from '../../errors.ts';
import type { Iam } from '../../iam.ts';
import { encodedDocument } from '../../present/document.ts';
import type { Identity } from '../../state/entity/entity.ts';
import { parsePolicy } from '../../state/policy/parse-policy.ts';
import { checkedName } from '../names.ts';
import { pageOfTexts } from '../page.ts';
import { changeIdentity, identityNamed, type IdentityKind } from './identity-kind.ts';

/** Characters of all inline policies of one, without white space. */
const maxLength: Readonly<Record<IdentityKind, number>> = { user: 2048, group: 5120, role: 10_240 };

interface PolicyInput {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

export function putInlinePolicy(
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  { PolicyName: policyName, PolicyDocument: document }: PolicyInput,
  call: Call,
): object {
  checkedName(policyName, 'policyName', 128);
  asMalformedPolicy(() => parsePolicy(document, 'identity'));
  return store.update((tx) => {
    changeIdentity(tx, kind, call, name, (identity: Identity) => {
      const inlinePolicies = { ...identity.inlinePolicies, [policyName]: document };
      const length = Object.values(inlinePolicies).join('').replaceAll(/\s/g, '').length;
      if (length > maxLength[kind])
        throw limitExceeded(
          `Maximum policy size of ${maxLength[kind]} bytes exceeded for ${kind} ${identity.name}`,
        );
      return { ...identity, inlinePolicies };
    });
    return {};
  });
}

/** Under its name too, and the identity's. */
export const getInlinePolicy = (
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  policyName: string,
  call: Call,
): { readonly name: string; readonly document: string } =>
  store.view((tx) => {
    const identity = identityNamed(tx, kind, call, name);
    const document = documentOf(identity, kind, policyName);
    return { name: identity.name, document: encodedDocument(document) };
  });

export const deleteInlinePolicy = (
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  policyName: string,
  call: Call,
): object =>
  store.update((tx) => {
    changeIdentity(tx, kind, call, name, (identity: Identity) => {
      documentOf(identity, kind, policyName);
      const { [policyName]: _, ...inlinePolicies } = identity.inlinePolicies;
      return { ...identity, inlinePolicies };
    });
    return {};
  });

function documentOf({ inlinePolicies }: Identity, kind: IdentityKind, policyName: string): string {
  const document = Object.hasOwn(inlinePolicies, policyName) ? inlinePolicies[policyName] : undefined;
  if (document === undefined) throw inlinePolicyNotFound(kind, policyName);
  return document;
}

interface ListInput {
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export const listInlinePolicies = (
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  input: ListInput,
  call: Call,
) =>
  store.view((tx) => {
    const { inlinePolicies } = identityNamed(tx, kind, call, name);
    const { items, end } = pageOfTexts('inline', input, Object.keys(inlinePolicies), (text) => text);
    return { PolicyNames: items, ...end };
  });
