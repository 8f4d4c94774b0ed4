// What a record hides though the models do not call it sensitive: by service, structure and member.

/** In place of what is not shown, as CloudTrail writes it. */
export const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

const members: Readonly<Record<string, readonly string[]>> = {
  // With such a token images are pulled and pushed.
  ecr: ['AuthorizationData.authorizationToken'],
  // Some log drivers take the token of the service that they send to as an option.
  ecs: ['LogConfiguration.options'],
  // Whoever has the token of a grant may use the grant.
  kms: ['CreateGrantResponse.GrantToken', 'RetireGrantRequest.GrantToken'],
  longshore: ['CreatedKey.secretAccessKey'],
  sts: ['AssumeRoleRequest.TokenCode', 'Credentials.SessionToken', 'GetSessionTokenRequest.TokenCode'],
};

/** Members of this name, in any structure of the service. */
const named: Readonly<Record<string, readonly string[]>> = { kms: ['GrantTokens'] };

/** Whether the member is hidden; `service` is what its actions start with. */
export const isHidden = (service: string, structure: string, member: string): boolean =>
  members[service]?.includes(`${structure}.${member}`) === true || named[service]?.includes(member) === true;
