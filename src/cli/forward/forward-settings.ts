// The two settings of forwarding, as people write them: by service, in a map of the file, a list, or one text with commas.
import { z } from 'zod';

const aForward = 'give SERVICE=URL such as s3=http://127.0.0.1:9000';
const aProfile = 'give SERVICE=PROFILE such as s3=minio, or s3=minio@FILE for a profile of another file';

/** A service's signing name, or `*` for all others. */
const service = z.string().regex(/^(\*|[a-z0-9-]{1,64})$/);

/** Nothing but scheme, host and port: the rest of a URL is the request's own, and a secret in it would be shown. */
const origin = z
  .url({ protocol: /^https?$/, message: aForward })
  .refine((text) => !URL.canParse(text) || `${new URL(text).origin}/` === new URL(text).href, {
    message: 'give a URL without user, path and query, such as http://127.0.0.1:9000',
  })
  .transform((text) => new URL(text).origin);

const badService = 'name a service as signatures do, such as s3 or elasticloadbalancing, or * for all others';

/** What is wrong with a map: with one of its names, or with all of it. */
const orElse =
  (message: string) =>
  ({ code }: { readonly code: string }): string =>
    code === 'invalid_key' ? badService : message;

/** By service: URLs. */
export const forwardSetting = z.preprocess(
  byService(aForward),
  z.record(service, origin, { error: orElse(aForward) }),
);

/** By service: `PROFILE` or `PROFILE@FILE`. */
export const forwardCredentialsSetting = z.preprocess(
  byService(aProfile),
  z.record(service, z.string().regex(/^[^@]+(@.+)?$/, aProfile), { error: orElse(aProfile) }),
);

/** Texts `SERVICE=VALUE` as a map; what is none stays as it is. */
function byService(message: string) {
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
