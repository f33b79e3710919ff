// The agents: where each comes from, how it is pointed at a model on loopback, and how it names its tools.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function put(file, content) {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const patch = (...lines) => ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n');

export const agents = {
  claude: {
    packages: ['@anthropic-ai/claude-code@2.1.197'],
    program: 'claude',
    destroy: 'rm -rf victim',
    prepare(home, project) {
      put(join(home, '.claude.json'), {
        hasCompletedOnboarding: true,
        theme: 'dark',
        bypassPermissionsModeAccepted: true,
        customApiKeyResponses: { approved: ['sk-ant-scripted'], rejected: [] },
        projects: { [project]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
      });
      put(join(home, '.claude/settings.json'), {
        skipDangerousModePermissionPrompt: true, disableDeepLinkRegistration: 'disable',
      });
    },
    environment: (port) => ({
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`, ANTHROPIC_API_KEY: 'sk-ant-scripted', IS_SANDBOX: '1', DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    }),
    once: (prompt) => ['-p', prompt, '--dangerously-skip-permissions', '--model', 'claude-sonnet-4-5'],
    screen: (prompt) => ['--dangerously-skip-permissions', '--model', 'claude-sonnet-4-5', prompt],
    tools: {
      shell: (command) => ({ name: 'Bash', input: { command, description: 'Run it' } }),
      write: (path, content) => ({ name: 'Write', input: { file_path: path, content } }),
      edit: (path, before, after) => ({ name: 'Edit', input: { file_path: path, old_string: before, new_string: after } }),
      read: (path) => ({ name: 'Read', input: { file_path: path } }),
    },
  },

  gemini: {
    packages: ['@google/gemini-cli@0.61.0'],
    program: 'gemini',
    destroy: 'rm -rf victim',
    prepare(home) {
      put(join(home, '.gemini/settings.json'), {
        security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
        // To look for a new version it reads npm's settings, which may hold a token: that is a question.
        general: { enableAutoUpdate: false, enableAutoUpdateNotification: false, disableAutoUpdate: true, disableUpdateNag: true },
      });
    },
    environment: (port) => ({ GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${port}`, GEMINI_API_KEY: 'scripted' }),
    once: (prompt) => ['-p', prompt, '--yolo', '-m', 'gemini-2.5-pro'],
    screen: (prompt) => ['-i', prompt, '--yolo', '-m', 'gemini-2.5-pro'],
    tools: {
      shell: (command) => ({ name: 'run_shell_command', input: { command, description: 'Run it' } }),
      write: (path, content) => ({ name: 'write_file', input: { file_path: path, content } }),
      edit: (path, before, after) => ({
        name: 'replace', input: { file_path: path, old_string: before, new_string: after, instruction: `${before} becomes ${after}` },
      }),
      read: (path) => ({ name: 'read_file', input: { file_path: path } }),
    },
  },

  codex: {
    packages: ['@openai/codex@0.169.0'],
    program: 'codex',
    // It refuses every `rm -f` that it can read, by itself.
    destroy: 'find victim -delete',
    prepare(home, project, port) {
      put(
        join(home, '.codex/config.toml'),
        [
          'model = "gpt-5.5"', 'model_provider = "scripted"', 'check_for_update_on_startup = false',
          '[model_providers.scripted]', 'name = "scripted"', `base_url = "http://127.0.0.1:${port}/v1"`,
          'wire_api = "responses"', 'env_key = "SCRIPTED_KEY"',
          `[projects."${project}"]`, 'trust_level = "trusted"',
          '[notice.model_migrations]', '"gpt-5.5" = "gpt-6-sol"', '', // it has offered the newer model
        ].join('\n'),
      );
    },
    environment: () => ({ SCRIPTED_KEY: 'scripted' }),
    once: (prompt, sandboxed) => [
      'exec', '--skip-git-repo-check',
      ...(sandboxed ? ['--sandbox', 'workspace-write', '-c', 'approval_policy="never"'] : ['--dangerously-bypass-approvals-and-sandbox']),
      prompt,
    ],
    screen: (prompt) => ['--dangerously-bypass-approvals-and-sandbox', prompt],
    tools: {
      shell: (command) => ({ name: 'exec_command', input: { cmd: command } }),
      write: (path, content) => ({
        name: 'apply_patch', input: patch(`*** Add File: ${path}`, ...content.trimEnd().split('\n').map((line) => `+${line}`)),
      }),
      edit: (path, before, after) => ({ name: 'apply_patch', input: patch(`*** Update File: ${path}`, '@@', `-${before}`, `+${after}`) }),
      remove: (path) => ({ name: 'apply_patch', input: patch(`*** Delete File: ${path}`) }),
      read: (path) => ({ name: 'exec_command', input: { cmd: `cat ${path}` } }),
    },
  },

  opencode: {
    packages: ['opencode-ai@1.18.33'],
    program: 'opencode',
    // It reads all of a workspace for its index, secrets too.
    secret: 'home/.ssh/id_ed25519',
    destroy: 'rm -rf victim',
    prepare(home, project, port) {
      put(join(home, '.config/opencode/opencode.json'), {
        autoupdate: false,
        permission: { edit: 'allow', bash: 'allow', read: 'allow', external_directory: 'allow' },
        provider: {
          scripted: {
            npm: '@ai-sdk/openai-compatible', name: 'scripted',
            options: { baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'scripted' },
            models: { scripted: { name: 'scripted', tool_call: true } },
          },
        },
        model: 'scripted/scripted', small_model: 'scripted/scripted',
      });
    },
    environment: () => ({ OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_AUTOUPDATE: '1' }),
    once: (prompt) => ['run', prompt],
    screen: (prompt) => ['--prompt', prompt],
    tools: {
      shell: (command) => ({ name: 'bash', input: { command, description: 'Run it' } }),
      write: (path, content) => ({ name: 'write', input: { filePath: path, content } }),
      edit: (path, before, after) => ({ name: 'edit', input: { filePath: path, oldString: before, newString: after } }),
      read: (path) => ({ name: 'read', input: { filePath: path } }),
    },
  },
};
