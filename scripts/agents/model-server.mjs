// A scripted model on loopback: it answers turn after turn with the tool calls of a list, and ends with a closing word.
// Speaks Anthropic's Messages, Gemini's generateContent, OpenAI's Responses and OpenAI's Chat Completions.
import { createServer } from 'node:http';

const DONE = 'done';

const textOf = (content) =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');

// How each protocol carries the tools offered and the results sent back, and how it takes a call or a closing word.
const protocols = {
  messages: {
    path: /\/messages$/,
    offered: (request) => (request.tools ?? []).map((tool) => tool.name),
    results: (request) =>
      (request.messages ?? [])
        .flatMap((message) => (Array.isArray(message.content) ? message.content : []))
        .filter((part) => part.type === 'tool_result')
        .map((part) => ({ id: part.tool_use_id, text: textOf(part.content) })),
    answer(request, response, call) {
      const block = call
        ? { type: 'tool_use', id: call.id, name: call.name, input: call.input }
        : { type: 'text', text: DONE };
      const message = {
        id: 'msg_1', type: 'message', role: 'assistant', model: request.model, content: [block],
        stop_reason: call ? 'tool_use' : 'end_turn', stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 },
      };
      if (!request.stream) return json(response, message);
      const delta = call
        ? { type: 'input_json_delta', partial_json: JSON.stringify(call.input) }
        : { type: 'text_delta', text: DONE };
      events(response, [
        { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
        { type: 'content_block_start', index: 0, content_block: call ? { ...block, input: {} } : { ...block, text: '' } },
        { type: 'content_block_delta', index: 0, delta },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: message.stop_reason, stop_sequence: null }, usage: { output_tokens: 1 } },
        { type: 'message_stop' },
      ]);
    },
  },

  generateContent: {
    path: /:(stream)?[gG]enerateContent$/,
    offered: (request) => (request.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []).map((tool) => tool.name),
    results: (request) =>
      (request.contents ?? [])
        .flatMap((content) => content.parts ?? [])
        .filter((part) => part.functionResponse)
        .map((part) => ({ id: part.functionResponse.id, text: JSON.stringify(part.functionResponse.response) })),
    answer(request, response, call, path) {
      const part = call
        ? { functionCall: { id: call.id, name: call.name, args: call.input } }
        : { text: this.offered(request).length > 0 ? DONE : '{}' };
      const answer = {
        candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
      };
      return path.includes(':stream') ? events(response, [answer]) : json(response, answer);
    },
  },

  responses: {
    path: /\/responses$/,
    offered: (request) => (request.tools ?? []).map((tool) => tool.name ?? tool.type),
    results: (request) =>
      (request.input ?? [])
        .filter((item) => /_call_output$/.test(item.type ?? ''))
        .map((item) => ({ id: item.call_id, text: typeof item.output === 'string' ? item.output : JSON.stringify(item.output) })),
    answer(request, response, call) {
      const item = !call
        ? { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: DONE }] }
        : typeof call.input === 'string'
          ? { type: 'custom_tool_call', id: `ctc_${call.id}`, call_id: call.id, name: call.name, input: call.input }
          : { type: 'function_call', id: `fc_${call.id}`, call_id: call.id, name: call.name, arguments: JSON.stringify(call.input) };
      const usage = {
        input_tokens: 1, input_tokens_details: { cached_tokens: 0 },
        output_tokens: 1, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 2,
      };
      events(response, [
        { type: 'response.created', response: { id: 'resp_1' } },
        { type: 'response.output_item.added', output_index: 0, item },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: { id: 'resp_1', output: [item], usage } },
      ]);
    },
  },

  completions: {
    path: /\/chat\/completions$/,
    offered: (request) => (request.tools ?? []).map((tool) => tool.function.name),
    results: (request) =>
      (request.messages ?? [])
        .filter((message) => message.role === 'tool')
        .map((message) => ({ id: message.tool_call_id, text: textOf(message.content) })),
    answer(request, response, call) {
      const calls = call && [
        { index: 0, id: call.id, type: 'function', function: { name: call.name, arguments: JSON.stringify(call.input) } },
      ];
      const message = calls ? { role: 'assistant', content: null, tool_calls: calls } : { role: 'assistant', content: DONE };
      const finish = calls ? 'tool_calls' : 'stop';
      const head = { id: 'chatcmpl_1', created: 1, model: request.model };
      const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
      if (!request.stream) {
        return json(response, { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }], usage });
      }
      const chunk = (delta, finish_reason) => ({
        ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }],
      });
      return events(response, [chunk(message, null), { ...chunk({}, finish), usage }], '[DONE]');
    },
  },
};

function json(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function events(response, values, last) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const value of values) {
    if (value.type) response.write(`event: ${value.type}\n`);
    response.write(`data: ${JSON.stringify(value)}\n\n`);
  }
  if (last) response.write(`data: ${last}\n\n`);
  response.end();
}

// Start a model that plays these calls ({name, input} each; a string as input is a freeform call) one after the other. An
// agent asks on the side, too (titles, summaries): only who is offered the tool of the next call is served one.
export async function startModel(calls) {
  const told = new Map();
  const requests = [];
  const script = calls.map((call, index) => ({ ...call, id: `call_${index + 1}` }));

  function serve(incoming, response, body) {
    const path = new URL(incoming.url, 'http://localhost').pathname;
    if (/count_?tokens$/i.test(path)) return json(response, { input_tokens: 1, totalTokens: 1 });
    const protocol = Object.values(protocols).find((candidate) => candidate.path.test(path));
    if (!protocol || incoming.method !== 'POST') {
      response.writeHead(404, { 'content-type': 'application/json' });
      return response.end('{"error":{"message":"not scripted"}}');
    }
    const request = JSON.parse(body);
    requests.push(request);
    const results = protocol.results(request);
    results.forEach((result, index) => told.set(script[index]?.id ?? result.id, result.text));
    const next = script[results.length];
    const offered = protocol.offered(request);
    return protocol.answer(request, response, next && offered.includes(next.name) ? next : undefined, path);
  }

  const server = createServer((incoming, response) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => serve(incoming, response, Buffer.concat(chunks).toString()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    // What the model was told of the n-th call, from 0; undefined when it was not told anything.
    told: (index) => told.get(`call_${index + 1}`),
    count: () => told.size,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
