// The two settings of forwarding, as people write them: by service, in a map of the file, a list, or one text with commas.
import { z } from 'zod';
import { byName, originUrl } from '../named-values.ts';

const aForward = 'give SERVICE=URL such as s3=http://127.0.0.1:9000';
const aProfile = 'give SERVICE=PROFILE such as s3=minio, or s3=minio@FILE for a profile of another file';

/** A service's signing name, or `*` for all others. */
const service = z.string().regex(/^(\*|[a-z0-9-]{1,64})$/);

const badService = 'name a service as signatures do, such as s3 or elasticloadbalancing, or * for all others';

/** What is wrong with a map: with one of its names, or with all of it. */
const orElse =
  (message: string) =>
  ({ code }: { readonly code: string }): string =>
    code === 'invalid_key' ? badService : message;

/** By service: URLs. */
export const forwardSetting = z.preprocess(
  byName(aForward),
  z.record(service, originUrl(aForward), { error: orElse(aForward) }),
);

/** By service: `PROFILE` or `PROFILE@FILE`. */
export const forwardCredentialsSetting = z.preprocess(
  byName(aProfile),
  z.record(service, z.string().regex(/^[^@]+(@.+)?$/, aProfile), { error: orElse(aProfile) }),
);
