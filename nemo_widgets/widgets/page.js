// What our widgets need of the page that they are in. Stands in front of each widget's own script.

const STOPS = ['restarting', 'autorestarting', 'terminating', 'dead'];

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
