/* The desk. Nothing is kept by the server: each request brings the file or the text again, and what is shown here lives
   in this page only. What the server sends as HTML was escaped there; everything else is set as text. */
(() => {
'use strict';
const $ = id => document.getElementById(id);
const body = document.body, MAX_BYTES = +body.dataset.maxBytes, MAX_FILES = +body.dataset.maxFiles;
const PAUSE = 400, PARALLEL = 2;
const text = $('d-text'), behind = $('d-behind'), editPane = $('d-edit'), readPane = $('d-read'), out = $('d-out');
const welcome = out.innerHTML;
const wide = matchMedia('(min-width: 60rem)'), calm = matchMedia('(prefers-reduced-motion: reduce)');

/* One document: a file or a text; data is its last result, first the one to compare with. */
const blank = () => ({name: '', file: null, text: '', data: null, error: '', first: null, force: false, busy: null, edited: false, report: ''});
let docs = [], now = blank(), timer = 0, clock = 0, mode = 'edit';

/* ---- asking the server ---- */

function query(doc) {
  const q = new URLSearchParams({name: doc.name});
  if (!doc.file) q.set('text', '1');
  for (const id of ['level', 'year', 'published']) if ($('d-' + id).value) q.set(id, $('d-' + id).value);
  if (doc.force) q.set('force', '1');
  if (doc.job) q.set('job', doc.job);
  if (last) { q.set('cut', doc.file ? doc.file.size : new TextEncoder().encode(doc.text).length); q.set('last', last.name); }
  return q;
}
/* Last year's report, to which this year's figures are held: it goes behind the report in the same body. */
let last = null;
const sent = doc => last ? new Blob([doc.file || doc.text, last]) : doc.file || doc.text;
async function ask(path, doc, signal) {
  let answer;
  try {
    answer = await fetch(`${path}?${query(doc)}`, {method: 'POST', body: sent(doc), signal,
      headers: {'Content-Type': 'application/octet-stream'}});
  } catch (error) {
    if (error.name == 'AbortError') throw error;
    if (doc.file) await doc.file.slice(0, 1).arrayBuffer().catch(() => { throw Object.assign(Error(changedOutside(doc)), {stale: true}); });
    throw Error('连不上本机的检查程序，它可能已经退出。请重新启动它，再点“检查”；本页的文字还在');
  }
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    throw Error(told.error || `检查程序没有给出结果（${answer.status}）。请再试一次`);
  }
  return answer;
}

async function check(doc) {
  doc.busy?.abort();
  const mine = doc.busy = new AbortController();
  const written = doc.text;
  tell('');
  doc.job = Math.random().toString(36).slice(2);
  doc.page = '';
  progress();
  try {
    const data = await (await ask('api/check', doc, mine.signal)).json();
    if (doc.busy != mine) return;
    doc.before = doc.data?.report ? doc.data : null;
    doc.error = '';
    doc.stale = false;
    doc.data = data;
    if (data.report && !doc.first) doc.first = data;
    // A pasted page source comes back as its text.
    if (!doc.file && data.text != written && doc.text == written) { doc.text = data.text; if (doc == now) text.value = data.text; }
  } catch (error) {
    if (doc.busy != mine) return;
    if (error.name != 'AbortError') { doc.error = error.message; doc.before = null; doc.stale = !!error.stale; }
  }
  doc.busy = null;
  progress();
  list();
  if (doc == now) show(doc);
}

/* Several files: a few at a time, in their order. */
async function checkAll(all) {
  const queue = [...all];
  for (const doc of queue) doc.waiting = true;
  progress();
  await Promise.all(Array.from({length: PARALLEL}, async () => {
    for (let doc; (doc = queue.shift());) {
      if (!doc.waiting) continue;
      doc.waiting = false;
      await check(doc);
    }
  }));
  if (all.length > 1) {
    const failed = all.filter(d => d.error).length;
    say(`${all.length}份文件检查完毕${failed ? `，其中${failed}份没有查成` : ''}`);
  }
}

/* ---- saying ---- */

function say(words) { $('d-live').textContent = ''; requestAnimationFrame(() => $('d-live').textContent = words); }

/* What was saved is said where it is seen as well, until the next thing is done. */
function tell(words) { $('d-told').textContent = words; $('d-told').hidden = !words; }

let since = 0;
function progress() {
  const all = docs.length ? docs : [now], open = all.filter(d => d.busy || d.waiting);
  if (!open.length) {
    clearInterval(clock);
    clock = since = 0;
    $('d-busy').hidden = true;
    return;
  }
  if (clock) return tick();
  since = performance.now();
  clock = setInterval(tick, 250);
  function tick() {
    const all = docs.length ? docs : [now], done = all.filter(d => !d.busy && !d.waiting).length;
    const seconds = Math.floor((performance.now() - since) / 1000), bar = $('d-progress');
    if (performance.now() - since < 250) return;
    $('d-busy').hidden = false;
    if (all.length > 1) { bar.max = all.length; bar.value = done; } else bar.removeAttribute('value');
    const words = all.length > 1 ? `已查完 ${done} / ${all.length} 份` : '正在检查', slow = all.find(d => d.busy && d.page);
    $('d-wait').textContent = words + (slow ? `，${all.length > 1 ? slow.name + ' ' : ''}${slow.page}` : '') + (seconds > 1 ? `，${seconds} 秒` : '');
    if (seconds >= 1 && !asking) pages(all.filter(d => d.busy && d.file));
  }
}

/* Scanned pages are recognised one by one, which takes seconds each: how far each file is. */
let asking = false;
async function pages(all) {
  asking = true;
  for (const doc of all) try {
    const [page, of] = await (await fetch('api/progress/' + doc.job)).json();
    if (of) doc.page = `扫描件认字，第 ${page} / ${of} 页`;
  } catch { /* the check itself will say that the server is gone */ }
  setTimeout(() => { asking = false; }, 750);
}

function fail(words, again) {
  const box = $('d-error');
  box.replaceChildren();
  box.hidden = !words;
  if (!words) return;
  const p = document.createElement('p');
  p.textContent = words.replace(/[。]?$/, '。');
  box.append(p);
  if (again) {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = again[0];
    b.onclick = again[1];
    box.append(b);
  }
}

/* ---- showing a result ---- */

function show(doc) {
  const {data} = doc, kept = out.dataset.of == doc.name + docs.indexOf(doc) ? out.scrollTop : 0;
  const opened = new Set(kept || out.dataset.of ? [...out.querySelectorAll('details[open]')].map(d => d.id) : []);
  const focused = out.contains(document.activeElement) ? document.activeElement.closest('[id]')?.id : '';
  out.dataset.of = doc.name + docs.indexOf(doc);
  $('d-save').hidden = !data?.report || !!doc.error;
  $('d-more').hidden = !data || !!doc.error;
  published(doc);
  $('d-mode').hidden = !data?.report && !doc.file;
  $('d-clear').hidden = !doc.file && !doc.text;
  if (doc.error) {
    if (doc.stale) fail(doc.error, ['再选这个文件…', () => choose(doc)]); else fail(doc.error);
    if (!data) { out.innerHTML = doc.file || doc.text ? '' : welcome; readPane.replaceChildren(); }
  } else if (data && !data.report) {
    fail(`${doc.file ? doc.name + '：' : ''}不像一份法治政府建设年度报告：${data.reason}`, ['仍按年度报告检查', () => { doc.force = true; check(doc); }]);
    out.innerHTML = '';
    plain(data.text);
  } else fail('');
  if (data?.report && !doc.error) {
    out.innerHTML = data.result;
    marked(doc);
    for (const model of out.querySelectorAll('.model')) {
      const b = document.createElement('button');
      b.type = 'button';
      b.className = 'quiet copy';
      b.textContent = '复制';
      b.setAttribute('aria-label', '复制参考写法');
      model.append(' ', b);
    }
    for (const id of opened) if (id && $(id)) $(id).open = true;
    out.scrollTop = kept;
    if (focused) $(focused)?.querySelector('summary,a')?.focus({preventScroll: true});
    if (doc.text == data.text || doc.file) Object.assign(doc, {marks: data.marks, places: data.places});
    announce(doc);
  } else if (!data) out.innerHTML = doc.error ? '' : welcome;
  compare(doc);
  count();
  hint();
  if (!doc.file) paint(doc.text, doc.marks || []);
}
/* The marked text is laid out only where it is looked at. */
function marked(doc) {
  if (mode == 'read' && doc.data?.report) readPane.innerHTML = doc.data.marked; else readPane.replaceChildren();
  // The marks are for the pointer: with the keyboard one goes from a result to its place.
  for (const link of readPane.querySelectorAll('a')) link.tabIndex = -1;
}
function plain(words) {
  readPane.replaceChildren(...words.split('\n').filter(line => line.trim()).map(line => {
    const p = document.createElement('p');
    p.textContent = line;
    return p;
  }));
}
function announce(doc) {
  if (doc.data.summary != doc.said) say((docs.length > 1 ? `${doc.name}，` : '') + doc.data.summary);
  doc.said = doc.data.summary;
}

/* ---- what changed ---- */

/* As scorer/changes.py has it, on what the page was given: the server keeps no earlier result to compare with. */
const LOST = {missing: 2, partial: 1};
function difference(from, to) {
  const before = new Map(from.items.map(i => [i.rule, i])), mended = [], fresh = [];
  for (const item of to.items) {
    const was = LOST[before.get(item.rule)?.status] || 0, is = LOST[item.status] || 0;
    if (is < was) mended.push({...item, half: is > 0});
    if (is > was) fresh.push({...item, half: was > 0});
  }
  const gone = from.wrong.filter(q => !to.wrong.includes(q)).length, came = to.wrong.filter(q => !from.wrong.includes(q)).length;
  return {mended, fresh, gone, came, any: mended.length + fresh.length + gone + came > 0 || from.score != to.score};
}
function compare(doc) {
  const box = $('d-changes'), {data, first} = doc;
  if (data?.report && doc.before) {
    const step = difference(doc.before, data);
    if (step.any) doc.step = step;
  }
  box.replaceChildren();
  box.hidden = !data?.report || !first || doc.error || !difference(first, data).any && !doc.step;
  if (box.hidden) return;
  const add = (parts, words, name) => { const b = document.createElement('b'); b.className = name; b.textContent = words; parts.push(b); };
  const line = (lead, change, from) => {
    const p = document.createElement('p'), parts = [];
    const gain = (Math.round(data.score * 10) - Math.round(from * 10)) / 10;
    if (from != null) parts.push(`${lead}：${from} → ${data.score} 分（${gain > 0 ? '+' : ''}${gain.toFixed(1)}）`);
    else parts.push(lead + '：');
    const names = (list, half) => list.map(i => i.title + (i.half ? half : '')).join('、');
    const bits = [];
    if (change.mended.length) bits.push(['已改好 ', names(change.mended, '（还不足）'), 'met']);
    if (change.gone) bits.push(['', `数字矛盾消除 ${change.gone} 处`, 'met']);
    if (change.fresh.length) bits.push(['新出现 ', names(change.fresh, '（比原来差）'), 'missing']);
    if (change.came) bits.push(['', `新的数字矛盾 ${change.came} 处`, 'missing']);
    bits.forEach(([before, words, name], i) => { parts.push((i || from != null ? '；' : '') + before); add(parts, words, name); });
    p.append(...parts);
    box.append(p);
  };
  const whole = difference(first, data), step = doc.step;
  line('比第一次检查', whole, first.score);
  const same = step && JSON.stringify([step.mended, step.fresh]) == JSON.stringify([whole.mended, whole.fresh]);
  if (step && !same && step.mended.length + step.fresh.length + step.gone + step.came) line('最近一次改动', step, null);
  const reset = document.createElement('button');
  reset.type = 'button';
  reset.className = 'quiet';
  reset.textContent = '从现在起重新比较';
  reset.onclick = () => { doc.first = data; doc.step = null; compare(doc); };
  box.lastChild.append(' ', reset);
  const tag = (item, words) => { const t = $(item.rule)?.querySelector('.tag'); if (t) { t.hidden = false; t.textContent = words; } };
  whole.mended.forEach(i => tag(i, i.half ? '有改进' : '已改好'));
  whole.fresh.forEach(i => tag(i, i.half ? '变差' : '新出现'));
}

/* ---- the editor and the marks behind it ---- */

let painted = [];
const escape = s => s.replace(/[&<>]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[c]);
/* One block a line; only lines that changed are replaced, so that typing in a long text stays quick. */
function paint(words, marks) {
  const lines = [];
  let at = 0, m = 0;
  for (const line of words.split('\n')) {
    const end = at + line.length;
    let html = '', done = at;
    while (m < marks.length && marks[m][1] <= at) m++;
    for (let k = m; k < marks.length && marks[k][0] < end; k++) {
      const [a, b, kind] = marks[k], from = Math.max(a, at), to = Math.min(b, end);
      html += `${escape(words.slice(done, from))}<mark class="${kind}" data-at="${a}">${escape(words.slice(from, to))}</mark>`;
      done = to;
    }
    lines.push(html + escape(words.slice(done, end)));
    at = end + 1;
  }
  // The places of marks count from the start of the text: compared without them, set anew where they moved.
  const key = html => html.replace(/ data-at="\d+"/g, '');
  let head = 0, tail = 0;
  const keys = lines.map(key), most = Math.min(keys.length, painted.length);
  while (head < most && keys[head] == painted[head]) head++;
  while (tail < most - head && keys[keys.length - 1 - tail] == painted[painted.length - 1 - tail]) tail++;
  const old = [...behind.children].slice(head, painted.length - tail), next = behind.children[painted.length - tail] || null;
  for (const node of old) node.remove();
  const fresh = document.createElement('template');
  fresh.innerHTML = keys.slice(head, keys.length - tail).map(html => `<div>${html}</div>`).join('');
  behind.insertBefore(fresh.content, next);
  painted = keys;
}
/* Ranges moved along with an edit, until the next result brings exact ones: those touched by it go. */
function shifted(old, words) {
  let head = 0, tail = 0;
  const most = Math.min(old.length, words.length), by = words.length - old.length;
  while (head < most && old.charCodeAt(head) == words.charCodeAt(head)) head++;
  while (tail < most - head && old.charCodeAt(old.length - 1 - tail) == words.charCodeAt(words.length - 1 - tail)) tail++;
  const end = old.length - tail;
  return range => range[1] <= head ? range : range[0] >= end ? [range[0] + by, range[1] + by, ...range.slice(2)] : null;
}
function count() {
  const n = (now.file && now.data ? now.data.text : now.text).replace(/\s/g, '').length;
  $('d-count').textContent = n ? `${n} 字` : '';
}
function typed(event) {
  // What was only pasted stands elsewhere as well; what was changed here does not.
  const pasted = !now.text.trim() && event?.inputType == 'insertFromPaste';
  const move = shifted(now.text, text.value);
  now.marks = (now.marks || []).map(move).filter(Boolean);
  now.places = Object.fromEntries(Object.entries(now.places || {}).map(([id, range]) => [id, move(range)]).filter(p => p[1]));
  now.text = text.value;
  now.edited = !pasted;
  paint(now.text, now.marks);
  count();
  $('d-clear').hidden = !now.text;
}
let composing = false;
text.addEventListener('compositionstart', () => { composing = true; clearTimeout(timer); });
text.addEventListener('compositionend', () => { composing = false; later(); });
text.addEventListener('input', event => { typed(event); later(); });
function later() {
  clearTimeout(timer);
  if (!composing) timer = setTimeout(recheck, PAUSE);
}
function recheck() {
  clearTimeout(timer);
  if (now.file || now.text.trim()) check(now);
  else if (now.data) { clear(); }
  else { fail('还没有文字。请先粘贴报告全文，或者选择文件'); text.focus(); }
}

/* ---- the two ways of seeing the text ---- */

function look(to) {
  mode = to;
  document.querySelector(`#d-mode [value=${to}]`).checked = true;
  editPane.hidden = to != 'edit';
  readPane.hidden = to != 'read';
  if (to == 'read' && !readPane.firstChild) marked(now);
  hint();
}
function hint() {
  let words = '';
  if (now.file && !now.data) words = '';
  else if (now.file && now.handle) words = `已连着这个文件：在 Word 里改好存盘，这里自动重查${now.seen ? `（${now.seen} 查过）` : ''}。点“编辑”可以在这里试改，不会写回文件。`;
  else if (now.file) words = '这是从文件读出的文字，只供查看；点“编辑”可以在这里试改，不会写回文件。';
  else if (now.from) words = `这是“${now.from}”的文字，改动只在本页，不会写回文件；Word 里的标题样式等不再作依据。`;
  $('d-hint').textContent = words;
  $('d-hint').hidden = !words;
}
$('d-mode').onchange = event => {
  const to = event.target.value;
  if (to == 'edit' && now.file) {
    // From here on the text is judged, not the file: the first check of the text is what later ones are compared with.
    Object.assign(now, {from: now.name, text: now.data?.text || '', file: null, handle: null, first: null, data: null, before: null, step: null, marks: [], edited: false});
    text.value = now.text;
    paint(now.text, []);
    check(now);
  }
  look(to);
};

/* ---- gap and place ---- */

function clearHere() { for (const e of document.querySelectorAll('.here')) e.classList.remove('here'); }
function scrollTo(pane, element) {
  if (!wide.matches && pane != readPane) return element.scrollIntoView({block: 'start', behavior: calm.matches ? 'auto' : 'smooth'});
  const go = behavior => {
    const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTo({top: Math.max(0, top - (pane == out ? 60 : pane.clientHeight / 3)), behavior});
  };
  if (pane != out) return go(calm.matches ? 'instant' : 'smooth');
  // What was never on the screen has only an estimated height: once it is there, the place is known exactly.
  go('instant');
  requestAnimationFrame(() => { if (element.isConnected) go('instant'); });
}
/* Shows a place of the text by its anchor, in whichever way the text is seen; with focus, the place also gets it. */
function toPlace(anchor, focus) {
  clearHere();
  const mark = $(anchor);
  const place = now.places?.[anchor], pane = mode == 'edit' ? editPane : readPane;
  if (mode == 'edit') {
    if (!place) return;
    let at = 0;
    for (const line of behind.children) {
      const end = at + line.textContent.length;
      if (at < place[1] && end > place[0]) {
        if (anchor[0] == 'p') line.classList.add('here');
        else within(line, place[0] - at, place[1] - at);
      }
      at = end + 1;
    }
  } else if (!mark) return;
  else if (anchor[0] == 'p') mark.classList.add('here');
  else within(mark.closest('p'), 0, place ? place[1] - place[0] : 1, mark);
  const here = pane.querySelector('.here');
  if (!here) return;
  scrollTo(pane, here);
  if (!focus) return;
  if (mode == 'edit') { text.focus({preventScroll: true}); text.setSelectionRange(...place); }
  else { here.tabIndex = -1; here.focus({preventScroll: true}); }
}
/* The marks of a line between two of its characters, counted from a mark of it if one is given. */
function within(line, start, end, from) {
  let at = 0;
  for (let node = from || line.firstChild; node; node = node.nextSibling) {
    if (node.nodeName == 'SUP') continue;
    const next = at + node.textContent.length;
    if (node.nodeName == 'MARK' && at < end && next > start) node.classList.add('here');
    at = next;
  }
}
/* Shows a card or a row of the result. */
function toRule(id, focus) {
  const element = $(id);
  if (!element || !out.contains(element)) return;
  clearHere();
  silent = true;
  for (let d = element.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
  element.classList.add('here');
  scrollTo(out, element);
  if (focus) {
    const to = element.querySelector('summary') || element;
    if (to == element) element.tabIndex = -1;
    to.focus({preventScroll: true});
  }
  setTimeout(() => { silent = false; });
}
/* The rule to which a place belongs: the card, or else the row, that quotes it. */
function ruleAt(anchor) {
  const links = [...out.querySelectorAll(`a[href="#${anchor}"]`)];
  const link = links.find(a => a.closest('#r-mend .card')) || links.find(a => a.closest('tr')?.querySelector('.inconsistent')) || links[0];
  return link?.closest('.card,tr')?.id;
}
let silent = false;
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#"]');
  if (link && !link.matches('.skip,.over-to')) {
    const id = decodeURIComponent(link.hash.slice(1)), element = $(id);
    event.preventDefault();
    if (/^[tp]\d+$/.test(id) && out.contains(link)) toPlace(id, true);
    else if (element?.matches('.card,tr')) {
      toRule(id, true);
      if (out.contains(link) && element.matches('.card') && wide.matches) beside(element);
    }
    else if (element) { element.tabIndex = -1; scrollTo(out, element); element.focus({preventScroll: true}); }
    return;
  }
  if (event.target.matches('.copy')) {
    const words = [...event.target.parentElement.childNodes].filter(n => n.nodeType == 3).map(n => n.data).join('').trim();
    navigator.clipboard.writeText(words).then(() => { event.target.textContent = '已复制'; say('已复制参考写法'); }, () => say('没有复制成，请手动选中复制'));
    return;
  }
  const mark = event.target.closest('#d-read .paper mark');
  if (mark) {
    let at = mark;
    const all = [...readPane.querySelectorAll('.paper mark')];
    while (at && !at.id) at = all[all.indexOf(at) - 1];
    const rule = at && ruleAt(at.id);
    if (rule) {
      toRule(rule, false);
      const place = now.places?.[at.id];
      within(at.closest('p'), 0, place ? place[1] - place[0] : 1, at);
    }
  }
});
text.addEventListener('click', () => {
  const at = text.selectionStart;
  if (at != text.selectionEnd) return;
  const marks = now.marks || [], index = marks.findIndex(([a, b]) => a <= at && at < b);
  if (index < 0) return;
  let i = index;
  while (i >= 0 && !marks[i][3]) i--;
  const rule = i >= 0 && ruleAt(marks[i][3]);
  if (rule) toRule(rule, false);
});
function beside(card) {
  // Of what is missing, where it belongs; of all else, where it stands.
  const place = card.querySelector('dl a[href^="#t"]'), spot = card.querySelector('.spot a');
  const link = card.classList.contains('missing') ? spot || place : place || spot;
  if (link) toPlace(link.hash.slice(1), false); else clearHere();
  card.classList.add('here');
}
/* Opening a card shows its first place beside it; on a narrow screen that would take the reader away from the card. */
out.addEventListener('toggle', event => {
  const card = event.target;
  if (silent || !card.open || !card.matches('.card') || !wide.matches || !card.contains(document.activeElement)) return;
  beside(card);
  if (card.getBoundingClientRect().bottom > out.getBoundingClientRect().bottom) scrollTo(out, card);
}, true);

