import {DecoratorHandler, type Dispatcher} from 'undici'

/** A redirect, as it was answered. */
export interface Hop {
  status: number
  location: string
}

type Handler = Dispatcher.DispatchHandler
type Given<Name extends keyof Handler> = Parameters<NonNullable<Handler[Name]>>
interface Forwarder {
  onResponseStart(...given: Given<'onResponseStart'>): void
  onResponseEnd(...given: Given<'onResponseEnd'>): void
  onResponseError(...given: Given<'onResponseError'>): void
}

// It takes handlers of the old and of the new kind (Node's own `fetch` has old ones); its types do not say what it does.
const Forward = DecoratorHandler as unknown as new (handler: Handler) => Forwarder

/** Hands everything on to a request's handler, and tells of redirects and of the end, once. */
export class Watch extends Forward {
  readonly #onHop: ((hop: Hop) => void) | undefined
  #onEnd: (() => void) | undefined

  constructor(handler: Handler, onHop?: (hop: Hop) => void, onEnd?: () => void) {
    super(handler)
    this.#onHop = onHop
    this.#onEnd = onEnd
  }

  override onResponseStart(...given: Given<'onResponseStart'>): void {
    const [, status, headers] = given
    if (status > 300 && status < 400 && typeof headers.location === 'string')
      this.#onHop?.({status, location: headers.location})
    super.onResponseStart(...given)
  }

  override onResponseEnd(...given: Given<'onResponseEnd'>): void {
    this.#end()
    super.onResponseEnd(...given)
  }

  override onResponseError(...given: Given<'onResponseError'>): void {
    this.#end()
    super.onResponseError(...given)
  }

  #end(): void {
    this.#onEnd?.()
    this.#onEnd = undefined
  }
}
