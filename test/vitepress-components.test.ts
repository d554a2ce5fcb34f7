import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

/** A site with a component of this template, and a page that uses it. */
const site = (template: string, page: string, more: Record<string, string> = {}) =>
  folder({
    '.vitepress/config.js': "export default {title: 'x'}",
    '.vitepress/theme/index.js': "app.component('MyLamp', Lamp)\n",
    '.vitepress/theme/Lamp.vue': `<template>${template}</template>\n<script setup>defineProps(['href', 'src'])</script>\n`,
    'index.md': '# Home\n',
    'public/lamp.svg': '<svg/>',
    'a.md': `# A\n\n${page}\n`,
    ...more,
  })

const found = async (root: string) => messagesOf(await checkFolder(root, 'no-broken-link'))

describe('a component that links to a property', () => {
  it.each([
    '<a class="x" :href="href"><slot/></a>',
    '<div @click="a => b">\n  <a v-if="href"\n    v-bind:href="props.href">x</a></div>',
    '<a :href="withBase(href)"/>',
    '<component :is="tag" :href="normalizeLink(props.href)"/>',
    '<VPLink :href="href"/>',
    '<Inner :src="href"/>',
  ])('in %j has links', async (template) => {
    const page =
      'text <Lamp href="/gone">x</Lamp>\n\n<my-lamp href="/">x</my-lamp>\n\n<MyLamp title="x" href="gone2"/>\n'
    const inner = {'.vitepress/Inner.vue': '<template><img :src="src"></template>'}
    expect(await found(site(template, page, inner))).toEqual([
      'a.md 3:18-3:23 Unexpected link to missing file `/gone`',
      'a.md 7:25-7:30 Unexpected link to missing file `gone2`',
    ])
  })

  it('has a link to what its own name means', async () => {
    expect(
      await found(site('<img :src="src">', '<Lamp src="/lamp.svg" href="/x"/> <Lamp src="/gone"/>')),
    ).toEqual(['a.md 3:46-3:51 Unexpected link to missing file `/gone`'])
  })

  it('has links if the end of its tag is on a line of its own, and shows images', async () => {
    const page = '<Lamp\n  title="A lamp"\n  src="/gone.svg"\n>\n\n[a](/gone)\n\n</Lamp>\n'
    expect(await found(site('<p><img :src="props.src"><slot/></p>', page))).toEqual([
      'a.md 5:8-5:17 Unexpected link to missing file `/gone.svg`',
      'a.md 8:5-8:10 Unexpected link to missing file `/gone`',
    ])
  })

  it.each([
    '<a :href="`/lamps${href}`"/>',
    '<a :href="urlOf(href)"/>',
    '<a :href="href"/><a :href="withBase(href)"/>',
    '<a v-bind="$attrs"/>',
    '<Unknown :href="href"/>',
    '<Lamp :href="href"/>',
    '<b>{{ href }}</b>',
  ])('in %j is not judged', async (template) => {
    expect(await found(site(template, '<Lamp href="/gone">x</Lamp>'))).toEqual([])
  })

  it('may be imported by the page, under a name of its own', async () => {
    const script = "<script setup>\nimport Post from './parts/Layout.vue'\n</script>"
    const parts = {
      'parts/Layout.vue': '<template><a :href="to"></template>',
      'other/Layout.vue': '<template><p/></template>',
    }
    // Only `href` and `src` are links.
    expect(await found(site('', `${script}\n\n<Post href="/gone" />\n`, parts))).toEqual([])
    const own = {...parts, 'parts/Layout.vue': '<template><a :href="href"></template>'}
    expect(await found(site('', `${script}\n\n<Post href="/gone" />\n`, own))).toEqual([
      'a.md 7:13-7:18 Unexpected link to missing file `/gone`',
    ])
  })

  it('leads to the page of a folder as the host does', async () => {
    const page = '<Lamp href="/guide"/> <a href="guide">x</a> <Lamp href="/lights"/>'
    expect(await found(site('<a :href="href"/>', page, {'guide/index.md': '# G\n'}))).toEqual([
      'a.md 3:57-3:64 Unexpected link to missing file `/lights`',
    ])
  })

  it('is not judged without its code', async () => {
    expect(await found(site('', '<Other href="/gone">x</Other> <a-b src="gone"></a-b>'))).toEqual([])
  })

  it('has the base if the component adds it', async () => {
    const config = {'.vitepress/config.js': "export default {base: '/lamps/'}"}
    const page = '<Lamp href="/lamps/"/> <Lamp href="/gone"/> <Lamp href="/lamps/gone"/>'
    expect(await found(site('<a :href="href"/>', page, config))).toEqual([
      'a.md 3:57-3:68 Unexpected link to missing file `/lamps/gone`',
    ])
    expect(await found(site('<a :href="withBase(href)"/>', page, config))).toEqual([
      'a.md 3:13-3:20 Unexpected link to missing file `/lamps/`',
      'a.md 3:36-3:41 Unexpected link to missing file `/gone`',
      'a.md 3:57-3:68 Unexpected link to missing file `/lamps/gone`',
    ])
  })
})
