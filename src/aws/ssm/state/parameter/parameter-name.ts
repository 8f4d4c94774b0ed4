// Names of parameters: their rules, their ARNs, and the forms in which callers give them.
import { parseArn } from '../../../../lib/arn.ts';
import { partitionOf } from '../../../../lib/partition.ts';
import type { Scope } from '../../../shared/scope.ts';
import { ParameterProblem, parameterNotFound, validation } from './parameter-problem.ts';

/** Parts of a path, the name included. */
const maxLevels = 15;
/** Characters of the whole ARN. */
const maxArnLength = 1011;

export const parameterArn = ({ accountId, region }: Scope, name: string): string =>
  `arn:${partitionOf(region)}:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

const malformed = (): ParameterProblem =>
  validation(
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  );

/** Refuses the name of a new parameter that breaks a rule. */
export function checkNewName(scope: Scope, name: string): void {
  if (/^\/?aws/i.test(name))
    throw new ParameterProblem('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (/^\/?ssm/i.test(name) || !/^[A-Za-z0-9_./-]+$/.test(name) || /\/\/|.\/$/.test(name) || name === '/')
    throw malformed();
  if (name.includes('/') && !name.startsWith('/'))
    throw validation('Parameter name must be a fully qualified name.');
  if (name.split('/').length - 1 > maxLevels)
    throw new ParameterProblem(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${maxLevels} levels.`,
    );
  if (parameterArn(scope, name).length > maxArnLength)
    throw validation(`The ARN of a parameter can have a maximum of ${maxArnLength} characters.`);
}

/** What a caller asks for: a parameter, and which of its versions. */
export interface ParameterReference {
  readonly name: string;
  /** `:3` or `:label`, as it was given. */
  readonly selector?: string | undefined;
}

/** Reads `name`, `name:3`, `name:label`, or an ARN in place of the name; throws a ParameterProblem. */
export function parseReference(scope: Scope, text: string): ParameterReference {
  const local = text.startsWith('arn:') ? nameOfArn(scope, text) : text;
  const [name = '', selector, ...more] = local.split(':');
  if (!/^[A-Za-z0-9_./-]+$/.test(name) || more.length > 0) throw malformed();
  return { name, selector: selector === undefined ? undefined : `:${selector}` };
}

/** The ARN of `/a` and of `a` is the same: a name with a path begins with a slash, any other need not. */
function nameOfArn(scope: Scope, text: string): string {
  const arn = parseArn(text);
  const ours = arn?.service === 'ssm' && arn.region === scope.region;
  if (!ours || !arn.resource.startsWith('parameter/')) throw parameterNotFound(text);
  if (arn.accountId !== '' && arn.accountId !== scope.accountId) throw parameterNotFound(text);
  const name = arn.resource.slice('parameter'.length);
  return name.lastIndexOf('/') === 0 ? name.slice(1) : name;
}

/** The path that a parameter lies in: `/a/b` of `/a/b/c`, `/` of `/a` and `a`. */
export const pathOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/'))) || '/';

/** Whether the name lies below `path`: directly, or anywhere. */
export function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const own = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const above = pathOf(name);
  return above === own || (isRecursive && (own === '/' || above.startsWith(`${own}/`)));
}
