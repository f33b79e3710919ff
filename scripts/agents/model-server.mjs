// A scripted model on loopback: it answers the first turn with one shell command and the turn after
// the tool's result with a closing word. Speaks Anthropic's Messages and Gemini's generateContent.
//
//   node model-server.mjs COMMAND RESULT_FILE
//
// Prints its port on the first line of standard output. What the agent sends back as the tool's
// result is appended to RESULT_FILE, one JSON string a line.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [command, resultFile] = process.argv.slice(2);
if (!command || !resultFile) {
  process.stderr.write('usage: node model-server.mjs COMMAND RESULT_FILE\n');
  process.exit(2);
}

const record = (text) => appendFileSync(resultFile, JSON.stringify(text) + '\n');

const textOf = (content) =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');

function anthropic(request, response) {
  const results = (request.messages ?? [])
    .flatMap((message) => (Array.isArray(message.content) ? message.content : []))
    .filter((part) => part.type === 'tool_result');
  const shell = (request.tools ?? []).find((tool) => tool.name === 'Bash');
  const act = shell && results.length === 0;
  if (results.length > 0) record(textOf(results.at(-1).content));
  const block = act
    ? { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command, description: 'Run it' } }
    : { type: 'text', text: 'done' };
  const message = {
    id: 'msg_1', type: 'message', role: 'assistant', model: request.model, content: [block],
    stop_reason: act ? 'tool_use' : 'end_turn', stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  };
  if (!request.stream) return json(response, message);
  const start = act ? { ...block, input: {} } : { ...block, text: '' };
  const delta = act
    ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }
    : { type: 'text_delta', text: block.text };
  events(response, [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: start },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: message.stop_reason, stop_sequence: null }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ]);
}

function gemini(request, response, streaming) {
  const parts = (request.contents ?? []).flatMap((content) => content.parts ?? []);
  const results = parts.filter((part) => part.functionResponse);
  const offered = (request.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []);
  const act = results.length === 0 && offered.some((tool) => tool.name === 'run_shell_command');
  if (results.length > 0) record(JSON.stringify(results.at(-1).functionResponse.response));
  const part = act
    ? { functionCall: { name: 'run_shell_command', args: { command, description: 'Run it' } } }
    : { text: offered.length > 0 ? 'done' : '{}' };
  const answer = {
    candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  };
  return streaming ? events(response, [answer]) : json(response, answer);
}

function json(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function events(response, values) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const value of values) {
    if (value.type) response.write(`event: ${value.type}\n`);
    response.write(`data: ${JSON.stringify(value)}\n\n`);
  }
  response.end();
}

const server = createServer((incoming, response) => {
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const request = body.startsWith('{') ? JSON.parse(body) : {};
    const path = new URL(incoming.url, 'http://localhost').pathname;
    if (path.endsWith('/messages/count_tokens')) return json(response, { input_tokens: 1 });
    if (path.endsWith('/messages')) return anthropic(request, response);
    if (path.endsWith(':countTokens')) return json(response, { totalTokens: 1 });
    if (path.endsWith(':streamGenerateContent')) return gemini(request, response, true);
    if (path.endsWith(':generateContent')) return gemini(request, response, false);
    response.writeHead(404, { 'content-type': 'application/json' });
    return response.end('{"error":{"message":"not scripted"}}');
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