/* ---- files ---- */

function take(files, handles = []) {
  files = [...files];
  if (!files.length) return;
  if (files.length > MAX_FILES) return fail(`一次最多检查 ${MAX_FILES} 份，这里有 ${files.length} 份。请分几次，成批检查可用命令 fazhi audit`);
  if (!leave()) return;
  for (const doc of docs) doc.busy?.abort();
  now.busy?.abort();
  // A file chosen again goes on being compared with what it was.
  const before = new Map([...docs, now].filter(d => d.file && d.first).map(d => [d.name, d]));
  docs = files.map((file, i) => {
    const old = before.get(file.name), kept = old ? {first: old.first, data: old.data, step: old.step, force: old.force} : {};
    return Object.assign(blank(), kept, {name: file.name, file, handle: handles[i] || null});
  });
  for (const doc of docs) {
    if (doc.file.size > MAX_BYTES) Object.assign(doc, {error: `${doc.name}：文件超过${MAX_BYTES / 1e6}MB。请只提交报告正文，或先删去文件里的图片`});
    else if (!doc.file.size) Object.assign(doc, {error: `${doc.name}：文件是空的（0字节）。请检查文件是否下载完整`});
  }
  open(docs[0]);
  list();
  checkAll(docs.filter(doc => !doc.error)).then(() => {
    // The first that could be read, when the first of all could not.
    if (now.error && now == docs[0]) { const good = docs.find(d => d.data?.report); if (good) { open(good); list(); } }
  });
}
function open(doc) {
  now = doc;
  clearHere();
  out.dataset.of = '';
  out.innerHTML = '';
  out.scrollTop = readPane.scrollTop = editPane.scrollTop = 0;
  readPane.replaceChildren();
  text.value = doc.text;
  doc.marks = doc.file ? [] : doc.marks;
  paint(doc.text, doc.marks || []);
  look(doc.file ? 'read' : 'edit');
  show(doc);
}
function list() {
  $('d-list').hidden = docs.length < 2;
  if (docs.length < 2) return;
  const done = docs.filter(d => d.data || d.error).length;
  $('d-list-n').textContent = `${docs.length} 份，已查完 ${done} 份。点文件名看结果。`;
  const rows = docs.map((doc, i) => {
    const row = document.createElement('tr'), name = document.createElement('th'), button = document.createElement('button');
    name.scope = 'row';
    button.type = 'button';
    button.dataset.doc = i;
    button.textContent = doc.name;
    name.append(button);
    row.append(name);
    if (doc == now) row.setAttribute('aria-current', 'true');
    const {data} = doc;
    const cells = data?.report && !doc.error
      ? [['报告', data.title], ['得分', data.score], ['等次', data.grade], ['缺失', data.counts.missing], ['不足', data.counts.partial], ['数字矛盾', data.wrong.length]]
      : [['', doc.error ? doc.error.replace(doc.name + '：', '') : data ? `不像一份年度报告：${data.reason}` : doc.busy ? '正在检查…' : '等待检查']];
    for (const [label, words] of cells) {
      const cell = document.createElement('td');
      cell.textContent = words;
      cell.dataset.label = label;
      if (label == '报告') cell.className = 'title';
      if (label && !'报告等次'.includes(label)) cell.className = 'n';
      if (cells.length == 1) { cell.colSpan = 6; cell.className = doc.error || data ? 'title failed' : 'title'; delete cell.dataset.label; }
      row.append(cell);
    }
    return row;
  });
  const focused = document.activeElement?.dataset?.doc;
  $('d-rows').replaceChildren(...rows);
  if (focused != null) $('d-rows').querySelector(`[data-doc="${focused}"]`)?.focus({preventScroll: true});
}
$('d-rows').onclick = event => {
  const doc = docs[event.target.closest('button')?.dataset.doc];
  if (doc) { open(doc); list(); say(doc.data?.summary ? `${doc.name}，${doc.data.summary}` : doc.name); }
};
/* Text that was edited here is nowhere else: ask before it is thrown away. */
function leave() { return ![now, ...docs].some(d => d.edited && d.text.trim()) || confirm('本页改过的文字还没有另存，换掉就没有了。要继续吗？'); }
function clear() {
  for (const doc of [...docs, now]) doc.busy?.abort();
  docs = [];
  open(blank());
  $('d-changes').hidden = true;
  list();
}

