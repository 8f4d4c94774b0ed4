/** The first line that differs, with both forms, in words; undefined when the texts are the same. */
export function firstDifference(committed: string, fresh: string): string | undefined {
  if (committed === fresh) return undefined;
  const [before, after] = [committed.split('\n'), fresh.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at < 0 ? after.length : at;
  const show = (text: string | undefined): string => (text === undefined ? 'the end' : `'${text}'`);
  return `line ${line + 1}: committed ${show(before[line])}, now ${show(after[line])}.`;
}
