// A question to answer. The model's side (`store`) sends one answer and waits for Python; each view draws it.
// In a Jupyter page the notebook itself holds the question as Markdown, so that it makes sense where there is no
// kernel to answer to; while there is one, a live view covers that Markdown in the page, and says so when it stops.

const ACK_MS = 600; // an answer that Python has not acknowledged by then waits for a busy kernel
const QUICK = 4; // as many choices are buttons at most, one click each
const LONG = 36; // characters of a label beyond which buttons stand below each other
const MANY = 16; // choices beyond which their list scrolls
const MARKS = {open: '?', sending: '?', answered: '✓', closed: '–'};
let count = 0; // for names of radio groups, which are the page's

export default () => {
  const store = makeStore();
  return {
    initialize({model}) {
      const leave = cover(model.get('place'), 'nemo-ask-cover', (el) => draw(store, model, el));
      store.listen(model);
      const deaf = whenKernelStops(model, store.lose);
      return () => {
        deaf();
        leave();
        store.forget();
      };
    },
    render({model, el}) {
      // From now on the Markdown may stand in the notebook, since `cover` will find it.
      setTimeout(() => el.closest('.jp-OutputArea-child') && model.send({type: 'placed'}), 0);
      return draw(store, model, el);
    },
  };
};

function makeStore() {
  const store = {
    standing: {status: 'open'}, timer: null, sending: false, late: false, lost: false, wanted: false, views: new Set(),
    state() {
      if (store.standing.status !== 'open') return store.standing.status;
      return store.lost ? 'closed' : store.sending ? 'sending' : 'open';
    },
    changed: () => store.views.forEach((view) => view()),

    listen(model) {
      store.standing = model.get('standing');
      store.changed();
      store.settle(model);
      model.on('change:standing', () => {
        store.standing = model.get('standing');
        store.forget();
        store.changed();
        store.settle(model);
      });
      model.on('msg:custom', (message) => {
        if (message.type === 'left') replace(model, message.outputs, message.before);
        if (message.type !== 'ack' || !store.sending) return;
        clearTimeout(store.timer);
        store.late = false;
        store.changed();
      });
    },
    // A run goes on from the answer. A page that was reloaded does not hear where it is shown: it asks for that.
    settle(model) {
      if (store.wanted || store.standing.status === 'open' || !store.standing.followed) return;
      store.wanted = true;
      setTimeout(() => placed(model) && model.send({type: 'left'}), LEFT_MS);
    },
    lose() { // the kernel that asked is gone, and with it whoever waited
      if (store.standing.status !== 'open') return;
      store.lost = true;
      store.forget();
      store.changed();
    },
    forget() {
      clearTimeout(store.timer);
      store.sending = store.late = false;
    },
    send(model, items) {
      if (store.state() !== 'open') return;
      store.sending = true;
      store.timer = setTimeout(() => {
        store.late = true;
        store.changed();
      }, ACK_MS);
      store.changed();
      try {
        model.send({type: 'answer', items});
      } catch {
        store.lose();
      }
    },
  };
  return store;
}

