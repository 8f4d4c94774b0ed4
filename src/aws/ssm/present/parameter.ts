import type { Presented } from '../../shared/presented.ts';
import type { Parameter, ParameterHistory, ParameterMetadata } from '../shapes.generated.ts';
import { parameterArn } from '../state/parameter/parameter-name.ts';
import type { ParameterVersion } from '../state/parameter/parameter.ts';
import type { PublicParameter } from '../state/public-parameter/public-parameters.ts';

const seconds = (ms: number): number => ms / 1000;

/** A version with its value, decrypted or not. */
export const presentParameter = (
  version: ParameterVersion,
  value: string,
  selector: string | undefined,
): Presented<Parameter> => ({
  Name: version.name,
  Type: version.type,
  Value: value,
  Version: version.number,
  Selector: selector,
  SourceResult: undefined,
  LastModifiedDate: seconds(version.modifiedAt),
  ARN: parameterArn(version, version.name),
  DataType: version.dataType,
});

export const presentPublicParameter = (parameter: PublicParameter): Presented<Parameter> => ({
  Name: parameter.name,
  Type: 'String',
  Value: parameter.value,
  Version: 1,
  Selector: undefined,
  SourceResult: undefined,
  LastModifiedDate: seconds(parameter.modifiedAt),
  ARN: parameter.arn,
  DataType: parameter.dataType,
});

const presentCommon = (version: ParameterVersion) => ({
  Name: version.name,
  Type: version.type,
  KeyId: version.keyId,
  LastModifiedDate: seconds(version.modifiedAt),
  LastModifiedUser: version.modifiedBy,
  Description: version.description,
  AllowedPattern: version.allowedPattern,
  Version: version.number,
  Tier: version.tier,
  Policies: [],
  DataType: version.dataType,
});

export const presentMetadata = (version: ParameterVersion): Presented<ParameterMetadata> => ({
  ...presentCommon(version),
  ARN: parameterArn(version, version.name),
});

export const presentHistory = (version: ParameterVersion, value: string): Presented<ParameterHistory> => ({
  ...presentCommon(version),
  Value: value,
  Labels: version.labels,
});
