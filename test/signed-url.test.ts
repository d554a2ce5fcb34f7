import {describe, expect, it} from 'vitest'
import {describeExpiry, expiryOf} from '../src/remote/signed-url.ts'

const S3 = 'https://b.s3.us-west-2.amazonaws.com/a.png'

describe('addresses that do not last', () => {
  it.each([
    [
      'Amazon S3, version 4',
      `${S3}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-Signature=0`,
      '2026-01-02T04:04:05.000Z',
    ],
    [
      'Google Cloud Storage',
      'https://storage.googleapis.com/b/a.png?X-Goog-Date=20260102T030405Z&X-Goog-Expires=60&X-Goog-Signature=0',
      '2026-01-02T03:05:05.000Z',
    ],
    [
      'Amazon S3, version 2',
      `${S3}?AWSAccessKeyId=x&Expires=1767225600&Signature=y`,
      '2026-01-01T00:00:00.000Z',
    ],
    [
      'CloudFront',
      'https://d1.cloudfront.net/a.png?Expires=1767225600&Signature=y&Key-Pair-Id=K',
      '2026-01-01T00:00:00.000Z',
    ],
    [
      'Azure',
      'https://x.blob.core.windows.net/c/a.png?sv=2022-11-02&se=2026-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=z',
      '2026-01-01T00:00:00.000Z',
    ],
    [
      'Discord',
      'https://cdn.discordapp.com/attachments/1/2/a.png?ex=6955b900&is=69546780&hm=0123',
      '2026-01-01T00:00:00.000Z',
    ],
  ])('%s', (_, url, at) => {
    expect(expiryOf(url)?.at?.toISOString()).toBe(at)
  })

  it.each([
    ['https://prod-files-secure.s3.us-west-2.amazonaws.com/1/2/image.png', 'Notion'],
    ['https://s3.us-west-2.amazonaws.com/secure.notion-static.com/1/Untitled.png', 'Notion'],
    ['https://file.notion.so/f/s/1/Untitled.png?id=2', 'Notion'],
    ['https://lh7-us.googleusercontent.com/docsz/AD_4nXe', 'Google Docs'],
    ['https://private-user-images.githubusercontent.com/1/2.png?jwt=x', 'GitHub'],
  ])('%s', (url, by) => {
    expect(expiryOf(url)).toEqual({by})
    expect(describeExpiry(url)).toBe(`that is only valid for a short time (${by})`)
  })

  it.each([
    // What is not signed is not heeded by the server.
    `${S3}?Expires=1767225600`,
    `${S3}?X-Amz-Expires=3600`,
    'https://a.test/a.png?se=2026-01-01',
    'https://a.test/events?ex=6955b900',
    'https://a.test/a.png?Signature=x&Expires=never',
    `${S3}?X-Amz-Date=soon&X-Amz-Expires=3600&X-Amz-Signature=0`,
    `${S3}?X-Amz-Date=20260102T030405Z&X-Amz-Expires=1e300&X-Amz-Signature=0`,
    `${S3}?X-Amz-Date=20260102T030405Z&X-Amz-Signature=0`,
    'https://lh3.googleusercontent.com/a/photo',
    'https://www.notion.so/f/x',
    'no url',
  ])('not %s', (url) => {
    expect(expiryOf(url)).toBeUndefined()
    expect(describeExpiry(url)).toBeUndefined()
  })

  it('are told with the day, before and after it', () => {
    const url = `${S3}?AWSAccessKeyId=x&Expires=1767225600&Signature=y`
    expect(describeExpiry(url, Date.parse('2025-12-31'))).toBe('that expires on 2026-01-01')
    expect(describeExpiry(url, Date.parse('2026-01-02'))).toBe('that expired on 2026-01-01')
  })
})
