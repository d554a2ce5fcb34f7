import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {ENGINES, engines} from './needs.ts'
import {writeReleaseTree} from './release-tree.ts'
import {atHome, ENV} from './repository.ts'
import {folder} from './run-doccheck.ts'

const hasParser = engines('dockerfile-utils')
const text = readFileSync('Dockerfile', 'utf8')

/** The instructions, as Docker's own grammar splits them. */
function instructions(): {keyword: string; content: string}[] {
  const {DockerfileParser} = createRequire(path.join(ENGINES, 'x.js'))('dockerfile-ast')
  interface Instruction {
    getKeyword(): string
    getArgumentsContent(): string
  }
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((each: Instruction) => ({keyword: each.getKeyword(), content: each.getArgumentsContent()}))
}

describe.skipIf(!hasParser)('the Dockerfile', () => {
  it('is one that Docker takes', () => {
    const {validate} = createRequire(path.join(ENGINES, 'x.js'))('dockerfile-utils')
    expect(validate(text)).toEqual([])
    expect(instructions().at(-1)).toEqual({keyword: 'ENTRYPOINT', content: '["doccheck"]'})
  })

  it('pins its base, and does not run as root', () => {
    const [from] = instructions().filter(({keyword}) => keyword === 'FROM')
    expect(from!.content).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/)
    expect(instructions().findLast(({keyword}) => keyword === 'USER')!.content).toBe('node')
  })
})

// There is no Docker here: the steps run in a shell instead, with the folders of the image below a folder of the test,
// except for Debian's packages. Only root can be another user.
describe.skipIf(!hasParser || process.getuid?.() !== 0)('in the folders of an image', () => {
  const places = ['/opt/doccheck', '/usr/local/bin', '/docs']
  let image: string
  let env: NodeJS.ProcessEnv
  const inside = (line: string) => places.reduce((all, place) => all.replaceAll(place, image + place), line)

  beforeAll(() => {
    image = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
    const context = path.join(image, 'context')
    writeReleaseTree(context)
    chmodSync(image, 0o755)
    for (const place of [...places, '/home']) mkdirSync(image + place, {recursive: true})
    env = {
      ...atHome(`${image}/home`),
      npm_config_cache: `${image}/cache`,
      GIT_CONFIG_NOSYSTEM: '',
      GIT_CONFIG_SYSTEM: `${image}/gitconfig`,
      PATH: `${image}/usr/local/bin:${process.env.PATH}`,
    }
    let cwd = '/'
    for (const {keyword, content} of instructions()) {
      if (keyword === 'WORKDIR') cwd = inside(content)
      if (keyword === 'COPY') {
        const [to, ...from] = content.split(' ').reverse()
        const target = (name: string) => (to!.endsWith('/') ? path.join(cwd, to!, name) : path.join(cwd, to!))
        for (const name of from) cpSync(path.join(context, name), target(name), {recursive: true})
      }
      if (keyword !== 'RUN' || content.startsWith('apt-get')) continue
      const {status, stderr} = spawnSync('sh', ['-c', inside(content)], {cwd, env, encoding: 'utf8'})
      expect(stderr.replace(/^npm (?:warn|notice).*\n/gm, '')).toBe('')
      expect(status).toBe(0)
    }
  })

  afterAll(() => rmSync(image, {recursive: true, force: true}))

  /** A checkout of user 1234 whose last commit breaks a link. */
  function checkout(root: string) {
    const git = (...words: string[]) =>
      spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
        cwd: root,
        env: ENV,
      })
    writeFileSync(path.join(root, 'a.md'), '[old](old.md)\n')
    git('init', '-q', '-b', 'main')
    git('add', '.')
    git('commit', '-q', '-m', 'old')
    writeFileSync(path.join(root, 'b.md'), '[new](new.md)\n')
    git('add', '.')
    git('commit', '-q', '-m', 'new')
    chownSync(root, 1234, 1234)
    for (const entry of readdirSync(root, {recursive: true, encoding: 'utf8'}))
      chownSync(path.join(root, entry), 1234, 1234)
  }

  /** The entrypoint, as the user of the image. */
  const entrypoint = (cwd: string, variables: Record<string, string> = {}) =>
    spawnSync('doccheck', ['--offline', '--since', 'HEAD~1'], {
      cwd,
      env: {...env, ...variables},
      uid: 1000,
      gid: 1000,
      encoding: 'utf8',
    })

  it('checks a change in a checkout of another user, if it is the one that is mounted', () => {
    checkout(`${image}/docs`)
    const {status, stdout} = entrypoint(`${image}/docs`)
    expect(stdout).toContain('missing file `new.md`')
    expect(stdout).not.toContain('old.md')
    expect(status).toBe(1)
  })

  it('trusts no other checkout, unless the variables of the docs name it', () => {
    const other = folder()
    chmodSync(other, 0o755)
    checkout(other)
    const refused = {status: 2, stderr: expect.stringContaining('dubious ownership')}
    expect(entrypoint(other)).toMatchObject(refused)
    const page = readFileSync('docs/hooks-and-ci.md', 'utf8')
    const variables = [...page.matchAll(/`(GIT_CONFIG_\w+): ([^`]+)`/g)].map(([, name, value]) => [
      name!,
      value!.replace('$CI_PROJECT_DIR', other),
    ])
    expect(variables).toHaveLength(3)
    expect(entrypoint(other, Object.fromEntries(variables)).stdout).toContain('missing file `new.md`')
  })
})
