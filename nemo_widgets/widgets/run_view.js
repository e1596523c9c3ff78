// The live view of one run. The model's side (`store`) hears every message from the moment the widget exists,
// whether it is shown or not; each view only draws what the store holds.
// In a Jupyter page the notebook itself holds words in Markdown (what was begun, how to go on with it), which are
// true whenever it is opened; while there is a kernel, the live view covers them in the page. At the end the kernel
// puts the answer there. A page that was reloaded meanwhile does not hear of that: it asks for the answer.

const ACK_MS = 300; // a cancel that Python has not acknowledged by then goes to the server instead
const AGAIN_MS = 8000; // a cancel that was acknowledged and led to nothing may be pressed again then
const ENDED = ['done', 'failed', 'cancelled', 'interrupted'];
const MARKS = {done: '✓', failed: '!', cancelled: '×', interrupted: '×'};
const HOLD_MS = 3000; // as long after the end as what follows may take to come: the page does not fold up meanwhile

export default () => {
  const store = makeStore();
  return {
    initialize({model}) {
      store.listen(model);
      const leave = cover(model.get('place'), 'nemo-run-cover', (el) => draw(store, model, el));
      const deaf = whenKernelStops(model, store.lose);
      return () => {
        deaf();
        store.stop();
        leave();
      };
    },
    render({model, el}) {
      return draw(store, model, el);
    },
  };
};

