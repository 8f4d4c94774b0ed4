// The exceptions that AWS documents for each operation: the SDK has them beside the operation's command.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The codes documented for `operation`, in the order of the SDK that `client` is the package of. */
export function documentedErrors(operation: string, client = '@aws-sdk/client-ecs'): readonly string[] {
  const entry = createRequire(import.meta.url).resolve(client);
  const file = join(dirname(entry), `../dist-types/commands/${operation}Command.d.ts`);
  return parseErrors(readFileSync(file, 'utf8'));
}

/** The codes in the text of a command's declaration; the last one there stands for all and is not a code. */
export const parseErrors = (declaration: string): readonly string[] =>
  [...declaration.matchAll(/@throws \{@link (\w+Exception)\} \((?:client|server) fault\)/g)].map(
    ([, code]) => code!,
  );
