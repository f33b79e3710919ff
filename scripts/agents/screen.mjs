// An agent on its own screen (tmux): the card comes over it, one deletion is denied there and another approved, and the screen is its own again.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { check, counted, PATIENCE, refusal, until } from './checks.mjs';
import { REASON_COMMAND, REASON_FILE, Stage } from './stage.mjs';

const CARD = /AEGIS asks/;
const KEYS_IGNORED = 1000; // ms: a card takes no key in its first half second

class Terminal {
  constructor(stage, command) {
    this.stage = stage;
    this.socket = join(stage.work, 'tmux');
    const quoted = command.map((word) => `'${word}'`).join(' ');
    this.tmux('new-session', '-d', '-s', 'agent', '-x', '120', '-y', '40', '-c', stage.project, quoted,
      ';', 'set-option', '-g', 'remain-on-exit', 'on');
  }

  tmux(...args) {
    return spawnSync('tmux', ['-S', this.socket, ...args], { env: this.stage.environment, encoding: 'utf8' }).stdout;
  }

  show() {
    return this.tmux('capture-pane', '-p', '-t', 'agent');
  }

  // With what has left the screen, and lines as they were written.
  history() {
    return this.tmux('capture-pane', '-p', '-J', '-S', '-', '-t', 'agent');
  }

  press(key) {
    this.tmux('send-keys', '-t', 'agent', key);
  }

  close() {
    this.tmux('kill-server');
  }
}

const wait = (holds) => until(holds, PATIENCE / 2);

// Lines that say something; frames and spinners do not.
const lines = (screen) => screen.split('\n').map((line) => line.trim()).filter((line) => /\w{3}/.test(line));

async function press(stage, terminal, key, state) {
  check('the card shows it over the screen', await wait(() => CARD.test(terminal.show()) && /victim/.test(terminal.show())));
  const card = lines(terminal.show());
  await pause(KEYS_IGNORED);
  terminal.press(key);
  check(`the key answers it: ${state}`, await wait(() => stage.questions('--all').filter((question) => question.state === state).length > 0));
  check('the screen is the agent\'s again', await wait(() => !CARD.test(terminal.show()) && lines(terminal.show()).some((line) => !card.includes(line))));
}

// Each agent ends at one of these, or at two of them in a row; then the reasons stand on the screen.
function leave(terminal) {
  const text = terminal.history();
  if (text.includes(REASON_FILE) && text.includes(REASON_COMMAND)) return true;
  for (const key of ['C-c', 'C-c', 'C-d']) terminal.press(key);
  return false;
}

export async function screen(aegis, agent) {
  const stage = await Stage.set(aegis, agent, (tools, at) => [
    tools.write(at('protected/new.txt'), 'new\n'), tools.shell('sh ./deploy-it.sh'), tools.shell(agent.destroy), tools.shell(agent.destroy),
  ]);
  const told = (index) => stage.model.told(index) ?? '';
  const terminal = new Terminal(stage, stage.command(agent.screen('clean up')));
  const before = counted.failed;
  try {
    check('the deletion is a question', await wait(() => stage.questions().length > 0));
    await press(stage, terminal, 'd', 'denied');
    check('the model reads why', await wait(() => /aegis: denied/.test(told(2))));
    check('nothing was deleted', stage.text('victim/file') === 'precious\n');
    check('asked again, it is a question again', await wait(() => stage.questions().length > 0));
    await press(stage, terminal, 'a', 'approved');
    check('the model reads that it was done', await wait(() => stage.model.count() === 4 && !/aegis: denied/.test(told(3))));
    check('it was deleted', stage.text('victim/file') === undefined);
    check('a forbidden write is refused', stage.text('protected/new.txt') === undefined);
    check('the model reads its error', refusal.test(told(0)));
    check('a forbidden command does not run, the model reads why', told(1).includes(REASON_COMMAND));
    check('nothing else is asked', stage.questions('--all').length === 2);
    check('the user reads both reasons', await wait(() => leave(terminal)));
    if (counted.failed > before) {
      console.log(`  the screen:\n${terminal.show()}`);
      stage.report(4);
    }
  } finally {
    terminal.close();
    stage.strike();
  }
}
