import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {Document, parse, parseAllDocuments} from 'yaml'
import {insertYaml} from '../src/cli/init/insert-yaml.ts'
import {ManualEdit} from '../src/cli/init/manual-edit.ts'
import {addLefthook, addRepository} from '../src/cli/init/yaml.ts'
import {amount} from './amount.ts'

const REPOSITORY = {repo: 'local', hooks: [{id: 'doccheck', entry: 'doccheck --staged'}]}
const add = (text: string) => addRepository(text, 'x.yaml', REPOSITORY)

describe('what is inserted', () => {
  it.each<[string, string, string]>([
    [
      // What `pre-commit sample-config` prints.
      'the sample of pre-commit',
      '# See https://pre-commit.com for more information\nrepos:\n-   repo: https://github.com/pre-commit/pre-commit-hooks\n    rev: v3.2.0\n    hooks:\n    -   id: trailing-whitespace\n    -   id: check-added-large-files\n',
      '-   repo: local\n    hooks:\n    -   id: doccheck\n        entry: doccheck --staged\n',
    ],
    [
      'indented lists, and comments at the end',
      'repos:\n  - repo: a # why\n    hooks:\n      - id: b # pinned\n',
      '  - repo: local\n    hooks:\n      - id: doccheck\n        entry: doccheck --staged\n',
    ],
    [
      'no line break at the end',
      'repos:\n- repo: a\n  hooks: [{id: b}]',
      '\n- repo: local\n  hooks:\n  - id: doccheck\n    entry: doccheck --staged\n',
    ],
    [
      'Windows line breaks',
      'repos:\r\n  - repo: a\r\n    hooks:\r\n      - id: b\r\n',
      '  - repo: local\r\n    hooks:\r\n      - id: doccheck\r\n        entry: doccheck --staged\r\n',
    ],
    [
      'an empty file',
      '',
      'repos:\n  - repo: local\n    hooks:\n      - id: doccheck\n        entry: doccheck --staged\n',
    ],
    [
      'comments only',
      '# Later',
      '\nrepos:\n  - repo: local\n    hooks:\n      - id: doccheck\n        entry: doccheck --staged\n',
    ],
    [
      'other keys only',
      'fail_fast: true\n',
      'repos:\n  - repo: local\n    hooks:\n      - id: doccheck\n        entry: doccheck --staged\n',
    ],
  ])('fits %s', (_name, before, inserted) => {
    expect(add(before)).toBe(before + inserted)
  })

  it('stands behind the last item, wherever that is', () => {
    expect(
      add('repos:\n  - repo: a\n    hooks:\n      - id: |\n          x\n\n# ours\nci:\n  skip: []\n'),
    ).toBe(
      'repos:\n  - repo: a\n    hooks:\n      - id: |\n          x\n  - repo: local\n    hooks:\n      - id: doccheck\n        entry: doccheck --staged\n\n# ours\nci:\n  skip: []\n',
    )
  })

  it('replaces what is empty, and joins what is in brackets', () => {
    const lines = '  - repo: local\n    hooks:\n      - id: doccheck\n        entry: doccheck --staged\n'
    expect(add('repos: [] # none yet\nfail_fast: true\n')).toBe(
      `repos: # none yet\n${lines}fail_fast: true\n`,
    )
    expect(add('repos:\nfail_fast: true\n')).toBe(`repos:\n${lines}fail_fast: true\n`)
    const flow = '{ repo: local, hooks: [ { id: doccheck, entry: doccheck --staged } ] }'
    expect(add('repos: [{repo: a, hooks: []}] # b\n')).toBe(`repos: [{repo: a, hooks: []}, ${flow}] # b\n`)
    expect(add('{repos: []}\n')).toBe(`{repos: [${flow}]}\n`)
  })

  it.each([
    'pre-commit:\n  parallel: true\n',
    'pre-commit: {}\n',
    'pre-commit:\n',
    'pre-push:\n    jobs:\n        - run: x\n',
    'pre-commit:\n  commands:\n    a:\n      run: x # y\n\npre-push:\n  jobs: []\n',
    'pre-commit: {commands: {a: {run: x}}}\n',
    'pre-commit:\n  jobs:\n    - name: group\n      group:\n        jobs: [{run: a}]\n',
  ])('adds to lefthook: %j', (before) => {
    const data = parse(addLefthook(before, 'lefthook.yml', 'doccheck --staged')!)
    const {'pre-commit': hook} = data
    const added = hook.commands?.doccheck ?? hook.jobs.at(-1)
    expect(added).toMatchObject({run: 'doccheck --staged'})
    if (hook.commands) delete hook.commands.doccheck
    else if (hook.jobs.length > 1) hook.jobs.pop()
    else delete hook.jobs
    const expected = parse(before)
    expect({...data, 'pre-commit': hook}).toEqual({...expected, 'pre-commit': expected['pre-commit'] ?? {}})
  })
})

