/** No report is divided among more shards. */
export const MOST_SHARDS = 256
