// The live view of one run. The model's side (`store`) hears every message from the moment the widget exists,
// whether it is shown or not; each view only draws what the store holds.

const ACK_MS = 300; // a cancel that Python has not acknowledged by then goes to the server instead
const AGAIN_MS = 8000; // a cancel that was acknowledged and led to nothing may be pressed again then
const ENDED = ['done', 'failed', 'cancelled', 'interrupted'];
const WORDS = {
  queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Cancelled', interrupted: 'Stopped',
};
const MARKS = {done: '✓', failed: '!', cancelled: '×', interrupted: '×'};
const BUSY = 'The kernel is busy: press the notebook’s own Stop button (■) to cancel.';
const BUSY_ROW = 'The kernel is busy: this is cancelled as soon as it answers.';

export default () => {
  const store = makeStore();
  return {
    initialize({model}) {
      store.listen(model);
      return () => store.stop();
    },
    render({model, el}) {
      return draw(store, model, el);
    },
  };
};

function makeStore() {
  const store = {
    n: -1, head: {}, rows: new Map(), blocks: [], pictures: [], views: new Set(), pending: new Map(), base: null, frozen: 0,
    hint: '', fallback: '', asking: false,
    ended: () => ENDED.includes(store.head.state),
    elapsed: () => (store.base === null ? store.frozen : (performance.now() - store.base) / 1000),
    changed: (what = {}) => store.views.forEach((view) => view(what)),
    stop: () => store.pending.forEach((entry) => clearTimeout(entry.timer)),

    listen(model) {
      store.apply({...model.get('known')}, true);
      model.on('msg:custom', (message) => {
        if (message.type === 'whole') store.apply(message, true);
        else if (message.type === 'update') {
          if (message.n <= store.n) return;
          // Something was sent while this page was loading: ask for all of it.
          if (message.n > store.n + 1) store.ask(model);
          else store.apply(message, false);
        } else if (message.type === 'ack') store.acknowledged(message.row, message.failed);
      });
      store.ask(model);
    },
    ask(model) {
      if (!store.asking) model.send({type: 'sync'});
      store.asking = true;
    },

    apply(message, whole) {
      if (whole) {
        store.rows.clear();
        store.blocks = [];
        store.pictures = [];
        store.asking = false;
      }
      store.n = message.n ?? store.n;
      Object.assign(store.head, message.head);
      for (const row of message.rows ?? []) store.rows.set(row.key, row);
      store.pictures.push(...(message.pictures ?? []));
      const running = store.head.state === 'running';
      store.frozen = message.elapsed ?? 0;
      store.base = running ? performance.now() - 1000 * store.frozen : null;
      let from = null;
      if (message.blocks) {
        const {keep, html} = message.blocks;
        from = whole ? 0 : message.blocks.from;
        const kept = keep ? store.blocks[from].slice(0, keep) : '';
        store.blocks.length = from;
        html.forEach((piece, i) => store.blocks.push(i ? piece : kept + piece));
      }
      if (store.ended()) {
        store.stop();
        store.pending.clear();
        store.hint = '';
      }
      store.changed({from});
    },

    // Cancelling: ask Python; if it does not even acknowledge, it is inside a blocking cell, so ask the server.
    cancel(model, row) {
      const key = row ?? '';
      if (store.pending.has(key) || store.ended()) return;
      const entry = {timer: null};
      store.pending.set(key, entry);
      entry.timer = setTimeout(() => store.unanswered(row), ACK_MS);
      model.send({type: 'cancel', row: row ?? null});
      store.changed();
    },
    acknowledged(row, failed) {
      const entry = store.pending.get(row ?? '');
      if (!entry) return;
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => store.again(row ?? ''), failed ? 0 : AGAIN_MS);
      store.hint = '';
      store.changed();
    },
    again(key) {
      store.pending.delete(key);
      store.changed();
    },
    async unanswered(row) {
      if (store.ended()) return;
      const key = row ?? '';
      store.pending.get(key).timer = setTimeout(() => store.again(key), AGAIN_MS);
      // An interrupt would stop the other rows as well, or a cell that has nothing to do with this run.
      if (row != null || !store.head.kernel) store.hint = BUSY_ROW;
      else {
        const status = await interrupt(store.head.kernel).catch(() => 0);
        store.fallback = `interrupt ${status || 'unavailable'}`;
        if (!(status >= 200 && status < 300)) store.hint = BUSY;
      }
      store.changed();
    },
  };
  return store;
}

// The Jupyter server's REST interface, for pages that it served itself (JupyterLab, Notebook 7, behind a hub or not).
async function interrupt(kernel) {
  const config = document.getElementById('jupyter-config-data');
  if (!config || !kernel) return 0;
  const {baseUrl, token} = JSON.parse(config.textContent);
  const xsrf = document.cookie.match(/(?:^|;\s*)_xsrf=([^;]+)/);
  const headers = {};
  if (xsrf) headers['X-XSRFToken'] = xsrf[1];
  if (token) headers.Authorization = `token ${token}`;
  const url = `${baseUrl}api/kernels/${encodeURIComponent(kernel)}/interrupt`;
  return (await fetch(url, {method: 'POST', headers, credentials: 'same-origin'})).status;
}

