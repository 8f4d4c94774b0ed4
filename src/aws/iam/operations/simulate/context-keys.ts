// GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy: the keys that policies ask for.
import type { IamOperation } from '../../iam.ts';
import type { NamedPolicy } from '../../state/policy/evaluate.ts';
import { variablesIn } from '../../state/policy/pattern.ts';
import { inputPolicies } from './simulation.ts';
import { simulatedPrincipal } from './simulated-principal.ts';

function contextKeys(policies: readonly NamedPolicy[]): { readonly ContextKeyNames: readonly string[] } {
  const keys = policies
    .flatMap(({ document }) => document.statements)
    .flatMap(({ conditions, resources }) => [
      ...conditions.flatMap(({ key, variables }) => [key, ...variables]),
      ...(resources?.all ?? []).flatMap(({ text }) => variablesIn(text)),
    ]);
  return { ContextKeyNames: [...new Set(keys)] };
}

export const getContextKeysForCustomPolicy: IamOperation<'GetContextKeysForCustomPolicy'> = (_iam, input) =>
  contextKeys(inputPolicies('PolicyInputList', input.PolicyInputList));

export const getContextKeysForPrincipalPolicy: IamOperation<'GetContextKeysForPrincipalPolicy'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    const { policies } = simulatedPrincipal(tx, input.PolicySourceArn, call);
    return contextKeys([...policies.identity, ...inputPolicies('PolicyInputList', input.PolicyInputList)]);
  });