/* ---- the file in Word ---- */

/* Where the browser gives a handle, the file is looked at again and again, and checked after each save; where it does not,
   the page sees only that the file it was given is no longer that file, and asks for it again. */
const LOOK = 1000;
function changedOutside(doc) {
  return `${doc.name}：文件在别的程序里存过盘、移动或改了名，浏览器不让页面自己再读。请再选一次这个文件，结果会接着上次比较`;
}
async function pick() {
  const handles = await showOpenFilePicker({multiple: true});
  take(await Promise.all(handles.map(handle => handle.getFile())), handles);
}
function choose(doc) {
  if (!window.showOpenFilePicker) return $('d-files').click();
  pick().catch(error => { if (error.name != 'AbortError') fail(`没有打开文件（${error.name}）。请把文件拖到页面上`); });
}
$('d-files').addEventListener('click', event => {
  // Another program's browser may know the picker and forbid it; the plain choice is then still there.
  if (!window.showOpenFilePicker || !event.isTrusted) return;
  event.preventDefault();
  choose();
});
let looking = false;
async function lookAgain() {
  if (looking) return;
  looking = true;
  for (const doc of docs) {
    if (!doc.file || doc.busy || doc.waiting) continue;
    if (doc.handle) {
      // While Word is saving the file is not there for a moment: the next look finds it.
      const file = await doc.handle.getFile().catch(() => null);
      if (!file || !file.size || (file.lastModified == doc.file.lastModified && file.size == doc.file.size)) continue;
      if (file.size > MAX_BYTES || docs.indexOf(doc) < 0) continue;
      const whole = await file.slice(0, 1).arrayBuffer().then(() => true, () => false);
      if (!whole) continue;
      doc.file = file;
      await check(doc);
      const time = new Date();
      doc.seen = `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`;
      if (doc == now) hint();
      say(`${doc.name} 已存盘，重新检查过。${doc.data?.summary || ''}`);
    } else if (!doc.stale && !doc.error && doc.data) {
      const there = await doc.file.slice(0, 1).arrayBuffer().then(() => true, () => false);
      if (there) continue;
      doc.stale = true;
      doc.error = changedOutside(doc);
      list();
      if (doc == now) show(doc);
    }
  }
  looking = false;
}
setInterval(lookAgain, LOOK);
addEventListener('focus', lookAgain);
document.addEventListener('visibilitychange', () => { if (!document.hidden) lookAgain(); });

