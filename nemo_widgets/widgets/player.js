// One player, two transports: the file's URL where this page can fetch it, else MediaSource, fed piece by piece
// by the kernel. What the kernel is told (`current_time`, `playing`) is sent four times a second at most.
// In a Jupyter page the notebook itself holds the poster, so that there is something to see without a kernel; while
// there is one, the player lies over that poster, which keeps its place in the page: so nothing ever moves.

const AHEAD_S = 12, BACK_S = 12, AHEAD_BYTES = 32 << 20; // what is buffered around the playing position
const PIECE = 1 << 20; // the most that one message brings
const MARK_AT = 66; // where the mark begins in a poster's address: behind "data:image/png;base64," and the PNG's head
const TELL_MS = 250, QUIET_MS = 2500;

export default () => {
  // What Python said before there was a view is kept for the first one.
  const store = {told: 0, early: [], views: new Set()};
  return {
    initialize({model}) {
      store.told = model.get('current_time');
      model.on('msg:custom', (message) => {
        if (message.type !== 'do') return;
        if (store.views.size) store.views.forEach((act) => act(message));
        else store.early.push(message);
      });
      model.on('change:current_time', () => {
        const to = model.get('current_time');
        if (to !== store.told) store.views.forEach((act) => act({verb: 'seek', to}));
      });
      return whileAlive(model, () => cover(model.get('place'), (el) => draw(store, model, el)));
    },
    render({model, el}) {
      return draw(store, model, el);
    },
  };
};

// Calls `begin`, and what it returned when the kernel has ended or the model is closed.
function whileAlive(model, begin) {
  let closed = false, leave = begin();
  const end = () => {
    leave?.();
    leave = null;
  };
  // The kernel ended, or the page found it again: only sending tells which.
  const settle = () => {
    if (closed) return;
    try {
      model.send({type: 'still'});
    } catch {
      end();
      return;
    }
    leave ??= begin();
  };
  model.on('comm_live_update', () => setTimeout(settle, 0));
  return () => {
    closed = true;
    end();
  };
}

// Draws over every picture with the mark among the page's outputs, now and later (a reload, a cell that scrolls in),
// and takes away what was drawn when its picture has gone. Returns what ends that.
function cover(mark, drawInto) {
  const covered = new Map();
  const uncover = (host, {el, picture, leave}) => {
    covered.delete(host);
    leave();
    el.remove();
    picture.style.visibility = '';
  };
  const look = () => {
    for (const [host, drawn] of covered) if (!host.isConnected || !host.contains(drawn.picture)) uncover(host, drawn);
    for (const picture of document.images) {
      const host = picture.parentElement;
      if (!host?.classList.contains('jp-RenderedImage') || covered.has(host)) continue;
      if (!picture.getAttribute('src')?.startsWith(mark, MARK_AT)) continue;
      const el = make('div', 'nemo-player-cover');
      host.classList.add('nemo-player-host');
      host.append(el);
      const end = drawInto(el), follow = lieOver(el, picture);
      picture.style.visibility = 'hidden';
      covered.set(host, {el, picture, leave: () => { follow(); end(); }});
    }
  };
  const leave = onChange(look);
  return () => {
    leave();
    for (const [host, drawn] of covered) uncover(host, drawn);
  };
}

// Keeps `el` where `picture` is. Returns what ends that.
function lieOver(el, picture) {
  const lie = () => {
    const {width, height} = picture.getBoundingClientRect(), {offsetLeft: left, offsetTop: top} = picture;
    if (width && height) for (const [key, value] of Object.entries({left, top, width, height})) el.style[key] = `${value}px`;
  };
  const observer = new ResizeObserver(lie);
  observer.observe(picture);
  lie();
  return () => observer.disconnect();
}

// Calls `look` now and whenever the page has changed: one observer for all players of the page.
function onChange(look) {
  const page = (globalThis[Symbol.for('nemo-player')] ??= {looks: new Set()});
  page.observer ??= new MutationObserver(() => page.looks.forEach((each) => each()));
  page.looks.add(look);
  page.observer.observe(document.body, {childList: true, subtree: true});
  look();
  return () => {
    page.looks.delete(look);
    if (!page.looks.size) page.observer.disconnect();
  };
}

