// Page tokens leave an API sealed and come back to be opened, here for all its operations alike.
import type { Operation } from '../../wire/api.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { InvalidToken } from './page.ts';
import type { PageSeal } from './page-seal.ts';
import { scopeKey } from './scope.ts';

/** What an API calls its page tokens, and its error for one that it did not hand out. */
export interface PageTokens {
  /** The member of an input that holds a token; default `nextToken`. */
  readonly input?: string;
  /** The member of an output that holds the next one; default `nextToken`. */
  readonly output?: string;
  readonly invalid: () => Error;
}

/** `operations` with their tokens sealed: each is good for one operation in one account and region. A token that is empty is none. */
export function sealedPages<Run extends Operation>(
  seal: PageSeal,
  { input: inMember = 'nextToken', output: outMember = 'nextToken', invalid }: PageTokens,
  operations: Readonly<Record<string, Run>>,
): Record<string, Run> {
  const sealed = (name: string, run: Operation): Operation => {
    return (input, call) => {
      const use = `${name} ${scopeKey(call)}`;
      const closed = (output: Members): Members =>
        withToken(output, outMember, (token) => seal.close(use, token));
      const output = run(
        withToken(input, inMember, (token) => seal.open(use, token)),
        call,
      );
      return output instanceof Promise ? output.then(closed) : closed(output);
    };
  };
  const refusal = (error: unknown): unknown => (error instanceof InvalidToken ? invalid() : error);
  const refusing = (run: Operation): Operation => {
    return (input, call) => {
      try {
        const output = run(input, call);
        if (!(output instanceof Promise)) return output;
        return output.catch((error: unknown) => {
          throw refusal(error);
        });
      } catch (error) {
        throw refusal(error);
      }
    };
  };
  return Object.fromEntries(
    // One that answers at once still does.
    Object.entries(operations).map(([name, run]) => [name, refusing(sealed(name, run)) as Run]),
  );
}

function withToken(members: Members, member: string, change: (token: string) => string): Members {
  const token = members[member];
  return typeof token === 'string' && token !== '' ? { ...members, [member]: change(token) } : members;
}
