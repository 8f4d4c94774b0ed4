// What CreatePolicy and CreatePolicyVersion check alike.
import { asMalformedPolicy, constraintBroken, limitExceeded } from '../../errors.ts';
import { parsePolicy } from '../../state/policy/parse-policy.ts';

/** Characters without white space. */
const maxLength = 6144;

export function checkedPolicyDocument(document: string): string {
  asMalformedPolicy(() => parsePolicy(document, 'identity'));
  if (document.replaceAll(/\s/g, '').length > maxLength)
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${maxLength}`);
  return document;
}

/** Undefined where there is none. */
export function checkedPolicyDescription(text: string | undefined): string | undefined {
  if (text !== undefined && text.length > 1000)
    throw constraintBroken(text, 'description', 'have length less than or equal to 1000');
  return text === '' ? undefined : text;
}
