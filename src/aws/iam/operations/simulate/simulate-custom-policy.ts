import type { IamOperation } from '../../iam.ts';
import { inputBoundary, inputPolicies, requesterOf, simulate } from './simulation.ts';

export const simulateCustomPolicy: IamOperation<'SimulateCustomPolicy'> = (_iam, input, call) =>
  simulate(
    input,
    {
      identity: inputPolicies('PolicyInputList', input.PolicyInputList),
      boundary: inputBoundary(input.PermissionsBoundaryPolicyInputList),
    },
    requesterOf(input.CallerArn, call),
    {},
    'simulated',
  );
