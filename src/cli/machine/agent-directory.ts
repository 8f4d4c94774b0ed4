// Where an agent keeps its state when ECS_DATADIR names no place.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AgentTerminated } from '../../agent/agent-terminated.ts';
import { agentStateFile } from '../../agent/state.ts';

/** The official agent's default, a path in its container, which once was this agent's too: on the host. */
const formerDefault = '/data';

/**
 * In the home of the user: this agent runs on the host, and not always as root. Throws AgentTerminated where a state lies
 * at the former default and none here: whoever began there must say that it goes on there.
 */
export function defaultAgentDirectory(former = formerDefault, home = homedir()): string {
  const directory = join(home, '.longshore', 'agent');
  if (existsSync(join(directory, agentStateFile)) || !existsSync(join(former, agentStateFile)))
    return directory;
  throw new AgentTerminated(
    `There is an agent's state in ${former}, which was the default of an earlier version: set ECS_DATADIR=${former} ` +
      `to keep using it, or ECS_DATADIR=${directory} to register as a new container instance.`,
    5,
  );
}