/* ---- last year's report, outline, print ---- */

$('d-last').onchange = event => {
  last = event.target.files[0] || null;
  event.target.value = '';
  $('d-last-name').hidden = !last;
  $('d-last-name').firstElementChild.textContent = last ? `对照：${last.name}` : '';
  again();
};
$('d-last-name').lastElementChild.onclick = () => { last = null; $('d-last-name').hidden = true; again(); $('d-last').focus(); };
function again() {
  const all = docs.length ? docs : [now];
  checkAll(all.filter(d => (d.file || d.text.trim()) && (d.data || !d.error)));
}
$('d-print').onclick = () => print();
const outline = $('d-outline-box');
$('d-outline').onclick = () => {
  // What is chosen on the page comes first, then what the open report says of itself.
  const {data} = now, of = data?.report && !now.error ? data : {};
  for (const [id, value] of [['level', $('d-level').value || of.tier], ['year', $('d-year').value || of.year], ['unit', of.unit]]) {
    const field = $('o-' + id);
    if (value && (!field.options || [...field.options].some(o => o.value == value))) field.value = value;
  }
  $('o-error').hidden = true;
  outline.showModal();
};
$('o-cancel').onclick = () => outline.close();
$('d-outline-form').onsubmit = async event => {
  event.preventDefault();
  const file = $('o-last').files[0], q = new URLSearchParams({level: $('o-level').value, year: $('o-year').value, unit: $('o-unit').value.trim()});
  if (file) q.set('last', file.name);
  $('o-make').disabled = true;
  try {
    const answer = await fetch(`api/outline?${q}`, {method: 'POST', body: file || '', headers: {'Content-Type': 'application/octet-stream'}});
    if (!answer.ok) throw Error((await answer.json().catch(() => ({}))).error || '没有生成提纲。请再试一次');
    const name = await download(answer), note = decodeURIComponent(answer.headers.get('x-note') || '');
    outline.close();
    tell(`已生成“${name}”（${$('o-level').selectedOptions[0].text}、${$('o-year').value}年度${q.get('unit') ? `、${q.get('unit')}` : ''}），保存在浏览器的下载文件夹里。${note ? `注意：${note}` : file ? `上年报告“${file.name}”的安排和不足列在文末的表里。` : ''}`);
  } catch (error) {
    $('o-error').textContent = error instanceof TypeError ? '连不上本机的检查程序，它可能已经退出。请重新启动它' : error.message;
    $('o-error').hidden = false;
  }
  $('o-make').disabled = false;
};

