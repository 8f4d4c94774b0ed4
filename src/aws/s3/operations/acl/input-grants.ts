// The grants that a request gives: by a name, in headers, or in a document; in one of these ways.
import { invalidArgument, invalidRequest, malformedXml, unsupported } from '../../errors.ts';
import type { Grant, Grantee, Permission, PutBucketAclRequest } from '../../shapes.generated.ts';
import { cannedGrants } from '../../state/acl/grants.ts';

const headers = [
  ['GrantFullControl', 'FULL_CONTROL'],
  ['GrantRead', 'READ'],
  ['GrantReadACP', 'READ_ACP'],
  ['GrantWrite', 'WRITE'],
  ['GrantWriteACP', 'WRITE_ACP'],
] as const satisfies readonly (readonly [keyof PutBucketAclRequest, Permission])[];

type AclInput = Pick<PutBucketAclRequest, 'ACL' | 'AccessControlPolicy' | (typeof headers)[number][0]>;

/** The grants, each with its grantee; throws InvalidRequest, InvalidArgument, MalformedXML or MissingSecurityHeader. */
export function inputGrants(input: AclInput, accountId: string): readonly Grant[] {
  const { ACL: canned, AccessControlPolicy: document } = input;
  const stated = headers.flatMap(([header, permission]) => headerGrants(input[header], permission));
  if (canned !== undefined && stated.length > 0)
    throw invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed');
  if (document !== undefined && (canned !== undefined || stated.length > 0))
    throw invalidRequest(
      'An access control list is given in one way only: by its name, in headers, or in the body.',
    );
  if (canned !== undefined) return cannedGrants(canned, accountId);
  if (stated.length > 0) return stated;
  const grants = document?.Grants ?? [];
  if (document === undefined || grants.length > maxGrants) throw malformedXml();
  return grants.map(checkedGrant);
}

const maxGrants = 100;

function checkedGrant({ Grantee, Permission: permission }: Grant): Grant {
  if (Grantee === undefined || permission === undefined)
    throw malformedXml('A Grant needs a Grantee and a Permission.');
  return { Grantee: checkedGrantee(Grantee), Permission: permission };
}

function checkedGrantee({ Type, ID, URI, EmailAddress }: Grantee): Grantee {
  if (Type === 'AmazonCustomerByEmail' || EmailAddress !== undefined)
    throw unsupported('grantees that are named by an address of mail');
  if (Type === 'CanonicalUser') {
    if (ID === undefined || !/^[0-9a-f]{64}$/.test(ID))
      throw invalidArgument('Invalid id', 'CanonicalUser/ID', ID);
    return { Type, ID };
  }
  if (URI === undefined || !URI.startsWith('http://acs.amazonaws.com/groups/'))
    throw invalidArgument('Invalid group uri', 'Group/URI', URI);
  return { Type, URI };
}

/** `id="…", uri="…"` */
function headerGrants(header: string | undefined, permission: Permission): Grant[] {
  return (header ?? '')
    .split(',')
    .filter((one) => one.trim() !== '')
    .map((one) => {
      const [, name, value] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/i.exec(one) ?? [];
      if (name === undefined) throw invalidArgument('Argument format not recognized', 'x-amz-grant', one);
      return { Grantee: checkedGrantee(named(name.toLowerCase(), value!)), Permission: permission };
    });
}

function named(name: string, value: string): Grantee {
  if (name === 'id') return { Type: 'CanonicalUser', ID: value };
  return name === 'uri'
    ? { Type: 'Group', URI: value }
    : { Type: 'AmazonCustomerByEmail', EmailAddress: value };
}
