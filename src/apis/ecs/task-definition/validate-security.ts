// Whom a container runs as, and what confines it.
import type { GivenContainer } from './given.ts';
import { rule } from './rule.ts';

const option = /^(no-new-privileges([:=](true|false))?|(apparmor|label|credentialspec)[:=].+)$/;
const credentialSpec = /^credentialspec(domainless)?:arn:[a-z-]+:(ssm|s3):[^:]*:[^:]*:.+$/;
const user = /^[^\s:-][^\s:]*(:[^\s:-][^\s:]*)?$/;

/** Throws ClientException for options that ECS does not know. */
export function validateSecurity(container: GivenContainer): void {
  const unknown = container.dockerSecurityOptions?.find((one) => !option.test(one));
  rule(
    unknown === undefined,
    `Invalid dockerSecurityOptions '${unknown}' for container '${container.name}'. Use no-new-privileges, apparmor:PROFILE, label:VALUE or credentialspec:FILE.`,
  );
  const specs = container.credentialSpecs ?? [];
  rule(specs.length <= 1, `Container '${container.name}' can have a maximum of 1 credentialSpecs.`);
  rule(
    specs.every((spec) => credentialSpec.test(spec)),
    `Invalid credentialSpecs '${specs[0]}' for container '${container.name}'. Use credentialspec:ARN or credentialspecdomainless:ARN.`,
  );
  rule(
    !container.user || user.test(container.user),
    `Invalid user '${container.user}' for container '${container.name}'. Use a name or a number, and a group after a colon.`,
  );
}
