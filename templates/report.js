(() => {
const $ = id => document.getElementById(id), all = s => [...document.querySelectorAll(s)];
const form = $('filter'), fields = {status: $('f-status'), category: $('f-category'), text: $('f-text')};
const cards = all('.finding'), groups = all('.group'), was = groups.map(g => g.open);
let filtered = false;
form.hidden = false;
form.onsubmit = e => e.preventDefault();

function apply() {
  const [status, category, text] = Object.values(fields).map(f => f.value.trim().toLowerCase());
  const on = !!(status || category || text);
  let shown = 0;
  for (const c of cards) {
    c.hidden = status && !c.classList.contains(status) || category && c.dataset.category != category
      || text && !c.textContent.toLowerCase().includes(text);
    shown += !c.hidden;
  }
  groups.forEach((g, i) => {
    g.hidden = !g.querySelector('.finding:not([hidden])');
    if (on) g.open = true; else if (filtered) g.open = was[i];
  });
  filtered = on;
  $('f-count').value = on ? `显示 ${shown} 项，共 ${cards.length} 项` : '';
}
function save() {
  const state = new URLSearchParams(Object.entries(fields).map(([k, f]) => [k, f.value]).filter(p => p[1]));
  history.replaceState(null, '', '#' + (state.size ? '?' + state : 'findings'));
}
function unfold() {
  $('findings').querySelector('.part').open = true;
  $('findings').scrollIntoView();
}
function reset() {
  for (const f of Object.values(fields)) f.value = '';
  apply();
}
function visit() {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash[0] == '?') {
    const state = new URLSearchParams(hash.slice(1));
    for (const k in fields) fields[k].value = state.get(k) || '';
    apply();
    return unfold();
  }
  const at = $(hash);
  if (!at) return;
  if (at.closest('[hidden]')) reset();
  let folded = 0;
  for (let d = at.closest('details'); d; d = d.parentElement.closest('details')) if (!d.open) folded = d.open = true;
  if (folded) at.scrollIntoView();
}
for (const f of Object.values(fields)) f.oninput = () => { apply(); save(); };
$('f-open').onclick = () => all('details').forEach(d => d.open = true);
$('f-close').onclick = () => groups.forEach(d => d.open = false);
for (const a of all('[data-go]')) a.onclick = e => {
  e.preventDefault();
  reset();
  fields.category.value = a.dataset.go;
  apply();
  save();
  unfold();
};
document.onkeydown = e => {
  if (!$('f-keys').checked || e.ctrlKey || e.metaKey || e.altKey || !'jk'.includes(e.key) || e.target.closest('select,[type=search]')) return;
  const list = cards.filter(c => !c.hidden), now = list.indexOf(document.activeElement.closest('.finding'));
  const to = list[e.key == 'j' ? now + 1 : now < 0 ? 0 : now - 1];
  if (!to) return;
  to.closest('details').open = true;
  to.tabIndex = -1;
  to.focus();
  to.scrollIntoView({block: 'start'});
};
addEventListener('hashchange', visit);
visit();
})();
