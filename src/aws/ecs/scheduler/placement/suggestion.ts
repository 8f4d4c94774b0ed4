// What somebody could change so that a task finds a place.

export interface Suggestion {
  readonly kind: 'lower' | 'stop' | 'change' | 'label' | 'connect' | 'activate' | 'add' | 'several';
  readonly text: string;
}
