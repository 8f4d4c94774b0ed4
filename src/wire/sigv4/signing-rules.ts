// Where services differ in what a signature covers: S3 and its kin have rules of their own.

export interface SigningRules {
  /** Whether the path counts as it stands; see `CanonicalForm`. */
  readonly plainPath: boolean;
  /** Whether a signature may leave the body out, or cover it chunk by chunk; its `x-amz-content-sha256` says so. */
  readonly openPayload: boolean;
}

const likeS3 = new Set(['s3', 's3-object-lambda', 's3-outposts', 's3express']);

/** The rules of the service with this signing name. */
export function signingRules(signingName: string): SigningRules {
  const isS3 = likeS3.has(signingName);
  return { plainPath: isS3, openPayload: isS3 };
}
