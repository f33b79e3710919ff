// What a story is played in: a project with something to lose, a home, a policy and a model, in a directory of its own. It lies in the user's
// home and not below /tmp, since there anybody could have put what an agent keeps for its git.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { startModel } from './model-server.mjs';

export const REASON_COMMAND = 'nothing is deployed from here';
export const REASON_FILE = 'protected files stay as they are';

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

export class Stage {
  static async set(aegis, agent, calls) {
    const stage = new Stage();
    stage.aegis = aegis;
    stage.work = mkdtempSync(join(process.env.AEGIS_AGENTS_STAGES ?? homedir(), 'aegis-agents.'));
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
    const level = process.env.AEGIS_AGENTS_LEVEL ? ['--supervision', process.env.AEGIS_AGENTS_LEVEL] : [];
    return [this.aegis, 'wrap', ...level, join(process.env.AEGIS_AGENTS_CACHE, 'node_modules/.bin', this.agent.program), ...args];
  }

  cli(...args) {
    const done = spawnSync(this.aegis, args, { env: this.environment, encoding: 'utf8' });
    return done.status === 0 ? done.stdout : '';
  }

  questions(...options) {
    return JSON.parse(this.cli('approvals', 'list', '--json', ...options) || '[]');
  }

  // One line for each thing asked: what is asked about twice stands here twice.
  asked() {
    return this.questions('--all').map((question) => question.command || question.path);
  }

  // For whoever must find out why a check does not hold.
  report(calls) {
    console.log('  the model was told:');
    for (let index = 0; index < calls; index++) console.log(`    ${index}: ${JSON.stringify(this.model.told(index))?.slice(0, 600)}`);
    console.log('  the questions:');
    for (const question of this.questions('--all')) {
      console.log(`    ${question.command || question.path} (${question.rule}: ${question.categories}, ${question.reason})`);
    }
  }

  strike() {
    this.cli('stop', '--force');
    this.model.close();
    if (process.env.AEGIS_AGENTS_KEEP) console.log(`  kept: ${this.work}`);
    else rmSync(this.work, { recursive: true, force: true });
  }
}
