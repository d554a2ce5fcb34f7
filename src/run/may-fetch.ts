import type {RunOptions, World} from './types.ts'

/** May what the clone lacks be fetched from its remote? In CI, where clones are shallow, unless an option forbids it. */
export const mayFetch = ({fetch}: RunOptions, {env}: Pick<World, 'env'>): boolean =>
  fetch ?? !['', '0', 'false'].includes(env.CI ?? '')
