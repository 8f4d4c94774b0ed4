// ValidateResourcePolicy: what PutResourcePolicy would say of a policy.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findSecret } from '../../state/secret/find-secret.ts';
import { isPublic, policyProblems, principalProblems } from './resource-policy.ts';

export const validateResourcePolicy: SecretsManagerOperation<'ValidateResourcePolicy'> = (
  manager,
  input,
  call,
) => {
  const { SecretId, ResourcePolicy: policy } = input;
  const problems = manager.store.view((tx) => {
    if (SecretId !== undefined) findSecret(tx, call, SecretId);
    const form = policyProblems(policy);
    return form.length === 0 ? principalProblems(tx, call, policy) : form;
  });
  const form = problems.map((ErrorMessage) => ({ CheckName: 'POLICY_FORM', ErrorMessage }));
  const open = isPublic(policy)
    ? [
        {
          CheckName: 'PUBLIC_POLICY',
          ErrorMessage: 'This resource policy grants broad access to the secret.',
        },
      ]
    : [];
  const errors = [...form, ...open];
  return { PolicyValidationPassed: errors.length === 0, ValidationErrors: errors };
};
