import type {Dispatcher} from 'undici'

/** A redirect, as it was answered. */
export interface Redirect {
  status: number
  location: string
  /** It came with a cookie, which browsers bring along to where it leads. */
  setsCookie: boolean
}

type Handler = Dispatcher.DispatchHandler

/**
 * Hand everything on to a request's handler, and tell of redirects and of the end, once.
 *
 * Handlers come in two kinds: Node's own `fetch` has the old one up to undici 7, the new one from undici 8 on.
 */
export function observeRedirects(
  handler: Handler,
  onHop: (hop: Redirect) => void,
  onEnd: () => void,
): Handler {
  let isOver = false
  const end = () => {
    if (!isOver) onEnd()
    isOver = true
  }
  const see = (status: number, location: unknown, setsCookie: boolean) => {
    if (status > 300 && status < 400 && typeof location === 'string') onHop({status, location, setsCookie})
  }
  if (handler.onRequestStart)
    return {
      onRequestStart: (...given) => handler.onRequestStart?.(...given),
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => {
        see(given[1], given[2].location, 'set-cookie' in given[2])
        handler.onResponseStart?.(...given)
      },
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => {
        end()
        handler.onResponseEnd?.(...given)
      },
      onResponseError: (...given) => {
        end()
        handler.onResponseError?.(...given)
      },
    }
  return {
    onConnect: (...given) => handler.onConnect?.(...given),
    onUpgrade: (...given) => handler.onUpgrade?.(...given),
    onResponseStarted: () => handler.onResponseStarted?.(),
    onHeaders: (...given) => {
      if (given[0] > 300 && given[0] < 400)
        see(given[0], valueIn(given[1], 'location'), valueIn(given[1], 'set-cookie') !== undefined)
      return handler.onHeaders?.(...given) ?? true
    },
    onData: (...given) => handler.onData?.(...given) ?? true,
    onComplete: (...given) => {
      end()
      handler.onComplete?.(...given)
    },
    onError: (...given) => {
      end()
      handler.onError?.(...given)
    },
  }
}

/** Tell a handler that its request cannot be made. */
export function failRequest(handler: Handler, error: Error): void {
  // Of a request that never began there is nothing to control.
  if (handler.onRequestStart) handler.onResponseError?.(undefined as never, error)
  else handler.onError?.(error)
}

/** The value of a header among names and values in turn. */
function valueIn(headers: readonly (Buffer | string)[], name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2)
    if (String(headers[at]).toLowerCase() === name) return String(headers[at + 1])
}
