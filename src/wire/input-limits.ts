// How much an operation's input may hold, whatever the operation: what is accepted is stored, and comes back at each start.

/** Characters of a text that is a member, and of a key. No text of ECS's that has a name of its own is longer. */
export const maxTextLength = 4096;
/** Characters of a text among others: an argument of a command, a log option, the value of a variable. */
export const maxElementLength = 65_536;
/** Characters of all texts and keys of an input, and one for each member, element and entry. */
export const maxInputLength = 131_072;
/** Characters of an error's message: what is refused is named in it, but need not come back whole. */
export const maxMessageLength = 2048;
