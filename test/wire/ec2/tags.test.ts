import { CreateTagsCommand, DeleteTagsCommand, DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

const defaultVpcId = () => rig.defaultVpcId();
const subnetIds = () => rig.subnetIds();

describe('tags', () => {
  const tagsOf = async (id: string) =>
    (
      await rig.ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }))
    ).Tags!.map(({ Key, Value }) => `${Key}=${Value}`);
  const create = (Resources: string[], Tags: object[]) =>
    rig.ec2.send(new CreateTagsCommand({ Resources, Tags: Tags as never }));

  describe('CreateTags', () => {
    it('gives tags to resources of any kind, to all or to none', async () => {
      const vpc = await defaultVpcId();
      const [subnet] = await subnetIds();
      await create([vpc, subnet!], [{ Key: 'a', Value: '1' }, { Key: 'b' }]);
      await create([vpc], [{ Key: 'a', Value: '2' }]);
      expect(await tagsOf(vpc)).toEqual(['a=2', 'b=']);
      expect(await tagsOf(subnet!)).toEqual(['a=1', 'b=']);
      await expect(create([vpc, unknownId('igw')], [{ Key: 'c' }])).rejects.toMatchObject(
        error('InvalidInternetGatewayID.NotFound'),
      );
      expect(await tagsOf(vpc)).toHaveLength(2);
    });

    it.each([
      [['x-1'], [{ Key: 'a' }], 'InvalidID'],
      [[unknownId('nat')], [{ Key: 'a' }], 'NatGatewayNotFound'],
      [[unknownId('lt')], [{ Key: 'a' }], 'InvalidLaunchTemplateId.NotFound'],
      [[unknownId('key')], [{ Key: 'a' }], 'InvalidKeyPair.NotFound'],
      [[unknownId('fl')], [{ Key: 'a' }], 'InvalidFlowLogId.NotFound'],
      [[unknownId('vpc')], [{ Key: 'aws:a' }], 'InvalidParameterValue'],
      [[unknownId('vpc')], [{ Key: '' }], 'InvalidParameterValue'],
      [[unknownId('vpc')], [{ Key: 'a', Value: 'v'.repeat(257) }], 'InvalidParameterValue'],
      [[unknownId('vpc')], [{ Key: 'a' }, { Key: 'a' }], 'InvalidParameterValue'],
      [[unknownId('vpc')], Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}` })), 'TagLimitExceeded'],
    ])('refuses tags of %j', async (resources, tags, name) => {
      await expect(create(resources, tags)).rejects.toMatchObject(error(name));
    });

    it('gives a resource 50 tags at most', async () => {
      const vpc = await defaultVpcId();
      await create(
        [vpc],
        Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}` })),
      );
      await create([vpc], [{ Key: 'k1', Value: 'again' }]);
      await expect(create([vpc], [{ Key: 'more' }])).rejects.toMatchObject(error('TagLimitExceeded'));
    });
  });

  describe('DeleteTags', () => {
    it('takes tags away by key, by key and value, or all', async () => {
      const vpc = await defaultVpcId();
      const remove = (Tags?: object[]) =>
        rig.ec2.send(new DeleteTagsCommand({ Resources: [vpc], ...(Tags && { Tags: Tags as never }) }));
      await create([vpc], [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '1' }, { Key: 'c' }]);
      await remove([{ Key: 'a' }, { Key: 'b', Value: '2' }]);
      expect(await tagsOf(vpc)).toEqual(['b=1', 'c=']);
      await remove();
      expect(await tagsOf(vpc)).toEqual([]);
      await expect(
        rig.ec2.send(new DeleteTagsCommand({ Resources: [unknownId('vpc')] })),
      ).rejects.toMatchObject(error('InvalidVpcID.NotFound'));
    });
  });

  describe('DescribeTags', () => {
    it('finds tags by what has them', async () => {
      const vpc = await defaultVpcId();
      await create([vpc, ...(await subnetIds())], [{ Key: 'a', Value: '1' }]);
      const found = async (Name: string, value: string) =>
        (await rig.ec2.send(new DescribeTagsCommand({ Filters: [{ Name, Values: [value] }] }))).Tags!;
      expect(await found('resource-type', 'vpc')).toEqual([
        { Key: 'a', Value: '1', ResourceId: vpc, ResourceType: 'vpc' },
      ]);
      expect(await found('key', 'a')).toHaveLength(4);
      expect(await found('tag:a', '1')).toHaveLength(4);
      await expect(found('colour', 'red')).rejects.toMatchObject(error('InvalidParameterValue'));
    });
  });
});
