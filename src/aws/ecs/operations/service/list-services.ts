// ListServices: ARNs of a cluster's ACTIVE services, ten a page unless asked otherwise.
import { services } from '../../state/service/services.ts';
import type { EcsOperation } from '../../ecs.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const listServices: EcsOperation<'ListServices'> = (ecs, input, call) => {
  const size = pageSize(input.maxResults, { default: 10, max: 100 });
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const { launchType = '*', schedulingStrategy = '*', resourceManagementType = '' } = input;
    const list = `services/${cluster.arn}/${launchType}/${schedulingStrategy}/${resourceManagementType}`;
    const after = afterToken(list, input.nextToken);
    // Services whose resources ECS manages are Express Gateway services, of which there are none.
    const listed = { clusterArn: cluster.arn, launchType, schedulingStrategy };
    const rows = resourceManagementType === 'ECS' ? [] : tx.table(services).by('listed', listed, after);
    const page = pageOf(list, rows, size, services.key, (service) => service.arn);
    return {
      serviceArns: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};
