(() => {
const $ = id => document.getElementById(id), table = $('units'), body = table.tBodies[0], form = $('filter'), more = $('more');
const heads = [...table.tHead.rows[0].cells], count = $('f-count'), gates = ['未报送', '须重新报送', '退回', '拟退回', '待确认', '修改后通过', '通过'];
const fields = {text: $('f-text'), level: $('f-level'), state: $('f-state'), gate: $('f-gate')};
const order = new Intl.Collator('zh'), STEP = 200;
// A row: name, link, level, state, total, grade, lacking, contradictions, late, public, change, gate, its class, notes.
const CELLS = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], GATE = 11, CLASS = 12, NOTES = 13;
let rows, coming, found = [], seen = 0, by = -1, dir = 1;

self.fazhiRows = data => rows = data;
const loaded = () => coming ||= new Promise((done, failed) => {
  const script = document.createElement('script');
  script.src = 'units/rows.js';
  script.onload = done;
  script.onerror = failed;
  document.head.append(script);
});
function key(row, n) {
  const s = row[CELLS[n]], kind = heads[n].dataset.kind;
  if (kind == 'n') return s == '' ? null : parseFloat(s);
  return kind == 'g' ? gates.indexOf(s) : s || null;
}
function line(row) {
  const tr = document.createElement('tr');
  CELLS.forEach((at, n) => {
    const cell = document.createElement(n ? 'td' : 'th');
    let inner = cell;
    if (!n) {
      cell.scope = 'row';
      if (row[1].startsWith('reports/')) {
        inner = document.createElement('a');
        inner.href = row[1];
        cell.append(inner);
      }
    }
    inner.append(row[at]);
    if (!n) for (const note of row[NOTES]) cell.append(Object.assign(document.createElement('i'), {textContent: note}));
    if ((n == 5 || n == 6) && row[at] && row[at] != '0') cell.className = 'wrongs';
    if (at == GATE) cell.className = row[CLASS];
    tr.append(cell);
  });
  return tr;
}
function show() {
  const next = found.slice(seen, seen + STEP);
  body.append(...next.map(line));
  seen += next.length;
  more.hidden = seen >= found.length;
  count.value = `找到 ${found.length} 个，共 ${rows.length} 个，列出 ${seen} 个`;
}
async function apply() {
  try { await loaded(); } catch { count.value = '读不到 units/rows.js，请看下面的分页'; return; }
  const [t, level, state, gate] = Object.values(fields).map(f => f.value.trim().toLowerCase());
  found = rows.filter(r => (!t || (r[0] + ' ' + r[NOTES]).toLowerCase().includes(t)) && (!level || r[2] == level)
    && (!state || r[3] == state) && (!gate || r[GATE] == gate));
  if (by >= 0) {
    const keys = new Map(found.map(r => [r, key(r, by)]));
    found.sort((a, b) => {
      const x = keys.get(a), y = keys.get(b);
      if (x === null || y === null) return (x === null) - (y === null);
      return dir * (typeof x == 'number' ? x - y : order.compare(x, y));
    });
  }
  body.replaceChildren();
  seen = 0;
  show();
}
heads.forEach((head, n) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  head.append(button);
  button.onclick = () => {
    dir = by == n ? -dir : 1;
    by = n;
    heads.forEach((h, i) => i == n ? h.setAttribute('aria-sort', dir > 0 ? 'ascending' : 'descending') : h.removeAttribute('aria-sort'));
    apply();
  };
});
for (const f of Object.values(fields)) f.oninput = apply;
more.onclick = show;
form.onsubmit = e => e.preventDefault();
form.hidden = false;
})();
