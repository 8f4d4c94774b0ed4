// Every controller of the control plane, each in its loop.
import { natGatewayController } from '../aws/ec2/controllers/nat-gateways/nat-gateways.ts';
import { agentUpdates } from '../aws/ecs/controllers/agent-updates/agent-updates.ts';
import { capacityScaling } from '../aws/ecs/controllers/capacity-scaling/capacity-scaling.ts';
import {
  noCapacitySource,
  type CapacitySource,
} from '../aws/ecs/controllers/capacity-scaling/capacity-source.ts';
import { instanceReaper } from '../aws/ecs/controllers/instance-reaper/instance-reaper.ts';
import { unreachableInstances } from '../aws/ecs/controllers/unreachable-instances/unreachable-instances.ts';
import { startLoop, type LoopContext } from '../aws/shared/loop.ts';
import { provisioning } from '../aws/ecs/controllers/provisioning/provisioning.ts';
import { serviceReaper } from '../aws/ecs/controllers/service-reaper/service-reaper.ts';
import { noHookCaller, type HookCaller } from '../aws/ecs/controllers/service/hooks/hook-caller.ts';
import { lifecycleHooks } from '../aws/ecs/controllers/service/hooks/lifecycle-hooks.ts';
import { serviceController } from '../aws/ecs/controllers/service/service-controller.ts';
import { ServiceTasks } from '../aws/ecs/scheduler/service/view/service-tasks.ts';
import { noTrafficRouter, type TrafficRouter } from '../aws/ecs/scheduler/service/traffic-router.ts';
import { taskDefinitionDeleter } from '../aws/ecs/controllers/task-definition-deleter/task-definition-deleter.ts';
import { taskReaper } from '../aws/ecs/controllers/task-reaper/task-reaper.ts';
import { lifecycleExpiry } from '../aws/ecr/controllers/lifecycle-expiry/lifecycle-expiry.ts';
import {
  manifestDeletion,
  type ManifestDeletionOptions,
} from '../aws/ecr/controllers/manifest-deletion/manifest-deletion.ts';
import { keyDeletion } from '../aws/kms/controllers/key-deletion/key-deletion.ts';
import { keyRotation } from '../aws/kms/controllers/key-rotation/key-rotation.ts';
import {
  noDirectories,
  type FileSystemDirectories,
} from '../aws/efs/controllers/file-system-directories/directories.ts';
import { fileSystemDirectories } from '../aws/efs/controllers/file-system-directories/file-system-directories.ts';
import { secretDeletion } from '../aws/secretsmanager/controllers/secret-deletion/secret-deletion.ts';
import type { ValueSeal } from '../aws/shared/value-seal.ts';
import type { Fleets } from '../aws/ecs/state/instance/fleets.ts';

/** What ECS waits until a task without health checks counts as healthy, ms. */
export const ecsHealthyAfter = 40_000;

const defaultLostAfter = 5 * 60_000;

export interface ControllerSettings {
  /** How long a stopped task can be described, ms. */
  readonly stoppedTaskRetention: number;
  /** Ms after which a service's task without health checks counts as healthy; default ECS's 40 s. */
  readonly healthyAfter?: number;
  /** Ms that an agent may be disconnected before services do without the tasks of its host; 0 = for ever, default 5 minutes. */
  readonly lostAfter?: number;
  /** Who starts and stops the hosts of capacity providers; default nobody. */
  readonly capacitySource?: CapacitySource;
  /** Who splits services' traffic between two deployments; default nobody. */
  readonly trafficRouter?: TrafficRouter;
  /** Who calls the hooks of deployments; default nobody. */
  readonly hookCaller?: HookCaller;
  /** Who makes the directories of file systems; default nobody. */
  readonly directories?: FileSystemDirectories;
}

/** Starts their loops; answers the call that ends them all; further calls change nothing. */
export function startControllers(
  context: LoopContext & {
    readonly valueSeal: ValueSeal;
    readonly removeManifest: ManifestDeletionOptions['remove'];
  },
  fleets: Fleets,
  settings: ControllerSettings,
): () => void {
  const { random, clock, log, valueSeal, removeManifest } = context;
  const { lostAfter = defaultLostAfter } = settings;
  const controllers = [
    taskReaper(settings.stoppedTaskRetention),
    instanceReaper(),
    agentUpdates,
    ...(lostAfter > 0 ? [unreachableInstances(lostAfter, log)] : []),
    serviceReaper(),
    taskDefinitionDeleter,
    provisioning(random),
    serviceController({
      fleets,
      tasks: new ServiceTasks(context.store),
      random,
      healthyAfter: settings.healthyAfter ?? ecsHealthyAfter,
      router: settings.trafficRouter ?? noTrafficRouter,
    }),
    natGatewayController,
    lifecycleHooks({ caller: settings.hookCaller ?? noHookCaller, clock, random, log }),
    lifecycleExpiry,
    manifestDeletion({ remove: removeManifest, clock, random, log }),
    keyDeletion,
    keyRotation({ random, valueSeal }),
    secretDeletion,
    fileSystemDirectories(settings.directories ?? noDirectories),
    capacityScaling({ source: settings.capacitySource ?? noCapacitySource, clock, log }),
  ];
  const stops = controllers.map((controller) => startLoop(controller, context));
  return () => {
    for (const stop of stops.splice(0)) stop();
  };
}
