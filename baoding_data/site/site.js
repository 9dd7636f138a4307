"use strict";

const root = document.documentElement, named = (id) => document.getElementById(id);
root.classList.add("js");

// A card for each number, beside it: the list of cards that stands below the text without this.

const cards = document.querySelectorAll(".card");
const number = (card) => named(`n${card.id.slice(1)}`);
const opened = () => document.querySelector(".card:popover-open");
const sheet = window.matchMedia("(max-width: 48rem)");
const clamp = (low, value, high) => Math.max(low, Math.min(value, high));

function put(card) {
  const at = number(card).getBoundingClientRect(), { offsetWidth: wide, offsetHeight: high } = card;
  if (sheet.matches) {
    const below = at.bottom + 24 - (innerHeight - high);
    if (below > 0) scrollBy({ top: below });
    return;
  }
  const gutter = document.querySelector(".columns").getBoundingClientRect().right + 20;
  const free = gutter + wide + 12 <= root.clientWidth;
  const left = free ? gutter : clamp(12, at.left - 40, root.clientWidth - wide - 12);
  const under = at.bottom + 10, over = at.top - high - 10;
  const near = under + high <= innerHeight || over < 0 ? under : over;
  const top = free ? clamp(70, at.top - 50, innerHeight - high - 12) : near;
  card.style.setProperty("--left", `${left + scrollX}px`);
  card.style.setProperty("--top", `${top + scrollY}px`);
}

function show(id) {
  const card = named(id);
  if (!card?.popover) return false;
  const link = number(card), { top, bottom } = link.getBoundingClientRect();
  opened()?.hidePopover();
  if (top < 70 || bottom > innerHeight - 20) link.scrollIntoView({ block: "center" });
  link.focus({ preventScroll: true }); // where the focus returns to
  card.showPopover();
  put(card);
  card.focus({ preventScroll: true });
  return true;
}

for (const card of "popover" in HTMLElement.prototype ? cards : []) {
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  number(card).setAttribute("aria-expanded", "false");
  card.addEventListener("toggle", ({ newState }) => {
    const open = newState === "open";
    number(card).setAttribute("aria-expanded", String(open));
    if (open) history.replaceState(null, "", `#${card.id}`);
    else if (location.hash === `#${card.id}`) history.replaceState(null, "", `#${number(card).id}`);
  });
  card.addEventListener("keydown", ({ key }) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[key];
    if (rel) card.querySelector(`[rel=${rel}]`)?.click();
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (show(link.hash.slice(1))) event.preventDefault();
  else opened()?.hidePopover();
});

const arrive = () => show(location.hash.slice(1));
addEventListener("hashchange", arrive);
addEventListener("load", arrive);

// The margin: its marks at the height of their numbers, and which part of the text is in view.

const strip = document.querySelector(".strip"), text = document.querySelector(".report");

function measured() {
  const whole = text.getBoundingClientRect();
  for (const mark of strip.children) {
    const { top } = named(mark.hash.slice(1)).getBoundingClientRect();
    mark.style.setProperty("--at", `${(100 * (top - whole.top)) / whole.height}%`);
  }
  seen();
}

function seen() {
  const whole = text.getBoundingClientRect();
  const from = clamp(0, -whole.top / whole.height, 1);
  const to = clamp(0, (innerHeight - whole.top) / whole.height, 1);
  strip.style.setProperty("--from", `${100 * from}%`);
  strip.style.setProperty("--span", `${100 * (to - from)}%`);
}

if (strip) {
  measured();
  addEventListener("resize", measured);
  addEventListener("scroll", seen, { passive: true });
}

// The other language, at the same place; the menu, closed by a click elsewhere and by Escape.

document.querySelector(".language a").addEventListener("click", ({ currentTarget }) => {
  const inView = (one) => one.getBoundingClientRect().top > 0 && one.getClientRects().length;
  const every = [...document.querySelectorAll("main [id]:not(svg *, input)")];
  const first = scrollY > innerHeight / 2 ? every.find(inView) : null;
  currentTarget.hash = opened()?.id || first?.id || location.hash.slice(1);
});

const menu = document.querySelector(".menu");
document.addEventListener("click", ({ target }) => {
  if (menu?.open && !menu.contains(target)) menu.open = false;
});
menu?.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// What is folded opens when a link leads into it.
function unfold() {
  let at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const target = at;
  for (; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("hashchange", unfold);

// The search of the indicators, by the rule of bd.find: all words must be there, marks count for
// nothing. The words stand in the address, behind the mark.
function search(form) {
  const field = form.querySelector("input"), said = form.querySelector("[role=status]");
  const entries = [...document.querySelectorAll("article.indicator")];
  const groups = document.querySelectorAll("section.topic, section.quiet");
  const fold = (word) => word.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const asked = () => new URLSearchParams(location.hash.slice(1)).get("q");

  function show() {
    const typed = field.value.split(/\s+/).filter(Boolean), plain = typed.map(fold).filter(Boolean);
    const words = plain.length ? plain : typed;
    const has = (one) => words.every((word) => one.dataset.words.includes(word));
    for (const one of entries) one.hidden = !has(one);
    for (const one of groups) one.hidden = !one.querySelector(".indicator:not([hidden])");
    const found = entries.filter((one) => !one.hidden).length;
    said.textContent = !words.length ? "" : found ? said.dataset.found + found : said.dataset.none;
  }
  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (asked()) field.value = asked();
    else if (target && target.closest("[hidden]")) field.value = "";
    show();
    if (target) target.scrollIntoView();
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", () => {
    const words = field.value.trim() && new URLSearchParams({ q: field.value });
    history.replaceState(null, "", "#" + words);
    show();
  });
  addEventListener("hashchange", follow);
  follow();
}
for (const form of document.querySelectorAll("form.search")) search(form);
unfold();
