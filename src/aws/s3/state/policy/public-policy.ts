// Whether a bucket's policy lets in everybody, as Block Public Access understands it: an Allow for any principal that no condition holds
// to fixed values of what an outsider cannot choose.

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const fixing = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** The policy is JSON that was checked. */
export function isPublicPolicy(policy: string): boolean {
  const { Statement: stated } = JSON.parse(policy) as {
    readonly Statement?: Statement | readonly Statement[];
  };
  return [stated ?? []].flat().some(isPublicStatement);
}

const isPublicStatement = ({ Effect, Principal, NotPrincipal, Condition = {} }: Statement): boolean =>
  Effect === 'Allow' && (NotPrincipal !== undefined || isAnyone(Principal)) && !isHeld(Condition);

function isAnyone(principal: unknown): boolean {
  if (principal === '*') return true;
  const { AWS } = (principal ?? {}) as { readonly AWS?: unknown };
  return [AWS].flat().includes('*');
}

/** Whether one of the conditions holds whoever asks to fixed values. */
const isHeld = (conditions: NonNullable<Statement['Condition']>): boolean =>
  Object.entries(conditions).some(
    ([operator, keys]) =>
      /^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)$|^IpAddress$/i.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          fixing.has(key.toLowerCase()) && [values].flat().every((value) => isFixed(key, value)),
      ),
  );

function isFixed(key: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  // A range of addresses as wide as the internet holds nobody.
  if (/^aws:sourceip$/i.test(key)) return Number(value.split('/')[1] ?? 32) >= (value.includes(':') ? 32 : 8);
  return !/[*?]|\$\{/.test(value.replace(/^arn:[^:]*:[^:]*:[^:]*:\d{12}:.*$/, ''));
}