function makeStore() {
  const store = {
    n: -1, head: {}, rows: new Map(), blocks: [], pictures: [], views: new Set(), pending: new Map(), base: null, frozen: 0,
    says: {}, hint: '', fallback: '', asking: false, lost: false, left: null, wanted: false,
    word: (state) => store.says[`view.${state}`] ?? state,
    state: () => (store.lost ? 'interrupted' : store.head.state ?? 'queued'),
    ended: () => ENDED.includes(store.state()),
    elapsed: () => (store.base === null ? store.frozen : (performance.now() - store.base) / 1000),
    changed: (what = {}) => store.views.forEach((view) => view(what)),
    stop: () => store.pending.forEach((entry) => clearTimeout(entry.timer)),

    listen(model) {
      store.says = model.get('says');
      store.apply(model, {...model.get('known')}, true);
      model.on('msg:custom', (message) => {
        if (message.type === 'whole') store.apply(model, message, true);
        else if (message.type === 'update') {
          if (message.n <= store.n) return;
          // Something was sent while this page was loading: ask for all of it.
          if (message.n > store.n + 1) store.ask(model);
          else store.apply(model, message, false);
        } else if (message.type === 'ack') store.acknowledged(message.row, message.failed);
        else if (message.type === 'left') store.take(model, message.outputs);
      });
      store.ask(model);
    },
    lose() { // the kernel is gone, and with it whoever would tell
      if (store.ended()) return;
      store.frozen = store.elapsed();
      store.base = null;
      store.lost = true;
      store.over();
      store.changed();
    },
    over() {
      store.stop();
      store.pending.clear();
      store.hint = '';
    },
    // The run has ended, and the words of its beginning still stand here: get what should stand in their place.
    settle(model) {
      if (store.wanted || store.lost || !store.head.settled || !store.views.size) return;
      store.wanted = true;
      setTimeout(() => store.views.size && model.send({type: 'left'}), LEFT_MS);
    },
    take(model, outputs) {
      if (replace(model, outputs)) return;
      store.left = outputs;
      store.changed();
    },
    ask(model) {
      if (!store.asking) model.send({type: 'sync'});
      store.asking = true;
    },

    apply(model, message, whole) {
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
      if (store.ended()) store.over();
      store.changed({from, whole});
      store.settle(model);
    },

    // Cancelling: ask Python; if it does not even acknowledge, it is inside a blocking cell, so ask the server.
    cancel(model, row) {
      const key = row ?? '';
      if (store.pending.has(key) || store.ended()) return;
      const entry = {timer: null};
      store.pending.set(key, entry);
      // In two halves: where the page stood still for a moment, there is time to hear what has arrived meanwhile.
      const wait = (then) => { entry.timer = setTimeout(then, ACK_MS / 2); };
      wait(() => wait(() => store.unanswered(row)));
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
      if (row != null || !store.head.kernel) store.hint = store.says['view.busy row'];
      else {
        const status = await interrupt(store.head.kernel).catch(() => 0);
        store.fallback = `interrupt ${status || 'unavailable'}`;
        if (!(status >= 200 && status < 300)) store.hint = store.says['view.busy'];
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
  const left = make('div', 'nemo-left jp-RenderedHTMLCommon');
  head.append(mark, title, phase, time, cancel);
  root.append(head, rows, text, pictures, note, error, left);
  el.append(root);
  cancel.onclick = () => store.cancel(model, null);
  const lines = new Map();

  const tick = () => put(time, store.head.told || (store.base === null && !store.frozen) ? '' : clock(store.elapsed()));
  const update = ({from = null, whole = true}) => {
    const {title: name = '', phase: now = '', note: quiet = '', error: wrong = '', told = '', lost = ''} = store.head;
    const state = store.state();
    if (state === 'done' && root.dataset.state !== 'done' && !whole) hold(el);
    root.dataset.state = state;
    if (store.fallback) root.dataset.fallback = store.fallback;
    const word = store.word(state);
    root.setAttribute('aria-label', `${name}: ${word}`);
    put(title, told ? '' : name);
    put(mark, MARKS[state] ?? '');
    put(phase, told || (state === 'running' ? now : [word, store.lost ? '' : now].filter(Boolean).join(' · ')));
    const pressed = store.pending.has('');
    cancel.hidden = store.ended();
    cancel.disabled = pressed;
    put(cancel, store.says[pressed ? 'view.cancelling' : 'view.cancel']);
    for (const row of store.rows.values()) {
      if (!lines.has(row.key)) lines.set(row.key, drawRow(store, model, row.key, rows));
      lines.get(row.key)(row);
    }
    if (from !== null) drawBlocks(text, store.blocks, from);
    for (const {src, alt} of store.pictures.slice(pictures.children.length)) pictures.append(make('img', '', {src, alt}));
    if (store.lost) say(note, lost);
    else put(note, store.ended() ? '' : quiet);
    if (store.left && !left.firstChild) drawLeft(root, left, store.left);
    put(error, [wrong, store.hint].filter(Boolean).join(' '));
    tick();
  };
  update({from: 0});
  store.views.add(update);
  store.settle(model);
  const timer = setInterval(() => store.base !== null && tick(), 250);
  return () => {
    clearInterval(timer);
    store.views.delete(update);
    root.remove();
  };
}

// Words with `code` in them.
function say(element, words) {
  element.replaceChildren(...words.split('`').map((part, i) => (i % 2 ? make('code', '', {}, part) : part)));
}

// Keeps the output as high as it is until what follows has come: a film's player, a timeline.
function hold(el) {
  const area = el.closest('.jp-OutputArea');
  if (!area) return;
  area.style.minHeight = `${area.offsetHeight}px`;
  let left = HOLD_MS / 250; // in steps: where page and kernel stood still for a moment, what follows is still to come
  const timer = setInterval(() => {
    if (--left > 0) return;
    clearInterval(timer);
    area.style.minHeight = '';
  }, 250);
}

// What would stand in the notebook now, drawn here. A player finds its picture by what that stands in.
function drawLeft(root, left, outputs) {
  root.setAttribute('data-left', '');
  for (const {data, metadata, html} of outputs) {
    const kind = Object.keys(data).find((name) => name.startsWith('image/'));
    if (kind) {
      const {width, height, alt} = metadata[kind] ?? {};
      const picture = make('img', '', {src: `data:${kind};base64,${data[kind]}`, alt: alt ?? data['text/plain'] ?? ''});
      if (width) picture.width = width;
      if (height) picture.height = height; // its place is kept before it is drawn
      const around = make('div', 'jp-RenderedImage');
      around.append(picture);
      left.append(around);
    } else {
      const words = make('div', '');
      words.innerHTML = html; // made safe in Python, like the rest
      left.append(words);
    }
  }
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
    put(detail, left ? row.detail.split(' · ')[0] : row.detail); // nothing is left to wait for
    bar.setAttribute('aria-label', row.label);
    bar.setAttribute('aria-valuetext', row.detail || store.word(row.state));
    bar.toggleAttribute('data-unknown', row.fraction === null && live);
    if (row.fraction === null) bar.removeAttribute('aria-valuenow');
    else bar.setAttribute('aria-valuenow', String(Math.round(100 * row.fraction)));
    fill.style.width = row.fraction === null ? '' : `${100 * row.fraction}%`;
    cancel.style.visibility = row.cancellable && !store.ended() && ['running', 'queued'].includes(row.state) ? '' : 'hidden';
    cancel.disabled = store.pending.has(key);
    cancel.title = store.says['view.cancel row'].replace('{label}', () => row.label);
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
