// What our widgets need of the page that they are in. Stands in front of each widget's own script.

const STOPS = ['restarting', 'autorestarting', 'terminating', 'dead'];
const LEFT_MS = 400; // as long after the end as the answer may take to come to the notebook by itself

function make(tag, name, attributes = {}, text = '') {
  const element = document.createElement(tag);
  element.className = name;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

// Calls `stopped` once when the kernel has ended that the model belongs to, however it ended. Returns what ends that.
function whenKernelStops(model, stopped) {
  const manager = model.widget_manager, session = manager?.context?.sessionContext;
  const kernel = session?.session?.kernel ?? manager?.kernel, id = kernel?.id;
  const tell = () => {
    leave();
    stopped();
  };
  // An automatic restart (out of memory, killed) tells the widgets nothing; the page's session hears of it.
  const source = session ?? kernel;
  const status = (_, now) => STOPS.includes(now) && tell();
  const changed = (_, {newValue}) => newValue?.id !== id && tell();
  // The kernel ended, or the page found it again: only sending tells which.
  const settle = () => setTimeout(() => {
    if (!session && !kernel) return;
    try {
      model.send({type: 'still'});
    } catch {
      tell();
    }
  }, 0);
  const leave = () => {
    source?.statusChanged?.disconnect(status);
    session?.kernelChanged?.disconnect(changed);
    model.off('comm_live_update', settle);
  };
  source?.statusChanged?.connect(status);
  session?.kernelChanged?.connect(changed);
  model.on('comm_live_update', settle);
  return leave;
}

// Draws into every piece of rendered Markdown that holds `place`, now and later (a reload, a cell that scrolls in).
function cover(place, name, drawInto) {
  const places = document.getElementsByClassName(place), covered = new Map();
  const look = () => {
    for (const [host, {el, leave}] of covered) {
      if (host.isConnected && host.contains(el)) continue; // else it was drawn anew, with what is to stay
      leave();
      covered.delete(host);
    }
    for (const found of places) {
      const host = found.closest('.jp-RenderedMarkdown');
      if (!host || covered.has(host)) continue;
      const el = make('div', name);
      host.append(el);
      covered.set(host, {el, leave: drawInto(el)});
    }
  };
  const page = (globalThis[Symbol.for('nemo-cover')] ??= {looks: new Set()}); // one observer for all of a page
  page.observer ??= new MutationObserver(() => page.looks.forEach((each) => each()));
  page.looks.add(look);
  page.observer.observe(document.body, {childList: true, subtree: true});
  look();
  return () => {
    page.looks.delete(look);
    if (!page.looks.size) page.observer.disconnect();
    for (const {el, leave} of covered.values()) {
      leave();
      el.remove();
    }
    covered.clear();
  };
}

const markdown = (output) => [output.data?.['text/markdown'] ?? ''].flat().join('');

// The outputs of the cell in whose Markdown the model has its place, and which of them that is; null if there is none.
function placed(model) {
  const place = model.get('place');
  for (const cell of model.widget_manager?.context?.model?.cells ?? []) {
    const there = cell.outputs;
    for (let at = 0; at < (there?.length ?? 0); at++) {
      if (markdown(there.get(at)).includes(place)) return {there, at};
    }
  }
  return null;
}

// Puts outputs into the notebook in place of the one that holds the model's words, and `now` in place of those of the
// same cell whose words are one of `was`; whether that was possible.
function replace(model, outputs, {was = [], now = null} = {}) {
  const found = placed(model);
  if (!found) return false;
  const made = ({data, metadata}) => ({output_type: 'display_data', data, metadata});
  const all = found.there.toJSON();
  all.splice(found.at, 1, ...outputs.map(made));
  found.there.fromJSON(all.map((output) => (now && was.includes(markdown(output)) ? made(now) : output)));
  return true;
}
