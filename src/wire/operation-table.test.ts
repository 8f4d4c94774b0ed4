import { describe, expect, it } from 'vitest';
import type { Api } from './api.ts';
import { operationTable } from './operation-table.ts';

function anApi(signingName: string, targetPrefix: string): Api {
  return {
    signingName,
    targetPrefix,
    shapes: {
      operations: { Do: { input: 'Empty', output: 'Empty' }, Later: { input: 'Empty', output: 'Empty' } },
      shapes: { Empty: { kind: 'structure', members: {}, required: [] } },
    },
    operations: { Do: () => ({}) },
    invalid: (_, message) => new Error(message),
  };
}

const table = operationTable([anApi('ecs', 'Ecs_V1'), anApi('longshore', 'Own.Api')]);
const unknown = (message: string) => expect.objectContaining({ code: 'UnknownOperationException', message });

describe('operationTable', () => {
  it('finds an operation by prefix and name; the prefix may hold dots', () => {
    expect(table('Ecs_V1.Do')).toMatchObject({ signingNames: ['ecs'] });
    expect(table('Ecs_V1.Do').operation()).toMatchObject({ name: 'Do', api: { signingName: 'ecs' } });
    expect(table('Own.Api.Do').operation().api.signingName).toBe('longshore');
  });

  it.each([
    ['Ecs_V1.Later', 'The operation Later is not supported.'],
    ['Ecs_V1.Nope', 'X-Amz-Target names no operation of this API.'],
    ['Ecs_V1.constructor', 'X-Amz-Target names no operation of this API.'],
    ['Ecs_V1.', 'X-Amz-Target names no operation of this API.'],
    ['Ecs_V2.Do', 'X-Amz-Target names no API that is served here.'],
    ['Do', 'X-Amz-Target names no API that is served here.'],
    [undefined, 'The X-Amz-Target header, which names the operation, is missing.'],
  ])('refuses %s, but only when asked for the operation', (target, message) => {
    const route = table(target);
    expect(() => route.operation()).toThrow(unknown(message));
  });

  it('lets a signature for any API pass where the prefix is unknown', () => {
    expect(table('No.Such').signingNames).toEqual(['ecs', 'longshore']);
    expect(table(undefined).signingNames).toEqual(['ecs', 'longshore']);
  });
});
