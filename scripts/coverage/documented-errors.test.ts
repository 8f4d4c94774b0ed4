import { expect, it } from 'vitest';
import { operationNames } from '../../src/wire/model.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { documentedErrors, parseErrors } from './documented-errors.ts';

it('reads the codes, and not the class that stands for all', () => {
  const declaration = ` * @throws {@link AccessDeniedException} (client fault)
 *  <p>Not allowed: see {@link Other}.</p>
 * @throws {@link ServerException} (server fault)
 * @throws {@link ECSServiceException}
 * <p>Base exception class.</p>`;
  expect(parseErrors(declaration)).toEqual(['AccessDeniedException', 'ServerException']);
});

it('finds those of every operation in the installed SDK', () => {
  for (const operation of operationNames(ecsModel)) {
    expect(documentedErrors(operation)).toContain('ServerException');
  }
  expect(documentedErrors('DeleteCluster')).toContain('ClusterContainsTasksException');
});
