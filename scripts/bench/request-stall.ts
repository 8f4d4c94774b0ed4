// What the bench and the recorder in its server say to one another; apart from the recorder, which records wherever it is loaded.

/** The message that asks for the longest turn of the event loop since it was last asked for, or since the start; answered in ms. */
export const requestStall = 'longest stall';
