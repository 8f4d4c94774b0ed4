// Credentials of users that are no access keys: passwords, MFA devices, SSH keys, certificates. None can be made here, so that there
// are none; whoever cleans up a user asks for all of them first.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { loginProfileNotFound } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { userNamed } from '../find.ts';

/** Throws where a user is named who is not there. */
function checkUser(tx: ReadTransaction, name: string | undefined, call: Call): void {
  if (name) userNamed(tx, call, name);
}

export const listMFADevices: IamOperation<'ListMFADevices'> = ({ store }, input, call) =>
  store.view((tx) => {
    checkUser(tx, input.UserName, call);
    return { MFADevices: [], IsTruncated: false };
  });

export const listVirtualMFADevices: IamOperation<'ListVirtualMFADevices'> = () => ({
  VirtualMFADevices: [],
  IsTruncated: false,
});

export const listSSHPublicKeys: IamOperation<'ListSSHPublicKeys'> = ({ store }, input, call) =>
  store.view((tx) => {
    checkUser(tx, input.UserName, call);
    return { SSHPublicKeys: [], IsTruncated: false };
  });

export const listSigningCertificates: IamOperation<'ListSigningCertificates'> = ({ store }, input, call) =>
  store.view((tx) => {
    checkUser(tx, input.UserName, call);
    return { Certificates: [], IsTruncated: false };
  });

export const listServiceSpecificCredentials: IamOperation<'ListServiceSpecificCredentials'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    checkUser(tx, input.UserName, call);
    return { ServiceSpecificCredentials: [] };
  });

export const getLoginProfile: IamOperation<'GetLoginProfile'> = ({ store }, { UserName: name = '' }, call) =>
  store.view((tx) => {
    checkUser(tx, name, call);
    throw loginProfileNotFound(name);
  });

export const deleteLoginProfile: IamOperation<'DeleteLoginProfile'> = (
  { store },
  { UserName: name = '' },
  call,
) =>
  store.view((tx) => {
    checkUser(tx, name, call);
    throw loginProfileNotFound(name);
  });
