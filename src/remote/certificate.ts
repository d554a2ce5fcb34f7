import type net from 'node:net'
import tls from 'node:tls'

/** Where to look at a certificate. */
export interface CertificateRequest {
  host: string
  port: number
  servername: string
  /** Finds the addresses that may be contacted. */
  lookup: net.LookupFunction
  timeoutMs: number
  /** Ends the look before its time. */
  signal: AbortSignal
}

/**
 * When a server's certificate ended. A refused connection does not say; one more handshake does, over which nothing is
 * sent.
 *
 * @returns nothing when it cannot be told, or when another certificate of the chain is the one that ended.
 */
export function certificateExpiry({timeoutMs, ...place}: CertificateRequest): Promise<Date | undefined> {
  return new Promise((done) => {
    const socket = tls.connect({...place, rejectUnauthorized: false, timeout: timeoutMs}, () => {
      const end = new Date(socket.getPeerCertificate().valid_to)
      finish(end.getTime() < Date.now() ? end : undefined)
    })
    const finish = (end?: Date) => {
      socket.destroy()
      done(end)
    }
    socket.on('error', () => finish())
    socket.on('timeout', () => finish())
  })
}
