// A range of container ports: any number of tasks share an instance, and what their agent chose is shown.
import {
  CreateClusterCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  SubmitTaskStateChangeCommand,
} from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { EcsRig } from '../../test-support/ecs-rig.ts';

const capability = 'ecs.capability.network.container-port-range';

test('takes no port of the scheduler, and shows the host ports that the agent reports', async () => {
  const rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  const unable = await rig.instance({ cpu: 100_000, memory: 100_000 });
  const able = await rig.instance({ attributes: [capability] });
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [
        {
          name: 'app',
          image: 'busybox',
          memory: 64,
          portMappings: [
            { containerPortRange: '8000-8099' },
            { containerPortRange: '53-54', protocol: 'udp' },
          ],
        },
      ],
    }),
  );
  const { tasks, failures } = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web', count: 10 }));
  expect(failures).toEqual([]);
  expect(new Set(tasks!.map((task) => task.containerInstanceArn))).toEqual(new Set([able]));
  const { containerInstances } = await rig.ecs.send(
    new DescribeContainerInstancesCommand({ containerInstances: [able, unable] }),
  );
  for (const { remainingResources, registeredResources } of containerInstances!) {
    const ports = (of: typeof remainingResources) => of!.filter(({ name }) => name!.startsWith('PORTS'));
    expect(ports(remainingResources)).toEqual(ports(registeredResources));
  }
  const networkBindings = [
    {
      bindIP: '0.0.0.0',
      containerPortRange: '8000-8099',
      hostPortRange: '49153-49252',
      protocol: 'tcp' as const,
    },
    {
      bindIP: '0.0.0.0',
      containerPortRange: '53-54',
      hostPortRange: '50000-50001',
      protocol: 'udp' as const,
    },
  ];
  const task = tasks![0]!.taskArn!;
  await rig.ecs.send(
    new SubmitTaskStateChangeCommand({
      cluster: 'default',
      task,
      status: 'RUNNING',
      containers: [{ containerName: 'app', status: 'RUNNING', networkBindings }],
    }),
  );
  const described = await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }));
  expect(described.tasks![0]!.containers![0]!.networkBindings).toEqual(networkBindings);
});