/* ---- before publication ---- */

$('d-publish').onclick = () => { now.publish = !now.publish; now.publication = null; published(now, true); };
$('d-publish-close').onclick = () => { now.publish = false; published(now); $('d-publish').focus(); };
async function published(doc, focus) {
  $('d-publish').setAttribute('aria-expanded', !!doc.publish);
  $('d-publication').hidden = !doc.publish || !doc.data || !!doc.error;
  if ($('d-publication').hidden) return;
  const of = doc.data;
  if (doc.publication?.of != of) {
    $('d-publication-list').textContent = '正在查…';
    try {
      const found = await (await ask('api/publish', doc)).json();
      doc.publication = {...found, of};
    } catch (error) { doc.publication = null; doc.publish = false; if (doc == now) { fail(error.message); published(doc); } return; }
    if (doc != now || !doc.publish) return;
    say(doc.publication.summary);
  }
  $('d-publication-list').innerHTML = doc.publication.result;
  if (focus) $('d-publication-h').focus();
}
$('d-publication-list').onclick = event => {
  const button = event.target.closest('.go');
  if (!button) return;
  const [start, end] = button.dataset.range.split('-').map(Number);
  clearHere();
  if (mode == 'edit') {
    now.places = {...now.places, publication: [start, end]};
    toPlace('publication', true);
    return;
  }
  // Paragraphs of the marked text stand in the order of the lines of the text that have words.
  const lines = now.data.text.slice(0, start).split('\n').filter(line => line.trim()).length;
  const at = now.data.text.slice(now.data.text.lastIndexOf('\n', start - 1) + 1, start).trim() ? lines - 1 : lines;
  const paragraph = readPane.querySelectorAll('.paper p:not(.label)')[at] || [...readPane.querySelectorAll('p')].find(p => p.textContent.includes(now.data.text.slice(start, end)));
  if (!paragraph) return;
  paragraph.classList.add('here');
  scrollTo(readPane, paragraph);
  paragraph.tabIndex = -1;
  paragraph.focus({preventScroll: true});
};