function draw(store, model, el) {
  const {title, items} = model.get('asked'), says = model.get('says');
  const id = `nemo-ask-${++count}`;
  const alone = items.length === 1, choices = items[0].options.length;
  const quick = alone && !items[0].multiple && choices > 0 && choices <= QUICK;

  const root = make('div', 'nemo-ask mathjax_ignore tex2jax_ignore', {role: 'group', 'aria-label': title || says['form.question']});
  root.toggleAttribute('data-several', !alone);
  const mark = make('span', 'nemo-ask-mark', {'aria-hidden': 'true'});
  const body = make('div', 'nemo-ask-body');
  const form = make('div', 'nemo-ask-form');
  const answer = make('div', 'nemo-ask-answer', {role: 'status', tabindex: '-1'});
  const note = make('div', 'nemo-ask-note', {role: 'status'});
  const error = make('div', 'nemo-ask-error', {role: 'alert'});
  const send = make('button', 'nemo-ask-send', {type: 'button'}, says['form.send']);
  const left = make('span', 'nemo-ask-left');
  if (title) body.append(make('div', 'nemo-ask-title', {}, title));
  body.append(form, answer, note, error);
  root.append(mark, body);
  el.append(root);

  // One reader a question: what is picked and written now, or null while it is unanswered.
  const update = () => {
    const done = readers.filter((read) => read()).length;
    send.disabled = done < readers.length || store.state() !== 'open';
    const told = says['form.left'].replace('{done}', done).replace('{count}', readers.length);
    left.textContent = !alone && done < readers.length ? told : '';
  };
  const submit = () => {
    update();
    if (!send.disabled) store.send(model, readers.map((read) => read()));
  };
  const pick = (i, button) => {
    button.dataset.chosen = '';
    store.send(model, [{picked: [i], text: ''}]);
  };
  const readers = items.map((item, n) => {
    const part = drawItem(form, says, item, `${id}-${n}`, quick ? pick : null);
    if (quick || (alone && !choices)) part.row.append(send);
    return part.read;
  });
  if (!send.parentNode) {
    const foot = make('div', 'nemo-ask-foot');
    foot.append(send, left);
    form.append(foot);
  }
  form.addEventListener('input', update);
  form.addEventListener('change', update);
  send.onclick = submit;
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing && event.target.matches('input')) submit();
  });
  // JupyterLab's shortcuts would take Enter, Space and the arrows from whatever is no text field.
  const keep = (event) => {
    if (!root.contains(event.target)) return;
    const ours = event.key === 'Enter' || !(event.ctrlKey || event.metaKey || event.altKey);
    event.target.toggleAttribute('data-lm-suppress-shortcuts', ours);
  };
  window.addEventListener('keydown', keep, true);

  let held = null; // what had the focus before it was disabled
  const view = () => {
    const state = store.state(), ended = state !== 'open' && state !== 'sending';
    const inside = root.contains(document.activeElement);
    if (inside && state === 'sending') held = document.activeElement;
    root.dataset.state = state;
    mark.textContent = MARKS[state] ?? '';
    for (const part of form.querySelectorAll('fieldset')) part.disabled = state !== 'open';
    if (state === 'open') for (const button of form.querySelectorAll('[data-chosen]')) delete button.dataset.chosen;
    if (ended && !answer.firstChild) {
      const [note, head, words, left] = store.lost ? [model.get('asked').lost, '', '', ''] : store.standing.ending;
      const said = make('span', 'nemo-ask-said');
      said.append(...note.split('`').map((part, i) => (i % 2 ? make('code', '', {}, part) : part)));
      said.append([note && head ? ' ' : '', head, words ? ' ' : ''].join(''));
      answer.append(said, make('span', 'nemo-ask-words', {}, words));
      if (left) answer.append(make('div', 'nemo-ask-said', {}, left));
    }
    note.textContent = state === 'sending' ? says[store.late ? 'form.busy' : 'form.sending'] : '';
    error.textContent = store.standing.error;
    update();
    if (ended && (inside || held)) answer.focus({preventScroll: true});
    else if (state === 'open' && held) held.focus({preventScroll: true});
    if (state !== 'sending') held = null;
  };
  view();
  store.views.add(view);
  return () => {
    window.removeEventListener('keydown', keep, true);
    store.views.delete(view);
    root.remove();
  };
}

function drawItem(form, says, item, id, pick) {
  const part = make('fieldset', 'nemo-ask-item');
  const legend = make('legend', 'nemo-ask-prompt');
  // The HTML was made safe in Python: raw HTML escaped, links limited, pictures left out.
  legend.innerHTML = item.prompt || says[item.options.length ? 'form.choose' : 'form.your answer'];
  if (item.multiple) legend.lastElementChild?.append(make('span', 'nemo-ask-any', {}, ` ${says['ask.any']}`));
  const rows = make('div', pick ? 'nemo-ask-quick' : 'nemo-ask-options');
  rows.toggleAttribute('data-long', item.options.some((label) => label.length > LONG));
  rows.toggleAttribute('data-many', item.options.length > MANY);
  const inputs = [];
  item.options.forEach((label, i) => {
    if (pick) {
      const button = make('button', 'nemo-ask-choice', {type: 'button'}, label);
      if (item.marks) button.dataset.mark = item.marks[i];
      button.onclick = () => pick(i, button);
      rows.append(button);
      return;
    }
    const row = make('label', 'nemo-ask-option');
    const input = make('input', '', {type: item.multiple ? 'checkbox' : 'radio', name: id});
    const words = make('span', 'nemo-ask-label', {}, label);
    if (item.marks) words.dataset.mark = item.marks[i];
    row.append(input, words);
    rows.append(row);
    inputs.push(input);
  });

  const row = make('div', 'nemo-ask-own');
  const words = says[item.options.length ? 'form.write else' : 'form.write'];
  const text = make('input', 'nemo-ask-text', {type: 'text', placeholder: words, autocomplete: 'off', maxlength: '20000'});
  text.setAttribute('aria-label', item.options.length ? says['form.else'] : legend.textContent);
  let other = null;
  if (inputs.length) {
    other = make('input', '', {type: inputs[0].type, name: id, 'aria-label': says['form.else']});
    text.addEventListener('input', () => {
      if (text.value.trim()) other.checked = true;
      else if (item.multiple) other.checked = false;
    });
    other.addEventListener('click', (event) => event.detail && other.checked && text.focus());
    row.append(other);
  }
  row.append(text);
  part.append(legend, ...(item.options.length ? [rows] : []));
  (inputs.length ? rows : part).append(row);
  form.append(part);

  const read = () => {
    const picked = inputs.flatMap((input, i) => (input.checked ? [i] : []));
    const own = !other || other.checked ? text.value.trim() : '';
    if (other?.checked && !own) return null;
    return picked.length || own ? {picked, text: own} : null;
  };
  return {read, row};
}
