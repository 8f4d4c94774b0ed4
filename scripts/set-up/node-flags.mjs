/**
 * How Node runs `longshore` here. A collection of the young generation takes as long as what survives in it; with Node's
 * default, 16 to 32 MB, it alone held the event loop for over 20 ms while the rows of thousands of tasks changed.
 */
export const nodeFlags = ['--max-semi-space-size=8'];