function clock(seconds) {
  const s = Math.floor(seconds), pad = (n) => String(n).padStart(2, '0');
  const minutes = Math.floor(s / 60);
  return minutes < 60 ? `${minutes}:${pad(s % 60)}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(s % 60)}`;
}

function make(tag, name, attributes = {}) {
  const element = document.createElement(tag);
  element.className = name;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function draw(store, model, el) {
  const root = make('div', 'nemo-run', {role: 'group'});
  const head = make('div', 'nemo-head');
  const mark = make('span', 'nemo-mark', {'aria-hidden': 'true'});
  const title = make('span', 'nemo-title');
  const phase = make('span', 'nemo-phase', {role: 'status', 'aria-live': 'polite'});
  const time = make('span', 'nemo-time', {role: 'timer', 'aria-live': 'off'});
  const cancel = make('button', 'nemo-cancel', {type: 'button'});
  const rows = make('div', 'nemo-rows');
  const text = make('div', 'nemo-text jp-RenderedHTMLCommon');
  const pictures = make('div', 'nemo-pictures');
  const note = make('div', 'nemo-note');
  const error = make('div', 'nemo-error', {role: 'alert'});
  head.append(mark, title, phase, time, cancel);
  root.append(head, rows, text, pictures, note, error);
  el.append(root);
  cancel.onclick = () => store.cancel(model, null);
  const lines = new Map();

  const tick = () => put(time, store.base === null && !store.frozen ? '' : clock(store.elapsed()));
  const update = ({from = null}) => {
    const {title: name = '', state = 'queued', phase: now = '', note: quiet = '', error: wrong = ''} = store.head;
    root.dataset.state = state;
    if (store.fallback) root.dataset.fallback = store.fallback;
    root.setAttribute('aria-label', `${name}: ${WORDS[state] ?? state}`);
    put(title, name);
    put(mark, MARKS[state] ?? '');
    const word = WORDS[state] ?? state;
    put(phase, state === 'running' ? now : [word, now].filter(Boolean).join(' · '));
    const pressed = store.pending.has('');
    cancel.hidden = store.ended();
    cancel.disabled = pressed;
    put(cancel, pressed ? 'Cancelling…' : 'Cancel');
    for (const row of store.rows.values()) {
      if (!lines.has(row.key)) lines.set(row.key, drawRow(store, model, row.key, rows));
      lines.get(row.key)(row);
    }
    if (from !== null) drawBlocks(text, store.blocks, from);
    for (const {src, alt} of store.pictures.slice(pictures.children.length)) pictures.append(make('img', '', {src, alt}));
    put(note, store.ended() ? '' : quiet);
    put(error, [wrong, store.hint].filter(Boolean).join(' '));
    tick();
  };
  update({from: 0});
  store.views.add(update);
  const timer = setInterval(() => store.base !== null && tick(), 250);
  return () => {
    clearInterval(timer);
    store.views.delete(update);
    root.remove();
  };
}

function drawRow(store, model, key, rows) {
  const line = make('div', 'nemo-row');
  const label = make('span', 'nemo-label');
  const bar = make('div', 'nemo-bar', {role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100'});
  const fill = make('div', 'nemo-fill');
  const detail = make('span', 'nemo-detail');
  const cancel = make('button', 'nemo-row-cancel', {type: 'button'});
  cancel.textContent = '×';
  cancel.onclick = () => store.cancel(model, key);
  bar.append(fill);
  line.append(label, bar, detail, cancel);
  rows.append(line);
  line.dataset.key = key;
  return (row) => {
    const live = row.state === 'running' && !store.ended();
    const left = ['running', 'queued'].includes(row.state) && store.ended(); // unfinished when the run ended
    line.dataset.state = left ? (store.head.state === 'done' ? 'done' : 'interrupted') : row.state;
    put(label, row.label);
    label.title = row.label;
    put(detail, row.detail);
    bar.setAttribute('aria-label', row.label);
    bar.setAttribute('aria-valuetext', row.detail || row.state);
    bar.toggleAttribute('data-unknown', row.fraction === null && live);
    if (row.fraction === null) bar.removeAttribute('aria-valuenow');
    else bar.setAttribute('aria-valuenow', String(Math.round(100 * row.fraction)));
    fill.style.width = row.fraction === null ? '' : `${100 * row.fraction}%`;
    cancel.style.visibility = row.cancellable && !store.ended() && ['running', 'queued'].includes(row.state) ? '' : 'hidden';
    cancel.disabled = store.pending.has(key);
    cancel.title = `Cancel ${row.label}`;
    cancel.setAttribute('aria-label', cancel.title);
  };
}

// The HTML was made safe in Python (raw HTML escaped, links and pictures limited); only what changed is redrawn.
function drawBlocks(text, blocks, from) {
  while (text.children.length > from) text.lastElementChild.remove();
  for (const html of blocks.slice(from)) {
    const block = make('div', 'nemo-block');
    block.innerHTML = html;
    text.append(block);
  }
}
