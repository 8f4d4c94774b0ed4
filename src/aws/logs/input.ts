// Checks of members that several operations have, in AWS's words.
import { asInvalidParameter } from '../shared/broken-rule.ts';
import { brokenConstraint } from './errors.ts';
import { parseFilterPattern } from './state/filter-pattern/filter-pattern.ts';
import type { FilterPattern } from './state/filter-pattern/matched-event.ts';

const maxName = 512;
const maxPattern = 1024;

function checkLength(member: string, value: string, most: number): void {
  if (value.length < 1) throw brokenConstraint(member, value, 'have length greater than or equal to 1');
  if (value.length > most) throw brokenConstraint(member, value, `have length less than or equal to ${most}`);
}

function checkForm(member: string, value: string, form: RegExp, written: string): void {
  if (!form.test(value))
    throw brokenConstraint(member, value, `satisfy regular expression pattern: ${written}`);
}

/** A log group's name, or the beginning of one. */
export function checkGroupName(name: string, member = 'logGroupName'): void {
  checkLength(member, name, maxName);
  checkForm(member, name, /^[.\-_/#A-Za-z0-9]+$/, String.raw`[\.\-_/#A-Za-z0-9]+`);
}

/** The name of a stream or a metric filter, or the beginning of one. */
export function checkName(name: string, member = 'logStreamName'): void {
  checkLength(member, name, maxName);
  checkForm(member, name, /^[^:*]*$/, '[^:*]*');
}

export function checkMetricName(name: string, member: string): void {
  if (name.length > 255) throw brokenConstraint(member, name, 'have length less than or equal to 255');
  checkForm(member, name, /^[^:*$]*$/, '[^:*$]*');
}

/** A number from 1 to `most`, or the default. */
export function checkedLimit(
  value: number | undefined,
  most: number,
  standard = most,
  member = 'limit',
): number {
  if (value === undefined) return standard;
  if (value < 1) throw brokenConstraint(member, value, 'have value greater than or equal to 1');
  if (value > most) throw brokenConstraint(member, value, `have value less than or equal to ${most}`);
  return value;
}

/** Times are epoch ms, and none is before 1970. */
export function checkTime(value: number | undefined, member: string): void {
  if (value !== undefined && value < 0)
    throw brokenConstraint(member, value, 'have value greater than or equal to 0');
}

/** The pattern of a text; throws InvalidParameterException where it is none. */
export function checkedPattern(pattern: string): FilterPattern {
  if (pattern.length > maxPattern)
    throw brokenConstraint('filterPattern', pattern, `have length less than or equal to ${maxPattern}`);
  return asInvalidParameter(() => parseFilterPattern(pattern));
}
