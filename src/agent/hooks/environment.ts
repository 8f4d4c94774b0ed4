// A container's environment: the task's own variables, and the region for SDKs where the task names none.
import { parseEcsArn } from '../../model/arn.ts';
import { withConfig, type Hook } from './hook.ts';

export const environmentHook: Hook = (draft, { container, known }) => {
  const own = container.environment ?? {};
  const region = parseEcsArn(known.task.arn)?.region;
  const namesRegion = 'AWS_REGION' in own || 'AWS_DEFAULT_REGION' in own;
  const injected = region && !namesRegion ? { AWS_REGION: region, AWS_DEFAULT_REGION: region } : {};
  const variables = Object.entries({ ...injected, ...own }).map(([name, value]) => `${name}=${value}`);
  return withConfig(draft, { Env: variables });
};
