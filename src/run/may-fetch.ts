import type {RunOptions, World} from './types.ts'

/** May missing objects be fetched from the remote? In CI, where clones are shallow, unless an option forbids it. */
export const mayFetch = ({fetch}: RunOptions, {env}: Pick<World, 'env'>): boolean =>
  fetch ?? !['', '0', 'false'].includes(env.CI ?? '')
