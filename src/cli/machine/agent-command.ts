// `longshore agent`: one container instance on this machine, for a control plane that may be anywhere.
import { createWriteStream, openSync } from 'node:fs';
import { AgentSettingsError } from '../../agent/config/agent-settings.ts';
import { loadAgentSettings, type LoadedSettings } from '../../agent/config/load.ts';
import { AgentTerminated } from '../../agent/agent-terminated.ts';
import { createLog, type Log, type LogLevel } from '../../lib/log.ts';
import { version } from '../../version.ts';
import { defaultAgentDirectory } from './agent-directory.ts';
import { openHostAgent } from './host-agent.ts';
import { withShutdown, type Shutdown } from '../terminal/shutdown.ts';
import { diskFullAdvice, errorText } from '../terminal/error-text.ts';
import { complain, progress, print } from '../terminal/output.ts';

/** The agent's own exit codes: a supervisor starts it again after 1, and must not after 5. */
const doNotRestart = 5;
const restart = 1;

/** Runs until told to end; answers the exit code. Everything is configured by ECS_* variables and ecs.config. */
export async function agent(): Promise<number> {
  const loaded = load();
  if (typeof loaded === 'number') return loaded;
  try {
    return await withShutdown((shutdown) => run(loaded, shutdown));
  } catch (error) {
    complain(error);
    return exitCodeOf(error);
  }
}

const exitCodeOf = (error: unknown): number => (error instanceof AgentTerminated ? error.exitCode : restart);

async function run({ settings, warnings }: LoadedSettings, shutdown: Shutdown): Promise<number> {
  const log = agentLog(settings.logLevel, settings.logFile);
  for (const warning of warnings) log.warn({}, warning);
  const host = await openHostAgent({
    config: { ...settings.agent, agentVersion: version },
    endpoint: settings.endpoint!,
    region: settings.region!,
    credentials: settings.credentials!,
    dockerHost: settings.dockerHost,
    dataDirectory: settings.dataDirectory ?? defaultAgentDirectory(),
    introspectionHost: '127.0.0.1',
    log,
    warn: (sentence) => log.warn({}, sentence),
    onFailure: (error) =>
      shutdown.fail(
        error,
        `The agent's state can no longer be saved (${errorText(error)}). The agent stops. Tasks keep running.${diskFullAdvice(error)}`,
        restart,
      ),
  });
  shutdown.onEnd(() => host.stop());
  host.agent.start().then(
    ({ containerInstanceArn }) => print(`Longshore's agent is registered as ${containerInstanceArn}.`),
    (error: unknown) => {
      if (!(error instanceof AgentTerminated && error.exitCode === 0)) complain(error);
      shutdown.end(exitCodeOf(error));
    },
  );
  const exitCode = await shutdown.wait();
  if (!(await shutdown.close())) return exitCode || restart;
  if (exitCode === 0) progress('The agent stopped. Tasks keep running.');
  return exitCode;
}

function load(): LoadedSettings | number {
  let loaded: LoadedSettings;
  try {
    loaded = loadAgentSettings(process.env);
  } catch (error) {
    if (!(error instanceof AgentSettingsError)) throw error;
    for (const problem of error.problems) complain(problem);
    return doNotRestart;
  }
  const missing = Object.entries({
    'ECS_BACKEND_HOST (the control plane, e.g. http://10.0.0.5:4566)': loaded.settings.endpoint,
    AWS_DEFAULT_REGION: loaded.settings.region,
    'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY': loaded.settings.credentials,
  }).filter(([, value]) => value === undefined);
  if (missing.length === 0) return loaded;
  for (const [name] of missing) complain(`The agent needs ${name}.`);
  return doNotRestart;
}

/** Throws AgentTerminated when the file cannot be opened; what cannot be written to it later is not logged. */
function agentLog(level: LogLevel, file: string | undefined): Log {
  if (file === undefined) return createLog(level);
  try {
    const stream = createWriteStream(file, { fd: openSync(file, 'a', 0o640) });
    stream.on('error', (error) => complain(`The log file ${file} cannot be written: ${errorText(error)}.`));
    return createLog(level, stream);
  } catch (error) {
    throw new AgentTerminated(
      `The log file of ECS_LOGFILE cannot be opened: ${errorText(error)}.`,
      doNotRestart,
    );
  }
}
