// What a person reads where an agent's introspection endpoint cannot be opened, most often because another agent has its port.
import { errorText } from '../terminal/error-text.ts';

/** What happened, that the agent does without, and which setting helps. */
export function noIntrospectionText(
  { host, port }: { readonly host: string; readonly port: number },
  error: unknown,
): string {
  const isInUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const what = isInUse
    ? `another process, perhaps another agent, listens on ${host}:${port}`
    : errorText(error);
  return (
    `The agent runs without its introspection endpoint: ${what}. ` +
    'Choose another port with LONGSHORE_INTROSPECTION_PORT; 0 is for none.'
  );
}
