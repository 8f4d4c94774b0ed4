/** Who does not sign, as anybody may who calls S3. */
export const anonymous: Caller = {
  accountId: 'anonymous',
  region: 'none',
  accessKeyId: '',
  principalArn: 'anonymous',
  isAnonymous: true,
};

export interface Caller {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly principalArn: string;
  /** Of one who did not sign: nobody that IAM knows, in no account and no region. */
  readonly isAnonymous?: true | undefined;
  /** What the session token says, where the key came with one; undefined of keys that do not expire. */
  readonly session?: Session | undefined;
}

/** Credentials that end, as they were given out. Instants are in epoch ms. */
export interface Session {
  /** The unique id of whoever acts; a role that was made again under its name has another. */
  readonly principalId: string;
  /** The key of the role in its table; undefined of the session of a user, or of the root. */
  readonly role?: string | undefined;
  /** The key of the user in its table; undefined of the session of a role, or of the root. */
  readonly user?: string | undefined;
  /** The name that a role's session was given. */
  readonly name?: string | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** The keys of the tags that go on to the sessions that are begun with this one. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string | undefined;
  /** What the session is limited to: documents, and ARNs of managed policies; undefined where it is not. */
  readonly policies?: { readonly documents: readonly string[]; readonly arns: readonly string[] } | undefined;
}
