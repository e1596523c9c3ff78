// A prebuilt extension of JupyterLab 4 and Notebook 7, written as it is loaded: a container of module federation,
// small enough to need no bundler. It brings nothing of its own to share, and takes two tokens of the page's.
(() => {
  'use strict';
  const PLAIN = 'text/plain', ERROR = 'application/vnd.jupyter.error', STDERR = 'application/vnd.jupyter.stderr';
  let shared = {};

  // A module that the page has, whichever version that is.
  const load = async (name) => {
    const versions = Object.values(shared[name] ?? {});
    const chosen = versions.find((one) => one.loaded) ?? versions[0];
    if (!chosen) throw new Error(`This page has no ${name}.`);
    return (await chosen.get())();
  };

  // Whether a cell is an instruction in plain words: `%%nemo`, perhaps below a comment or `%%time`, or magics alone.
  const isInstruction = (source) => {
    let talk = false;
    for (const line of source.split('\n')) {
      const words = line.trim();
      if (!words || words.startsWith('#')) continue;
      if (/^%%nemo(\s|$)/.test(words)) return true;
      if (words.startsWith('%%')) continue;
      if (!words.startsWith('%')) return false;
      talk ||= /^%nemo(\s|$)/.test(words);
    }
    return talk;
  };

  // Breaks the lines of a cell's editor at its edge, or leaves that to the settings again. A cell far down the page
  // has an editor only when it is scrolled to.
  const breakLines = (cell, broken, settled) => {
    const {editor} = cell;
    if (!editor) {
      cell.ready?.then(() => cell.editor && breakLines(cell, broken, settled));
      return;
    }
    if (broken === settled.has(editor)) return;
    if (broken) settled.set(editor, editor.getOption('lineWrap'));
    editor.setOption('lineWrap', broken || settled.get(editor));
    if (!broken) settled.delete(editor);
  };

  // Shows a notebook's instructions as the plain words that they are, whole lines of them, and a cell that is none any
  // more as code.
  const watch = ({content: notebook}) => {
    const seen = new WeakSet(), plain = new WeakSet(), settled = new WeakMap();
    const breakIn = (cell) => cell.model?.type === 'code' && breakLines(cell, plain.has(cell.model), settled);
    const breakAll = () => notebook.widgets.forEach(breakIn);
    const see = (model) => {
      if (model.type !== 'code' || seen.has(model)) return;
      seen.add(model);
      const settle = () => {
        if (isInstruction(model.sharedModel.getSource())) {
          plain.add(model);
          if (model.mimeType !== PLAIN) model.mimeType = PLAIN;
        } else if (plain.delete(model)) model.mimeType = notebook.codeMimetype;
        breakAll();
      };
      model.contentChanged.connect(settle);
      model.mimeTypeChanged.connect(settle); // the kernel tells its language late, and again after a restart
      settle();
    };
    const seeAll = () => {
      for (const model of notebook.model?.cells ?? []) see(model);
      setTimeout(breakAll, 0); // once the notebook has drawn what is new
    };
    const begin = () => {
      notebook.model?.cells.changed.connect(seeAll);
      seeAll();
    };
    notebook.modelChanged.connect(begin);
    notebook.cellInViewportChanged?.connect((_, cell) => breakIn(cell));
    begin();
  };

  // Has what is drawn of a type looked at afterwards.
  const lookAfter = (registry, type, look) => {
    const known = registry.getFactory(type);
    const createRenderer = (options) => {
      const renderer = known.createRenderer(options), draw = renderer.renderModel.bind(renderer);
      renderer.renderModel = async (model) => {
        await draw(model);
        look(renderer.node, model, options.mimeType);
      };
      return renderer;
    };
    if (known) registry.addFactory({...known, createRenderer}, known.defaultRank);
  };

  // Gives a picture the words that stand for it, where its output's metadata has some (as nbconvert reads them).
  const describe = (node, model, type) => {
    const words = model.metadata?.[type]?.alt;
    if (typeof words === 'string') for (const image of node.querySelectorAll('img')) image.alt = words;
  };

  // Shows that somebody cancelled as the words that it is, on no ground of an error's.
  const calm = (node, model) => {
    const {ename, traceback} = model.data[ERROR] ?? {};
    if (ename === 'Cancelled' && traceback?.length === 1) node.style.background = 'transparent';
  };

  const extension = async () => {
    const [{INotebookTracker}, {IRenderMimeRegistry}] =
      await Promise.all([load('@jupyterlab/notebook'), load('@jupyterlab/rendermime')]);
    const instructions = {
      id: 'nemo-widgets:instructions',
      description: 'Shows cells that begin with %%nemo as plain words, their lines broken at the edge.',
      autoStart: true,
      optional: [INotebookTracker],
      activate: (_, tracker) => {
        tracker?.forEach(watch);
        tracker?.widgetAdded.connect((__, panel) => watch(panel));
      },
    };
    const descriptions = {
      id: 'nemo-widgets:descriptions',
      description: 'Gives pictures their alternative texts.',
      autoStart: true,
      optional: [IRenderMimeRegistry],
      activate: (_, registry) => registry && lookAfter(registry, 'image/png', describe),
    };
    const cancellations = {
      id: 'nemo-widgets:cancellations',
      description: 'Shows what was cancelled without the ground of an error.',
      autoStart: true,
      optional: [IRenderMimeRegistry],
      activate: (_, registry) => registry && [ERROR, STDERR].forEach((type) => lookAfter(registry, type, calm)),
    };
    return () => ({__esModule: true, default: [descriptions, cancellations, instructions]});
  };

  (globalThis._JUPYTERLAB ??= {})['nemo-widgets'] = {
    init: (scope) => {
      shared = scope;
    },
    get: (name) => (name === './extension' ? extension() : Promise.reject(new Error(`There is no ${name} here.`))),
  };
})();
