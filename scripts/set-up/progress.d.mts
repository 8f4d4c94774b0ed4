/** Tells a person of one step; `name` has at most 9 letters. */
export declare function say(name: string, text: string): void;
