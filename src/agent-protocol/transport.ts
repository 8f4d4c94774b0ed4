// The seam between an agent and its control plane: API calls, and one duplex text connection a link.

/** A duplex connection of text frames. Handlers are set once, before anything can arrive. */
export interface Connection {
  send(text: string): void;
  /** Ends the connection; `onClose` follows on both sides. Safe to call twice. */
  close(code: number, reason: string): void;
  onMessage: (text: string) => void;
  /** Called once, whoever ended it and however. 1006 = dropped without a word. */
  onClose: (code: number, reason: string) => void;
}

/** What an agent has of the world outside its machine. Everything is signed with the agent's credentials. */
export interface AgentTransport {
  /** Calls an ECS API operation; throws an `AgentCallError`. */
  call(operation: string, input: object): Promise<Record<string, unknown>>;
  /** Opens a websocket to an http(s) URL; throws an `AgentCallError` when it is refused or cannot be reached. */
  connect(url: string): Promise<Connection>;
}

/** Why a call or a connection failed: `code` is the wire's error name, or `Unreachable`. */
export class AgentCallError extends Error {
  readonly code: string;
  /** HTTP status, 0 when nothing answered. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = 'AgentCallError';
    this.code = code;
    this.status = status;
  }
}
