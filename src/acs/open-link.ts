// What is decided about an upgrade before any handshake: which link, for which instance, and whether its sender may have it.
import type { Connection } from '../agent-protocol/transport.ts';
import type { Caller } from '../wire/caller.ts';
import { ApiError } from '../wire/errors.ts';
import type { HttpRequest } from '../wire/http.ts';
import type { AgentLink } from './agent-link.ts';
import { agentConnectParams, telemetryConnectParams } from './connect-params.ts';
import { linkKind } from './link-path.ts';
import { LinkRefusal } from './link-refusal.ts';

export interface LinkEntrance {
  readonly link: AgentLink;
  /** Answers who signed the request; throws an `ApiError` when nobody did. */
  readonly authenticate: (request: HttpRequest) => Caller;
}

/**
 * Answers what to do with the connection once the handshake is done; throws a `LinkRefusal` when there is to be none.
 * `address` is the one that the request came from, where it came through a network.
 */
export function openLink(
  entrance: LinkEntrance,
  request: HttpRequest,
  address?: string,
): (connection: Connection) => void {
  const { link } = entrance;
  const url = URL.parse(request.target, 'http://agent.invalid');
  const kind = url && linkKind(url);
  if (!kind) throw new LinkRefusal('BadRequestException', 'There is no agent link at this path.');
  const caller = callerOf(entrance, request);
  if (kind === 'tcs') {
    const params = telemetryConnectParams(url.searchParams);
    link.check('ecs:StartTelemetrySession', params, caller);
    return (connection) => link.acceptTelemetry(connection, params, caller);
  }
  const params = agentConnectParams(url.searchParams);
  link.check('ecs:Poll', params, caller);
  return (connection) => link.accept(connection, params, caller, address);
}

function callerOf({ authenticate }: LinkEntrance, request: HttpRequest): Caller {
  try {
    return authenticate(request);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    throw new LinkRefusal('AccessDeniedException', error.message);
  }
}
