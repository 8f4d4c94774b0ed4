// Lines that tell a person what the set-up does: a name, aligned, and what became of it. They go to stderr.

const bold = (text) => (process.stderr.isTTY && !process.env.NO_COLOR ? `\u001B[1m${text}\u001B[22m` : text);

/** @param {string} name At most 9 letters. @param {string} text */
export function say(name, text) {
  process.stderr.write(`  ${bold(name.padEnd(10))}${text}\n`);
}
