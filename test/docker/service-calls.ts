// What people ask of services, in calls of the AWS CLI. Services and families are named alike.
import type { ContainerDefinition, Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { awsEcs } from './aws-cli.ts';
import { testImage } from './engine.ts';
import { until, type Rig } from './rig.ts';

export class ServiceCalls {
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** `aws ecs …` as it is given, in JSON. */
  ecs<T = unknown>(...args: string[]): Promise<T> {
    return awsEcs<T>(this.#rig.access(), ...args);
  }

  /** Registers the next revision of the service's family with one container `app`; answers the revision's ARN. */
  async register(name: string, container: Omit<ContainerDefinition, 'name'>): Promise<string> {
    const containers = [{ name: 'app', image: testImage, memory: 32, ...container }];
    const { taskDefinition } = await this.ecs<{ taskDefinition: TaskDefinition }>(
      'register-task-definition',
      ...['--family', this.family(name), '--container-definitions', JSON.stringify(containers)],
    );
    return taskDefinition.taskDefinitionArn!;
  }

  family(name: string): string {
    return `${this.#rig.name}-${name}`;
  }

  /** Creates it on the latest revision of its family. */
  create(name: string, desiredCount: number, ...more: string[]): Promise<Service> {
    const definition = ['--task-definition', this.family(name), '--desired-count', String(desiredCount)];
    return this.#change('create-service', '--service-name', name, ...definition, ...more);
  }

  update(name: string, ...more: string[]): Promise<Service> {
    return this.#change('update-service', '--service', name, ...more);
  }

  /** Begins a rollout of the latest revision of its family, which is all that is named. */
  rollOut(name: string): Promise<Service> {
    return this.update(name, '--task-definition', this.family(name));
  }

  delete(name: string, ...more: string[]): Promise<Service> {
    return this.#change('delete-service', '--service', name, ...more);
  }

  /** A waiter of the CLI, which looks every 15 s: await `until` before it, and it is so at its first look. */
  wait(condition: 'services-stable' | 'services-inactive', name: string): Promise<unknown> {
    return this.ecs('wait', condition, '--cluster', this.#rig.name, '--services', name);
  }

  async describe(name: string): Promise<Service> {
    const named = ['--cluster', this.#rig.name, '--services', name];
    const { services } = await this.ecs<{ services: Service[] }>('describe-services', ...named);
    return services[0]!;
  }

  /** The service, once `isSo`. It is looked at through the SDK: the CLI takes the better part of a second each time. */
  until(name: string, isSo: (service: Service) => boolean): Promise<Service> {
    return until(async () => {
      const asked = { cluster: this.#rig.name, services: [name] };
      const [service] = (await this.#rig.ecs.describeServices(asked)).services!;
      if (!isSo(service!)) throw new Error(JSON.stringify(service));
      return service!;
    });
  }

  /** The service, once one deployment is left of it, which is completed. */
  completed(name: string): Promise<Service> {
    return this.until(name, ({ deployments }) => {
      return deployments!.length === 1 && deployments![0]!.rolloutState === 'COMPLETED';
    });
  }

  async #change(command: string, ...args: string[]): Promise<Service> {
    const answer = await this.ecs<{ service: Service }>(command, '--cluster', this.#rig.name, ...args);
    return answer.service;
  }
}

/** What the service said, the oldest first. */
export const messagesOf = ({ events }: Service): readonly string[] =>
  events!.map(({ message }) => message!).reverse();
