"use strict";
// The pages of the review desk come complete from the server; here are keys, and what is sent when something is decided.
(() => {
  const body = document.body;
  const page = body.dataset.page || "";
  const byId = id => document.getElementById(id);
  const error = byId("error");
  let busy = false;

  // The program goes on as long as a page is open.
  new EventSource("/api/open");

  const say = words => { error.textContent = words; error.hidden = false; };

  // Sends what was decided and goes where the answer leads; nothing is shown as done before it is on the disk.
  const post = async (address, data) => {
    if (busy) return;
    busy = true;
    error.hidden = true;
    try {
      const answer = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.error);
      if (said.next === location.pathname + location.search) location.reload(); else location.assign(said.next);
    } catch (problem) {
      busy = false;
      say(problem instanceof TypeError ? "没有存上：程序已经退出，请重新启动后再打开这个网页" : problem.message);
    }
  };

  const nameField = () => document.querySelector("#name [name=by]");
  const nameless = () => {
    const field = nameField();
    if (!field || field.value.trim()) return false;
    say("请先写复核人姓名");
    field.focus();
    return true;
  };
  const named = () => (nameField() ? { by: nameField().value.trim() } : {});

  const click = id => { const it = byId(id); if (it && !it.disabled && it.getAttribute("aria-disabled") !== "true") it.click(); };
  // After a page came back from the browser's memory it can be used again.
  addEventListener("pageshow", () => { busy = false; });

  for (const form of document.querySelectorAll("form[data-post]")) {
    form.addEventListener("submit", event => {
      event.preventDefault();
      if (page === "item" || page === "pairs") return;
      const data = Object.fromEntries(new FormData(form));
      if (form.id === "name" && nameless()) return;
      if (form.id === "bulk-form") data.items = [...form.querySelectorAll("[name=items]:checked")].map(box => Number(box.value));
      if (body.dataset.view) data.view = body.dataset.view;
      if (body.dataset.stamp) data.stamp = body.dataset.stamp;
      post(form.dataset.post, data);
    });
  }
  for (const button of document.querySelectorAll("button[data-post]")) {
    button.addEventListener("click", () => {
      // What is wanting is asked for before anybody is made to confirm.
      if (page === "overview" && nameless()) return;
      const accept = byId(button.dataset.accept || "");
      if (accept && !accept.checked) { say("还有没有办完的：请办完再定稿；确要带着这些定稿，请先勾选"); accept.focus(); return; }
      if (button.dataset.sure && button.textContent !== button.dataset.sure) { button.textContent = button.dataset.sure; return; }
      post(button.dataset.post, { view: body.dataset.view || "", ...(accept ? { accept: true } : {}), ...named() });
    });
  }

  // A key pressed twice by mistake must not decide what nobody has seen yet.
  const SEEN = 250;
  setTimeout(() => { body.dataset.ready = ""; }, SEEN);
  const seen = () => "ready" in body.dataset;

  // Whether a key belongs to what has the focus.
  const typing = event => event.target.closest("input, textarea, select") !== null;
  const pressed = event => event.target.closest("button, a, summary, [role=button]") !== null;
  const plain = event => !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;

  const pages = {
    item() {
      const base = body.dataset.base;
      const go = number => { if (Number(number)) location.assign(`${base}/item/${number}?view=${encodeURIComponent(body.dataset.view)}`); };
      const decide = (status, reason) => {
        if (!reason.trim()) { say("请写理由：按字母选一条，或者自己写"); return; }
        post(byId("decide").dataset.post, { item: Number(body.dataset.item), status, reason, view: body.dataset.view, stamp: body.dataset.stamp });
      };
      const here = [...document.querySelectorAll("mark.here")];
      const marks = here.length ? here : [...document.querySelectorAll("mark.also")];
      let at = -1;
      const show = () => {
        if (!marks.length) return;
        if (marks[at]) marks[at].classList.remove("now");
        at = (at + 1) % marks.length;
        marks[at].classList.add("now");
        marks[at].scrollIntoView({ block: "center" });
      };
      show();
      byId("item-h").focus({ preventScroll: true });
      const jump = byId("jump");
      if (jump) jump.addEventListener("click", show);
      byId("skip")?.addEventListener("click", () => go(body.dataset.skip));
      byId("back")?.addEventListener("click", () => go(body.dataset.back));
      const agree = byId("agree");
      if (agree) agree.addEventListener("click", () => decide(agree.dataset.status, agree.dataset.reason));
      const choices = [...document.querySelectorAll("[data-choice]")];
      const why = () => document.querySelector(".why:not([hidden])");
      const choose = button => {
        for (const other of choices) {
          const open = other === button && other.getAttribute("aria-expanded") === "false";
          other.setAttribute("aria-expanded", String(open));
          byId(other.getAttribute("aria-controls")).hidden = !open;
        }
        const open = why();
        if (open) (open.querySelector("[data-reason]") || open.querySelector("input")).focus();
        else byId("item-h").focus();
      };
      for (const button of choices) button.addEventListener("click", () => choose(button));
      for (const group of document.querySelectorAll(".why")) {
        const own = group.querySelector("input");
        for (const button of group.querySelectorAll("[data-reason]")) {
          button.addEventListener("click", () => decide(group.dataset.status, button.dataset.reason));
        }
        group.querySelector("[data-own]").addEventListener("click", () => decide(group.dataset.status, own.value));
        own.addEventListener("keydown", event => {
          if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); decide(group.dataset.status, own.value); }
        });
      }
      addEventListener("keydown", event => {
        if (!plain(event)) return;
        const open = why();
        if (event.key === "Escape" && open) { choose(choices.find(one => one.getAttribute("aria-expanded") === "true")); return; }
        if (typing(event) || event.repeat || !seen()) return;
        const key = event.key.toLowerCase();
        if (event.key === "Enter") { if (!pressed(event) && !open) { event.preventDefault(); click("agree"); } return; }
        if (/^[1-9]$/.test(key)) { const button = choices[Number(key) - 1]; if (button) { event.preventDefault(); choose(button); } return; }
        if (open && /^[a-i]$/.test(key)) {
          const button = open.querySelectorAll("[data-reason]")[key.charCodeAt(0) - 97];
          if (button) { event.preventDefault(); button.click(); }
          return;
        }
        const does = { s: "skip", p: "back", u: "undo", f: "jump", b: "bulk" }[key];
        if (does) { event.preventDefault(); click(does); }
      });
    },
    pairs() {
      const form = byId("assign");
      byId("item-h").focus({ preventScroll: true });
      byId("skip")?.addEventListener("click", () => location.assign(`${body.dataset.base}/pairs?at=${body.dataset.next}`));
      const assign = unit => post(form.dataset.post, { path: body.dataset.path, unit });
      if (form) {
        for (const button of form.querySelectorAll("[data-unit]")) button.addEventListener("click", () => assign(button.dataset.unit));
        const other = byId("other");
        const save = () => { if (other.value.trim()) assign(other.value.trim()); };
        byId("other-save").addEventListener("click", save);
        other.addEventListener("keydown", event => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); save(); } });
      }
      addEventListener("keydown", event => {
        if (!plain(event) || typing(event) || event.repeat || !seen()) return;
        const key = event.key.toLowerCase();
        const does = { s: "skip", u: "undo" }[key];
        if (does) { event.preventDefault(); click(does); return; }
        if (form && /^[0-9]$/.test(key)) {
          const buttons = [...form.querySelectorAll("[data-unit]")];
          const button = key === "0" ? buttons.at(-1) : buttons.slice(0, -1)[Number(key) - 1];
          if (button) { event.preventDefault(); button.click(); }
        }
      });
    },
    bulk() {
      const boxes = [...document.querySelectorAll("[name=items]")];
      const count = () => { byId("chosen").textContent = `选了 ${boxes.filter(box => box.checked).length} 项`; };
      const all = on => { for (const box of boxes) box.checked = on; count(); };
      byId("all").addEventListener("click", () => all(true));
      byId("none").addEventListener("click", () => all(false));
      byId("bulk-form").addEventListener("change", count);
      count();
    },
    overview() {
      const find = byId("find");
      const go = document.querySelector("#name [type=submit]");
      if (document.querySelector("#name [name=by]").value) go.focus({ preventScroll: true });
      const rows = [...document.querySelectorAll("#units tbody tr")];
      find.addEventListener("input", () => { for (const row of rows) row.hidden = !row.cells[0].textContent.includes(find.value.trim()); });
    },
    running() {
      if (body.dataset.state !== "running") return;
      const look = async () => {
        try {
          const state = await (await fetch("/review/job")).json();
          if (state.state !== "running") { location.reload(); return; }
          const bar = byId("p-bar");
          if (state.total) { bar.max = state.total; bar.value = state.done; } else bar.removeAttribute("value");
          byId("p-words").textContent = state.total ? `${state.what} ${state.done}/${state.total}` : state.what;
        } catch { say("程序已经退出，请重新启动；做完的都已保存"); return; }
        setTimeout(look, 500);
      };
      look();
    },
    home() {
      const dialog = byId("browser");
      const names = byId("b-names");
      const path = byId("b-path");
      let field = null;
      let files = false;
      const button = (words, act) => {
        const it = document.createElement("button");
        it.type = "button";
        it.textContent = words;
        it.addEventListener("click", act);
        return it;
      };
      const row = it => { const item = document.createElement("li"); item.append(it); return item; };
      const take = value => { field.value = value; dialog.close(); field.focus(); };
      const open = async place => {
        const answer = await fetch(`/review/browse?files=${files ? 1 : 0}&path=${encodeURIComponent(place)}`);
        const said = await answer.json();
        byId("b-error").hidden = answer.ok;
        if (!answer.ok) { byId("b-error").textContent = said.error; return; }
        path.value = said.path;
        byId("b-starts").replaceChildren(...said.starts.map(([words, to]) => button(words, () => open(to))));
        const up = said.up ? [row(button("↑ 上一级", () => open(said.up)))] : [];
        const folders = said.folders.map(([words, to]) => row(button(`${words}/`, () => open(to))));
        const tables = said.files.map(([words, to]) => row(button(words, () => take(to))));
        names.replaceChildren(...up, ...folders, ...tables);
        (names.querySelector("button") || path).focus();
      };
      for (const browse of document.querySelectorAll("[data-browse]")) {
        browse.addEventListener("click", () => {
          field = browse.parentElement.querySelector("input");
          files = browse.dataset.browse === "file";
          byId("b-h").textContent = files ? "选名册" : "选文件夹";
          byId("b-take").hidden = files;
          dialog.showModal();
          open(field.value);
        });
      }
      byId("b-go").addEventListener("click", () => open(path.value));
      path.addEventListener("keydown", event => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); open(path.value); } });
      byId("b-take").addEventListener("click", () => take(path.value));
      byId("b-close").addEventListener("click", () => dialog.close());
    },
  };
  if (pages[page]) pages[page]();
})();
