/** Parses server-sent events. The console uses it as well. */

/**
 * Reads the events of a response as `{type, id, data, retry}`.
 * @param limit the milliseconds of silence after which the connection counts as dead: the events end
 */
export async function* parseEvents(body, limit) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = {};
  let silence = 0;
  try {
    for (;;) {
      silence = setTimeout(() => reader.cancel(), limit);
      const { done, value } = await reader.read();
      clearTimeout(silence);
      if (done) {
        return;
      }
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === '') {
          yield event;
          event = {};
        } else {
          addLine(event, line);
        }
      }
    }
  } finally {
    clearTimeout(silence);
    reader.cancel().catch(() => {});
  }
}

function addLine(event, line) {
  const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
  if (name === 'data') {
    event.data = event.data === undefined ? value : `${event.data}\n${value}`;
  } else if (name === 'event') {
    event.type = value;
  } else if (name === 'id') {
    event.id = value;
  } else if (name === 'retry' && /^\d+$/.test(value)) {
    event.retry = Number(value);
  }
}
