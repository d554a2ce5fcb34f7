#!/usr/bin/env node

/** Packages ask for the current folder when they are loaded; another process may have removed it. */
function isSomewhere() {
  try {
    return process.cwd() !== ''
  } catch {
    return false
  }
}

if (isSomewhere()) await import('../dist/main.js')
else {
  process.stderr.write('doccheck: The current folder no longer exists\n')
  process.exitCode = 2
}
