// `longshore deploy`: puts other images or another task definition into a service, and waits for it where that is asked for.
import type { ClientFlags } from '../client/client-flags.ts';
import { readDeploy, type Deploy, type DeployWish } from './deploy-flags.ts';
import { describeService } from '../rollout/describe-rollout.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { namedService, type NamedService } from '../client/named-service.ts';
import { print, printJson } from '../terminal/output.ts';
import type { DescribedService } from '../rollout/rollout.ts';
import { followRollout, defaultTimeout } from './watch-command.ts';
import { lastPart } from '../../lib/arn.ts';

type DeployFlags = ClientFlags & DeployWish;

/** What a deploy did. */
interface Deployed {
  /** The API's answer. */
  readonly answer: object;
  /** The service deployment that began; absent where everything was so already. */
  readonly begun?: string | undefined;
  readonly lines: readonly string[];
}

/** Answers the exit code: 0 once the deployment has begun or, with `--wait`, by how it ended. */
export async function deploy(service: string, flags: DeployFlags): Promise<number> {
  const wish = readDeploy(flags);
  const named = namedService(service, flags);
  return interruptible(async (signal) => {
    const { answer, begun, lines } = await begin(named, wish, signal);
    if (flags.json) printJson(answer, flags.wait ? undefined : 2);
    else for (const line of lines) print(line);
    if (!flags.wait) return 0;
    const { timeout = defaultTimeout, json = false } = flags;
    return followRollout(named, { own: begun, timeout, json, signal });
  });
}

const begin = (named: NamedService, wish: Deploy, signal: AbortSignal): Promise<Deployed> =>
  'images' in wish ? deployImages(named, wish, signal) : deployDefinition(named, wish, signal);

async function deployImages(
  { client, cluster, service, name }: NamedService,
  { images, force }: Extract<Deploy, { images: unknown }>,
  signal: AbortSignal,
): Promise<Deployed> {
  const input = { cluster, service, images, forceNewDeployment: force };
  const answer = await client.call('UpdateServiceImages', input, signal);
  const before = lastPart(answer.previousTaskDefinitionArn);
  const after = lastPart(answer.taskDefinitionArn);
  const changes = answer.changes.map(({ containerName, from, to }) => `  ${containerName}: ${from} -> ${to}`);
  if (!answer.deployment) return { answer, lines: [unchanged(name, before)] };
  const { id, serviceDeploymentArn } = answer.deployment;
  return { answer, begun: serviceDeploymentArn, lines: [begunLine(name, before, after, id), ...changes] };
}

async function deployDefinition(
  named: NamedService,
  { taskDefinition, force }: Extract<Deploy, { taskDefinition?: string }>,
  signal: AbortSignal,
): Promise<Deployed> {
  const { client, cluster, service, name } = named;
  const was = await describeService(named, signal);
  const input = { cluster, service, taskDefinition, forceNewDeployment: force };
  const answer = await client.ecs<{ service: DescribedService }>('UpdateService', input, signal);
  const { currentServiceDeployment: begun, deployments = [] } = answer.service;
  const before = lastPart(was.taskDefinition ?? '');
  const after = lastPart(answer.service.taskDefinition ?? '');
  if (begun === was.currentServiceDeployment) return { answer, lines: [unchanged(name, before)] };
  return { answer, begun, lines: [begunLine(name, before, after, deployments[0]?.id ?? '')] };
}

const unchanged = (name: string, definition: string): string =>
  `${name} already uses that, as ${definition}: nothing was changed. --force deploys it again.`;

const begunLine = (name: string, before: string, after: string, id: string): string =>
  `${name}: ${before === after ? `${after} again` : `${before} -> ${after}`}, deployment ${id} has started.`;
