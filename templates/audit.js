(() => {
const $ = id => document.getElementById(id), table = $('units'), body = table.tBodies[0], rows = [...body.rows];
const heads = [...table.tHead.rows[0].cells], form = $('filter'), text = c => c.textContent.trim();
const map = [...document.querySelectorAll('#map tbody tr')], count = $('f-count');
const heat = new Map(rows.filter(r => text(r.cells[3])).map((r, i) => [r, map[i]]));
const fields = {text: $('f-text'), level: $('f-level'), state: $('f-state'), gate: $('f-gate')};
const gates = ['未报送', '须重新报送', '退回', '拟退回', '待确认', '修改后通过', '通过'], order = new Intl.Collator('zh');
let dir = 1, by = -1;

function key(row, n, kind) {
  const s = text(row.cells[n]);
  if (kind == 'n') return s == '' ? null : parseFloat(s.replace('−', '-'));
  return kind == 'g' ? gates.indexOf(s) : s || null;
}
function sort(n) {
  const kind = heads[n].dataset.kind;
  if (n >= 0) {
    const keys = new Map(rows.map(r => [r, key(r, n, kind)]));
    rows.sort((a, b) => {
      const x = keys.get(a), y = keys.get(b);
      if (x === null || y === null) return (x === null) - (y === null);
      return dir * (typeof x == 'number' ? x - y : order.compare(x, y));
    });
    body.append(...rows);
  }
  heads.forEach((h, i) => i == n ? h.setAttribute('aria-sort', dir > 0 ? 'ascending' : 'descending') : h.removeAttribute('aria-sort'));
}
heads.forEach((head, n) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  head.append(button);
  button.onclick = () => {
    dir = by == n ? -dir : 1;
    by = n;
    sort(n);
    save();
  };
});
function apply() {
  const [t, level, state, gate] = Object.values(fields).map(f => f.value.trim().toLowerCase());
  let seen = 0;
  for (const r of rows) {
    const c = r.cells;
    r.hidden = t && !r.textContent.toLowerCase().includes(t) || level && text(c[1]) != level
      || state && text(c[2]) != state || gate && text(c[10]) != gate;
    seen += !r.hidden;
    if (heat.get(r)) heat.get(r).hidden = r.hidden;
  }
  count.value = t || level || state || gate ? `显示 ${seen} 个单位，共 ${rows.length} 个` : '';
}
function save() {
  const state = new URLSearchParams(Object.entries(fields).map(([k, f]) => [k, f.value]).filter(p => p[1]));
  if (by >= 0) state.set('sort', dir * (by + 1));
  history.replaceState(null, '', '#' + (state.size ? '?' + state : 'all'));
}
for (const f of Object.values(fields)) f.oninput = () => { apply(); save(); };
form.onsubmit = e => e.preventDefault();
form.hidden = false;
if (location.hash[1] == '?') {
  const state = new URLSearchParams(location.hash.slice(2)), s = +state.get('sort');
  for (const k in fields) fields[k].value = state.get(k) || '';
  if (s && heads[Math.abs(s) - 1]) {
    dir = Math.sign(s);
    sort(by = Math.abs(s) - 1);
  }
  apply();
  $('all').scrollIntoView();
}
})();
