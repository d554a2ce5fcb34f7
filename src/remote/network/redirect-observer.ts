import type {Dispatcher} from 'undici'

/** A redirect response. */
export interface Redirect {
  status: number
  /** The `Location` header, verbatim. */
  location: string
  /** It sets a cookie, which browsers send with the next request. */
  setsCookie: boolean
}

type Handler = Dispatcher.DispatchHandler

/**
 * Wraps the handler of a request; `onEnd` is called once.
 *
 * There are two handler interfaces: Node's `fetch` implements the old one up to undici 7, the new one from undici 8 on.
 */
export function observeRedirects(
  handler: Handler,
  onRedirect: (redirect: Redirect) => void,
  onEnd: () => void,
): Handler {
  let isOver = false
  const end = () => {
    if (!isOver) onEnd()
    isOver = true
  }
  const observe = (status: number, location: unknown, setsCookie: boolean) => {
    if (status > 300 && status < 400 && typeof location === 'string')
      onRedirect({status, location, setsCookie})
  }
  if (handler.onRequestStart)
    return {
      onRequestStart: (...given) => handler.onRequestStart?.(...given),
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => {
        observe(given[1], given[2].location, 'set-cookie' in given[2])
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
        observe(given[0], valueIn(given[1], 'location'), valueIn(given[1], 'set-cookie') !== undefined)
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

/** Fail a request that was not sent. */
export function failRequest(handler: Handler, error: Error): void {
  // The controller is absent until a request has started.
  if (handler.onRequestStart) handler.onResponseError?.(undefined as never, error)
  else handler.onError?.(error)
}

/** The value of a header in a list of alternating names and values. */
function valueIn(headers: readonly (Buffer | string)[], name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2)
    if (String(headers[at]).toLowerCase() === name) return String(headers[at + 1])
}