$('d-files').onchange = event => { take(event.target.files); event.target.value = ''; };
$('d-tools').onsubmit = event => event.preventDefault();
for (const id of ['level', 'year', 'published']) $('d-' + id).onchange = () => {
  const all = docs.length ? docs : [now];
  for (const doc of all) { doc.first = null; doc.before = null; doc.step = null; }
  checkAll(all.filter(d => (d.file || d.text.trim()) && (d.data || !d.error)));
};
$('d-check').onclick = recheck;
$('d-clear').onclick = () => { if (leave()) { clear(); text.focus(); } };
$('d-sample').onclick = () => {
  if (!leave()) return;
  clear();
  now.name = '样例';
  now.text = text.value = $('d-sample-text').content.textContent.trim() + '\n';
  paint(now.text, []);
  check(now);
};
$('d-cancel').onclick = () => {
  for (const doc of [...docs, now]) {
    if (doc.waiting || doc.busy) doc.error = doc.data ? '' : `${doc.file ? doc.name + '：' : ''}已取消。点“检查”可以再查`;
    doc.waiting = false;
    doc.busy?.abort();
  }
};
let depth = 0;
const carries = event => [...event.dataTransfer?.types || []].includes('Files');
addEventListener('dragenter', event => { if (carries(event)) { depth++; $('d-drop').hidden = false; } });
addEventListener('dragleave', event => { if (carries(event) && --depth <= 0) { depth = 0; $('d-drop').hidden = true; } });
addEventListener('dragover', event => { if (carries(event)) { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; } });
addEventListener('drop', event => {
  depth = 0;
  $('d-drop').hidden = true;
  if (!carries(event)) return;
  event.preventDefault();
  const items = [...event.dataTransfer.items || []].filter(item => item.kind == 'file');
  // The handles must be asked for at once; they come later, and the files are checked meanwhile.
  const coming = items.map(item => item.getAsFileSystemHandle ? item.getAsFileSystemHandle().catch(() => null) : null);
  take(event.dataTransfer.files);
  const taken = docs;
  Promise.all(coming).then(handles => handles.forEach((handle, i) => {
    if (handle?.kind == 'file' && taken[i]?.name == handle.name) taken[i].handle = handle;
    if (taken[i] == now) hint();
  }));
});
addEventListener('paste', event => {
  const files = event.clipboardData?.files;
  if (files?.length && !event.clipboardData.getData('text/plain')) { event.preventDefault(); take(files); }
  else if (now.file && !event.target.closest('input,select')) {
    const words = event.clipboardData?.getData('text/plain');
    if (words?.trim() && leave()) { event.preventDefault(); clear(); text.value = words; typed({inputType: 'insertFromPaste'}); look('edit'); text.focus(); recheck(); }
  }
});
addEventListener('beforeunload', event => { if ([now, ...docs].some(d => d.edited && d.text.trim())) event.preventDefault(); });

