import { describe, expect, it } from 'vitest';
import { parseDeclarations } from './sdk-declarations.ts';

const source = `
/**
 * <p>A thing { with braces }.</p>
 * @public
 */
export interface Thing {
    /**
     * <p>name: string;</p>
     */
    name: string | undefined;
    modes?: Mode[] | undefined;
    labels?: Record<string, string> | undefined;
}
export type Choice = Choice.OneMember | Choice.OtherMember | Choice.$UnknownMember;
export declare namespace Choice {
    interface OneMember {
        one: Thing;
        other?: never;
        $unknown?: never;
    }
    interface OtherMember {
        one?: never;
        other: string;
        $unknown?: never;
    }
    interface $UnknownMember {
        one?: never;
        other?: never;
        $unknown: [string, any];
    }
}
export interface Nothing {
}
`;

describe('parseDeclarations', () => {
  const declared = parseDeclarations(source);

  it('reads the element types and what is required', () => {
    expect(Object.fromEntries(declared.get('Thing')!.types)).toEqual({
      name: 'string',
      modes: 'Mode',
      labels: 'string',
    });
    expect([...declared.get('Thing')!.required]).toEqual(['name']);
  });

  it('reads a union as its known members, none required', () => {
    expect(Object.fromEntries(declared.get('Choice')!.types)).toEqual({ one: 'Thing', other: 'string' });
    expect(declared.get('Choice')!.required.size).toBe(0);
  });

  it('reads a structure without members', () => {
    expect(declared.get('Nothing')!.types.size).toBe(0);
  });
});
