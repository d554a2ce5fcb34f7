import {expect, it, vi} from 'vitest'
import {type Clock, HostLimiter, type HostLimits} from '../src/remote/network/host-limiter.ts'

const A = new URL('https://a.test/')
const B = new URL('https://b.test/')

/** Slots in a time of their own, which goes on only when everybody waits. */
function slotsAt(settings: Partial<HostLimits> = {}) {
  let now = 0
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds) => {
      const end = now + milliseconds
      // What else is under way comes first.
      await new Promise(setImmediate)
      now = Math.max(now, end)
    },
  }
  const slots = new HostLimiter({
    concurrency: 10,
    perHost: () => 10,
    delayMs: () => 0,
    signal: new AbortController().signal,
    clock,
    ...settings,
  })
  const started: number[] = []
  const ask = (url: URL) => slots.run(url, async () => void started.push(now))
  return {slots, ask, started}
}

it('keeps requests to one host apart, and to each host for itself', async () => {
  const {ask, started} = slotsAt({delayMs: (url) => (url === A ? 100 : 0), perHost: () => 1})
  await Promise.all([ask(A), ask(A), ask(A), ask(A)])
  expect(started).toEqual([0, 100, 200, 300])
  const other = slotsAt({delayMs: (url) => (url === A ? 100 : 0)})
  await Promise.all([other.ask(B), other.ask(B), other.ask(B)])
  expect(other.started).toEqual([0, 0, 0])
})

it('leaves a host alone for as long as it asks for, and others not', async () => {
  const {slots, ask, started} = slotsAt()
  slots.pause(A, 1000)
  // Said by answers to requests that were under way: no further wish.
  slots.pause(A, 5000)
  await ask(B)
  await ask(A)
  expect(started).toEqual([0, 1000])
})

it('asks a host no more that has asked five times in a row to be left alone', async () => {
  const {slots, ask, started} = slotsAt()
  for (let times = 0; times < 4; times++) {
    slots.pause(A, 10)
    expect(await ask(A)).toBe(true)
  }
  slots.resume(A)
  for (let times = 0; times < 4; times++) {
    slots.pause(A, 10)
    expect(await ask(A)).toBe(true)
  }
  slots.pause(A, 10)
  expect(await ask(A)).toBe(false)
  expect(started).toHaveLength(8)
})

it('does nothing once all is over', async () => {
  const over = new AbortController()
  const {slots, ask, started} = slotsAt({signal: over.signal})
  slots.pause(A, 1000)
  over.abort()
  expect(await ask(A)).toBe(false)
  expect(started).toEqual([])
})

it.each([2 ** 31, 1e15, Number.POSITIVE_INFINITY])(
  'waits %d ms and does not go on at once',
  async (delay) => {
    const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const over = new AbortController()
    const settings = {concurrency: 10, perHost: () => 10, delayMs: () => delay, signal: over.signal}
    const slots = new HostLimiter(settings)
    expect(await slots.run(A, async () => {})).toBe(true)
    const second = slots.run(A, async () => {})
    // A timer that is too long ends after 1 ms.
    await new Promise((done) => setTimeout(done, 20))
    over.abort()
    expect(await second).toBe(false)
    expect(warnings.mock.calls).toEqual([])
    warnings.mockRestore()
  },
)
