import { describe, expect, it } from 'vitest';
import { formValue, nodeAt, readForm } from './form.ts';

const form = (text: string): Buffer => Buffer.from(text);

describe('a form', () => {
  it('is a tree by the dots in its names, and of two values the last counts', () => {
    const root = readForm(form('A.1.Name=x%20y&A.1.Name=z+z&A.2=&&B'));
    expect(nodeAt(root, 'A.1.Name')?.text).toBe('z z');
    expect(nodeAt(root, 'A.2')?.text).toBe('');
    expect(nodeAt(root, 'B')?.text).toBe('');
    expect(nodeAt(root, 'A.3')).toBeUndefined();
  });

  it.each([
    ['deep', 'a.'.repeat(100), 'A parameter is nested too deeply.'],
    ['large', Array.from({ length: 5000 }, (_, at) => `${at}${'.1'.repeat(50)}`).join('&'), 'too many'],
  ])('that is made to exhaust is refused: %s', (_, text, message) => {
    expect(() => readForm(form(text))).toThrow(
      expect.objectContaining({
        code: 'SerializationException',
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe('one parameter', () => {
  it.each([
    ['Action=Do', 'Do'],
    ['x=1&%41ction=%44o&Action.1=2', 'Do'],
    ['Action=Do&Action=Be', 'Be'],
    ['Action', ''],
    ['Actions=Do&Actio=Do&=Action', undefined],
    [`${'a.'.repeat(200)}=&%=&Action=Do`, 'Do'],
  ])('of %s', (text, value) => {
    expect(formValue(form(text), 'Action')).toBe(value);
  });
});
