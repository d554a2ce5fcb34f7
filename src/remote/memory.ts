import type {Verdict} from '../rule.ts'
export type Lifetimes = Partial<Record<Verdict['state'], number>>
export interface MemorySettings {
  file: string
  chosen: boolean
  lifetimes: Lifetimes
  now?: () => number
}
export interface Memory {
  recall(key: string): Verdict | undefined
  failingSince(key: string): number | undefined
  note(key: string, verdict: Verdict): void
  save(): Promise<void>
  warnings: string[]
}
export async function openMemory(_: MemorySettings): Promise<Memory> {
  return {
    recall: () => undefined,
    failingSince: () => undefined,
    note: () => {},
    save: async () => {},
    warnings: [],
  }
}
export const cacheFile = (_env: object, _platform: string, _home: string) => ''
export const keyOf = (...parts: string[]) => JSON.stringify(parts)