function make(tag, name, attributes = {}) {
  const element = document.createElement(tag);
  element.className = name;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function draw(store, model, el) {
  const root = make('div', 'nemo-player', {'data-transport': 'none'});
  const picture = model.get('picture');
  const video = picture ? make('img', 'nemo-video')
    : make('video', 'nemo-video', {controls: '', playsinline: '', preload: 'metadata', tabindex: '0'});
  const strip = make('div', 'nemo-strip'), caption = make('div', 'nemo-caption');
  const note = make('div', 'nemo-player-note', {role: 'status'});
  const error = make('div', 'nemo-player-error', {role: 'alert'});
  const [width, high, below] = model.get('frame'); // known from the film's shape: nothing of the film need be there
  root.style.width = `${width}px`;
  root.style.aspectRatio = `${width} / ${high + below}`;
  video.style.height = error.style.maxHeight = `${100 * high / (high + below)}%`;
  strip.style.height = error.style.bottom = `${100 * below / (high + below)}%`;
  if (model.get('poster')) video[picture ? 'src' : 'poster'] = model.get('poster');
  caption.textContent = model.get('words');
  video.setAttribute(picture ? 'alt' : 'aria-label', model.get('words'));
  strip.append(caption, note);
  root.append(video, strip, error);
  el.append(root);

  const view = {root, video, note, error, says: model.get('says'), alive: true, stop: () => {}};
  if (picture) {
    show(model, view);
    return () => {
      view.alive = false;
      view.stop();
      root.remove();
    };
  }
  const start = store.told;
  const toStart = () => { if (start > 0.05) video.currentTime = start; };
  video.addEventListener('loadedmetadata', toStart, {once: true});
  video.addEventListener('keydown', (event) => event.stopPropagation()); // arrows and space belong to the player

  const act = ({verb, to}) => {
    if (verb === 'seek') {
      if (video.readyState) video.currentTime = to;
      else video.addEventListener('loadedmetadata', () => { video.currentTime = to; }, {once: true});
    } else if (verb === 'pause') video.pause();
    else {
      video.play().then(() => { note.textContent = ''; }, (wrong) => {
        if (wrong.name === 'NotAllowedError') note.textContent = view.says['player.click'];
      });
    }
  };
  store.views.add(act);
  const stopTelling = tell(store, model, video, note);
  open(model, view).then(() => store.early.splice(0).forEach(act));
  return () => {
    view.alive = false;
    store.views.delete(act);
    stopTelling();
    view.stop();
    video.removeAttribute('src');
    video.load();
    root.remove();
  };
}

// Tell Python where the player is.
function tell(store, model, video, note) {
  let last = 0, timer = null;
  const now = () => {
    clearTimeout(timer);
    timer = null;
    last = performance.now();
    store.told = video.currentTime;
    model.set('current_time', store.told);
    model.set('playing', !video.paused && !video.ended);
    if (Number.isFinite(video.duration) && Math.abs(video.duration - model.get('duration')) > 0.05) model.set('duration', video.duration);
    model.save_changes();
  };
  const soon = () => { timer ??= setTimeout(now, Math.max(0, last + TELL_MS - performance.now())); };
  for (const name of ['timeupdate', 'seeked', 'play', 'pause', 'ended', 'durationchange']) video.addEventListener(name, () => video.readyState && soon());
  video.addEventListener('playing', () => { note.textContent = ''; });
  return () => clearTimeout(timer);
}

const codec = (sound) => `video/mp4; codecs="avc1.42E01E, ${sound}"`;

// Shows a picture, which may move: by its URL where the page can fetch it, else as the kernel sends it.
async function show(model, view) {
  const {root, video, note, error, says} = view;
  const load = (url) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(true);
    image.onerror = () => done(false);
    image.src = url;
  });
  const path = model.get('source'), resolve = model.widget_manager?.resolveUrl;
  const url = path && resolve ? await Promise.resolve(model.widget_manager.resolveUrl(path)).catch(() => '') : '';
  if (!view.alive) return;
  if (url && (await load(url))) {
    root.dataset.transport = 'url';
    video.src = url;
    return;
  }
  root.dataset.transport = 'comm';
  const {ask, stop} = questions(model, view);
  view.stop = stop;
  try {
    const {message} = await ask({type: 'open', sounds: []}), pieces = [];
    for (const [, offset, size] of message.fragments) pieces.push((await ask({type: 'read', sounds: [], offset, size})).data);
    if (!view.alive) return;
    const blob = URL.createObjectURL(new Blob(pieces, {type: message.mime}));
    view.stop = () => {
      stop();
      URL.revokeObjectURL(blob);
    };
    if (await load(blob)) video.src = blob;
    else error.textContent = says['player.damaged picture'];
  } catch (wrong) {
    root.dataset.transport = 'none';
    note.textContent = '';
    error.textContent = wrong.message;
  }
}

