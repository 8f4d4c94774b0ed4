// The error for what breaks the model: S3 tells a document that is not as it should be from a header or parameter that is not.
import { refOf, structureOf } from '../../wire/model.ts';
import { invalidArgument, invalidLocation, malformedXml } from './errors.ts';
import { s3Model } from './shapes.generated.ts';

/** The error for `message`, which begins with the path of the member, e.g. `Tagging.TagSet[0].Key cannot be null or empty.` */
export function invalidInput(operation: string, message: string): Error {
  const [path = '', ...rest] = message.split(' ');
  const member = path.split(/[.[]/, 1)[0]!;
  if (path === 'CreateBucketConfiguration.LocationConstraint') return invalidLocation();
  const { members } = structureOf(s3Model, s3Model.operations[operation]!.input);
  const ref = Object.hasOwn(members, member) ? refOf(members[member]!) : undefined;
  if (ref?.location === undefined) return malformedXml(message);
  return invalidArgument(`${ref.locationName ?? member} ${rest.join(' ')}`, ref.locationName ?? member);
}
