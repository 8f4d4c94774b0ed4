// Reads policy documents, and refuses in AWS's words what is none.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import { inHomePartition } from '../entity/entity.ts';
import { conditionOf, type Condition } from './condition.ts';
import { patternOf, type Pattern } from './pattern.ts';
import type { Effect, Named, NamedPrincipal, PolicyDocument, Statement } from './policy-document.ts';

/** What a policy is attached to: an identity, a role as its trust policy, any other resource. */
export type PolicyUse = 'identity' | 'trust' | 'resource';

type Json = Readonly<Record<string, unknown>>;

/** Reads a document; throws BrokenRule with AWS's text for one that is malformed. */
export function parsePolicy(text: string, use: PolicyUse): PolicyDocument {
  const document = parseJson(text);
  refuseOthers(document, ['Version', 'Id', 'Statement']);
  const { Version: version = '2008-10-17', Statement: stated } = document;
  if (version !== '2012-10-17' && version !== '2008-10-17')
    throw new BrokenRule(
      use === 'identity' ? 'The policy must contain a valid version string.' : syntaxErrors,
    );
  if (document['Id'] !== undefined && typeof document['Id'] !== 'string') throw new BrokenRule(syntaxErrors);
  const all = Array.isArray(stated) ? stated : [stated];
  if (stated === undefined || (all.length === 0 && use !== 'identity')) throw new BrokenRule(syntaxErrors);
  if (all.length === 0) throw new BrokenRule(syntaxErrors);
  const variables = version === '2012-10-17';
  const statements = all.map((one) => readStatement(asObject(one), use, variables));
  refuseSameSids(statements);
  return { statements };
}

const syntaxErrors = 'Syntax errors in policy.';

function parseJson(text: string): Json {
  try {
    return asObject(JSON.parse(text));
  } catch {
    throw new BrokenRule(syntaxErrors);
  }
}

function asObject(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BrokenRule(syntaxErrors);
  return value as Json;
}

function refuseOthers(object: Json, known: readonly string[]): void {
  if (Object.keys(object).some((name) => !known.includes(name))) throw new BrokenRule(syntaxErrors);
}

function refuseSameSids(statements: readonly Statement[]): void {
  const sids = statements.flatMap(({ sid }) => (sid ? [sid] : []));
  if (new Set(sids).size < sids.length)
    throw new BrokenRule('Statement IDs (SID) in a single policy must be unique.');
}

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function readStatement(json: Json, use: PolicyUse, variables: boolean): Statement {
  refuseOthers(json, elements);
  const { Effect: effect } = json;
  if (effect !== 'Allow' && effect !== 'Deny') throw new BrokenRule(syntaxErrors);
  return {
    sid: readSid(json['Sid'], use),
    effect,
    principals: readPrincipals(json, use, effect),
    actions: readActions(json, use),
    resources: readResources(json, use, variables),
    conditions: readConditions(json['Condition'], variables),
  };
}

function readSid(sid: unknown, use: PolicyUse): string | undefined {
  if (sid === undefined) return undefined;
  if (typeof sid !== 'string') throw new BrokenRule(syntaxErrors);
  // A resource's own service takes other characters too.
  if (use !== 'resource' && !/^[0-9A-Za-z]*$/.test(sid))
    throw new BrokenRule(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  return sid;
}

/** One text or a list of them. */
function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!all.every((one) => typeof one === 'string')) throw new BrokenRule(syntaxErrors);
  return all;
}

