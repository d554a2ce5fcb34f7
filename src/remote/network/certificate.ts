import type net from 'node:net'
import tls from 'node:tls'

/** A server whose certificate expired. */
export interface CertificateRequest {
  host: string
  port: number
  servername: string
  /** Resolves only to addresses that may be contacted. */
  lookup: net.LookupFunction
  timeoutMs: number
  /** Cancels the handshake. */
  signal: AbortSignal
}

/**
 * The expiry date of a server's certificate. The connection error does not contain the date, so another handshake is
 * made, after which nothing is sent.
 *
 * @returns undefined if the handshake fails, or if another certificate of the chain is the expired one
 */
export function certificateExpiry({timeoutMs, ...server}: CertificateRequest): Promise<Date | undefined> {
  return new Promise((resolve) => {
    const socket = tls.connect({...server, rejectUnauthorized: false, timeout: timeoutMs}, () => {
      const end = new Date(socket.getPeerCertificate().valid_to)
      finish(end.getTime() < Date.now() ? end : undefined)
    })
    const finish = (end?: Date) => {
      socket.destroy()
      resolve(end)
    }
    socket.on('error', () => finish())
    socket.on('timeout', () => finish())
  })
}
