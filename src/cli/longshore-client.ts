// Longshore's own API as commands call it: signed, at the server that the flags and the environment name.
import { longshoreTargetPrefix } from '../apis/longshore/api.ts';
import { systemClock } from '../lib/clock.ts';
import { callApi } from '../wire/call-api.ts';
import { ApiError } from '../wire/errors.ts';
import { apiAccess } from './api-access.ts';
import type { ClientFlags } from './client-flags.ts';
import { readSettings } from './settings.ts';

export interface LongshoreClient {
  /** Of the flags, the environment or the settings file; `default` where none names it. */
  readonly cluster: string;
  /** Throws an Error for people when the server refuses or cannot be reached. */
  call<Output extends object>(operation: string, input: object): Promise<Output>;
}

export function longshoreClient(flags: ClientFlags): LongshoreClient {
  const { data, cluster, region, config, endpoint } = flags;
  const given = Object.entries({ data, cluster, region }).filter(([, value]) => value !== undefined);
  const settings = readSettings(Object.fromEntries(given), process.env, config);
  const access = apiAccess({ endpoint, region, data }, settings.data, process.env);
  const api = {
    ...access,
    signingName: 'ecs',
    targetPrefix: longshoreTargetPrefix,
    clock: systemClock,
  };
  return {
    cluster: settings.cluster,
    call: (operation, input) =>
      callApi<never>(api, operation, input).catch((error: unknown) => {
        if (error instanceof ApiError) throw new Error(error.message, { cause: error });
        throw new Error(`The server at ${access.endpoint} cannot be reached.`, { cause: error });
      }),
  };
}
