import type { IamOperation } from '../../iam.ts';
import { presentInstanceProfile } from '../../present/entities.ts';
import { instanceProfileNamed } from '../find.ts';

export const getInstanceProfile: IamOperation<'GetInstanceProfile'> = ({ store }, input, call) =>
  store.view((tx) => {
    const profile = instanceProfileNamed(tx, call, input.InstanceProfileName);
    return { InstanceProfile: presentInstanceProfile(tx, profile, call) };
  });
