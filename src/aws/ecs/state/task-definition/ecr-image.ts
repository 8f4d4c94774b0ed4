// Which images lie in a private registry of Amazon ECR.

export interface EcrRegistry {
  /** The account that the registry belongs to. */
  readonly registryId: string;
  readonly region: string;
}

/** Each partition has a domain of its own. */
const domains = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'c2s.ic.gov',
  'sc2s.sgov.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
].map((domain) => domain.replaceAll('.', '\\.'));
const hostForm = new RegExp(`^(\\d{12})\\.dkr\\.ecr(?:-fips)?\\.([a-z0-9-]+)\\.(?:${domains.join('|')})/`);

/** The registry of `image`, or undefined when it is in none of Amazon ECR's. */
export function ecrRegistry(image: string): EcrRegistry | undefined {
  const match = hostForm.exec(image);
  return match ? { registryId: match[1]!, region: match[2]! } : undefined;
}
