// See scripts/agents/check.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { agents } from './agents.mjs';
import { startModel } from './model-server.mjs';

const [aegis, ...wanted] = process.argv.slice(2);
const cache = process.env.AEGIS_AGENTS_CACHE;
const PATIENCE = 1000 * Number(process.env.AEGIS_AGENTS_PATIENCE ?? 300); // ms until a story must have ended
const REASON_COMMAND = 'nothing is deployed from here';
const REASON_FILE = 'protected files stay as they are';

const POLICY = `
[[policy.rules]]
name = "no-deployment"
match = { tool = "bash", command_pattern = "deploy-it" }
action = "deny"
priority = 1
reason = "${REASON_COMMAND}"

[[policy.rules]]
name = "protected"
match = { tool = ["write_file", "move_file", "delete_file", "change_mode"], path_glob = "\${workspace}/protected/**" }
action = "deny"
priority = 2
reason = "${REASON_FILE}"
`;

let passed = 0;
let failed = 0;

function check(what, holds) {
  if (holds) passed++;
  else failed++;
  console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${what}`);
}

function install(names) {
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

// What a story is played in: a project with something to lose, a home, a policy, a model.
class Stage {
  static async set(name, agent, calls) {
    const stage = new Stage();
    stage.work = mkdtempSync(join(tmpdir(), 'aegis-agents.'));
    stage.project = join(stage.work, 'project');
    stage.home = join(stage.work, 'home');
    stage.state = join(stage.work, 'state');
    stage.agent = agent;
    for (const directory of ['victim', 'protected']) mkdirSync(join(stage.project, directory), { recursive: true });
    mkdirSync(stage.home);
    mkdirSync(stage.state, { mode: 0o700 });
    stage.put('victim/file', 'precious\n');
    stage.put('precious.txt', 'precious\n');
    stage.put('protected/kept.txt', 'kept\n');
    stage.secret = join(stage.work, agent.secret ?? 'project/id_ed25519');
    mkdirSync(join(stage.secret, '..'), { recursive: true });
    writeFileSync(stage.secret, 'SECRET-CONTENT\n');
    stage.put('deploy-it.sh', 'echo deployed >deployed\n');
    writeFileSync(join(stage.state, 'policy.toml'), POLICY);
    spawnSync('git', ['init', '-q', '.'], { cwd: stage.project });
    stage.model = await startModel(calls(agent.tools, (file) => join(stage.project, file), stage.secret));
    agent.prepare(stage.home, stage.project, stage.model.port);
    stage.environment = {
      ...process.env, HOME: stage.home, PWD: stage.project, AEGIS_HOME: stage.state, TERM: 'xterm-256color', ...agent.environment(stage.model.port),
    };
    for (const name of ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'TMUX']) delete stage.environment[name];
    return stage;
  }

  put(file, content) {
    writeFileSync(join(this.project, file), content);
  }

  text(file) {
    const path = join(this.project, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  command(args) {
    return [aegis, 'wrap', join(cache, 'node_modules/.bin', this.agent.program), ...args];
  }

  cli(...args) {
    const done = spawnSync(aegis, args, { env: this.environment, encoding: 'utf8' });
    return done.status === 0 ? done.stdout : '';
  }

  questions(...options) {
    return JSON.parse(this.cli('approvals', 'list', '--json', ...options) || '[]');
  }

  strike() {
    this.cli('stop', '--force');
    this.model.close();
    if (process.env.AEGIS_AGENTS_KEEP) console.log(`  kept: ${this.work}`);
    else rmSync(this.work, { recursive: true, force: true });
  }
}

// Answer every question the same way until the agent has ended.
async function answer(stage, decision, isOver) {
  const end = Date.now() + PATIENCE;
  while (!isOver()) {
    if (Date.now() > end) return false;
    for (const question of stage.questions()) stage.cli('approvals', decision, String(question.id));
    await pause(300);
  }
  return true;
}

// One line for each thing asked: what is asked about twice stands here twice.
const subjects = (stage) => stage.questions('--all').map((question) => question.command || question.path);

const count = (list, pattern) => list.filter((text) => pattern.test(text)).length;

const refusal = /denied|EACCES|EPERM|not permitted|permission|failed to (write|delete)|error/i;

function everything(tools, at, secret) {
  return [
    tools.write(at('notes.txt'), 'one\n'),
    tools.edit(at('notes.txt'), 'one', 'two'),
    tools.write(at('protected/new.txt'), 'new\n'),
    tools.read(at('protected/kept.txt')),
    tools.edit(at('protected/kept.txt'), 'kept', 'changed'),
    tools.shell('sh ./deploy-it.sh'),
    tools.shell('DESTROY'),
    tools.remove ? tools.remove(at('precious.txt')) : tools.shell('rm precious.txt'),
    tools.read(secret),
  ];
}

async function once(name, agent, decision, sandboxed) {
  const approve = decision === 'approve';
  const stage = await Stage.set(name, agent, (tools, at, secret) =>
    JSON.parse(JSON.stringify(everything(tools, at, secret)).replace('DESTROY', agent.destroy)));
  const model = stage.model;
  let output = '';
  let over = false;
  const command = stage.command(agent.once('clean up', sandboxed));
  const run = spawn(command[0], command.slice(1), { cwd: stage.project, env: stage.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (chunk) => (output += chunk));
  run.on('close', () => (over = true));
  try {
    check('the agent ends', await answer(stage, decision, () => over));
    if (!over) run.kill('SIGTERM');
    const asked = subjects(stage);
    const before = failed;
    check('it played the whole script', model.count() === 9);
    check('a file is written and edited', stage.text('notes.txt') === 'two\n');
    check('a forbidden write is refused', stage.text('protected/new.txt') === undefined);
    check('the model reads its error', refusal.test(model.told(2) ?? ''));
    check('a forbidden edit is refused', stage.text('protected/kept.txt') === 'kept\n');
    check('the model reads its error', refusal.test(model.told(4) ?? ''));
    check('the user reads why a file operation was refused', output.includes(REASON_FILE));
    check('a forbidden command does not run', stage.text('deployed') === undefined);
    check('the model reads why', (model.told(5) ?? '').includes(REASON_COMMAND));
    check('the user reads why a command was refused', output.includes(REASON_COMMAND));
    check('a recursive deletion is held, once', count(asked, /victim/) === 1);
    check(approve ? 'approved, it happens' : 'denied, nothing is lost', approve === (stage.text('victim/file') === undefined));
    check('the model reads which', approve === !/aegis: denied/.test(model.told(6) ?? 'aegis: denied'));
    check('the deletion of one file is held, once', count(asked, /precious\.txt/) === 1);
    check(approve ? 'approved, it happens' : 'denied, it stays', approve === (stage.text('precious.txt') === undefined));
    check('the model reads which', approve === !refusal.test(model.told(7) ?? 'error'));
    // An agent may try again what failed.
    check('reading a secret is held', approve ? count(asked, /id_ed25519/) === 1 : count(asked, /id_ed25519/) >= 1);
    check(approve ? 'approved, the model sees it' : 'denied, the model does not see it',
      approve === (model.told(8) ?? '').includes('SECRET-CONTENT'));
    check('nothing else is asked', asked.length === count(asked, /victim|precious\.txt|id_ed25519/));
    if (failed > before) {
      console.log(`  the agent printed:\n${output.slice(-4000)}\n  the model was told:`);
      for (let index = 0; index < 9; index++) console.log(`    ${index}: ${JSON.stringify(model.told(index))?.slice(0, 600)}`);
      console.log(`  the questions:\n    ${asked.join('\n    ')}`);
    }
  } finally {
    if (!over) run.kill('SIGKILL');
    stage.strike();
  }
}

async function screen(name, agent) {
  const stage = await Stage.set(name, agent, (tools, at) => [
    tools.write(at('protected/new.txt'), 'new\n'), tools.shell('sh ./deploy-it.sh'), tools.shell(agent.destroy),
  ]);
  const socket = join(stage.work, 'tmux');
  const tmux = (...args) => spawnSync('tmux', ['-S', socket, ...args], { env: stage.environment, encoding: 'utf8' }).stdout;
  const show = () => tmux('capture-pane', '-p', '-t', 'agent');
  const until = async (holds) => {
    const end = Date.now() + PATIENCE / 2;
    while (!holds()) {
      if (Date.now() > end) return false;
      await pause(300);
    }
    return true;
  };
  const quoted = stage.command(agent.screen('clean up')).map((word) => `'${word}'`).join(' ');
  try {
    tmux('new-session', '-d', '-s', 'agent', '-x', '120', '-y', '40', '-c', stage.project, `${quoted}; sleep 600`);
    const before = failed;
    check('the deletion is a question', await until(() => stage.questions().length > 0));
    check('the card shows it on the screen', await until(() => /victim/.test(show()) && /deny/i.test(show())));
    const card = show();
    await pause(1000); // the card ignores keys for its first half second
    tmux('send-keys', '-t', 'agent', 'd');
    check('the key denies it', await until(() => stage.questions('--all').some((question) => question.state === 'denied')));
    check('the model reads why', await until(() => /aegis: denied/.test(model(2))) );
    check('nothing was deleted', stage.text('victim/file') === 'precious\n');
    check('the screen is the agent\'s again', await until(() => show() !== card && !/blast|Approve/i.test(show())));
    check('a forbidden write is refused', stage.text('protected/new.txt') === undefined);
    check('the model reads its error', refusal.test(model(0)));
    check('a forbidden command does not run, the model reads why', model(1).includes(REASON_COMMAND));
    check('nothing else is asked', stage.questions('--all').length === 1);
    tmux('send-keys', '-t', 'agent', 'C-c');
    await pause(300);
    tmux('send-keys', '-t', 'agent', 'C-c');
    await pause(300);
    tmux('send-keys', '-t', 'agent', 'C-d');
    check('the user reads both reasons', await until(() => show().includes(REASON_FILE) && show().includes(REASON_COMMAND)));
    if (failed > before) {
      console.log(`  the card:\n${card}\n  the screen:\n${show()}\n  the model was told:`);
      for (let index = 0; index < 3; index++) console.log(`    ${index}: ${model(index).slice(0, 600)}`);
      console.log(`  the questions:\n    ${subjects(stage).join('\n    ')}`);
    }
  } finally {
    tmux('kill-server');
    stage.strike();
  }

  function model(index) {
    return stage.model.told(index) ?? '';
  }
}

const kinds = {
  deny: (name, agent) => once(name, agent, 'deny', false),
  approve: (name, agent) => once(name, agent, 'approve', false),
  sandbox: (name, agent) => once(name, agent, 'deny', true),
  screen,
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
  await kinds[kind](name, agents[name]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
