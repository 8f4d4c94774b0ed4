import type { IamOperation } from '../../iam.ts';
import { presentRole } from '../../present/entities.ts';
import { roleNamed } from '../find.ts';

export const getRole: IamOperation<'GetRole'> = ({ store }, { RoleName: name }, call) =>
  store.view((tx) => ({ Role: presentRole(tx, roleNamed(tx, call, name), call) }));
