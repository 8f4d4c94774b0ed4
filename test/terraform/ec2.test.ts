// The networks that stacks around ECS are made of, and what hosts are started with.
import { afterEach, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('ec2', () => {
  let stack: TerraformStack;
  afterEach(() => stack.close());

  test('a VPC with public and private subnets, NAT, routes, ACLs and security groups', async () => {
    stack = await TerraformStack.open('ec2');
    await stack.goRound({ changed: 'true' }, async () => {
      const { zones, default_subnets, image, nat_address, address } = await stack.outputs();
      expect(zones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
      expect(default_subnets).toBe(3);
      expect(image).toMatch(/^ami-[0-9a-f]{17}$/);
      expect(nat_address).toBe(address);
    });
  });

  test('a launch template, a key pair, a network interface, endpoints, DHCP options, a flow log', async () => {
    stack = await TerraformStack.open('ec2-hosts');
    await stack.goRound({ changed: 'true' }, async () => {
      expect(await stack.outputs()).toEqual({ latest: 1 });
    });
  });
});