async function open(model, view) {
  const {root, video, note, error, says} = view;
  const can = (sound) => Boolean(globalThis.MediaSource?.isTypeSupported(codec(sound)));
  const sounds = [['aac', 'mp4a.40.2'], ['opus', 'opus']].filter(([, name]) => can(name)).map(([name]) => name);
  const path = model.get('source'), resolve = model.widget_manager?.resolveUrl;
  // Where MediaSource lacks AAC (VS Code) the URL would play without sound: the kernel makes it Opus instead.
  if (path && resolve && (sounds.includes('aac') || !sounds.length)) {
    const url = await Promise.resolve(model.widget_manager.resolveUrl(path)).catch(() => '');
    if (url && (await byUrl(view, url))) return;
  }
  if (!view.alive) return;
  root.dataset.transport = 'comm';
  try {
    await byComm(model, view, sounds);
  } catch (wrong) {
    root.dataset.transport = 'none';
    note.textContent = '';
    error.textContent = wrong.message;
  }
  video.addEventListener('error', () => { error.textContent = says[`player.${video.error?.code}`] ?? ''; });
}

// Resolves to whether the browser could make sense of what it got there.
function byUrl({root, video}, url) {
  return new Promise((done) => {
    const settle = (good) => {
      video.removeEventListener('loadedmetadata', yes);
      video.removeEventListener('error', no);
      if (!good) video.removeAttribute('src');
      done(good);
    };
    const yes = () => settle(true), no = () => settle(false);
    video.addEventListener('loadedmetadata', yes);
    video.addEventListener('error', no);
    root.dataset.transport = 'url';
    video.src = url;
  });
}

