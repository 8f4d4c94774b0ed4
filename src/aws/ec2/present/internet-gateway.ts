import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { InternetGateway } from '../state/internet-gateway/internet-gateway.ts';
import { presentTags } from './tags.ts';

// In place of `attached`, as EC2 says it of internet gateways; its model has no word for it.
const attachedState = 'available' as string as ec2.AttachmentStatus;

export const presentInternetGateway = (gateway: InternetGateway): Presented<ec2.InternetGateway> => ({
  InternetGatewayId: gateway.id,
  OwnerId: gateway.accountId,
  Attachments: gateway.vpcId === undefined ? [] : [{ VpcId: gateway.vpcId, State: attachedState }],
  Tags: presentTags(gateway.tags),
});