/** What is in `json` under `name` or under `Not<name>`; a statement has one of them at most. */
function eitherOf(json: Json, name: string): readonly [isNegated: boolean, value: unknown] | undefined {
  const [plain, negated] = [json[name], json[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw new BrokenRule(syntaxErrors);
  if (plain !== undefined) return [false, plain];
  return negated === undefined ? undefined : [true, negated];
}

function readActions(json: Json, use: PolicyUse): Named<Pattern> {
  const found = eitherOf(json, 'Action');
  const missing = 'Policy statement must contain actions.';
  if (found === undefined) throw new BrokenRule(use === 'trust' ? 'Missing required field Action' : missing);
  const texts = textsOf(found[1]);
  if (texts.length === 0) throw new BrokenRule(missing);
  for (const text of texts) checkAction(text, use);
  return {
    isNegated: found[0],
    all: texts.map((text) => patternOf(text.toLowerCase(), { variables: false })),
  };
}

function checkAction(text: string, use: PolicyUse): void {
  if (text === '*' && use !== 'trust') return;
  const [vendor, name, ...rest] = text.split(':');
  if (name === undefined)
    throw new BrokenRule('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  if (rest.length > 0) throw new BrokenRule('Actions/Condition can contain only one colon.');
  if (!/^[A-Za-z0-9-]+$/.test(vendor!)) throw new BrokenRule(`Vendor ${vendor} is not valid`);
  if (!/^[A-Za-z0-9*?]+$/.test(name)) throw new BrokenRule(syntaxErrors);
  if (use === 'trust' && vendor!.toLowerCase() !== 'sts')
    throw new BrokenRule('AssumeRole policy may only specify STS AssumeRole actions.');
}

function readResources(json: Json, use: PolicyUse, variables: boolean): Named<Pattern> | undefined {
  const found = eitherOf(json, 'Resource');
  if (use === 'trust') {
    if (found === undefined) return undefined;
    throw new BrokenRule('Has prohibited field Resource');
  }
  // Policies of some services are about nothing but what they are attached to.
  if (use === 'resource' && found === undefined) return undefined;
  const texts = found === undefined ? [] : textsOf(found[1]);
  if (texts.length === 0) throw new BrokenRule('Policy statement must contain resources.');
  for (const text of texts) checkResource(text);
  return { isNegated: found![0], all: texts.map((text) => patternOf(text, { variables })) };
}

function checkResource(text: string): void {
  if (text === '*' || /^(arn|\*)[^:]*:/.test(text) || text.startsWith('*')) {
    const parts = text.split(':');
    if (parts[0] !== 'arn') return;
    if (!/^(aws[a-z-]*|\*|aws\*)$/.test(parts[1] ?? ''))
      throw new BrokenRule(`Partition "${parts[1] ?? ''}" is not valid for resource "${text}".`);
    if (parts.length < 6 && !text.endsWith('*'))
      throw new BrokenRule(`Resource ${text} must be in ARN format or "*".`);
    return;
  }
  if (text.startsWith('${')) return;
  throw new BrokenRule(`Resource ${text} must be in ARN format or "*".`);
}

const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

function readPrincipals(json: Json, use: PolicyUse, effect: Effect): Named<NamedPrincipal> | undefined {
  const found = eitherOf(json, 'Principal');
  if (use === 'identity') {
    if (found === undefined) return undefined;
    throw new BrokenRule('Policy document should not specify a principal.');
  }
  if (found === undefined) throw new BrokenRule('Missing required field Principal');
  const [isNegated, value] = found;
  if (isNegated && effect === 'Allow' && use === 'trust')
    throw new BrokenRule('Allow with NotPrincipal is not allowed.');
  if (value === '*') return { isNegated, all: [{ kind: 'anyone', name: '*' }] };
  const all = Object.entries(asObject(value)).flatMap(([kind, names]) => {
    if (!isKind(kind)) throw new BrokenRule(syntaxErrors);
    return textsOf(names).map((name) => namedPrincipal(kind, name));
  });
  if (all.length === 0) throw new BrokenRule('Missing required field Principal cannot be empty!');
  return { isNegated, all };
}

const isKind = (kind: string): kind is (typeof kinds)[number] => (kinds as readonly string[]).includes(kind);

function namedPrincipal(kind: NamedPrincipal['kind'], name: string): NamedPrincipal {
  if (kind === 'AWS' && name === '*') return { kind: 'anyone', name };
  const isWhole =
    kind !== 'AWS' || /^(\d{12}|arn:[a-z-]+:(iam|sts)::\d{12}:.+|A[A-Z0-9]{15,}(:.+)?)$/.test(name);
  if (!isWhole || name === '' || (kind === 'Service' && !/^[a-z0-9.-]+$/i.test(name)))
    throw new BrokenRule(`Invalid principal in policy: "${kind}":"${name}"`);
  return { kind, name: kind === 'AWS' ? inHomePartition(name) : name };
}

function readConditions(stated: unknown, variables: boolean): readonly Condition[] {
  if (stated === undefined) return [];
  return Object.entries(asObject(stated)).flatMap(([operator, keys]) =>
    Object.entries(asObject(keys)).map(([key, values]) => readCondition(operator, key, values, variables)),
  );
}

function readCondition(operator: string, key: string, values: unknown, variables: boolean): Condition {
  if (!key.includes(':'))
    throw new BrokenRule('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  const condition = conditionOf(operator, key, conditionValues(values), variables);
  if (condition === undefined) throw new BrokenRule(`Invalid Condition type : ${operator}.`);
  return condition;
}

/** Numbers and booleans may stand as what they are. */
function conditionValues(values: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(values) ? values : [values];
  return all.map((value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw new BrokenRule(syntaxErrors);
    return String(value);
  });
}
