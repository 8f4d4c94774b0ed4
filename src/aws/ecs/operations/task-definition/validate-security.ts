// Whom a container runs as, and what confines it.
import type { ContainerInput } from './input.ts';
import { rule } from './rule.ts';

const option = /^(no-new-privileges([:=](true|false))?|(apparmor|label|credentialspec)[:=].+)$/;
const credentialSpec = /^credentialspec(domainless)?:arn:[a-z-]+:(ssm|s3):[^:]*:[^:]*:.+$/;
const user = /^[^\s:-][^\s:]*(:[^\s:-][^\s:]*)?$/;

/** Problems: options that ECS does not know. */
export function* securityProblems(container: ContainerInput): Iterable<string> {
  for (const dockerSecurityOption of container.dockerSecurityOptions ?? []) {
    yield* rule(
      option.test(dockerSecurityOption),
      `Invalid dockerSecurityOptions '${dockerSecurityOption}' for container '${container.name}'. Use no-new-privileges, apparmor:PROFILE, label:VALUE or credentialspec:FILE.`,
    );
  }
  const specs = container.credentialSpecs ?? [];
  yield* rule(specs.length <= 1, `Container '${container.name}' can have a maximum of 1 credentialSpecs.`);
  yield* rule(
    specs.every((spec) => credentialSpec.test(spec)),
    `Invalid credentialSpecs '${specs[0]}' for container '${container.name}'. Use credentialspec:ARN or credentialspecdomainless:ARN.`,
  );
  yield* rule(
    !container.user || user.test(container.user),
    `Invalid user '${container.user}' for container '${container.name}'. Use a name or a number, and a group after a colon.`,
  );
}
