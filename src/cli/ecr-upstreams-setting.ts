// The setting of the registries that images are pulled through from: by the name that rules have for them, where they are.
import { z } from 'zod';
import { byName, originUrl } from './named-values.ts';

const anUpstream = 'give HOST=URL such as quay.io=https://quay.io';
const badHost = 'name a registry as rules do, such as registry-1.docker.io';

/** A host, with a port where it has one. */
const host = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?(:[0-9]{1,5})?$/);

/** By host: URLs. */
export const ecrUpstreamsSetting = z.preprocess(
  byName(anUpstream),
  z.record(host, originUrl(anUpstream), {
    error: ({ code }) => (code === 'invalid_key' ? badHost : anUpstream),
  }),
);