/* ---- saving and ending ---- */

async function download(answer) {
  const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') || '')?.[1] || '结果');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(`已另存 ${name}`);
  return name;
}

$('d-save').onclick = async event => {
  const button = event.target.closest('button');
  if (!button) return;
  const doc = now;
  button.disabled = true;
  try {
    const answer = await ask('api/save/' + button.dataset.form, doc);
    await download(answer);
    if (button.dataset.form == 'docx' || button.dataset.form == 'plain') doc.edited = false;
    fail('');
  } catch (error) { fail(error.message); }
  button.disabled = false;
  button.focus();
};
/* As long as this is open, the program knows that somebody looks at the page. One of several pages does it for all: a
   browser has only six connections to one server. */
let alive = null;
const stay = () => new Promise(() => { alive = new EventSource('api/open'); });
if (navigator.locks) navigator.locks.request('fazhi-open', stay); else stay();
$('d-quit').onclick = async () => {
  if (!leave()) return;
  try { await fetch('api/quit', {method: 'POST'}); } catch { /* it is gone already */ }
  alive?.close();
  for (const doc of [now, ...docs]) doc.edited = false;
  const p = document.createElement('p');
  p.className = 'error';
  p.textContent = '检查程序已经退出，可以关闭这个页面了。再用时请重新启动。';
  body.replaceChildren(p);
};
})();
