// How a definition names a secret: a parameter of SSM, or a secret of Secrets Manager, whole or in part.
import { rule } from './rule.ts';

interface SecretInput {
  readonly name?: string | undefined;
  readonly valueFrom?: string | undefined;
}

/** Which service keeps the secret. */
export type SecretProvider = 'ssm' | 'asm';

/** Of a valid `valueFrom`: everything but the ARN of a secret is a parameter of SSM. */
export const secretProvider = (valueFrom: string): SecretProvider =>
  /^arn:[a-z-]+:secretsmanager:/.test(valueFrom) ? 'asm' : 'ssm';

const parameter = /^arn:[a-z-]+:ssm:[a-z0-9-]+:\d{12}:parameter\/.+$/;
/** The suffix is of three parts, json key, version stage and version id, each of which may be empty. */
const secret = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[^:]+(?::([^:]*):([^:]*):([^:]*))?$/;

/** Problems: a reference that can name no secret. */
export function* secretReferenceProblems({ name = '', valueFrom = '' }: SecretInput): Iterable<string> {
  if (!name || !valueFrom) {
    yield 'Secret name and valueFrom should not be null or empty.';
    return;
  }
  if (!valueFrom.startsWith('arn:')) {
    yield* rule(
      /^[A-Za-z0-9_./-]+$/.test(valueFrom),
      `Invalid valueFrom '${valueFrom}' of secret '${name}'. Give the name of a parameter or an ARN.`,
    );
    return;
  }
  const match = secret.exec(valueFrom);
  yield* rule(parameter.test(valueFrom) || match, 'Invalid arn syntax.');
  const [, , stage, id] = match ?? [];
  yield* rule(
    !stage || !id,
    `Invalid valueFrom of secret '${name}'. Give a version stage or a version id, but not both.`,
  );
}
