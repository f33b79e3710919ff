// One run of an agent without a screen, every question of which is answered the same way.
import { spawn } from 'node:child_process';
import { check, counted, refusal, until } from './checks.mjs';
import { REASON_COMMAND, REASON_FILE, Stage } from './stage.mjs';

const SCRIPT_LENGTH = 9;

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

// Answers what waits; never the end of waiting.
function decide(stage, decision) {
  for (const question of stage.questions()) stage.cli('approvals', decision, String(question.id));
  return false;
}

const count = (list, pattern) => list.filter((text) => pattern.test(text)).length;

export async function once(aegis, agent, decision, sandboxed) {
  const approve = decision === 'approve';
  const stage = await Stage.set(aegis, agent, (tools, at, secret) =>
    JSON.parse(JSON.stringify(everything(tools, at, secret)).replace('DESTROY', agent.destroy)));
  const model = stage.model;
  let output = '';
  let over = false;
  const command = stage.command(agent.once('clean up', sandboxed));
  const run = spawn(command[0], command.slice(1), { cwd: stage.project, env: stage.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (chunk) => (output += chunk));
  run.on('close', () => (over = true));
  try {
    check('the agent ends', await until(() => over || decide(stage, decision)));
    if (!over) run.kill('SIGTERM');
    const asked = stage.asked();
    const before = counted.failed;
    check('it played the whole script', model.count() === SCRIPT_LENGTH);
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
    if (counted.failed > before) {
      console.log(`  the agent printed:\n${output.slice(-4000)}`);
      stage.report(SCRIPT_LENGTH);
    }
  } finally {
    if (!over) run.kill('SIGKILL');
    stage.strike();
  }
}
