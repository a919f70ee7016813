/**
 * The script inside an SVG flame graph. It is the same in every file: it reads positions and names from the drawing
 * and writes text only through `textContent`, so that a name can never become markup. Search takes a regular
 * expression, or plain text where that is none.
 */
export const FLAME_SCRIPT = String.raw`
'use strict';
(() => {
  const box = document.getElementById('frames');
  const top = Number(box.dataset.top), rowHeight = Number(box.dataset.row);
  const left = Number(box.dataset.left), width = Number(box.dataset.width);
  const input = document.getElementById('search'), details = document.getElementById('details');
  const found = document.getElementById('found');
  const letter = 6.8, hair = 1e-6;
  const frames = Array.from(box.children, (group) => {
    const title = group.firstElementChild.textContent;
    return {
      group, title, rect: group.querySelector('rect'), text: group.querySelector('text'),
      name: title.replace(/ \([^()]*%[^()]*\)$/, ''),
      x: Number(group.dataset.x), w: Number(group.dataset.w), row: Number(group.dataset.r),
    };
  });
  const whole = frames[0];
  let zoomed = whole, chosen = null;

  const holds = (outer, inner) => outer.x <= inner.x + hair && outer.x + outer.w >= inner.x + inner.w - hair;
  const callerOf = (frame) => frames.find((other) => other.row === frame.row - 1 && holds(other, frame)) || whole;
  const calleesOf = (frame) => frames.filter((other) => other.row === frame.row + 1 && holds(frame, other));
  const rowOf = (frame) => frames.filter((other) => other.row === frame.row && other.group.style.display !== 'none');

  function label(frame, pixels) {
    const letters = Math.floor((pixels - 6) / letter);
    if (letters < 3) { if (frame.text) frame.text.textContent = ''; return; }
    if (!frame.text) {
      frame.text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
      frame.text.setAttribute('y', String(top + frame.row * rowHeight + 12));
      frame.group.append(frame.text);
    }
    const shown = frame.name.slice(frame.name.lastIndexOf('/') + 1);
    frame.text.textContent = shown.length <= letters ? shown : shown.slice(0, letters - 2) + '..';
  }

  function zoom(target) {
    zoomed = target;
    for (const frame of frames) {
      const above = frame.row < target.row;
      const seen = above ? holds(frame, target) : holds(target, frame);
      const x = above ? 0 : (frame.x - target.x) / target.w;
      const w = above ? 1 : frame.w / target.w;
      frame.group.style.display = seen && w * width >= 0.2 ? '' : 'none';
      frame.group.classList.toggle('above', above);
      if (!seen) continue;
      frame.rect.setAttribute('x', String(left + x * width));
      frame.rect.setAttribute('width', String(w * width));
      label(frame, w * width);
      if (frame.text) frame.text.setAttribute('x', String(left + x * width + 3));
    }
  }

  function choose(frame) {
    if (chosen) chosen.group.classList.remove('chosen');
    chosen = frame;
    frame.group.classList.add('chosen');
    details.textContent = frame.title;
  }

  function matcher(text) {
    try { const pattern = new RegExp(text, 'i'); return (name) => pattern.test(name); }
    catch { const plain = text.toLowerCase(); return (name) => name.toLowerCase().includes(plain); }
  }

  function search(text) {
    const matches = text === '' ? () => false : matcher(text);
    const hits = frames.filter((frame) => {
      const hit = frame !== whole && matches(frame.name);
      frame.group.classList.toggle('hit', hit);
      return hit;
    });
    // Stacks in which several frames match count once.
    let share = 0, end = 0;
    for (const hit of hits.slice().sort((a, b) => a.x - b.x || b.w - a.w)) {
      share += Math.max(0, hit.x + hit.w - Math.max(end, hit.x));
      end = Math.max(end, hit.x + hit.w);
    }
    found.textContent = text === '' ? ' '
      : hits.length + ' frames match, ' + (share * 100).toFixed(1) + ' % of the time';
  }

  const frameAt = (event) => {
    const group = event.target.closest && event.target.closest('.f');
    return group && frames.find((frame) => frame.group === group);
  };
  box.addEventListener('click', (event) => { const frame = frameAt(event); if (frame) { choose(frame); zoom(frame); } });
  box.addEventListener('mouseover', (event) => { const frame = frameAt(event); if (frame) details.textContent = frame.title; });
  box.addEventListener('mouseleave', () => { details.textContent = chosen ? chosen.title : ' '; });
  if (input) input.addEventListener('input', () => search(input.value));
  const reset = document.getElementById('reset');
  if (reset) reset.addEventListener('click', () => zoom(whole));

  function move(key) {
    const from = chosen || zoomed;
    if (key === 'ArrowUp') return choose(callerOf(from));
    if (key === 'ArrowDown') { const callee = calleesOf(from)[0]; return callee && choose(callee); }
    const row = rowOf(from).sort((a, b) => a.x - b.x);
    const next = row[row.indexOf(from) + (key === 'ArrowLeft' ? -1 : 1)];
    if (next) choose(next);
  }

  document.addEventListener('keydown', (event) => {
    const typing = event.target === input;
    const find = event.key === '/' || (event.key === 'f' && (event.ctrlKey || event.metaKey));
    if (find && input && !typing) { event.preventDefault(); input.focus(); input.select(); }
    else if (event.key === 'Escape') {
      if (typing) { input.value = ''; search(''); input.blur(); } else { zoom(whole); }
    }
    else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key.startsWith('Arrow')) { event.preventDefault(); move(event.key); }
    else if (event.key === 'Enter' && chosen && event.target.tagName !== 'button') zoom(chosen);
    else if (event.key === 'Backspace') zoom(callerOf(zoomed));
  });
})();
`;
