// Whose objects are, access control lists, and what of public access is kept out.
import {
  DeleteBucketOwnershipControlsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutPublicAccessBlockCommand,
  type Grant,
  type ObjectOwnership,
  type PutBucketAclCommandInput,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const own = (...all: ObjectOwnership[]) =>
  rig.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: all.map((one) => ({ ObjectOwnership: one })) },
    }),
  );
const owned = async (bucket = Bucket) =>
  (await rig.send(new GetBucketOwnershipControlsCommand({ Bucket: bucket }))).OwnershipControls;
const disown = (bucket = Bucket) => rig.send(new DeleteBucketOwnershipControlsCommand({ Bucket: bucket }));
const unblock = (bucket = Bucket) => rig.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
const acl = (input: Partial<PutBucketAclCommandInput>) =>
  rig.send(new PutBucketAclCommand({ Bucket, ...input }));
const grants = async () => (await rig.send(new GetBucketAclCommand({ Bucket }))).Grants;
const everybody = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' } as const;

describe('GetBucketOwnershipControls', () => {
  test('is the owner by force from the start', async () => {
    expect(await owned()).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    await rig.create('others', { ObjectOwnership: 'ObjectWriter' });
    expect(await owned('others')).toEqual({ Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
    await expect(owned('nobodys')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('PutBucketOwnershipControls', () => {
  test('is kept', async () => {
    await own('BucketOwnerPreferred');
    expect(await owned()).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] });
  });

  test('refuses other than one rule, and what does not go with the access control list', async () => {
    await expect(own('ObjectWriter', 'ObjectWriter')).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(own('Nobody' as ObjectOwnership)).rejects.toMatchObject({ name: 'MalformedXML' });
    await own('ObjectWriter');
    await unblock();
    await acl({ ACL: 'public-read' });
    await expect(own('BucketOwnerEnforced')).rejects.toMatchObject({
      name: 'InvalidBucketAclWithObjectOwnership',
    });
    await acl({ ACL: 'private' });
    await own('BucketOwnerEnforced');
  });
});

describe('DeleteBucketOwnershipControls', () => {
  test('takes them away', async () => {
    expect(await disown()).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(owned()).rejects.toMatchObject({
      name: 'OwnershipControlsNotFoundError',
      message: 'The bucket ownership controls were not found',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(disown('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetPublicAccessBlock', () => {
  test('keeps out everything from the start', async () => {
    const { PublicAccessBlockConfiguration } = await rig.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
  });

  test('finds none, and no bucket', async () => {
    await unblock();
    await expect(rig.send(new GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
      message: 'The public access block configuration was not found',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(rig.send(new GetPublicAccessBlockCommand({ Bucket: 'others' }))).rejects.toMatchObject(
      noSuchBucket,
    );
  });
});

describe('PutPublicAccessBlock', () => {
  test('is kept; what is not said is off', async () => {
    await rig.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    );
    expect(
      (await rig.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
    ).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
  });

  test('finds no bucket', async () => {
    const input = { Bucket: 'others', PublicAccessBlockConfiguration: {} };
    await expect(rig.send(new PutPublicAccessBlockCommand(input))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeletePublicAccessBlock', () => {
  test('takes it away', async () => {
    expect(await unblock()).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await unblock();
    await expect(unblock('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketAcl', () => {
  test('grants the owner everything, and names it', async () => {
    const { Owner, Grants } = await rig.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants).toEqual([
      { Grantee: { Type: 'CanonicalUser', ID: Owner!.ID }, Permission: 'FULL_CONTROL' },
    ]);
    const input = { Bucket: 'others' };
    await expect(rig.send(new GetBucketAclCommand(input))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('PutBucketAcl', () => {
  test('takes no more than the owner has where objects are the owner’s by force', async () => {
    await acl({ ACL: 'private' });
    await expect(acl({ ACL: 'authenticated-read' })).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
      message: 'The bucket does not allow ACLs',
    });
  });

  test('keeps lists by name, by header and as documents', async () => {
    await own('ObjectWriter');
    await unblock();
    await acl({ ACL: 'public-read-write' });
    const [owner, ...others] = (await grants())!;
    expect(others).toEqual([
      { Grantee: everybody, Permission: 'READ' },
      { Grantee: everybody, Permission: 'WRITE' },
    ]);
    const ID = owner!.Grantee!.ID!;
    await acl({ GrantFullControl: `id="${ID}"`, GrantRead: `uri=${everybody.URI}` });
    expect(await grants()).toEqual([owner, { Grantee: everybody, Permission: 'READ' }]);
    const Grants: Grant[] = [
      { Grantee: { Type: 'CanonicalUser', ID: 'a'.repeat(64) }, Permission: 'READ_ACP' },
    ];
    await acl({ AccessControlPolicy: { Owner: { ID }, Grants } });
    expect(await grants()).toEqual(Grants);
  });

  test('keeps out what the public access block keeps out', async () => {
    await own('ObjectWriter');
    await expect(acl({ ACL: 'public-read' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        'because public ACLs are prevented by the BlockPublicAcls setting',
      ) as string,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('refuses what is no list', async () => {
    await own('ObjectWriter');
    await expect(acl({})).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(acl({ ACL: 'secret' as 'private' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(acl({ ACL: 'private', GrantRead: `uri=${everybody.URI}` })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await expect(acl({ GrantRead: 'everybody' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(acl({ GrantRead: 'id=12' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Invalid id',
    });
    await expect(acl({ GrantRead: 'emailAddress="a@example.com"' })).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    await expect(acl({ AccessControlPolicy: { Grants: [{ Permission: 'READ' }] } })).rejects.toMatchObject({
      name: 'MalformedXML',
    });
    await expect(acl({ ACL: 'private', Bucket: 'others' })).rejects.toMatchObject(noSuchBucket);
  });
});
