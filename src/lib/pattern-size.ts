// How long a pattern's program can become, read from its text: counted repeats are written out when it is compiled, and
// compiling a pattern to learn that it is too long would already hold up everything else.

/** An upper bound of the steps of `pattern`'s program; what is no pattern at all has some bound too. */
export function patternSize(pattern: string): number {
  return 1 + new Scanner(pattern).alternation();
}

/** Deeper than this, a pattern is too long whatever its groups hold. */
const deepest = 100;

class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternation(): number {
    if (this.#depth > deepest) return Infinity;
    let size = 2;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      if (this.#text[this.#at] === '|') {
        this.#at += 1;
        size += 3;
      } else size += this.#repeated(this.#atom());
    }
    return size;
  }

  /** What follows an atom may repeat it: each copy has its own steps, and one more to leave it out. */
  #repeated(size: number): number {
    let all = size;
    for (let match = this.#take(/[*+?]|\{(\d+)(?:,(\d*))?\}/y); match;) {
      const [, least, most] = match;
      const copies = least === undefined ? 1 : Math.max(Number(least), Number(most || 0), 1) + 1;
      all = (all + 1) * copies;
      match = this.#take(/[*+?]|\{(\d+)(?:,(\d*))?\}/y);
    }
    return all;
  }

  #atom(): number {
    if (this.#take(/\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*[:)]?))?/y)) return this.#group();
    const quoted = this.#take(/\\Q([^]*?)(?:\\E|$)/y);
    if (quoted) return quoted[1]!.length + 1;
    // A class is one step, whatever it holds.
    this.#take(/\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[^]|\[\^?\]?(?:\[:\^?\w*:\]|\\[^]|[^\]\\])*\]?|[^]/uy);
    return 1;
  }

  #group(): number {
    if (this.#text[this.#at - 1] === ')') return 0;
    this.#depth += 1;
    const size = this.alternation();
    this.#depth -= 1;
    if (this.#text[this.#at] === ')') this.#at += 1;
    return size + 2;
  }

  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const match = form.exec(this.#text) ?? undefined;
    if (match) this.#at += match[0].length;
    return match;
  }
}
