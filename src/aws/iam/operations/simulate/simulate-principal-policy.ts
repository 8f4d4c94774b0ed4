// SimulatePrincipalPolicy: what a user, group or role may do by the policies that it has, and by those of the input.
import type { IamOperation } from '../../iam.ts';
import { inputBoundary, inputPolicies, requesterOf, simulate } from './simulation.ts';
import { simulatedPrincipal } from './simulated-principal.ts';

export const simulatePrincipalPolicy: IamOperation<'SimulatePrincipalPolicy'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { requester, policies, context } = simulatedPrincipal(tx, input.PolicySourceArn, call);
    const { identity, boundary } = policies;
    return simulate(
      input,
      {
        identity: [...identity, ...inputPolicies('PolicyInputList', input.PolicyInputList)],
        boundary: inputBoundary(input.PermissionsBoundaryPolicyInputList) ?? boundary,
      },
      input.CallerArn === undefined ? requester : requesterOf(input.CallerArn, call),
      context,
      'simulated',
    );
  });
