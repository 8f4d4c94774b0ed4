// What a launch template may say: the parts that have rules of their own are checked, all is kept as it was given.
import type { LaunchTemplateData } from '../../state/launch-template/launch-template.ts';
import { invalidParameterCombination, invalidParameterValue, invalidUserData } from '../../errors.ts';

const maxUserData = 16_384;

export function checkedData(data: LaunchTemplateData): LaunchTemplateData {
  if (Object.keys(data).length === 0)
    throw invalidParameterValue('The launch template data must have at least one parameter.');
  checkUserData(data.UserData);
  const hasGroups = (data.SecurityGroupIds ?? []).length + (data.SecurityGroups ?? []).length > 0;
  if (hasGroups && (data.NetworkInterfaces ?? []).length > 0)
    throw invalidParameterCombination(
      'Network interfaces and an instance-level security groups may not be specified on the same request',
    );
  if (data.InstanceType !== undefined && data.InstanceRequirements !== undefined)
    throw invalidParameterCombination('Specify one of InstanceType and InstanceRequirements.');
  return data;
}

/** Base64 of at most 16 KiB. */
function checkUserData(userData: string | undefined): void {
  if (userData === undefined) return;
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(userData)) throw invalidUserData();
  if (Buffer.from(userData, 'base64').length > maxUserData)
    throw invalidParameterValue('User data is limited to 16384 bytes');
}
