// The condition keys of a request: those that all services have, then those of its operation.
import { inPartitionOf } from '../../lib/partition.ts';
import type { AccessQuestion, Tags } from '../../wire/authorise.ts';
import type { RequestContext } from './state/policy/condition.ts';
import type { Principal } from './state/principal/principal.ts';

type Values = readonly string[] | undefined;

/** By key in lower case; each is worked out where a policy asks for it. */
const globalKeys: Readonly<Record<string, (question: AccessQuestion) => Values>> = {
  'aws:currenttime': ({ details }) => details && [new Date(details.now).toISOString()],
  'aws:epochtime': ({ details }) => details && [String(Math.floor(details.now / 1000))],
  'aws:requestedregion': ({ caller }) => [caller.region],
  'aws:resourceaccount': ({ caller }) => [caller.accountId],
  'aws:sourceip': ({ details }) => maybe(details?.address),
  'aws:useragent': ({ details }) => maybe(details?.userAgent),
  // There is no TLS on this side: where something in front of it has, the request does not tell.
  'aws:securetransport': () => ['false'],
  'aws:viaawsservice': () => ['false'],
  'aws:principalisawsservice': () => ['false'],
  'aws:tagkeys': ({ details }) => keysOf(details?.requestTags() ?? {}),
};

const maybe = (value: string | undefined): Values => (value === undefined ? undefined : [value]);

const keysOf = (tags: Readonly<Record<string, string>>): Values => {
  const keys = Object.keys(tags);
  return keys.length === 0 ? undefined : keys;
};

const requestTag = 'aws:requesttag/';
const principalArn = 'aws:principalarn';

/** Policies spell the ARN as it reads where the request is made. */
const inItsPartition = (arns: Values, { caller: { region } }: AccessQuestion): Values =>
  arns?.map((arn) => inPartitionOf(region, arn));

/** All keys of the request but the tags of its resources, which differ from one to the next. */
export function requestContext({ context }: Principal, question: AccessQuestion): RequestContext {
  const own = new Map<string, string>();
  for (const key of question.conditionKeys ?? []) own.set(key.toLowerCase(), key);
  return (key) => {
    if (key === principalArn) return inItsPartition(context[key], question);
    if (Object.hasOwn(context, key)) return context[key];
    if (Object.hasOwn(globalKeys, key))
      return own.has(key) ? question.conditions(own.get(key)!) : globalKeys[key]!(question);
    if (key.startsWith(requestTag)) return requestTagOf(question, key.slice(requestTag.length));
    const spelled = own.get(key);
    if (spelled === undefined) return ofFamily(question, key);
    return present(question.conditions(spelled));
  };
}

function ofFamily({ conditionFamilies = {} }: AccessQuestion, key: string): Values {
  const family = Object.entries(conditionFamilies).find(([prefix]) => key.startsWith(prefix.toLowerCase()));
  if (family === undefined) return undefined;
  const [prefix, valuesOf] = family;
  return valueNamed(valuesOf(), key.slice(prefix.length));
}

/** Names of keys are the same in any case. */
function valueNamed(values: Tags, wanted: string): Values {
  const found = Object.entries(values).find(([name]) => name.toLowerCase() === wanted);
  return found && [found[1]];
}

/** A key that concerns nothing is as one that is not there. */
const present = (values: Values): Values => (values?.length === 0 ? undefined : values);

const requestTagOf = ({ details }: AccessQuestion, wanted: string): Values =>
  valueNamed(details?.requestTags() ?? {}, wanted);
