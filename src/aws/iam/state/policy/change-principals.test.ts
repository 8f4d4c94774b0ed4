import { describe, expect, it } from 'vitest';
import { changePrincipals } from './change-principals.ts';

const shout = (name: string): string => name.toUpperCase();

describe('the names of principals in the text of a policy', () => {
  it('are changed where they stand, and nothing else is', () => {
    const text = `{ "Id":"a",
      "Statement" : [ {"Sid":"a","Principal":{"AWS":"a","Service":"a"},"Resource":"a"},
        { "NotPrincipal" : { "AWS" : [ "b" , "c\\u0064" ] }, "Action":["a","b"],
          "Condition":{"StringEquals":{"aws:PrincipalArn":"a","AWS":["a"]}} } ] }`;
    expect(changePrincipals(text, shout)).toBe(
      text.replace('"AWS":"a","S', '"AWS":"A","S').replace('"b" , "c\\u0064"', '"B" , "CD"'),
    );
  });

  it('are found in a statement that is no list, by names that are written with escapes', () => {
    const text = String.raw`{"Statement":{"Princip\u0061l":{"AWS":["a","\"}b"]}}}`;
    expect(changePrincipals(text, shout)).toBe(
      String.raw`{"Statement":{"Princip\u0061l":{"AWS":["A","\"}B"]}}}`,
    );
  });

  it('are not what is called so elsewhere', () => {
    const text =
      '{"Principal":{"AWS":"a"},"Statement":[{"Principal":"a","Condition":{"Principal":{"AWS":"a"}}}]}';
    expect(changePrincipals(text, shout)).toBe(text);
  });
});
