import type { Presented } from '../../shared/presented.ts';
import type { KeyMetadata } from '../shapes.generated.ts';
import { keyState, type Key } from '../state/key/key.ts';

export const seconds = (ms: number): number => ms / 1000;

export const presentKey = (key: Key): Presented<KeyMetadata> => ({
  KeyId: key.id,
  AWSAccountId: key.accountId,
  Arn: key.arn,
  CreationDate: seconds(key.createdAt),
  Enabled: keyState(key) === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: keyState(key),
  DeletionDate: key.pendingDeletion && seconds(key.pendingDeletion.at),
  ValidTo: undefined,
  Origin: 'AWS_KMS',
  CustomKeyStoreId: undefined,
  CloudHsmClusterId: undefined,
  ExpirationModel: undefined,
  KeyManager: key.manager,
  CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
  SigningAlgorithms: undefined,
  KeyAgreementAlgorithms: undefined,
  EncapsulationAlgorithms: undefined,
  MultiRegion: false,
  MultiRegionConfiguration: undefined,
  PendingDeletionWindowInDays: undefined,
  MacAlgorithms: undefined,
  XksKeyConfiguration: undefined,
  CurrentKeyMaterialId: key.materials.at(-1)!.id,
});
