// What an account has beside its users: identity providers and certificates of servers. None can be made here, so that there are none;
// tools that would make one ask first whether it is there.
import type { IamOperation } from '../../iam.ts';

export const listOpenIDConnectProviders: IamOperation<'ListOpenIDConnectProviders'> = () => ({
  OpenIDConnectProviderList: [],
});

export const listSAMLProviders: IamOperation<'ListSAMLProviders'> = () => ({ SAMLProviderList: [] });

export const listServerCertificates: IamOperation<'ListServerCertificates'> = () => ({
  ServerCertificateMetadataList: [],
  IsTruncated: false,
});