async function byComm(model, view, sounds) {
  const {video, note, says} = view;
  if (!globalThis.MediaSource) throw new Error(says['player.no source']);
  const {ask, stop} = questions(model, view);
  view.stop = stop;
  note.textContent = says['player.preparing'];
  const {message: film} = await ask({type: 'open', sounds});
  note.textContent = '';
  if (!view.alive) return;
  if (!MediaSource.isTypeSupported(film.mime)) throw new Error(says['player.no kind'].replace('{kind}', film.mime));
  const source = new MediaSource(), url = URL.createObjectURL(source);
  view.stop = () => {
    stop();
    URL.revokeObjectURL(url);
  };
  video.src = url;
  await new Promise((done) => source.addEventListener('sourceopen', done, {once: true}));
  const buffer = source.addSourceBuffer(film.mime);
  const list = film.fragments.map(([at, offset, size]) => ({at: at + film.shift, offset, size}));
  const end = Math.max(film.duration, list.at(-1).at + 0.05);
  source.duration = end;
  buffer.timestampOffset = film.shift;
  const settled = (change) => new Promise((done, fail) => {
    buffer.addEventListener('updateend', done, {once: true});
    try { change(); } catch (wrong) { fail(wrong); }
  });
  const read = async (offset, size) => (await ask({type: 'read', sounds: film.sounds, offset, size})).data;
  const append = async (data) => {
    for (let room = AHEAD_S; ; room /= 2) {
      try { return await settled(() => buffer.appendBuffer(data)); } catch (wrong) {
        if (wrong.name !== 'QuotaExceededError' || room < 1) throw wrong;
        await drop(room / 4, room);
      }
    }
  };
  const drop = async (back, ahead) => {
    const t = video.currentTime;
    if (t - back > 0.1) await settled(() => buffer.remove(0, t - back));
    if (t + ahead < end) await settled(() => buffer.remove(t + ahead, Infinity));
  };
  await append(await read(0, film.head));

  const at = (t) => Math.max(0, list.findLastIndex((piece) => piece.at <= t + 1e-3));
  const middle = (i) => (list[i].at + (list[i + 1]?.at ?? end)) / 2;
  const has = (t) => {
    const b = video.buffered;
    for (let i = 0; i < b.length; i++) if (b.start(i) <= t && t < b.end(i)) return true;
    return false;
  };
  // The next fragment worth having at this moment, or -1.
  const wanted = () => {
    const t = video.currentTime;
    let i = at(t), bytes = 0;
    while (i < list.length && has(middle(i))) bytes += list[i++].size;
    return i < list.length && list[i].at <= t + AHEAD_S && (bytes < AHEAD_BYTES || i === at(t)) ? i : -1;
  };
  const fetchOne = async (i) => {
    for (let done = 0; done < list[i].size; done += PIECE) {
      const data = await read(list[i].offset + done, Math.min(PIECE, list[i].size - done));
      if (!view.alive) return;
      await append(data);
      const t = video.currentTime; // the viewer went elsewhere: leave this fragment unfinished
      if (done + PIECE < list[i].size && (list[i].at > t + 2 * AHEAD_S || (list[i + 1]?.at ?? end) < t)) return buffer.abort();
    }
  };
  let busy = false;
  const fill = async () => {
    if (busy || !view.alive) return;
    busy = true;
    try {
      for (let i = wanted(), last = -1; i >= 0 && i !== last && view.alive; last = i, i = wanted()) {
        await fetchOne(i);
        const b = video.buffered, t = video.currentTime;
        if (b.length && (b.start(0) < t - 2 * BACK_S || b.end(b.length - 1) > t + 3 * AHEAD_S)) await drop(BACK_S, 2 * AHEAD_S);
        if (b.length && !has(t) && b.start(0) > t && b.start(0) < t + 0.5) video.currentTime = b.start(0) + 0.001;
      }
      if (view.alive && has(middle(list.length - 1)) && source.readyState === 'open' && !buffer.updating) source.endOfStream();
    } catch (wrong) {
      if (view.alive) view.error.textContent = wrong.message;
    } finally {
      busy = false;
    }
  };
  video.addEventListener('seeking', fill);
  video.addEventListener('timeupdate', fill);
  fill();
}

// Questions to the kernel and their answers, matched by an id of this view.
function questions(model, view) {
  const open = new Map(), me = Math.random().toString(36).slice(2), busy = view.says['player.busy'];
  let number = 0;
  const hear = (message, buffers) => {
    const waiting = open.get(message.id);
    if (!waiting) return;
    open.delete(message.id);
    clearTimeout(waiting.timer);
    if (view.note.textContent === busy) view.note.textContent = '';
    if (message.type === 'refused') waiting.fail(new Error(message.why));
    else {
      const b = buffers?.[0];
      waiting.done({message, data: b && new Uint8Array(b.buffer, b.byteOffset ?? 0, b.byteLength)});
    }
  };
  model.on('msg:custom', hear);
  const ask = (question) => new Promise((done, fail) => {
    const id = `${me}:${++number}`;
    const timer = setTimeout(() => { view.note.textContent = busy; }, question.type === 'open' ? 10 * QUIET_MS : QUIET_MS);
    open.set(id, {done, fail, timer});
    model.send({...question, id});
  });
  const stop = () => {
    model.off('msg:custom', hear);
    for (const {timer} of open.values()) clearTimeout(timer);
    open.clear();
  };
  return {ask, stop};
}
