// The account and region that test records live in.
import type { Scope } from '../../src/aws/shared/scope.ts';

export const aScope: Scope = { accountId: '000000000000', region: 'us-east-1' };
