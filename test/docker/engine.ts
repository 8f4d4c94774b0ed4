// The Docker engine of the tests in this folder, with the image they run. `npm test` sees to it that there is one.
import type Dockerode from 'dockerode';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import { findEngine } from '../../src/cli/engine/engine.ts';
import { busyboxPrograms, ensureExampleImage, exampleImage } from '../../src/cli/start/example-image.ts';
import { defaultDockerHost } from '../../src/agent/config/docker-host.ts';

/** A static busybox with a link for each applet in /bin; `httpd` serves /var/www. Never asked for at a registry. */
export const testImage = exampleImage;

export interface TestEngine {
  /** As in DOCKER_HOST. */
  readonly host: string;
  readonly docker: Dockerode;
}

const engine = await findEngine(process.env, join(homedir(), '.longshore'));
const host = engine?.host ?? defaultDockerHost;
const testEngine: TestEngine = { host, docker: connectDocker(host) };

if (engine !== undefined) {
  await ensureExampleImage(testEngine.docker, busyboxPrograms);
} else if (process.env['CI']) {
  throw new Error('No Docker engine answers, and under CI the Docker tests must run.');
} else {
  console.warn('No Docker engine answers: the Docker tests are skipped.');
}

/** A suite that needs the engine: skipped where there is none. */
export function describeWithDocker(name: string, body: (engine: TestEngine) => void): void {
  describe.skipIf(engine === undefined)(name, () => body(testEngine));
}

/** Removes every container that carries `label` (`key=value`), running or not. */
export async function removeContainers(docker: Dockerode, label: string): Promise<void> {
  const found = await docker.listContainers({ all: true, filters: { label: [label] } });
  await Promise.all(found.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
}
