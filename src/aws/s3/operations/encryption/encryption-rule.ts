// How objects are to be encrypted where their writer does not say: one rule, and AES256 where there is none.
import { invalidArgument, malformedXml } from '../../errors.ts';
import type { ServerSideEncryptionConfiguration, ServerSideEncryptionRule } from '../../shapes.generated.ts';

export const defaultEncryption: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
  BucketKeyEnabled: false,
};

/** The rule; throws MalformedXML, or InvalidArgument for a key that the algorithm does not take. */
export function encryptionRule({
  Rules: rules,
}: ServerSideEncryptionConfiguration): ServerSideEncryptionRule {
  const [rule, ...others] = rules;
  if (rule === undefined || others.length > 0) throw malformedXml('There must be one rule.');
  const { ApplyServerSideEncryptionByDefault: applied, BucketKeyEnabled = false } = rule;
  if (
    applied === undefined &&
    rule.BlockedEncryptionTypes === undefined &&
    rule.BucketKeyEnabled === undefined
  )
    throw malformedXml('The rule says nothing.');
  const keyId = applied?.KMSMasterKeyID;
  if (keyId !== undefined && !applied!.SSEAlgorithm.startsWith('aws:kms'))
    throw invalidArgument(
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      'KMSMasterKeyID',
      keyId,
    );
  return {
    ...rule,
    ApplyServerSideEncryptionByDefault: applied ?? defaultEncryption.ApplyServerSideEncryptionByDefault,
    BucketKeyEnabled,
  };
}
