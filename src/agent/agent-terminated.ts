// The end of an agent, and whether another start may help.

/** The agent must end: with exit code 5 it must not be started again, with 1 that may help, with 0 it was asked to end. */
export class AgentTerminated extends Error {
  override readonly name = 'AgentTerminated';
  readonly exitCode: 0 | 1 | 5;

  constructor(message: string, exitCode: 0 | 1 | 5) {
    super(message);
    this.exitCode = exitCode;
  }
}
