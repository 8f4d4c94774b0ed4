// APIs with their generated models, of services that are served and of some that are not, one or two operations of those: they keep what they were given and
// answer what they are told to. So every protocol is proved with its real clients, through the whole chain.
import type { Api, Operation } from '../../src/wire/api.ts';
import { ApiError } from '../../src/wire/errors.ts';
import { ec2Model } from '../../src/aws/ec2/shapes.generated.ts';
import { s3Model } from '../../src/aws/s3/shapes.generated.ts';
import type { ApiModel } from '../../src/wire/model.ts';
import { cloudwatchModel } from './cloudwatch/shapes.generated.ts';
import { lambdaModel } from './lambda/shapes.generated.ts';

export class ScriptedApis {
  /** The inputs of all calls so far, as operations get them. */
  readonly input: unknown[] = [];
  /** What the next calls answer; an error is thrown. */
  answer: Readonly<Record<string, unknown>> | Error = {};
  readonly apis: readonly Api[] = [cloudwatchModel, ec2Model, lambdaModel, s3Model].map((model) =>
    this.#api(model),
  );

  #api(model: ApiModel): Api {
    const operation: Operation = async ({ Body: body, ...input }) => {
      const read = body === undefined ? {} : { Body: await whole(body) };
      this.input.push({ ...input, ...read });
      if (this.answer instanceof Error) throw this.answer;
      return this.answer;
    };
    return {
      model,
      operations: Object.fromEntries(Object.keys(model.operations).map((name) => [name, operation])),
      invalid: (_, message) => new ApiError('ValidationError', message),
    };
  }
}

/** A body that comes in pieces, or is there. */
async function whole(body: unknown): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body as Iterable<Uint8Array> | AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}
