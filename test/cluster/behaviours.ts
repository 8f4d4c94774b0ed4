// What the containers of the simulation do: a container definition for each way to behave.
import { RuntimeError } from '../../src/agent/engine/runtime.ts';

/** The image that no registry has. */
export const missingImage = 'missing';
export const missingImageError = new RuntimeError('manifest unknown: not found', 404);

interface Behaviour {
  readonly image: string;
  /** What the fake engine goes by. */
  readonly script: Readonly<Record<string, string>>;
}

/** The image of all the others; it has a digest, which agents report before anything runs. */
export const image = 'busybox';

export const behaviours = {
  /** Runs until it is stopped. */
  server: { image, script: { FAKE_STOP_AFTER: '500', FAKE_STOP_CODE: '0' } },
  /** Ends well after a while. */
  job: { image, script: { FAKE_EXIT_AFTER: '45000' } },
  /** Ends badly at once. */
  crasher: { image, script: { FAKE_EXIT_AFTER: '300', FAKE_EXIT_CODE: '1' } },
  /** Hears no stop signal. */
  stubborn: { image, script: { FAKE_IGNORE_TERM: '1' } },
  /** Cannot be pulled. */
  missing: { image: missingImage, script: {} },
  /** Cannot be started. */
  broken: { image, script: { FAKE_FAIL_START: 'exec: no such file' } },
} as const satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof behaviours;

/** The container definition of a container that behaves like that. */
export const containerLike = (behaviour: BehaviourName, name = 'app', more: object = {}): object => {
  const { image: of, script } = behaviours[behaviour];
  const environment = Object.entries(script).map(([key, value]) => ({ name: key, value }));
  return { name, image: of, cpu: 256, memory: 512, environment, ...more };
};
