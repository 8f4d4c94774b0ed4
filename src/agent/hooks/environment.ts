// A container's environment: the task's own variables, and the region for SDKs where neither the task nor the image names one.
import { parseArn } from '../../lib/arn.ts';
import { withConfig, type Hook } from './hook.ts';

const regionVariables = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

export const environmentHook: Hook = (draft, { container, known, imageVariables }) => {
  const own = container.environment ?? {};
  const region = parseArn(known.task.arn)?.region;
  const namesRegion = regionVariables.some(
    (name) => Object.hasOwn(own, name) || imageVariables.includes(name),
  );
  const injected = region && !namesRegion ? { AWS_REGION: region, AWS_DEFAULT_REGION: region } : {};
  const variables = Object.entries({ ...injected, ...own }).map(([name, value]) => `${name}=${value}`);
  return withConfig(draft, { Env: variables });
};
