// See scripts/agents/check.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agents } from './agents.mjs';
import { counted } from './checks.mjs';
import { once } from './once.mjs';
import { screen } from './screen.mjs';

const [aegis, ...wanted] = process.argv.slice(2);

function install(names) {
  const cache = process.env.AEGIS_AGENTS_CACHE;
  mkdirSync(cache, { recursive: true });
  if (!existsSync(join(cache, 'package.json'))) writeFileSync(join(cache, 'package.json'), '{"private":true}\n');
  console.log(`installing the agents into ${cache}`);
  const packages = names.flatMap((name) => agents[name].packages);
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: cache, stdio: 'inherit',
  });
  if (npm.status !== 0) {
    console.log('SKIPPED: the agents cannot be installed here');
    process.exit(0);
  }
}

const kinds = {
  deny: (agent) => once(aegis, agent, 'deny', false),
  approve: (agent) => once(aegis, agent, 'approve', false),
  sandbox: (agent) => once(aegis, agent, 'deny', true),
  screen: (agent) => screen(aegis, agent),
};
const applies = (name, kind) => kind !== 'sandbox' || name === 'codex';

const stories = (wanted.length > 0 ? wanted : Object.keys(agents)).flatMap((word) => {
  const [name, kind] = word.split('/');
  if (!agents[name] || (kind && !kinds[kind])) {
    console.error(`unknown story ${word}: AGENT or AGENT/KIND, of ${Object.keys(agents).join(', ')} and ${Object.keys(kinds).join(', ')}`);
    process.exit(2);
  }
  return kind ? [[name, kind]] : Object.keys(kinds).filter((each) => applies(name, each)).map((each) => [name, each]);
});

if (!process.env.AEGIS_AGENTS_INSTALLED) install([...new Set(stories.map(([name]) => name))]);
for (const [name, kind] of stories) {
  console.log(`${name}, ${kind}:`);
  await kinds[kind](agents[name]);
}
console.log(`${counted.passed} passed, ${counted.failed} failed`);
process.exit(counted.failed === 0 ? 0 : 1);
