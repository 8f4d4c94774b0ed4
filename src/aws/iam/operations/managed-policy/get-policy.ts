import type { IamOperation } from '../../iam.ts';
import { presentPolicy } from '../../present/managed-policy.ts';
import { policyOf } from '../find.ts';

export const getPolicy: IamOperation<'GetPolicy'> = ({ store }, { PolicyArn: arn }, call) =>
  store.view((tx) => ({ Policy: presentPolicy(tx, policyOf(tx, call, arn), call) }));
