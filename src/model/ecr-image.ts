// Which images lie in a private registry of Amazon ECR.

export interface EcrRegistry {
  /** The account that the registry belongs to. */
  readonly registryId: string;
  readonly region: string;
}

/** The registry of `image`, or undefined when it is in none of Amazon ECR's. */
export function ecrRegistry(image: string): EcrRegistry | undefined {
  const match = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//.exec(image);
  return match ? { registryId: match[1]!, region: match[2]! } : undefined;
}
