// Settings that are values by name, as people write them: a map of the file, a list, or one text with commas.
import { z } from 'zod';

/** Nothing but scheme, host and port: the rest of a URL is the request's own, and a secret in it would be shown. */
export const originUrl = (message: string) =>
  z
    .url({ protocol: /^https?$/, message })
    .refine((text) => !URL.canParse(text) || `${new URL(text).origin}/` === new URL(text).href, {
      message: 'give a URL without user, path and query, such as http://127.0.0.1:9000',
    })
    .transform((text) => new URL(text).origin);

/** Texts `NAME=VALUE` as a map; what is none stays as it is. */
export function byName(message: string) {
  return (value: unknown, context: z.RefinementCtx): unknown => {
    const list = typeof value === 'string' ? [value] : value;
    if (!isTexts(list)) return value;
    const found = new Map<string, string>();
    for (const part of list.flatMap((text) => text.split(',')).map((text) => text.trim())) {
      const equals = part.indexOf('=');
      const name = part.slice(0, Math.max(0, equals)).trim();
      if (equals < 1) return refuse(context, message);
      if (found.has(name)) return refuse(context, `${name} is there twice`);
      found.set(name, part.slice(equals + 1).trim());
    }
    return Object.fromEntries(found);
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
