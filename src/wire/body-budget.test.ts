import { expect, test } from 'vitest';
import { BodyBudget } from './body-budget.ts';

function aBudget(limit: number) {
  const budget = new BodyBudget(limit);
  const evicted: string[] = [];
  const open = (name: string) => budget.open(() => evicted.push(name));
  return { budget, evicted, open };
}

test('the oldest goes first, and no more than must', () => {
  const { budget, evicted, open } = aBudget(10);
  const [a, b, c] = [open('a'), open('b'), open('c')];
  b.take(4);
  a.take(4);
  c.take(2);
  expect(evicted).toEqual([]);
  c.take(1);
  expect(evicted).toEqual(['b']);
  expect(budget.taken).toBe(7);
});

test('one that has taken nothing is in nobody’s way', () => {
  const { evicted, open } = aBudget(10);
  open('empty');
  open('a').take(8);
  open('b').take(8);
  expect(evicted).toEqual(['a']);
});

test('one that is larger than everything goes itself', () => {
  const { budget, evicted, open } = aBudget(10);
  open('a').take(11);
  expect(evicted).toEqual(['a']);
  expect(budget.taken).toBe(0);
});

test('what is given back is there again, once', () => {
  const { budget, evicted, open } = aBudget(10);
  const a = open('a');
  a.take(6);
  open('b').take(2);
  a.release();
  a.release();
  expect(budget.taken).toBe(2);
  open('c').take(8);
  expect(evicted).toEqual([]);
});
