// What operations ask of the registry's engine.
import { EngineUnavailable, readAll, type EngineResponse } from '../registry-engine.ts';
import type { Ecr } from '../ecr.ts';
import { engineUnavailable } from '../errors.ts';

/** More than any manifest has, in bytes. */
export const maxManifest = 4 * 1024 * 1024;

export interface EngineAnswer extends Pick<EngineResponse, 'status' | 'headers'> {
  readonly text: string;
}

/** The whole answer; throws ServerException where the engine cannot be asked. */
export async function askEngine(
  { engine }: Ecr,
  ...[request]: Parameters<Ecr['engine']['send']>
): Promise<EngineAnswer> {
  try {
    const { status, headers, body } = await engine.send(request);
    return { status, headers, text: (await readAll(body, maxManifest)).toString() };
  } catch (error) {
    throw error instanceof EngineUnavailable ? engineUnavailable(error.message) : error;
  }
}
