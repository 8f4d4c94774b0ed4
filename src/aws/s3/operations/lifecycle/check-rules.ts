// The rules of a lifecycle configuration: what S3 refuses of them. A rule without an id gets one.
import { uuid } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { invalidArgument, invalidRequest, malformedXml } from '../../errors.ts';
import type { LifecycleExpiration, LifecycleRule, LifecycleRuleFilter } from '../../shapes.generated.ts';
import { tagsOfRule } from '../../state/lifecycle/rule-filter.ts';

const maxRules = 1000;
const day = 24 * 3600;

/** The rules, each with an id; throws MalformedXML, InvalidArgument or InvalidRequest. */
export function checkedRules(rules: readonly LifecycleRule[], random: Random): LifecycleRule[] {
  if (rules.length === 0 || rules.length > maxRules)
    throw malformedXml(`There must be 1 to ${maxRules} rules.`);
  const ids = rules.flatMap(({ ID: id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length)
    throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID');
  for (const rule of rules) checkRule(rule);
  return rules.map((rule) => ({ ...rule, ID: rule.ID || uuid(random) }));
}

function checkRule(rule: LifecycleRule): void {
  if ((rule.ID ?? '').length > 255)
    throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', rule.ID);
  // The prefix of the first version of the API, or the filter of the second.
  if ((rule.Prefix === undefined) === (rule.Filter === undefined))
    throw malformedXml('A rule needs a Filter, or the Prefix that was before it, and not both.');
  if (rule.Filter !== undefined) checkFilter(rule.Filter);
  checkActions(rule);
}

function checkFilter({ And: and, ...single }: LifecycleRuleFilter): void {
  const stated = [and, ...Object.values(single)].filter((one) => one !== undefined);
  if (stated.length > 1) throw malformedXml('A Filter has one condition; several are in an And.');
  const {
    ObjectSizeGreaterThan: above = 0,
    ObjectSizeLessThan: below = Infinity,
    Tags = [],
    Prefix,
  } = {
    ...single,
    ...and,
  };
  const conditions = [Prefix, and?.ObjectSizeGreaterThan, and?.ObjectSizeLessThan].filter(
    (one) => one !== undefined,
  );
  if (and !== undefined && conditions.length + Tags.length < 2)
    throw malformedXml('An And has two conditions at least.');
  if (above < 0 || below <= above + 1)
    throw invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
  if (new Set(Tags.map(({ Key }) => Key)).size < Tags.length)
    throw invalidRequest('Duplicate Tag Keys are not allowed.');
}

function checkActions(rule: LifecycleRule): void {
  const {
    Expiration: expiration,
    NoncurrentVersionExpiration: noncurrent,
    AbortIncompleteMultipartUpload: abort,
    Transitions: transitions = [],
    NoncurrentVersionTransitions: moves = [],
  } = rule;
  if ([expiration, noncurrent, abort, ...transitions, ...moves].every((one) => one === undefined))
    throw invalidRequest('At least one action needs to be specified in a rule');
  const hasTags = tagsOfRule(rule).length > 0;
  if (expiration !== undefined) checkExpiration(expiration, hasTags);
  if (abort !== undefined) {
    if (hasTags) throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Tags');
    checkDays('DaysAfterInitiation', 'AbortIncompleteMultipartUpload', abort.DaysAfterInitiation, 1);
  }
  if (noncurrent !== undefined) {
    checkDays('NoncurrentDays', 'NoncurrentVersionExpiration', noncurrent.NoncurrentDays, 1);
    checkNewer(noncurrent.NewerNoncurrentVersions);
  }
  for (const { Days: days, Date: date, StorageClass: kind } of transitions) {
    if (kind === undefined || (days === undefined) === (date === undefined))
      throw malformedXml('A Transition needs a StorageClass, and Days or a Date.');
    if (days !== undefined) checkDays('Days', 'Transition', days, 0);
    else checkDate('Transition', date!);
  }
  for (const { NoncurrentDays: days, StorageClass: kind, NewerNoncurrentVersions: newer } of moves) {
    if (kind === undefined) throw malformedXml('A NoncurrentVersionTransition needs a StorageClass.');
    checkDays('NoncurrentDays', 'NoncurrentVersionTransition', days, 0);
    checkNewer(newer);
  }
}

function checkExpiration(expiration: LifecycleExpiration, hasTags: boolean): void {
  const { Days: days, Date: date, ExpiredObjectDeleteMarker: marker } = expiration;
  if ([days, date, marker].filter((one) => one !== undefined).length !== 1)
    throw malformedXml('An Expiration has one of Days, Date and ExpiredObjectDeleteMarker.');
  if (days !== undefined) checkDays('Days', 'Expiration', days, 1);
  if (date !== undefined) checkDate('Expiration', date);
  if (marker !== undefined && hasTags)
    throw invalidRequest('ExpiredObjectDeleteMarker cannot be specified with Tags.');
}

function checkDays(name: string, action: string, days: number | undefined, least: number): void {
  if (days === undefined) throw malformedXml(`${action} needs ${name}.`);
  if (days < least)
    throw invalidArgument(
      `'${name}' for ${action} action must be a ${least === 0 ? 'nonnegative' : 'positive'} integer`,
      name,
      String(days),
    );
}

function checkDate(action: string, seconds: number): void {
  if (seconds % day !== 0)
    throw invalidArgument(`'Date' for ${action} action must be at midnight GMT`, 'Date');
}

function checkNewer(versions: number | undefined): void {
  if (versions !== undefined && (versions < 1 || versions > 100))
    throw invalidArgument(
      'NewerNoncurrentVersions must be a positive integer of at most 100',
      'NewerNoncurrentVersions',
      String(versions),
    );
}
