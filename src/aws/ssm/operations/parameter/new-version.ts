// What PutParameter makes of its input and of the version before.
import { unsupported, typeMismatch, validation } from '../../errors.ts';
import type { PutParameterRequest } from '../../shapes.generated.ts';
import { defaultKey } from '../../state/parameter/parameter-value.ts';
import type { ParameterType, ParameterVersion } from '../../state/parameter/parameter.ts';
import { checkAllowedPattern } from './allowed-pattern.ts';

type Checked = Pick<
  ParameterVersion,
  'type' | 'keyId' | 'description' | 'allowedPattern' | 'tier' | 'dataType'
>;

/** The members of the new version but its value; throws for what breaks a rule. */
export function newVersion(input: PutParameterRequest, before: ParameterVersion | undefined): Checked {
  const type = typeOf(input, before);
  const allowedPattern = input.AllowedPattern ?? before?.allowedPattern;
  const tier = tierOf(input, before);
  if (input.Value.length < 1) throw validation('The value of a parameter has at least one character.');
  refusePolicies(input.Policies);
  checkAllowedPattern(allowedPattern, input.Value);
  return {
    type,
    keyId: keyOf(input, type, before),
    description: checkedDescription(input.Description) ?? before?.description,
    allowedPattern: allowedPattern === '' ? undefined : allowedPattern,
    tier,
    dataType: dataTypeOf(input, type),
  };
}

function typeOf({ Type }: PutParameterRequest, before: ParameterVersion | undefined): ParameterType {
  const type = Type ?? before?.type;
  if (type === undefined) throw validation('A parameter type is required when you create a parameter.');
  if (before !== undefined && before.type !== type) throw typeMismatch();
  return type;
}

const maxLengths = { Standard: 4096, Advanced: 8192 } as const;

function tierOf({ Tier, Value }: PutParameterRequest, before: ParameterVersion | undefined) {
  const length = Buffer.byteLength(Value);
  const tier = chosenTier(Tier, length, before);
  if (before?.tier === 'Advanced' && tier === 'Standard')
    throw validation(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
    );
  if (length <= maxLengths[tier]) return tier;
  throw validation(
    tier === 'Standard'
      ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
      : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
  );
}

function chosenTier(
  asked: PutParameterRequest['Tier'],
  length: number,
  before: ParameterVersion | undefined,
): ParameterVersion['tier'] {
  if (asked === 'Standard' || asked === 'Advanced') return asked;
  if (asked === undefined) return before?.tier ?? 'Standard';
  return length > maxLengths.Standard ? 'Advanced' : (before?.tier ?? 'Standard');
}

function keyOf(
  { KeyId }: PutParameterRequest,
  type: ParameterType,
  before: ParameterVersion | undefined,
): string | undefined {
  if (type === 'SecureString') return KeyId ?? before?.keyId ?? defaultKey;
  if (KeyId !== undefined) throw validation('KeyId is required for SecureString type parameter only.');
  return undefined;
}

function dataTypeOf({ DataType = 'text', Value }: PutParameterRequest, type: ParameterType) {
  if (DataType === 'text') return DataType;
  if (DataType === 'aws:ssm:integration') throw unsupported('the data type aws:ssm:integration');
  if (DataType !== 'aws:ec2:image')
    throw validation(`The following data type is not supported: ${DataType}.`);
  if (type !== 'String')
    throw validation('The data type aws:ec2:image is for parameters of type String only.');
  if (!/^ami-[0-9a-f]{8,17}$/.test(Value))
    throw validation('The value of a parameter of data type aws:ec2:image must be the id of an image.');
  return DataType;
}

function checkedDescription(description: string | undefined): string | undefined {
  if ((description?.length ?? 0) > 1024)
    throw validation('A description can have a maximum of 1024 characters.');
  return description;
}

/** An empty list of them takes none. */
function refusePolicies(policies: string | undefined): void {
  if (policies !== undefined && !['', '[]', '[{}]'].includes(policies.trim()))
    throw unsupported('parameter policies (Policies)');
}
