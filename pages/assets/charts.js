'use strict';
// The page's charts, drawn again by Vega at the width there is: what a point is, on touching it;
// its sentence, on clicking it; time moved and stretched. Until then the drawings of the page stand.
(() => {
  const held = window.datelineCharts;
  if (!held || !window.vegaEmbed) return;
  const fine = window.matchMedia('(pointer: fine)').matches;
  const still = (part) => {
    const { params, ...rest } = part;
    return rest.layer ? { ...rest, layer: rest.layer.map(still) } : rest;
  };
  // A word in place of data stands for data that is held once, such as the outlines of countries.
  const filled = (part, data) => {
    const made = { ...part };
    if (made.data && typeof made.data.values === 'string') {
      made.data = { ...made.data, values: data[made.data.values] };
    }
    if (made.layer) made.layer = made.layer.map((layer) => filled(layer, data));
    return made;
  };

  async function draw(place, chart, spec) {
    const there = Math.floor(Math.min(place.clientWidth, held.wide));
    const width = chart.scales ? held.wide : there;
    const config = width < 600 ? held.config.narrow : held.config.wide;
    const sized = {
      ...filled(fine ? spec : still(spec), { world: window.datelineWorld, ...chart.held }),
      width, height: chart.height, autosize: { type: 'fit', contains: 'padding' },
      background: null, padding: { left: 2, right: 8, top: 4, bottom: 6 },
    };
    const inner = document.createElement('div');
    inner.setAttribute('aria-hidden', 'true'); // the place says what it shows, not each mark
    place.replaceChildren(inner);
    const result = await window.vegaEmbed(inner, sized, {
      mode: 'vega-lite', ast: true, renderer: 'svg', actions: false, defaultStyle: false, config,
      tooltip: { disableDefaultStyle: true },
    });
    result.view.addEventListener('click', (event, item) => {
      if (item && item.datum && item.datum.page) window.location.href = item.datum.page;
    });
    place.dataset.width = String(there);
    return result;
  }

  for (const [name, chart] of Object.entries(held.charts)) {
    const figure = document.getElementById(name);
    if (!figure) continue;
    const drawings = [...figure.querySelectorAll('.drawn')];
    const caption = figure.querySelector('figcaption');
    const place = document.createElement('div');
    place.className = 'live';
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', drawings[0].firstElementChild.getAttribute('aria-label'));
    figure.insertBefore(place, drawings[0]);
    let spec = chart.spec;
    let shown = null;
    const again = async () => {
      const before = shown;
      try {
        shown = await draw(place, chart, spec);
      } catch (error) {
        place.remove(); // the drawing stays
        throw error;
      }
      if (before) before.finalize();
      for (const one of drawings) one.classList.add('hidden');
      if (fine) for (const hint of figure.querySelectorAll('.hint')) hint.hidden = false;
    };
    if (chart.choices.length > 1) {
      const label = document.createElement('label');
      const select = document.createElement('select');
      chart.choices.forEach((one, at) => select.append(new Option(one.title, String(at))));
      select.addEventListener('change', () => {
        const chosen = chart.choices[Number(select.value)];
        spec = chosen.spec;
        caption.textContent = chosen.title;
        place.setAttribute('aria-label', chosen.says);
        again();
      });
      label.className = 'controls';
      label.append(`${chart.choose}: `, select);
      figure.prepend(label);
    }
    let waiting = 0;
    window.addEventListener('resize', () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const width = Math.floor(Math.min(place.clientWidth, held.wide));
        if (String(width) !== place.dataset.width) again();
      }, 200);
    });
    again();
  }
})();
