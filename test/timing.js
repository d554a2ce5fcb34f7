// What the benchmark scripts share: whole processes, timed, and a generated docs tree.
import {spawn} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** A process and its descendants: npm packages often start their program from a small script. Linux only. */
function family(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    return [pid, ...children.flatMap(family)]
  } catch {
    return []
  }
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    // Already gone.
    return 0
  }
}

/** One run of a command: wall seconds and, on Linux, the peak memory of its largest process. */
export function run([command, ...args], cwd) {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(command, args, {cwd, stdio: 'ignore'})
    let peakKb = 0
    const look = () => {
      for (const pid of family(child.pid)) peakKb = Math.max(peakKb, peakOf(pid))
    }
    const timer = setInterval(look, 10)
    child.on('close', () => {
      clearInterval(timer)
      resolve({seconds: (performance.now() - started) / 1000, mb: Math.round(peakKb / 1024)})
    })
  })
}

/** The middle one. */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** A docs tree like real ones: front matter, headings, prose, code, tables, links and references between pages. */
export function generate(root, pages, bytes) {
  let seed = 1
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below
  const words =
    'the a page of tree link that leads to some other place when it is read by people who keep docs in order'.split(
      ' ',
    )
  const prose = (count) => Array.from({length: count}, () => words[random(words.length)]).join(' ')
  for (let index = 0; index < pages; index++) {
    const file = (number) => `part-${number % 40}/page-${number}.md`
    const to = () => `../${file(random(pages))}`
    let text = `---\ntitle: Page ${index}\ndate: 2026-01-0${1 + (index % 9)}\ntags:\n  - one\n  - two\n---\n\n# Page ${index}\n\n`
    for (let section = 0; text.length < bytes; section++) {
      text += `## Section ${section}\n\n${prose(60)} [a link](${to()}#section-${random(3)}) ${prose(30)} [reference][r${section}] ${prose(20)}\n\n`
      text += `- **${prose(3)}** \`code\` ${prose(12)}\n- [item](${to()}) ${prose(8)}\n\n\`\`\`js\nconst x = [${section}][0]\n${prose(30)}\n\`\`\`\n\n`
      text += `| a | b |\n| --- | --- |\n| ${prose(4)} | [cell](#section-0) |\n\n[r${section}]: ${to()}\n\n`
    }
    mkdirSync(path.join(root, path.dirname(file(index))), {recursive: true})
    writeFileSync(path.join(root, file(index)), text)
  }
}