describe('doccheck is there already', () => {
  it.each([
    'repos:\n- repo: https://example.org/doccheck\n  rev: v1\n  hooks: [{id: doccheck-staged}]\n',
    'repos:\n- repo: local\n  hooks:\n  - {id: docs, entry: npx doccheck-cli@1.2.3 --staged}\n',
  ])('by its hook: %j', (text) => expect(add(text)).toBeUndefined())

  it.each([
    '# doccheck would be nice\nrepos: []\n',
    'repos:\n- repo: https://example.org/doccheck-foo\n  rev: v1\n  hooks: [{id: other}]\n',
    'repos:\n- repo: local\n  hooks:\n  - {id: x, entry: ./doccheck-all.sh, exclude: doccheck}\n',
  ])('not by the word alone: %j', (text) => expect(add(text)).toContain('id: doccheck\n'))

  it('by the command of lefthook', () => {
    const text = (run: string) => `pre-commit:\n  jobs:\n    - run: ${run}\n`
    for (const run of ['doccheck', 'yarn doccheck --staged', 'cd docs && node_modules/.bin/doccheck'])
      expect(addLefthook(text(run), 'x', 'doccheck')).toBeUndefined()
    for (const run of ['mydoccheck', 'doccheck-foo', 'echo a # doccheck'])
      expect(addLefthook(text(run), 'x', 'doccheck')).toContain('name: doccheck')
    expect(addLefthook('pre-push:\n  jobs:\n    - run: doccheck\n', 'x', 'doccheck')).toContain('pre-commit:')
  })
})

it('nothing but the addition changes, in any YAML', () => {
  const scalar = fc.oneof(
    fc.boolean(),
    fc.integer(),
    fc.constantFrom('a', 'x: y', '# z', 'on', '', 'two\nlines\n', 'keep\n\n'),
  )
  const {tree} = fc.letrec<{tree: unknown}>((tie) => ({
    tree: fc.oneof(
      {depthSize: 'small'},
      scalar,
      fc.array(tie('tree'), {maxLength: 3}),
      fc.dictionary(fc.constantFrom('a', 'b', 'jobs', 'run'), tie('tree'), {maxKeys: 3}),
    ),
  }))
  const repos = fc.oneof(fc.constant(null), fc.array(tree, {maxLength: 3}))
  const others = fc.dictionary(fc.constantFrom('a', 'b', 'z'), tree, {maxKeys: 3})
  const style = fc.record({
    indent: fc.constantFrom(2, 3, 4),
    indentSeq: fc.boolean(),
    flow: fc.boolean(),
    comment: fc.boolean(),
    crlf: fc.boolean(),
    end: fc.constantFrom('', '\n', '\n\n', '\n# end', '\n  # end\n'),
    isFirst: fc.boolean(),
  })
  let inserted = 0
  fc.assert(
    fc.property(
      repos,
      others,
      style,
      (list, rest, {indent, indentSeq, flow, comment, crlf, end, isFirst}) => {
        const data = isFirst ? {repos: list, ...rest} : {...rest, repos: list}
        const document = new Document(data)
        if (flow) (document.get('repos', true) as {flow?: boolean}).flow = true
        if (comment) document.comment = ' at the end'
        let before = document.toString({indent, indentSeq, lineWidth: 0}).trimEnd() + end
        if (crlf) before = before.replaceAll('\n', '\r\n')
        const original = parseAllDocuments(before)[0]?.toJS()
        let after: string
        try {
          after = insertYaml(before, 'x.yaml', {path: ['repos'], value: REPOSITORY})
        } catch (error) {
          if (!(error instanceof ManualEdit)) throw error
          return
        }
        inserted++
        expect(parse(after)).toEqual({...original, repos: [...(original.repos ?? []), REPOSITORY]})
        // One stretch is new; only what says that there is nothing may go for it.
        let [first, last] = [0, 0]
        while (first < before.length && before[first] === after[first]) first++
        while (last < before.length - first && before.at(-1 - last) === after.at(-1 - last)) last++
        expect(before.slice(first, before.length - last).trim()).toMatch(/^(?:null|\[ ?\])?$/)
        if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n')
      },
    ),
    {numRuns: amount(1000)},
  )
  expect(inserted).toBeGreaterThan(amount(700))
})
